"""Plain types and rules of the coach.

Knows no screen, model, window or network, and does no input or output of its own.
"""
