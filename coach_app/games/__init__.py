"""The games: the definition of a game, and one folder for each.

Nothing outside this package names a game; nothing in it knows how advice is made or shown.
"""
