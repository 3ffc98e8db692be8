"""The engine process from the outside: messages, pipe, life cycle and client.

Knows neither advice nor games, and imports no model library.
"""
