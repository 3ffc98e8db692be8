"""What several parts need of the computer: screens, processes, folders, files, addresses.

Knows nothing of games, advice or models.
"""
