"""The engine process seen from outside: messages, pipe, its life and its client.

Knows neither advice nor games, and imports no model library.
"""
