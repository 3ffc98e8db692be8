"""Advice for a frame: the ``Advisor`` protocol, its prompts, advisors on this computer and on a server; game questions.

Knows neither when advice is due nor how it is shown; a model is a name here, and runs elsewhere.
"""
