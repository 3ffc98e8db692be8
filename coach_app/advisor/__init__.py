"""Advice for a frame: the ``Advisor`` protocol, its prompts, and advisors on this computer, on a server and in general.

Knows neither when advice is due nor how it is shown; a model is a name here, and runs elsewhere.
"""
