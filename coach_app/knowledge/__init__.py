"""Guides for games and their search.

Knows no particular game; whatever is specific to one is in that game's folder.
"""
