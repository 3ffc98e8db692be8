"""Questions and answers from guides, and the adapters trained on them.

Knows guides and text models only: no picture, no screen.
"""
