"""How sure a model is of the move that it advises: how likely its own words were to it, put right by how often such
words were right."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
from pydantic import BaseModel, ConfigDict

_NEAREST: Final = 1e-6
"""Likelihoods are not taken to be nearer to 0 or 1: a float has no more digits."""
_ROUNDS: Final = 50
_STIFFNESS: Final = 1.0
"""Keeps weights small that hardly matter, as where a model is nearly always right."""


@dataclass(frozen=True)
class Likelihood:
    """How likely the words of an answer were to the model that said them, each after those before it.

    Attributes:
        move: of those that name the move, 0 to 1. Next to 1 where a reason before them leaves no other.
        whole: of these and of all before them, 0 to 1.
    """

    move: float
    whole: float


class Calibration(BaseModel):
    """Turns likelihoods into the probability that the move is right, as measured (Platt 1999).

    Attributes:
        bias: log-odds if both likelihoods are even.
        move: weight of the log-odds of the move's words.
        whole: weight of the log-odds of all words up to them.
        positions: number of positions that it was fitted to.
        seed: of the first of them.
        error: expected calibration error on other positions; None if it was not measured.
        measured: date of that, in ISO format.
        command: what measured it.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    bias: float
    move: float
    whole: float
    positions: int
    seed: int
    error: float | None = None
    measured: str = ""
    command: str = ""

    def certainty(self, likelihood: Likelihood) -> float:
        """The probability that a move is right, 0 to 1."""
        odds = np.array([self.bias, self.move, self.whole]) @ _log_odds([likelihood])[0]
        return float(1 / (1 + np.exp(-odds)))


def calibrated(answers: Sequence[tuple[Likelihood, bool]], seed: int) -> Calibration:
    """Fit to answers, by penalized logistic regression.

    Args:
        answers: how likely each was to the model, and whether its move was right; at least one.
        seed: of the first position.
    """
    inputs = _log_odds([likelihood for likelihood, _ in answers])
    right = np.array([is_right for _, is_right in answers])
    # Platt's targets: so many answers do not prove that the next one is right, or wrong.
    goal = np.where(right, (right.sum() + 1) / (right.sum() + 2), 1 / ((~right).sum() + 2))
    weights, stiffness = np.zeros(3), np.diag([0.0, _STIFFNESS, _STIFFNESS])
    for _ in range(_ROUNDS):
        certain = 1 / (1 + np.exp(-inputs @ weights))
        slope = inputs.T @ (certain - goal) + stiffness @ weights
        bend = (inputs * (certain * (1 - certain))[:, None]).T @ inputs + stiffness
        weights = weights - np.linalg.solve(bend + 1e-9 * np.eye(3), slope)
    bias, move, whole = (round(float(each), 4) for each in weights)
    return Calibration(bias=bias, move=move, whole=whole, positions=len(answers), seed=seed)


def _log_odds(likelihoods: Sequence[Likelihood]) -> npt.NDArray[np.float64]:
    """(n, 3): 1, and the log-odds of both."""
    shares = np.clip([(each.move, each.whole) for each in likelihoods], _NEAREST, 1 - _NEAREST)
    return np.column_stack([np.ones(len(shares)), np.log(shares / (1 - shares))])
