"""Changes a model's weights by what was experienced, or by what the player prefers, without it forgetting the rest.

Knows no game in particular and no screen.
"""
