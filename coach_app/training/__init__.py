"""Training, from the command line, of everything that ships with the app or that players train themselves.

Knows no window and no session: takes arguments and writes a folder with weights and records.
"""
