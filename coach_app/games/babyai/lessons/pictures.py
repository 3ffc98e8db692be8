"""What every unit of a picture of BabyAI shows, as the vision tower is taught it. A scene is a View."""

import numpy as np
import numpy.typing as npt

from coach_app.domain.board import Board
from coach_app.games.babyai.picture import SIGNS, draw, panel
from coach_app.games.babyai.room import FORWARD, TURN_LEFT, TURN_RIGHT, room_of
from coach_app.games.babyai.teacher import decide
from coach_app.games.babyai.view import (
    COLOURS,
    KINDS,
    MARGIN,
    PANEL_ROWS,
    SIDE,
    STATES,
    STEPS,
    UNITS,
    UNSEEN,
    Square,
    View,
    Wanted,
)
from coach_app.games.babyai.words import GOALS
from coach_app.games.babyai.words import MOVES as ACTIONS

# Last of each: nothing of the kind.
LABELS = {
    "kind": (*KINDS, "none"),
    "colour": (*COLOURS, "any", "none"),
    "state": (*STATES, "none"),
    "sign": (*SIGNS, "none"),
    "way": (TURN_LEFT, TURN_RIGHT, FORWARD, "faced", "none"),
    "move": (*ACTIONS, "none"),
    "goal": (*GOALS, "none"),
    "target": ("target", "none"),
}
MOVES = 0  # the teacher has one best move, which is among the labels
NOWHERE = tuple(len(names) - 1 for names in LABELS.values())
_KIND, _COLOUR, _STATE, _SIGN, _WAY, _MOVE, _GOAL, _TARGET = range(len(LABELS))
_VALUES = [{name: value for value, name in enumerate(names)} for names in LABELS.values()]
BOARD = Board(columns=UNITS, rows=UNITS, panel=PANEL_ROWS)
"""What the game's profile looks for in a picture of a window."""

picture = draw


def labels(view: View) -> npt.NDArray[np.int64]:
    """What every unit shows: (9, 9, 8) int64.

    On every square what is there, how the way to face it begins, and whether the teacher's goal is about it; where the
    player is, that goal and the teacher's move; on the panel signs and things, and "any" for a thing that may have any
    colour.
    """
    shown = np.tile(np.array(NOWHERE), (UNITS, UNITS, 1))
    shown[:SIDE, :, _KIND] = _VALUES[_KIND][UNSEEN]
    ways, decision = room_of(view).first_moves(), decide(view)
    for index, (step, square) in enumerate(zip(STEPS, view.squares, strict=True)):
        unit = shown[index // SIDE, index % SIDE + MARGIN]
        if step == (0, 0):
            unit[_KIND], unit[_MOVE] = NOWHERE[_KIND], _VALUES[_MOVE][decision.move]
            unit[_GOAL] = _VALUES[_GOAL][decision.goal_kind]
            continue
        _name(unit, square)
        if square.kind != UNSEEN and step in ways:
            unit[_WAY] = _VALUES[_WAY][ways[step] or "faced"]
        if decision.target and decision.target[1] == step:
            unit[_TARGET] = 0
    for row, parts in enumerate(panel(view.mission, view.carried), SIDE):
        for column, part in enumerate(parts):
            if isinstance(part, str):
                shown[row, column, _SIGN] = _VALUES[_SIGN][part]
            else:
                _name(shown[row, column], part)
    return shown


def _name(unit: npt.NDArray[np.int64], thing: Square | Wanted) -> None:
    """Write the labels of a thing into those of its unit."""
    unit[_KIND] = _VALUES[_KIND][thing.kind]
    if isinstance(thing, Wanted):
        unit[_COLOUR] = _VALUES[_COLOUR][thing.colour or "any"]
    elif thing.colour:
        unit[_COLOUR] = _VALUES[_COLOUR][thing.colour]
        unit[_STATE] = _VALUES[_STATE][thing.state or "none"]
