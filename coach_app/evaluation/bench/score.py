"""``coach bench score``: what a model is good for in a practice game, for its score card."""

import shlex
import sys
from collections.abc import Sequence
from datetime import date

import numpy as np
from PIL import Image

from coach_app.advisor.advisor import Advisor, advise_at_level
from coach_app.domain.frame import Frame
from coach_app.domain.ladder import gives_away
from coach_app.domain.profile import GameProfile
from coach_app.domain.situation import Situation
from coach_app.evaluation.agents import Agent, RandomAgent
from coach_app.evaluation.bench.report import Report, Row
from coach_app.evaluation.play import Progress, play, score_positions
from coach_app.evaluation.stage import SCALES, Stage
from coach_app.games.game import Game, Size
from coach_app.games.images import Picture
from coach_app.games.positions import Position, positions
from coach_app.models.score import Score


async def run(
    game: Game,
    agent: Agent,
    advisor: Advisor,
    profile: GameProfile,
    count: int,
    episodes: int,
    steps: int,
    seed: int,
    size: Size | None = None,
    stage: Stage | None = None,
    on_progress: Progress | None = None,
) -> Score:
    """Measure a coach.

    Args:
        game: a practice game with a teacher.
        agent: the coach as a player.
        advisor: the same model, for nudges and hints.
        profile: of the game.
        count: number of positions; a nudge and a hint are asked for in each.
        episodes: number of episodes that the coach and random moves play; 0 for none.
        steps: after so many an episode is broken off.
        seed: of the first position and the first episode; each further one takes the next number.
        size: of the maps; None is the game's default.
        stage: shows the positions on the screen, where they are captured; None gives the game's own pictures.
        on_progress: called after each position, twice.

    Raises:
        CoachError: the game has no teacher, the coach cannot answer, or the window cannot be captured.
    """
    asked = positions(game, count, seed, size)

    async def captured(position: Position) -> Picture:
        assert stage
        return await stage.picture(position, SCALES[(position.seed - seed) % len(SCALES)])

    def tell(done: int, _: int) -> None:
        if on_progress:
            on_progress(done, 2 * count)

    found = await score_positions(game, agent, asked, captured if stage else None, tell)
    held_back, leaks = await _hints(advisor, profile, asked, lambda done, _: tell(count + done, 0))
    rewards: list[float | None] = [None, None]
    if episodes:
        players = (agent, RandomAgent())
        rewards = [(await play(game, each, episodes, seed, size, max_steps=steps)).mean_reward for each in players]
    return Score(
        positions=count,
        right=round(found.optimal_move_rate * count),
        no_move=found.no_move,
        live=stage is not None,
        hints=2 * count,
        held_back=held_back,
        leaks=leaks,
        episodes=episodes,
        mean_reward=rewards[0],
        random_reward=rewards[1],
        latency_ms_p50=found.latency_ms_p50,
        seed=seed,
        measured=date.today().isoformat(),
        command=shlex.join(["coach", *sys.argv[1:]]),
    )


async def _hints(
    advisor: Advisor, profile: GameProfile, asked: Sequence[Position], on_progress: Progress
) -> tuple[int, int]:
    """How many nudges and hints give the move away as the model writes them, and as they are shown."""
    held_back = leaks = 0
    for number, position in enumerate(asked, 1):
        frame = Frame(Image.fromarray(np.ascontiguousarray(position.picture())))
        for level in ("nudge", "hint"):
            shown, full = await advise_at_level(advisor, Situation(frame, profile, level=level))
            held_back += full.level == level and gives_away(full.text, profile.moves)
            leaks += gives_away(shown.text, profile.moves)
        on_progress(number, len(asked))
    return held_back, leaks


def report(game: Game, model: str, score: Score) -> Report:
    """A score in the common format of benchmarks."""
    share = score.right / score.positions
    rows = [
        Row("positions", "right moves", share, "share"),
        Row("positions", "asked", score.positions),
        Row("positions", "no move", score.no_move),
        Row("positions", "answer, median", score.latency_ms_p50, "ms"),
        Row("nudges and hints", "asked", score.hints),
        Row("nudges and hints", "held back", score.held_back),
        Row("nudges and hints", "leaking", score.leaks),
        Row("played", "episodes", score.episodes),
        Row("played", "mean reward", score.mean_reward),
        Row("played", "mean reward of random moves", score.random_reward),
        Row("confidence", "calibration error", score.calibration_error),
    ]
    subject = {"game": game.id, "model": model, "seed": score.seed, "live": score.live}
    return Report(name="score", subject=subject, rows=tuple(rows), details=score.model_dump())
