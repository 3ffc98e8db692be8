"""The teacher's decision in words."""

from dataclasses import dataclass
from typing import Any

from coach_app.games.breakout.search import Outlook
from coach_app.games.breakout.view import FIRE, LEFT, RIGHT, WALL_LEFT, WALL_TOP, Bar, Place, View

_COLOURS = ("red", "orange", "brown", "yellow", "green", "blue")
_COLUMN_PX = 8


@dataclass(frozen=True)
class Decision:
    """What to do, and why.

    Attributes:
        view: what is seen.
        move: of ``view.MOVES``.
        ahead: what comes of the ball; None if it will not be down soon.
    """

    view: View
    move: str
    ahead: Outlook | None = None

    @property
    def best(self) -> tuple[str, ...]:
        """All moves after which the ball can still be returned, this one first; empty if that cannot be told."""
        return self.ahead.best if self.ahead else ()

    @property
    def why(self) -> str:
        """What the ball does, in a sentence."""
        if self.move == FIRE:
            return "There is no ball: serve one."
        if self.view.landing is not None:
            return f"The ball comes down {self.view.side_of_landing}."
        return "The ball comes down." if self.view.falls else "The ball goes up."

    @property
    def aim(self) -> str:
        """What for."""
        if self.move == FIRE:
            return "Serve a ball."
        against = {LEFT: "right of the bar", RIGHT: "left of the bar"}.get(self.move)
        if against and self.view.landing is not None and self.view.side_of_landing == against:
            return "Take a swing, to be there in time."
        return "Be under the ball when it comes down."

    @property
    def answer(self) -> str:
        """What a player is told: what the ball does, and the move."""
        return f"{self.why} {told(self.move)}"

    @property
    def text(self) -> str:
        """The way to the decision, step by step."""
        view, bar = self.view, self.view.bar
        parts = [where_ball(view)]
        if view.ball and (before := view.ball_before):
            parts.append(f"It was at column {column(before.x)}, row {row(before.y)}.")
        parts += where_it_lands(view), where_bar(view)
        if view.bar_before and view.bar_before.left != bar.left:
            parts.append("The bar slides left." if bar.left < view.bar_before.left else "The bar slides right.")
        return " ".join(filter(None, (*parts, self.answer)))

    @property
    def hint(self) -> str:
        """What to aim for, but not how."""
        return self.aim

    @property
    def nudge(self) -> str:
        """What to look at."""
        if self.view.ball is None:
            return "The ball is behind the bricks." if self.view.is_hidden else "Look for the ball."
        if self.view.landing is not None:
            return "Look where the ball will land."
        return "Look at the ball." if self.view.falls else "Look where the ball flies."


def where_ball(view: View) -> str:
    """Where the ball is, in a sentence."""
    if view.ball is None:
        return "There is no ball to be seen."
    return f"The ball is at column {column(view.ball.x)}, row {row(view.ball.y)}."


def where_it_lands(view: View) -> str:
    """Where the ball will be down, in a sentence; empty if that cannot be told."""
    return "" if view.landing is None else f"It will land at column {column(view.landing)}."


def where_bar(view: View) -> str:
    """Where the bar is, in a sentence."""
    return f"The bar reaches from column {column(view.bar.left)} to {column(view.bar.right - 1)}."


def told(move: str) -> str:
    """A move as advice ends with it."""
    return f"Move {move}." if move in (LEFT, RIGHT) else f"Next: {move}."


def column(x: float) -> int:
    """The column of a place, from 1; a brick is one column wide."""
    return int(x - WALL_LEFT) // _COLUMN_PX + 1


def row(y: float) -> int:
    """The row of a place, from 1; a row is as high as a column is wide."""
    return int(y - WALL_TOP) // _COLUMN_PX + 1


def state(view: View) -> dict[str, Any]:
    """What is seen, by name, as JSON can hold it: places in the emulator's pixels from the field's upper left corner;
    of each row of bricks the columns of those that are there."""
    now = {"ball": _place(view.ball), "bar": _ends(view.bar), "balls": view.lives}
    before = {"last move": view.last, "before": {"ball": _place(view.ball_before), "bar": _ends(view.bar_before)}}
    bricks = {colour: _there(row) for colour, row in zip(_COLOURS, view.bricks, strict=True)}
    return now | (before if view.last else {}) | {"bricks": bricks}


def describe(view: View) -> str:
    """The same in words."""
    where, bar = _place(view.ball), _ends(view.bar)
    lines = [f"The ball is at {where[0]}, {where[1]}." if where else "There is no ball."]
    lines.append(f"The bar reaches from {bar[0]} to {bar[1]}.")
    if view.last and view.bar_before:
        was, bar = _place(view.ball_before), _ends(view.bar_before)
        lines.append(f"Last move: {view.last}.")
        lines.append(f"Before it the ball was at {was[0]}, {was[1]}." if was else "Before it there was no ball.")
        lines.append(f"Before it the bar reached from {bar[0]} to {bar[1]}.")
    lines.append(f"Balls left: {view.lives}.")
    for colour, bricks in zip(_COLOURS, view.bricks, strict=True):
        there = _there(bricks)
        columns = "all" if len(there) == len(bricks) else ", ".join(map(str, there)) or "none"
        lines.append(f"Bricks of the {colour} row: {columns}.")
    return "\n".join(lines)


def _there(bricks: tuple[bool, ...]) -> list[int]:
    return [number for number, is_there in enumerate(bricks, 1) if is_there]


def _place(ball: Place | None) -> list[int] | None:
    return [ball.x - WALL_LEFT, ball.y - WALL_TOP] if ball else None


def _ends(bar: Bar | None) -> list[int]:
    return [bar.left - WALL_LEFT, bar.right - WALL_LEFT] if bar else []
