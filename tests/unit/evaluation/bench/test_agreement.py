"""How often the coach is right where the Q-network agrees: counted on positions whose best moves are known."""

from collections.abc import Callable

import numpy as np
import pytest

from coach_app.domain.advice import Advice
from coach_app.domain.frame import Frame
from coach_app.domain.moves import named_move
from coach_app.domain.profile import GameProfile
from coach_app.domain.qvalues import QValues
from coach_app.domain.situation import Situation
from coach_app.evaluation.agents import BothAgent, CoachAgent, DqnAgent
from coach_app.evaluation.bench import agreement
from coach_app.evaluation.bench.report import Report
from coach_app.games.catalogue import to_play
from coach_app.games.positions import Position, positions
from coach_app.games.profiles import find

GAME = to_play("grid-levels")
MOVES = ("left", "down", "right", "up")
SEED = 500_000
PARTS = ("all", "agree", "disagree", "no move")
WRONG, RIGHT, SILENT = "wrong", "right", "silent"


class Script:
    """Says and values what a test has written for each position, by its picture."""

    reads_japanese = False

    def __init__(self, asked: list[Position], says: list[str], values: list[str]) -> None:
        assert GAME.teacher
        self._advised, self._valued = dict[bytes, str](), dict[bytes, tuple[float, ...]]()
        for position, saying, valuing in zip(asked, says, values, strict=True):
            best = GAME.teacher(position.env)
            worse = next(move for move in MOVES if move not in best)
            key = position.picture().tobytes()
            self._advised[key] = {RIGHT: f"Move {best[0]}.", WRONG: f"Move {worse}.", SILENT: "Good luck!"}[saying]
            liked = best[0] if valuing == RIGHT else worse
            self._valued[key] = tuple(0.9 if move == liked else 0.1 for move in MOVES)

    async def advise(self, situation: Situation, on_words: Callable[[str], None] | None = None) -> Advice:
        frame = situation.frame
        text = self._advised[np.asarray(frame.image).tobytes()]
        return Advice(text, named_move(text, situation.profile.moves), "some-coach", frame.captured_at, 20.0, 5.0, 4)

    async def read(self, frame: Frame, profile: GameProfile) -> QValues:
        return QValues(MOVES, self._valued[np.asarray(frame.image).tobytes()], (True,) * 4, "some-q", 0.0)

    async def close(self) -> None:
        """Nothing to give back."""


async def reported(says: list[str], values: list[str]) -> Report:
    asked, profile = positions(GAME, len(says), SEED), find("grid-levels")
    script = Script(asked, says, values)
    return await agreement.run(GAME, BothAgent(CoachAgent(script, profile), DqnAgent(script, profile)), asked)


async def test_right_and_wrong_are_counted_by_whether_they_agree() -> None:
    # GIVEN a coach and a network that are right and wrong together and alone, and a coach who names no move
    says = [RIGHT, RIGHT, RIGHT, WRONG, RIGHT, WRONG, WRONG, SILENT]
    values = [RIGHT, RIGHT, RIGHT, WRONG, WRONG, RIGHT, RIGHT, RIGHT]
    # WHEN both are asked
    report = await reported(says, values)
    # THEN each position is in its part, with who was right there
    counted = {part: {row.name: row.value for row in report.rows if row.of == part} for part in PARTS}
    assert counted == {
        "all": {"positions": 8, "coach right": 0.5, "network right": 0.75},
        "agree": {"positions": 4, "coach right": 0.75, "network right": 0.75},
        "disagree": {"positions": 3, "coach right": pytest.approx(1 / 3), "network right": pytest.approx(2 / 3)},
        "no move": {"positions": 1, "coach right": 0.0, "network right": 1.0},
    }
    measured = [report.subject[name] for name in ("model", "checkpoint", "seed", "pictures")]
    assert measured == ["some-coach", "some-q", SEED, 8]


async def test_of_nothing_there_is_no_part() -> None:
    # GIVEN two who always agree WHEN they are asked THEN nothing is claimed about disagreement
    report = await reported([RIGHT], [RIGHT])
    assert report.value("disagree", "positions") == 0
    assert report.value("disagree", "coach right") is None
