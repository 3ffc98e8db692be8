"""Training of the bundled models: the practice coaches and the translator.

Uses only pictures and sentences of the practice games.
"""
