"""Families of vision models: one module each, with whatever the engine needs beyond transformers.

Only this package names families. The engine calls ``family_of`` for a model that it loads, and knows nothing of tiles,
towers or end-of-picture tokens. This package knows nothing of loading and answering.
"""
