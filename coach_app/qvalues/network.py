"""DQN_LM: a Q-network that uses a picture and a vision-language model's features of it.

The architecture is that of the article on DQN_LM and of pocokhc/simple_distributed_rl: the picture passes through the
three convolutions of the DQN of Mnih et al. (2015, doi:10.1038/nature14236), the features are appended, and one hidden
layer joins both.
"""

from typing import Literal, get_args

import torch
from torch import Tensor, nn

from coach_app.qvalues.observation import SIDE_PX

Inputs = Literal["both", "picture", "features"]


class DQNLM(nn.Module):
    """Q-values of pictures and features.

    Args:
        actions: number of moves.
        features: number of features; ignored if ``inputs`` is "picture".
        inputs: the inputs to use.
        hidden: number of units of the joint layer.

    Attributes:
        feature_mean: (features,) float32, subtracted from the features.
        feature_scale: (features,) float32, by which they are then multiplied, as logits have any scale.
        possible: predicts possible moves from the hidden layer; None if it was not trained for that.

    Raises:
        ValueError: a number is too small, or ``inputs`` is unknown.
    """

    feature_mean: Tensor
    feature_scale: Tensor

    def __init__(self, actions: int, features: int, inputs: Inputs = "both", hidden: int = 512) -> None:
        super().__init__()
        if actions < 1 or hidden < 1 or features < (0 if inputs == "picture" else 1):
            raise ValueError("there must be an action, a hidden unit and a feature at least")
        if inputs not in get_args(Inputs):
            raise ValueError(f"inputs must be one of {get_args(Inputs)}")
        self.inputs, self.features = inputs, features
        width = 0
        if inputs != "features":
            self.convolutions = nn.Sequential(
                nn.Conv2d(1, 32, 8, 4, padding=2),  # 84 → 21
                nn.ReLU(),
                nn.Conv2d(32, 64, 4, 2, padding=2),  # 21 → 11
                nn.ReLU(),
                nn.Conv2d(64, 64, 3, 1, padding=1),  # 11 → 11
                nn.ReLU(),
                nn.Flatten(),
            )
            width = self.convolutions(torch.zeros(1, 1, SIDE_PX, SIDE_PX)).shape[1]
        if inputs != "picture":
            self.register_buffer("feature_mean", torch.zeros(features))
            self.register_buffer("feature_scale", torch.ones(features))
            width += features
        self.joint = nn.Sequential(nn.Linear(width, hidden), nn.ReLU())
        self.head = nn.Linear(hidden, actions)
        self.possible: nn.Linear | None = None

    @property
    def actions(self) -> int:
        """Number of moves."""
        return self.head.out_features

    @property
    def hidden(self) -> int:
        """Number of units of the joint layer."""
        return self.head.in_features

    def normalise_by(self, features: Tensor) -> None:
        """Set mean and scale so that these features, (frames, features) float32, have mean 0 and variance 1."""
        self.feature_mean.copy_(features.mean(0))
        self.feature_scale.copy_(1 / features.std(0, unbiased=False).clamp(min=1e-3))

    def learn_possible(self) -> nn.Linear:
        """Add the head for possible moves, if there is none yet."""
        if self.possible is None:
            self.possible = nn.Linear(self.hidden, self.actions).to(self.head.weight.device)
        return self.possible

    def trunk(self, picture: Tensor, features: Tensor) -> Tensor:
        """Compute the joint layer.

        Args:
            picture: (batch, 84, 84), 0 to 255, any dtype.
            features: (batch, features), any dtype; not normalised.

        Returns:
            (batch, hidden) float32.
        """
        parts = []
        if self.inputs != "features":
            parts.append(self.convolutions(picture[:, None].float() / 255))
        if self.inputs != "picture":
            parts.append((features.float() - self.feature_mean) * self.feature_scale)
        joined: Tensor = self.joint(torch.cat(parts, 1))
        return joined

    def forward(self, picture: Tensor, features: Tensor) -> Tensor:
        """Q-values, (batch, actions) float32; arguments as for ``trunk``."""
        values: Tensor = self.head(self.trunk(picture, features))
        return values
