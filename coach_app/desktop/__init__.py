"""Shared access to the computer: screens, processes, folders, files, and the one way to the network with its log.

Knows nothing of games, advice or models.
"""
