"""Training of what is bundled: the practice coaches, the text model and the translator.

Only the practice games' own pictures and words go into it.
"""
