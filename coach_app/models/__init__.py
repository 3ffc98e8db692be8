"""Which models there are: catalogue, download, what fits this computer, what a folder holds.

Reads files only; the weights are loaded by the engine.
"""
