"""Benchmarks: each returns a report, which the command line prints.

No benchmark modifies what it measures.
"""
