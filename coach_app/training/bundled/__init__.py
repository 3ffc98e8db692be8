"""Training of the bundled models: the practice coaches, the text model and the translator.

Uses only pictures and sentences of the practice games, and the bundled guides.
"""
