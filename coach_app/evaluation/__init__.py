"""Plays games by the coach's advice, films it, and measures it: every benchmark is here.

Uses the app as it is, from outside; nothing in the app depends on it.
"""
