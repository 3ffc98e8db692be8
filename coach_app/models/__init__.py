"""The available models: catalogue, download, what fits this computer, contents of a folder.

Reads files only; weights are loaded by the engine.
"""
