"""DQN_LM: the Q-network, what it sees of a frame, and its checkpoints.

Knows neither how it is trained nor who reads the values.
"""
