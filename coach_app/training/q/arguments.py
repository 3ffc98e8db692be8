"""The arguments of a DQN_LM training."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from coach_app.domain.resources import first_model
from coach_app.games.catalogue import to_play
from coach_app.qvalues.checkpoint import FeatureKind
from coach_app.qvalues.network import Inputs

LAST_SEEDS = 100_000
"""Levels of the evaluation at the end, counted from those of the evaluations while training."""


@dataclass
class DqnArgs:
    """All arguments of a training; saved beside the weights. Defaults are the article's.

    ``preset`` adapts them to a game: few different frames need few steps, many levels need many environments.
    """

    game: str
    out: Path = Path("out/train/dqn")
    seed: int = 1
    steps: int = 50_000  # steps of all environments together
    inputs: Inputs = "both"
    features: FeatureKind = "logits"
    model: str = field(default_factory=first_model)  # model that computes the features
    hidden: int = 512
    rate: float = 1e-3
    last_rate: float = 1e-3  # final learning rate of the linear decay
    gamma: float = 0.99
    batch: int = 32
    epsilon: float = 0.1
    first_epsilon: float = 0.1  # linear decay to ``epsilon`` over the first tenth
    target_every: int = 100  # updates
    replay: int = 100_000  # transitions
    replay_mb: int = 2_000  # memory limit for the transitions
    warm_up: int = 1_000  # steps before the first update
    captured: float = 0.0  # share of frames turned into imitated screen captures
    possible_frames: int = 1_500  # frames for learning which moves are possible, if the game knows
    levels: int = 0  # number of distinct training episodes; 0: unlimited
    envs: int = 1
    updates_per_step: float = 1.0
    evaluate_every: int = 5_000  # steps
    episodes: int = 200  # episodes of an evaluation during training
    evaluation_epsilon: float = 0.0  # share of random moves in an evaluation
    last_episodes: int = 1_000  # episodes of the final evaluation
    evaluation_seed: int = 600_000
    save_every_s: float = 60.0
    threads: int = 0  # 0: all cores

    def __post_init__(self) -> None:
        self.out = Path(self.out)
        for name in ("steps", "hidden", "batch", "target_every", "replay", "replay_mb", "envs", "evaluate_every"):
            if getattr(self, name) < 1:
                raise ValueError(f"{name} must be at least 1")
        if not (0 < self.gamma <= 1 and 0 <= self.epsilon <= self.first_epsilon <= 1):
            raise ValueError("gamma and the epsilons must be between 0 and 1, and epsilon not above first_epsilon")
        if not (0 <= self.evaluation_epsilon <= 1 and 0 <= self.captured <= 1):
            raise ValueError("evaluation_epsilon and captured must be between 0 and 1")
        if self.rate <= 0 or self.updates_per_step <= 0:
            raise ValueError("rate and updates_per_step must be above 0")
        if self.evaluation_seed < 500_000 or self.evaluation_seed + LAST_SEEDS + self.last_episodes > 900_000:
            raise ValueError("evaluation seeds are 500000 to 899999: the others are trained on, or kept for checks")


_PRESET: dict[str, Any] = {
    "steps": 200_000,
    "updates_per_step": 0.25,
    "evaluation_epsilon": 0.05,
    "first_epsilon": 1.0,
    "rate": 2.5e-4,
    "last_rate": 2.5e-5,
    "envs": 8,
    "evaluate_every": 20_000,
    "episodes": 10,
    "last_episodes": 50,
}


def preset(game: str, **changes: Any) -> DqnArgs:
    """The preset arguments for a game.

    Args:
        game: name of the game.
        changes: values to override; None keeps a value.
    """
    given = {name: value for name, value in changes.items() if value is not None}
    return DqnArgs(**({"game": game} | dict(to_play(game).dqn or _PRESET) | given))
