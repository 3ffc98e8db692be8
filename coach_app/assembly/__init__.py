"""The only place that names concrete classes: assembles what the settings and a command ask for.

Creates and connects the parts of the app and of the command line; how a part works is its own business.
"""
