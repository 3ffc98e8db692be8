"""The one place that names concrete classes: what the settings and a command mean is put together here.

Makes and connects parts for the app and for the command line; how a part does its work is that part's own.
"""
