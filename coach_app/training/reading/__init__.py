"""Trains adapters with which a text model plays a game by reading it: on what the game's teacher thinks and does.

Knows no game in particular, no picture and no screen.
"""
