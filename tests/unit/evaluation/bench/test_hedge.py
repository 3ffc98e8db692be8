"""What is said beside the advice, counted on positions whose best and possible moves are known."""

from typing import cast

import numpy as np

from coach_app.domain.pointing import Box
from coach_app.domain.qvalues import QValues
from coach_app.evaluation.agents import BothAgent, Decision
from coach_app.evaluation.bench import hedge
from coach_app.evaluation.bench.report import Report
from coach_app.games.catalogue import to_practise
from coach_app.games.images import ImageEnv, Picture, action_names
from coach_app.games.positions import Position

GAME = to_practise("grid-levels")
SEED = 700_000


class Stage:
    """Enlarges the clean picture."""

    async def picture(self, position: Position, scale: float) -> Picture:
        return np.repeat(np.repeat(position.picture(), int(scale), axis=0), int(scale), axis=1)

    def board(self) -> Box:
        return 0.0, 0.0, 1.0, 1.0


class Pair:
    """A coach and a network that say what a test tells them, at pictures of any size.

    Args:
        coach: what each position is told: "best", "open" (a move that is not best), "silent".
        network: the move that it likes best: "best", "open", or "wall", which it holds for possible.
    """

    name = "coach+dqn"

    def __init__(self, coach: list[str], network: list[str]) -> None:
        self.model = "some-pair"
        self._says, self._likes = coach, network
        self._at = -1
        self.coach, self.dqn = _Voice("some-coach", self._advice), _Voice("some-q", self._values)

    def begin(self, seed: int) -> None:
        self._at = seed - SEED

    def _advice(self, env: ImageEnv) -> Decision:
        move = None if self._says[self._at] == "silent" else _move(env, self._says[self._at])
        return Decision(move, f"Move {move}." if move else "Good luck!", 1.0)

    def _values(self, env: ImageEnv) -> Decision:
        names, liked = action_names(env), _move(env, self._likes[self._at])
        values = tuple(0.9 if name == liked else 0.1 for name in names)
        return Decision(liked, "", 1.0, QValues(names, values, (True,) * len(names), "some-q", 0.0))


class _Voice:
    def __init__(self, model: str, says: object) -> None:
        self.model, self._says = model, says

    async def move(self, picture: Picture, env: ImageEnv) -> Decision:
        assert callable(self._says)
        decision = self._says(env)
        assert isinstance(decision, Decision)
        return decision


def _move(env: ImageEnv, kind: str) -> str:
    assert GAME.teacher
    assert GAME.possible_moves
    best, possible = GAME.teacher(env), GAME.possible_moves(env)
    if kind == "best":
        return best[0]
    if kind == "open":
        return next(move for move in possible if move not in best)
    return next(move for move in action_names(env) if move not in possible)


async def reported(coach: list[str], network: list[str], scales: tuple[float, ...] = (1.0,)) -> Report:
    pair = cast(BothAgent, Pair(coach, network))
    return await hedge.run(GAME, pair, Stage(), len(coach), SEED, scales=scales)


def counted(report: Report, of: str) -> dict[str, float | None]:
    return {row.name: row.value for row in report.rows if row.of == of}


async def test_differences_hedges_and_walls_are_counted() -> None:
    # GIVEN a coach and a network that agree, and differ with either right; once the network likes a wall
    coach = ["best", "best", "open", "best", "silent"]
    network = ["best", "open", "best", "wall", "best"]
    # WHEN both are asked
    report = await reported(coach, network)
    # THEN each difference is counted, with what is shown of it and who is right
    assert counted(report, "1×") == {
        "positions": 5,
        "coach right": 3 / 5,
        "network right": 3 / 5,
        "they differ": 3,
        "hedges shown": 3,
        "hedges that name a wall": 1,
        "hedges that are right": 1,
        "coach right where hedged": 2,
    }
    differences = report.details["differences"]["1×"]
    assert [one["seed"] for one in differences] == [SEED + 1, SEED + 2, SEED + 3]
    assert [one["hedge"] in one["possible"] for one in differences] == [True, True, False]


async def test_every_scale_is_asked_and_all_together_are_told() -> None:
    # GIVEN two who differ once WHEN they are asked at three scales THEN each tells it, and all of them three times
    report = await reported(["best", "best"], ["best", "open"], scales=(1.0, 2.0, 4.0))
    assert [counted(report, of)["they differ"] for of in ("1×", "2×", "4×", "all")] == [1, 1, 1, 3]
    assert counted(report, "all")["positions"] == 6
    assert [report.subject[name] for name in ("model", "checkpoint", "seed")] == ["some-coach", "some-q", SEED]
