"""Breakout with four frames in a step instead of nine: the bar can be steered more finely."""

from dataclasses import replace
from functools import partial

from coach_app.games.breakout.game import GAME as BREAKOUT
from coach_app.games.breakout.game import environment

assert BREAKOUT.practice

GAME = replace(
    BREAKOUT,
    id="breakout-4",
    environment=partial(environment, 4),
    other_names=(),
    lessons=None,  # the coach of Breakout knows both
    coach="",
    practice=replace(
        BREAKOUT.practice,
        title="Coach practice: Breakout in small steps",
        menu="Breakout: &4 frames a move",
        steps_per_s=5,
    ),
)
