"""Translation of advice and questions between English and Japanese: phrase book, local model, online service.

Knows sentences only: neither their author nor where they are shown.
"""
