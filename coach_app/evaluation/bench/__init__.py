"""Benchmarks: each returns plain figures, which the command line prints.

None of them changes what it measures.
"""
