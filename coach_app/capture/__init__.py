"""Pictures of what the player sees: screens and windows, on every system, as frames in a one-slot mailbox.

Knows no game and no model; what a frame is good for is decided elsewhere.
"""
