"""The lessons of Crafter, as training asks for them (see coach_app.games.lessons.Lessons)."""

from collections.abc import Mapping
from typing import Any

from coach_app.games.crafter.lessons.measure import card, measure
from coach_app.games.crafter.lessons.pictures import BOARD, LABELS, NOWHERE, labels, picture
from coach_app.games.crafter.lessons.scenes import OwnGames, scenes, unseen_scenes
from coach_app.games.crafter.lessons.text import (
    QUESTIONS,
    move_exchange,
    other_exchange,
    sentences,
    training_answers,
    unseen_answers,
)

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
MOVES = 0  # of which several may be best: the teacher has one
own_games = OwnGames


ARGS: Mapping[str, Any] = {
    "input_side_px": 144,  # one pixel of the game's sprites is one of the view, and a patch is a unit
    "side": 144,
    "patch": 16,
    "width": 192,
    "tower_layers": 6,
    "sentences": 6_000,
    "reuse": 6,
    "look_batch": 64,
    "look_steps": 6_000,
    "look_rate": 7e-4,
    "own_from": 600,
    "speak_steps": 1_200,
    "refine_steps": 6_000,
    "refine_rate": 6e-4,
    "own_games": 24,
    "refine_tricky_share": 0.35,  # of tired players
    "keep": 0.0,  # a coach to go on from is to become better, not to see everything as it did
    "refine_weight": 2.0,
    "tower_share": 0.6,
    "look_weight": 0.05,
    "look_floor": 0.03,
}
