"""Guides for games and their search.

Knows no particular game; what is peculiar to one lies in that game's folder.
"""
