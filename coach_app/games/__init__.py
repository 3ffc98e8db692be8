"""What the coach knows of games: what a game is, and one folder for each.

Nothing outside of this package names a game; nothing in it knows how advice is made or shown.
"""
