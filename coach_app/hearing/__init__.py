"""Turns spoken questions into text, on this computer.

Knows sound as numbers; where it comes from and what becomes of the text is decided elsewhere.
"""
