"""What every unit of a picture of Breakout shows, as the vision tower is taught it."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from coach_app.domain.board import Board
from coach_app.games.breakout.picture import LEFT_PX, PANEL_UNITS, TOP_PX, UNIT_PX, UNITS, draw
from coach_app.games.breakout.search import MOST_STEPS, STEERING
from coach_app.games.breakout.view import (
    BALL_HEIGHT,
    BALL_WIDTH,
    BAR_TOP,
    BRICK_HEIGHT,
    BRICK_WIDTH,
    BRICKS_BOTTOM,
    BRICKS_TOP,
    COLUMNS,
    FIRE,
    FLIGHTS,
    MOST_LIVES,
    ROWS,
    WALL_LEFT,
    Bar,
    Place,
)
from coach_app.games.breakout.view import MOVES as ACTIONS
from coach_app.games.breakout.words import Decision
from coach_app.games.images import Picture

BOARD = Board(columns=UNITS, rows=UNITS, panel=PANEL_UNITS)
"""What the game's profile looks for in a picture of a window."""


@dataclass(frozen=True)
class Scene:
    """A state of the game.

    Attributes:
        decision: the teacher's, with what is seen.
        frames: that pass in a step.
    """

    decision: Decision
    frames: int

    @property
    def right(self) -> tuple[str, ...]:
        """The moves that are as good as the teacher's, that one first; empty if that cannot be told."""
        return (FIRE,) if self.decision.move == FIRE else self.decision.best


# Last of each: nothing of the kind.
_PX = (*map(str, range(UNIT_PX)), "none")
_QUARTERS = 4  # of a step
_SIDES = ("left of the bar", "on the bar", "right of the bar")
LABELS = {
    **{f"{what} {axis}": _PX for what in ("ball", "ball before") for axis in "xy"},
    **dict.fromkeys(("bar", "bar before", "landing", *(f"after {move}" for move in STEERING)), _PX),
    "width": ("8", "16", "none"),
    "flight": (*FLIGHTS, "none"),
    "time": (*map(str, range(_QUARTERS * MOST_STEPS + 1)), "none"),
    "bricks": (*map(str, range(7)), "none"),
    "rows": (*map(str, range(ROWS + 1)), "none"),
    "life": ("there", "gone", "none"),
    "last": (*ACTIONS, "no move", "none"),
    "why": ("no ball", *_SIDES, "down", "up", "none"),
    "move": (*ACTIONS, "none"),
}
MOVES = len(ACTIONS)
NOWHERE = (*(len(names) - 1 for names in LABELS.values()), *[-1] * MOVES)
_AT = {label: number for number, label in enumerate(LABELS)}
_VALUES = {label: {name: value for value, name in enumerate(names)} for label, names in LABELS.items()}

SIGN = (UNITS - 1, 1)
"""The unit with the sign of the last move: what counts for the whole picture is asked there."""
BAR_ROW = (BAR_TOP - TOP_PX) // UNIT_PX
BAR_COLUMNS = range(1, UNITS - 1)
"""Where the middle of the bar can be."""
_LIVES_FROM = UNITS // 2
_ROWS_AT = (UNITS - 1, 3)
_BRICK_ROWS = range((BRICKS_TOP - TOP_PX) // UNIT_PX, (BRICKS_BOTTOM - TOP_PX) // UNIT_PX + 1)


def picture(scene: Scene) -> Picture:
    """The game's own picture of a scene."""
    return draw(scene.decision.view)


def labels(scene: Scene) -> npt.NDArray[np.int64]:
    """What every unit shows: (12, 12, labels) int64.

    Where the middles of ball and bar are, and were, to the pixel; where the ball flies, when and where it will be down,
    and where the bar will be after each move; bricks, balls that are left, and the last move. At its sign, of each move
    whether it is a best one. The same along the bar's way: there it is told which moves were best if the ball came down
    in that unit, so that a picture teaches many times as much about when to move. In every unit the teacher's reason
    and move: a language model that has to find the one unit where they are takes a thousand steps to look there.
    """
    decision = scene.decision
    view, ahead = decision.view, decision.ahead
    shown = np.tile(np.array(NOWHERE), (UNITS, UNITS, 1))

    def say(label: str, unit: tuple[int, int], value: str) -> None:
        shown[*unit, _AT[label]] = _VALUES[label][value]

    for what, ball in (("ball", view.ball), ("ball before", view.ball_before)):
        if ball:
            unit, (x, y) = _unit(ball)
            say(f"{what} x", unit, str(x))
            say(f"{what} y", unit, str(y))
            if what == "ball" and view.flight:
                say("flight", unit, view.flight)
            if what == "ball" and ahead:
                say("time", unit, str(round(_QUARTERS * ahead.frames / scene.frames)))
    places = {"bar": _middle(view.bar)}
    if view.bar_before:
        places["bar before"] = _middle(view.bar_before)
    if ahead:
        places["landing"] = ahead.middle
        places |= {f"after {move}": place for move, place in zip(STEERING, ahead.after, strict=True)}
    for label, middle in places.items():
        column, x = divmod(middle + LEFT_PX, UNIT_PX)
        say(label, (BAR_ROW, column), str(x))
    width = view.bar.right - view.bar.left
    say("width", (BAR_ROW, (_middle(view.bar) + LEFT_PX) // UNIT_PX), "16" if width > BRICK_WIDTH else "8")
    for unit, count in _bricks(view.bricks):
        say("bricks", unit, str(count))
    say("rows", _ROWS_AT, str(sum(map(any, view.bricks))))
    for life in range(MOST_LIVES):
        say("life", (UNITS - 1, _LIVES_FROM + life), "there" if life < view.lives else "gone")
    say("last", SIGN, view.last or "no move")
    shown[..., _AT["why"]] = _VALUES["why"][_why(decision)]
    shown[..., _AT["move"]] = _VALUES["move"][decision.move]
    if scene.right:
        shown[*SIGN, -MOVES:] = [move in scene.right for move in ACTIONS]
    if ahead:
        for column in BAR_COLUMNS:
            fine = ahead.would_return(column * UNIT_PX + UNIT_PX // 2 - LEFT_PX, width)
            if any(fine):
                best = {move for move, good in zip(STEERING, fine, strict=True) if good}
                shown[BAR_ROW, column, -MOVES:] = [move in best for move in ACTIONS]
    return shown


def _unit(ball: Place) -> tuple[tuple[int, int], tuple[int, int]]:
    """In which unit the middle of the ball is, and where there: row and column; x and y."""
    column, x = divmod(ball.x + BALL_WIDTH // 2 + LEFT_PX, UNIT_PX)
    row, y = divmod(ball.y + BALL_HEIGHT // 2 - TOP_PX, UNIT_PX)
    return (row, column), (x, y)


def _why(decision: Decision) -> str:
    """What the reason of a decision says."""
    view = decision.view
    if decision.move == FIRE:
        return "no ball"
    if view.landing is not None:
        return view.side_of_landing
    return "down" if view.falls else "up"


def _middle(bar: Bar) -> int:
    return int(bar.centre)


def _bricks(bricks: tuple[tuple[bool, ...], ...]) -> Iterator[tuple[tuple[int, int], int]]:
    """How many bricks have their middle in each unit where there can be any."""
    columns = (WALL_LEFT + LEFT_PX + BRICK_WIDTH // 2 + BRICK_WIDTH * np.arange(COLUMNS)) // UNIT_PX
    rows = (BRICKS_TOP - TOP_PX + BRICK_HEIGHT // 2 + BRICK_HEIGHT * np.arange(ROWS)) // UNIT_PX
    counts = np.zeros((UNITS, UNITS), int)
    np.add.at(counts, (rows[:, None], columns[None]), np.array(bricks))
    for row in _BRICK_ROWS:
        for column in BAR_COLUMNS:
            yield (row, column), int(counts[row, column])
