"""The lessons of Breakout, as training asks for them (see coach_app.games.lessons.Lessons)."""

from collections.abc import Mapping
from typing import Any

from coach_app.games.breakout.lessons.measure import card, measure
from coach_app.games.breakout.lessons.pictures import BOARD, LABELS, MOVES, NOWHERE, labels, picture
from coach_app.games.breakout.lessons.scenes import OwnGames, scenes, unseen_scenes
from coach_app.games.breakout.lessons.text import (
    QUESTIONS,
    move_exchange,
    other_exchange,
    sentences,
    training_answers,
    unseen_answers,
)
from coach_app.games.breakout.picture import SIDE_PX, UNIT_PX

__all__ = [
    "ARGS",
    "BOARD",
    "LABELS",
    "MOVES",
    "NEVER_SAID",
    "NOWHERE",
    "QUESTIONS",
    "card",
    "labels",
    "measure",
    "move_exchange",
    "other_exchange",
    "own_games",
    "picture",
    "scenes",
    "sentences",
    "training_answers",
    "unseen_answers",
    "unseen_scenes",
]

NEVER_SAID: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())  # its Japanese is made of phrases, not by a model
own_games = OwnGames

ARGS: Mapping[str, Any] = {
    "input_side_px": SIDE_PX,  # one pixel of the game is one of the view, and a patch is a unit
    "side": SIDE_PX,
    "patch": UNIT_PX,
    "width": 192,
    "tower_layers": 6,
    "sentences": 6_000,
    "buffer": 4_096,
    "reuse": 8,
    "look_batch": 32,
    "look_steps": 5_000,
    "look_rate": 7e-4,
    "look_floor": 0.03,
    "own_from": 700,
    "speak_steps": 500,
    "refine_steps": 250,
    "refine_rate": 5e-4,
    "refine_weight": 2.0,
    "refine_tricky_share": 0.2,  # such scenes are rare, so each takes a while to come
    # The tower rests: as long as the language model does not look at what it sees, it would unlearn just that. Of the
    # reasons 70 % could be read off it before it learned with the words, and 44 % after a hundred steps of that.
    "tower_share": 0.0,
}
