"""Scoring through a live capture, on a stage that is not there; the real one is in tests/gui/test_practice.py."""

import numpy as np

from coach_app.domain.pointing import Box
from coach_app.evaluation.agents import Decision, TeacherAgent
from coach_app.evaluation.bench import positions as live_positions
from coach_app.games.catalogue import to_practise
from coach_app.games.images import ImageEnv, Picture
from coach_app.games.positions import Position


class FakeStage:
    """Enlarges the clean picture."""

    async def picture(self, position: Position, scale: float) -> Picture:
        whole = int(scale)
        return np.repeat(np.repeat(position.picture(), whole, axis=0), whole, axis=1)

    def board(self) -> Box:
        return 0.0, 0.0, 1.0, 1.0


class Shortsighted(TeacherAgent):
    """Knows the answer, but sees only pictures that are wide enough."""

    async def move(self, picture: Picture, env: ImageEnv) -> Decision:
        decision = await super().move(picture, env)
        return decision if picture.shape[1] > 300 else Decision(None, "?", 1.0)


async def test_each_scale_is_scored_on_the_same_positions() -> None:
    # GIVEN an agent that sees nothing on small pictures
    game = to_practise("grid-levels")
    told = []
    # WHEN it is scored at three scales
    report = await live_positions.run(
        game,
        Shortsighted(game),
        FakeStage(),
        5,
        500_000,
        scales=(1.0, 2.0, 4.0),
        on_progress=lambda *d: told.append(d),
    )
    # THEN each scale has its own score, and the rate is over all
    assert [report.value(scale, "optimal moves") for scale in ("1×", "2×", "4×")] == [0.0, 1.0, 1.0]
    assert report.value("all", "optimal moves") == 2 / 3
    assert report.value("1×", "no move") == 5
    assert [mistake["seed"] for mistake in report.details["mistakes"]["1×"]] == list(range(500_000, 500_005))
    assert told == [(number, 15) for number in range(1, 16)]
