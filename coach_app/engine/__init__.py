"""The process that owns every model: it loads them, answers, computes Q-values and translates.

Reports events and decides nothing: when to ask, and what becomes of an answer, is up to the session.
"""
