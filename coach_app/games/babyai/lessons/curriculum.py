"""The lessons of BabyAI, as training asks for them (see coach_app.games.lessons.Lessons)."""

from collections.abc import Mapping
from typing import Any

from coach_app.domain.board import Board
from coach_app.games.babyai.lessons.pictures import LABELS, MOVES, NOWHERE, labels, picture
from coach_app.games.babyai.lessons.scenes import OwnGames, scenes, unseen_scenes
from coach_app.games.babyai.view import PANEL_ROWS, UNITS

__all__ = ["ARGS", "BOARD", "LABELS", "MOVES", "NOWHERE", "labels", "own_games", "picture", "scenes", "unseen_scenes"]

own_games = OwnGames
BOARD = Board(columns=UNITS, rows=UNITS, panel=PANEL_ROWS)

ARGS: Mapping[str, Any] = {
    "input_side_px": 144,  # a patch is a unit
    "side": 144,
    "patch": 16,
    "width": 192,
    "tower_layers": 6,
    "look_steps": 1500,
}
