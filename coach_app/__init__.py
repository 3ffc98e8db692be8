"""A live game coach: looks at the screen and says the next move in an overlay.

Each package is a room of its own: its docstring says what it is for and what it must not know.
"""

__version__ = "0.1.0"
