"""What a picture of BabyAI shows, as data: nothing here is behind the picture.

The picture is nine by nine units. Above, in the middle, is what the player sees: seven columns and rows with the player
at the bottom, looking up. Below, on two rows, is the mission in signs, and what the player carries.
"""

from dataclasses import dataclass
from typing import NamedTuple

UNITS = 9
"""Columns and rows of the whole picture."""
SIDE = 7
"""Columns and rows of what the player sees."""
PANEL_ROWS = UNITS - SIDE
MARGIN = (UNITS - SIDE) // 2
"""Columns to the left and to the right of what the player sees."""
REACH = SIDE // 2
"""How many columns the player sees to either side."""

Step = tuple[int, int]
"""How far something is from the player: to the right, and ahead."""

UNSEEN, FLOOR, WALL, DOOR, KEY, BALL, BOX = "unseen", "floor", "wall", "door", "key", "ball", "box"
KINDS = (UNSEEN, FLOOR, WALL, DOOR, KEY, BALL, BOX)
"""What can be on a square."""
PORTABLE = (KEY, BALL, BOX)
COLOURS = ("red", "green", "blue", "purple", "yellow", "grey")
STATES = ("open", "closed", "locked")
"""Of doors."""


class Square(NamedTuple):
    """What is on a square, or carried.

    Attributes:
        kind: of KINDS.
        colour: of COLOURS; empty for what has none.
        state: of STATES for doors; else empty.
    """

    kind: str
    colour: str = ""
    state: str = ""

    @property
    def name(self) -> str:
        """As a person says it: "wall", "red ball", "locked red door"."""
        return " ".join(word for word in (self.state, self.colour, self.kind) if word)


class Wanted(NamedTuple):
    """A thing that a mission is about.

    Attributes:
        kind: of KINDS.
        colour: of COLOURS; empty where any will do.
    """

    kind: str
    colour: str = ""

    @property
    def name(self) -> str:
        return f"{self.colour} {self.kind}".strip()

    def is_met_by(self, thing: Square | None) -> bool:
        """Whether this is such a thing."""
        return thing is not None and thing.kind == self.kind and self.colour in ("", thing.colour)


TASKS = ("go to", "pick up", "open", "put next to", "pick up, then go to")
"""Of BALROG (Paglieri et al. 2024, arXiv:2411.13543)."""


@dataclass(frozen=True)
class Mission:
    """What the player is asked for.

    Attributes:
        task: of TASKS.
        first: what to go to, pick up, open or move.
        second: what to put it next to, or to go to afterwards; None where there is none.
    """

    task: str
    first: Wanted
    second: Wanted | None = None

    @property
    def sentence(self) -> str:
        """For people. BabyAI words it in more ways: what comes first is not always said first."""
        first = self.first.name
        if self.second is None:
            of_one = {"go to": f"Go to a {first}.", "pick up": f"Pick up a {first}.", "open": f"Open the {first}."}
            return of_one[self.task]
        second = self.second.name
        if self.task == "put next to":
            return f"Put a {first} next to a {second}."
        return f"Pick up a {first}, then go to a {second}."

    @property
    def text(self) -> str:
        """In a few words of a small vocabulary."""
        if self.second is None:
            return f"{self.task} {self.first.name}"
        verb, link = ("put", "next to") if self.task == "put next to" else ("pick up", "then go to")
        return f"{verb} {self.first.name} {link} {self.second.name}"


@dataclass(frozen=True)
class View:
    """What one picture shows.

    Attributes:
        squares: of what the player sees, row by row from the farthest; the player's own, the middle one of the last
            row, counts as floor.
        carried: what the player has; None for nothing.
        mission: what is asked for.
    """

    squares: tuple[Square, ...]
    carried: Square | None
    mission: Mission

    def at(self, step: Step) -> Square:
        """What is so far from the player; unseen outside of the picture."""
        column, row = REACH + step[0], SIDE - 1 - step[1]
        return self.squares[row * SIDE + column] if 0 <= column < SIDE and 0 <= row < SIDE else Square(UNSEEN)


STEPS: tuple[Step, ...] = tuple((column - REACH, SIDE - 1 - row) for row in range(SIDE) for column in range(SIDE))
"""How far each square of a View is from the player, in their order."""
