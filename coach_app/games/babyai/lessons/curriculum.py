"""The lessons of BabyAI, as training asks for them (see coach_app.games.lessons.Lessons)."""

from collections.abc import Mapping
from typing import Any

from coach_app.games.babyai.lessons.measure import card, measure
from coach_app.games.babyai.lessons.pictures import BOARD, LABELS, MOVES, NOWHERE, labels, picture
from coach_app.games.babyai.lessons.scenes import OwnGames, scenes, unseen_scenes
from coach_app.games.babyai.lessons.text import (
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
own_games = OwnGames

ARGS: Mapping[str, Any] = {
    "input_side_px": 144,  # a patch is a unit
    "side": 144,
    "patch": 16,
    "width": 192,
    "tower_layers": 6,
    "sentences": 6_000,
    "look_steps": 5_500,
    "speak_steps": 1_000,
    "refine_steps": 1_500,
    "refine_rate": 7e-4,
    "refine_weight": 2.0,
    "tower_share": 0.6,
}
