"""``coach bench score``: what a model is good for in a practice game, for its score card."""

import shlex
import sys
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

import numpy as np
from PIL import Image

from coach_app.advisor.advisor import Advisor, advise_at_level
from coach_app.domain.frame import Frame
from coach_app.domain.ladder import gives_away
from coach_app.domain.pointing import Box, carried
from coach_app.domain.profile import GameProfile
from coach_app.domain.situation import Situation
from coach_app.evaluation.agents import Agent, Decision, RandomAgent
from coach_app.evaluation.bench.report import Report, Row
from coach_app.evaluation.play import Progress, play, score_positions
from coach_app.evaluation.stage import SCALES, Stage
from coach_app.games.game import Game, Size
from coach_app.games.images import ImageEnv, Picture
from coach_app.games.positions import Position, positions
from coach_app.models.score import Score

_EXACT: Final = 0.02
"""How far from the middle of a place a point may be, in shares of the window's size."""
_WHOLE: Final = (0.0, 0.0, 1.0, 1.0)
_BINS: Final = 10


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
    points: bool = False,
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
        points: whether the coach can point; then it is asked to in each position, if the game knows what is right.

    Raises:
        CoachError: the game has no teacher, the coach cannot answer, or the window cannot be captured.
    """
    asked = positions(game, count, seed, size)
    seen: dict[int, tuple[Picture, Box]] = {}

    async def captured(position: Position) -> Picture:
        assert stage
        picture = await stage.picture(position, SCALES[(position.seed - seed) % len(SCALES)])
        seen[position.seed] = picture, stage.board()
        return picture

    def tell(done: int, _: int) -> None:
        if on_progress:
            on_progress(done, 2 * count)

    noted = _Noting(agent)
    found = await score_positions(game, noted, asked, captured if stage else None, tell)
    wrong = {mistake.seed for mistake in found.mistakes}
    sure = [
        (decision.confidence, position.seed not in wrong)
        for decision, position in zip(noted.decisions, asked, strict=True)
        if decision.confidence is not None
    ]
    pointed = await _points(game, advisor, profile, asked, seen) if points and game.leads_to else []
    held_back, leaks = await _hints(advisor, profile, asked, lambda done, _: tell(count + done, 0))
    rewards: list[float | None] = [None, None]
    if episodes:
        players = (agent, RandomAgent())
        reports = [await play(game, each, episodes, seed, size, max_steps=steps, judged=False) for each in players]
        rewards = [report.mean_reward for report in reports]
    return Score(
        positions=count,
        right=round(found.optimal_move_rate * count),
        no_move=found.no_move,
        live=stage is not None,
        hints=2 * count,
        held_back=held_back,
        leaks=leaks,
        points=len(pointed),
        exact=sum(off <= _EXACT for off in pointed),
        episodes=episodes,
        mean_reward=rewards[0],
        random_reward=rewards[1],
        calibration_error=calibration_error(sure),
        latency_ms_p50=found.latency_ms_p50,
        seed=seed,
        measured=date.today().isoformat(),
        command=shlex.join(["coach", *sys.argv[1:]]),
    )


class _Noting:
    """An agent that keeps what another one decides."""

    def __init__(self, agent: Agent) -> None:
        self.name, self.model = agent.name, agent.model
        self.decisions: list[Decision] = []
        self._agent = agent

    def begin(self, seed: int) -> None:
        self._agent.begin(seed)

    async def move(self, picture: Picture, env: ImageEnv) -> Decision:
        decision = await self._agent.move(picture, env)
        self.model = self._agent.model
        self.decisions.append(decision)
        return decision


def calibration_error(sure: Sequence[tuple[float, bool]]) -> float | None:
    """The expected calibration error (Naeini et al. 2015) in ten bins of equal width: how far confidence is from how
    often it is right.

    Args:
        sure: confidence, 0 to 1, and whether the move was right.

    Returns:
        0 to 1; None if there is no confidence.
    """
    bins: list[list[tuple[float, bool]]] = [[] for _ in range(_BINS)]
    for confidence, right in sure:
        bins[min(_BINS - 1, int(confidence * _BINS))].append((confidence, right))
    gaps = [abs(sum(confidence - right for confidence, right in each)) for each in bins]
    return round(sum(gaps) / len(sure), 4) if sure else None


async def _points(
    game: Game,
    advisor: Advisor,
    profile: GameProfile,
    asked: Sequence[Position],
    seen: Mapping[int, tuple[Picture, Box]],
) -> list[float]:
    """How far from what it is about a coach points, in shares of the picture; 1 where it does not. Positions are left
    out in which it does not point, and its move leads nowhere."""
    off = []
    assert game.leads_to
    for position in asked:
        picture, board = seen.get(position.seed, (position.picture(), _WHOLE))
        frame = Frame(Image.fromarray(np.ascontiguousarray(picture)))
        advice = await advisor.advise(Situation(frame, profile, pointing=True))
        label = advice.marks[0].label if advice.marks else ""
        aimed = carried(game.leads_to(position.env, advice.move, label), board) if advice.move else ()
        if advice.marks or aimed or not advice.move:
            off.append(min((advice.marks[0].off(place) for place in aimed), default=1.0) if advice.marks else 1.0)
    return off


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
        Row("points", "asked", score.points),
        Row("points", "within 2 % of the window's size", score.exact / score.points if score.points else None, "share"),
        Row("played", "episodes", score.episodes),
        Row("played", "mean reward", score.mean_reward),
        Row("played", "mean reward of random moves", score.random_reward),
        Row("confidence", "calibration error", score.calibration_error),
    ]
    subject = {"game": game.id, "model": model, "seed": score.seed, "live": score.live}
    return Report(name="score", subject=subject, rows=tuple(rows), details=score.model_dump())
