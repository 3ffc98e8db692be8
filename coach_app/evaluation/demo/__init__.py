"""``coach demo``: the app beside a practice game, played by an autopilot and filmed.

Uses only what a person would see, and the records that both write.
"""
