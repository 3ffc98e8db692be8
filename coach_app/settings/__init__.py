"""The settings: one schema with title, description, default and bounds, and the file that keeps them.

Does not know who reacts to an option.
"""
