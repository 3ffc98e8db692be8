"""Plays games by the coach's advice, films and measures it; contains all benchmarks.

Uses the app from the outside; nothing in the app depends on it.
"""
