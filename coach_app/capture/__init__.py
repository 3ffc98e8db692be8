"""Captures screens and windows on every platform, as frames in a one-slot mailbox.

Knows no game and no model; how frames are used is decided elsewhere.
"""
