"""A live game coach: looks at the screen, says the next move in an overlay."""

__version__ = "0.1.0"
