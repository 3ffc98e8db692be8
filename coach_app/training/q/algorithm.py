"""DQN with the double target, on Stable-Baselines3.

The article's network replaces that of Stable-Baselines3; the double target is from van Hasselt et al. (2016,
arXiv:1509.06461).
"""

from typing import Any

import torch
import torch.nn.functional as F
from gymnasium import spaces
from stable_baselines3 import DQN
from stable_baselines3.common.torch_layers import BaseFeaturesExtractor
from torch import Tensor

from coach_app.qvalues.network import DQNLM, Inputs
from coach_app.training.q.frames import FrameReplay


class Trunk(BaseFeaturesExtractor):
    """The article's network up to its joint layer, as a features extractor of Stable-Baselines3."""

    def __init__(self, observation_space: spaces.Dict, inputs: Inputs, hidden: int) -> None:
        super().__init__(observation_space, hidden)
        width = observation_space["features"].shape
        assert width
        self.network = DQNLM(1, width[0], inputs, hidden)

    def forward(self, observations: dict[str, Tensor]) -> Tensor:
        """Output of the joint layer, (batch, hidden) float32."""
        return self.network.trunk(observations["picture"], observations["features"])


class DoubleDQN(DQN):
    """DQN with the double target, and a target network that is copied after a number of updates."""

    replay_buffer: FrameReplay  # type: ignore[assignment]

    def __init__(self, *args: Any, target_every: int, **options: Any) -> None:
        self._target_every = target_every
        super().__init__(*args, **options)

    def _on_step(self) -> None:
        self._n_calls += 1
        self.exploration_rate = self.exploration_schedule(self._current_progress_remaining)

    def train(self, gradient_steps: int, batch_size: int = 100) -> None:
        """Run gradient updates.

        Raises:
            FloatingPointError: the loss is NaN or infinite.
        """
        self.policy.set_training_mode(True)
        self._update_learning_rate(self.policy.optimizer)
        for _ in range(gradient_steps):
            batch = self.replay_buffer.sample(batch_size)
            with torch.no_grad():
                target = double_target(
                    self.q_net(batch.next_observations),
                    self.q_net_target(batch.next_observations),
                    batch.rewards,
                    batch.dones,
                    self.gamma,
                )
            value = self.q_net(batch.observations).gather(1, batch.actions)
            loss = F.huber_loss(value, target)
            if not torch.isfinite(loss):
                raise FloatingPointError("the loss is not a number")
            self.policy.optimizer.zero_grad()
            loss.backward()
            self.policy.optimizer.step()
            self._n_updates += 1
            if self._n_updates % self._target_every == 0:
                self.q_net_target.load_state_dict(self.q_net.state_dict())
        self.logger.record("train/n_updates", self._n_updates, exclude="tensorboard")
        self.logger.record("train/loss", loss.item())


def double_target(online: Tensor, target: Tensor, rewards: Tensor, dones: Tensor, gamma: float) -> Tensor:
    """Target Q-values: the online network selects the next action, the target network evaluates it.

    Args:
        online: (batch, actions) float32, Q-values of the next frames.
        target: (batch, actions) float32, the same by the target network.
        rewards: (batch, 1) float32.
        dones: (batch, 1) float32, 1 if the episode ended.
        gamma: discount factor.

    Returns:
        (batch, 1) float32.
    """
    return rewards + (1 - dones) * gamma * target.gather(1, online.argmax(1, keepdim=True))
