"""Learning from play: collects experiences in games, shows them, and makes questions of them.

Knows no window, no session and no model's weights: works on games, files and numbers.
"""
