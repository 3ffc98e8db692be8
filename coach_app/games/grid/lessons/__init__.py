"""What a coach of the Grid world is taught: scenes, pictures, what they show, questions and answers."""
