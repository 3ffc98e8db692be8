"""The flow from a frame to advice, its events, and the history of what was said.

Knows no Qt and no widget: whoever shows the events is told, and never asked.
"""
