"""What every unit of a picture of Montezuma's Revenge shows, as the vision tower is taught it."""

import zlib
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from coach_app.domain.board import Board
from coach_app.games.images import Picture
from coach_app.games.montezuma_revenge.picture import COLUMNS, PANEL_ROWS, ROWS, SHAPE, UNIT_PX
from coach_app.games.montezuma_revenge.picture import with_sign as other_sign
from coach_app.games.montezuma_revenge.view import AREAS, KEY, TOP, Place
from coach_app.games.montezuma_revenge.view import MOVES as ACTIONS
from coach_app.games.montezuma_revenge.words import DODGES, DOOR, Decision

if TYPE_CHECKING:
    from coach_app.games.montezuma_revenge.env import MontezumaEnv

BOARD = Board(columns=COLUMNS, rows=ROWS, panel=PANEL_ROWS)
"""What the game's profile looks for in a picture of a window."""


@dataclass(frozen=True)
class Scene:
    """A state of the game.

    Attributes:
        decision: the teacher's, with what is seen.
        packed: the picture; packed, as many of them are kept while a coach learns.
    """

    decision: Decision
    packed: bytes = field(repr=False)


# Last of each: nothing of the kind.
_PX = (*map(str, range(UNIT_PX)), "none")
LABELS = {
    **{f"{what} {axis}": _PX for what in ("joe", "joe before", "skull", "skull before") for axis in "xy"},
    "area": (*AREAS, "lost", "none"),
    "key": ("there", "taken", "none"),
    "door": ("shut", "open", "none"),
    "hats": (*map(str, range(6)), "none"),
    "last": (*ACTIONS, "no move", "none"),
    "goal": (KEY, DOOR, "no goal", "none"),
    "next": (*AREAS, KEY, DOOR, "nowhere", "none"),
    "how": ("go", "jump", "none"),
    "dodge": (*DODGES, "no", "none"),
    "move": (*ACTIONS, "none"),
}
MOVES = 0  # the teacher has one best move, which is among the labels
NOWHERE = tuple(len(names) - 1 for names in LABELS.values())
_AT = {label: number for number, label in enumerate(LABELS)}
_VALUES = {label: {name: value for value, name in enumerate(names)} for label, names in LABELS.items()}

SIGN = (ROWS - 1, 0)
"""The unit with the sign of the last move: what counts for the whole picture is asked there, too."""
_HATS_AT = (ROWS - 1, 6)
_ITEMS_AT = (ROWS - 1, 2)
_KEY_AT = (3, 1)
_DOORS_AT = ((1, 1), (1, 8))


def scene(env: "MontezumaEnv") -> Scene:
    """What is seen in a game."""
    return _packed(env.decision(), env.render())


def with_sign(scene: Scene, last: str) -> Scene:
    """The same scene with the sign of another last move."""
    decision = replace(scene.decision, view=replace(scene.decision.view, last=last))
    return _packed(decision, other_sign(picture(scene), last))


def _packed(decision: Decision, shown: Picture) -> Scene:
    return Scene(decision, zlib.compress(shown.tobytes(), 1))


def picture(scene: Scene) -> Picture:
    """The game's own picture of a scene."""
    return np.frombuffer(zlib.decompress(scene.packed), np.uint8).reshape(SHAPE)


def labels(scene: Scene) -> npt.NDArray[np.int64]:
    """What every unit shows: (10, 10, labels) int64.

    Where the feet of Joe and the skull are, and were, to the pixel; the area that Joe is in; the key, the doors, what
    is carried, the hats, and the last move. Where Joe is, and at that sign, how the teacher has decided: goal, next
    area and how to get there, the skull, and the move.
    """
    decision = scene.decision
    view = decision.view
    shown = np.tile(np.array(NOWHERE), (ROWS, COLUMNS, 1))

    def say(label: str, unit: tuple[int, int], value: str) -> None:
        shown[*unit, _AT[label]] = _VALUES[label][value]

    figures = {"joe": view.joe, "joe before": view.joe_before}
    figures |= {"skull": view.skull, "skull before": view.skull_before}
    for what, place in figures.items():
        if place:
            unit, (x, y) = _unit(place)
            say(f"{what} x", unit, str(x))
            say(f"{what} y", unit, str(y))
    for unit in (SIGN, *([_unit(view.joe)[0]] if view.joe else [])):
        say("area", unit, view.area if view.joe else "lost")
        say("goal", unit, decision.goal or "no goal")
        say("next", unit, decision.next_area or "nowhere")
        say("how", unit, "jump" if decision.leaps else "go")
        say("dodge", unit, decision.dodges or "no")
        say("move", unit, decision.move)
    if not view.room:
        say("key", _KEY_AT, "there" if view.key else "taken")
        for unit, is_shut in zip(_DOORS_AT, view.doors, strict=True):
            say("door", unit, "shut" if is_shut else "open")
    say("key", _ITEMS_AT, "there" if KEY in view.items else "taken")
    say("hats", _HATS_AT, str(min(view.hats, 5)))
    say("last", SIGN, view.last or "no move")
    return shown


def _unit(place: Place) -> tuple[tuple[int, int], tuple[int, int]]:
    """In which unit the middle of a figure's feet is, and where there: row and column; x and y."""
    column, x = divmod(min(place.x, COLUMNS * UNIT_PX - 1), UNIT_PX)
    row, y = divmod(min(place.y - 1 - TOP, (ROWS - 1) * UNIT_PX - 1), UNIT_PX)
    return (max(row, 0), column), (x, max(y, 0))
