"""``coach demo``: the app beside a practice game, played by an autopilot and filmed.

Sees of both only what a person would, and the records that they write.
"""
