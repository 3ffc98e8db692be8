"""What a coach of Crafter is taught: scenes, pictures, and what they show."""
