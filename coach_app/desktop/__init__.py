"""What several parts need of the computer: screens, processes, folders, files, the one door to the network and
what went through it.

Knows nothing of games, advice or models.
"""
