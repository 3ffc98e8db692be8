"""Training of DQN_LM by playing, with Stable-Baselines3.

What comes out is a checkpoint of ``coach_app.qvalues``; nothing here runs in the app.
"""
