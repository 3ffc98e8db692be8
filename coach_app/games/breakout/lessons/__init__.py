"""What a coach of Breakout is taught."""
