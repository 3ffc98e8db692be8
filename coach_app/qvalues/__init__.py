"""DQN_LM: the Q-network, its observations and its checkpoints.

Knows neither its training nor the users of its values.
"""
