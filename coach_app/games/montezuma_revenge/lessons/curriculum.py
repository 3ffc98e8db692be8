"""The lessons of Montezuma's Revenge, as training asks for them (see coach_app.games.lessons.Lessons)."""

from collections.abc import Mapping
from typing import Any

from coach_app.games.montezuma_revenge.lessons.measure import card, measure
from coach_app.games.montezuma_revenge.lessons.pictures import BOARD, LABELS, MOVES, NOWHERE, labels, picture
from coach_app.games.montezuma_revenge.lessons.scenes import OwnGames, scenes, unseen_scenes
from coach_app.games.montezuma_revenge.lessons.text import (
    QUESTIONS,
    move_exchange,
    other_exchange,
    sentences,
    training_answers,
    unseen_answers,
)
from coach_app.games.montezuma_revenge.picture import SHAPE, UNIT_PX

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
    "input_side_px": SHAPE[0],  # one pixel of the game is one of the view, and a patch is a unit
    "side": SHAPE[0],
    "patch": UNIT_PX,
    "width": 192,
    "tower_layers": 6,
    "sentences": 6_000,
    "buffer": 4_096,
    "reuse": 8,
    "look_batch": 32,
    "look_steps": 3_000,
    "look_rate": 7e-4,
    "look_floor": 0.03,
    "own_from": 1_500,
    "own_games": 2,  # whatever they stray to, the teacher looks for the way again
    "speak_steps": 1_000,
    "refine_steps": 1_500,
    "refine_rate": 7e-4,
    "refine_weight": 2.0,
    "refine_tricky_share": 0.3,
    "tower_share": 0.0,  # as for Breakout's coach
}
