"""Kinds of vision models: one module each for what the engine has to know of it beyond what transformers knows.

Only this room names a kind. The engine asks ``family_of`` for the family of a model that it has loaded, or is about to
load, and knows nothing of squares, towers or tokens that close a picture. Whoever loads and answers is not known here.
"""
