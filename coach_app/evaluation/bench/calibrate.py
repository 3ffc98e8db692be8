"""``coach bench calibrate``: how far a model's confidence in its moves can be trusted, learned and measured apart."""

import shlex
import sys
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np

from coach_app.domain.certainty import Calibration, Likelihood, calibrated
from coach_app.domain.errors import CoachError
from coach_app.evaluation.agents import Agent
from coach_app.evaluation.bench.report import Report, Row
from coach_app.evaluation.bench.score import calibration_error
from coach_app.evaluation.play import Progress
from coach_app.games.captures import WINDOW_SIDE_PX, captured_shot
from coach_app.games.catalogue import teacher_of
from coach_app.games.game import Game
from coach_app.games.positions import along

_OTHERS: Final = 5_000
"""From the seeds of the episodes that are learned from to those that are measured with."""

Answers = list[tuple[Likelihood, bool]]


@dataclass(frozen=True)
class Calibrated:
    """What came of it.

    Attributes:
        calibration: what was fitted, with its calibration error on positions of other episodes.
        before: the error of the words that name the move, as they were likely to the model.
        right: share of right moves among these positions.
    """

    calibration: Calibration
    before: float | None
    right: float


async def run(game: Game, agent: Agent, count: int, seed: int, on_progress: Progress | None = None) -> Calibrated:
    """Ask a coach about positions along episodes, as captures show them.

    Args:
        game: has a teacher, and can be copied.
        agent: the coach as a player.
        count: number of positions to learn from, and of others to measure with.
        seed: of the first episode.
        on_progress: called after each position.

    Raises:
        CoachError: the game is none of these, the coach cannot answer, or does not tell how likely its moves are to it.
    """

    async def ask(first: int, before: int) -> Answers:
        best_moves, found = teacher_of(game), Answers()
        for number, position in enumerate(along(game, count, first), 1):
            agent.begin(position.seed)
            shot = captured_shot(position.picture(), np.random.default_rng([first, number]), WINDOW_SIDE_PX)
            decision = await agent.move(np.asarray(shot.image), position.env)
            if decision.likelihood:
                found.append((decision.likelihood, decision.move in best_moves(position.env)))
            if on_progress:
                on_progress(before + number, 2 * count)
        if not found:
            raise CoachError(
                "The model does not tell how likely its moves are to it.", "Choose a model that runs here."
            )
        return found

    calibration = calibrated(await ask(seed, 0), seed)
    others = await ask(seed + _OTHERS, count)
    measured = {
        "error": calibration_error([(calibration.certainty(likelihood), right) for likelihood, right in others]),
        "measured": date.today().isoformat(),
        "command": shlex.join(["coach", *sys.argv[1:]]),
    }
    return Calibrated(
        calibration.model_copy(update=measured),
        calibration_error([(likelihood.move, right) for likelihood, right in others]),
        round(sum(right for _, right in others) / len(others), 4),
    )


def report(game: Game, model: str, found: Calibrated) -> Report:
    """It in the common format of benchmarks."""
    rows = (
        Row("positions", "right moves", found.right, "share"),
        Row("calibration error", "of the move's likelihood", found.before),
        Row("calibration error", "calibrated", found.calibration.error),
    )
    fitted = found.calibration
    subject = {"game": game.id, "model": model, "seed": fitted.seed, "positions": fitted.positions}
    return Report(name="calibrate", subject=subject, rows=rows, details=fitted.model_dump())
