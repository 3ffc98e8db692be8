"""Trains DQN_LM by playing, with Stable-Baselines3.

The result is a checkpoint of ``coach_app.qvalues``; nothing here runs in the app.
"""
