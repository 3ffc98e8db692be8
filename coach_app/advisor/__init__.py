"""Advice for a frame: the ``Advisor`` protocol, prompts, local and remote advisors; game questions.

Knows neither when advice is due nor how it is shown; models are only named here, and run elsewhere.
"""
