"""The flow from frames to advice, its events, and the history.

Knows no Qt and no widgets: it emits events and never queries the interface.
"""
