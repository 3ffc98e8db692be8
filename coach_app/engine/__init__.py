"""The process that owns every model: loading, answering, Q-values, translating.

Reports what happens and decides nothing: when to ask, and what becomes of an answer, is up to the session.
"""
