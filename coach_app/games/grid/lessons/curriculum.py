"""The lessons of the Grid world; implements coach_app.games.lessons.Lessons."""

from collections.abc import Iterator, Mapping
from itertools import count
from typing import Any

import numpy as np

from coach_app.domain.board import Layout
from coach_app.games.grid.lessons.measure import card, measure
from coach_app.games.grid.lessons.other_english import NEAR, OTHER
from coach_app.games.grid.lessons.pictures import LABELS, MOVES, NOWHERE, Scene, labels, picture
from coach_app.games.grid.lessons.scenes import SIZES, TRAINING_SEEDS, random_scene, scenes
from coach_app.games.grid.lessons.text import NO_GAME, move_exchange, question_exchange, sentences
from coach_app.games.grid.lessons.text import QUESTIONS as _QUESTIONS
from coach_app.games.grid.lessons.withheld import HINT_QUESTIONS, NUDGE_QUESTIONS, withheld_exchange
from coach_app.games.grid.level import ARTICLE_LEVEL, Move, random_level
from coach_app.games.lessons import Exchange, Sentence

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

NEVER_SAID = (NEAR, OTHER)
ARGS: Mapping[str, Any] = {}
BOARD: Layout = "framed"
QUESTIONS = (*_QUESTIONS, *NUDGE_QUESTIONS, *HINT_QUESTIONS)
_WITHHELD_SHARE = 0.4


def other_exchange(scene: Scene | None, rng: np.random.Generator) -> Exchange:
    """Any question but for the next move; two in five ask for a nudge or a hint only."""
    return (withheld_exchange if rng.random() < _WITHHELD_SHARE else question_exchange)(scene, rng)


def own_games(rng: np.random.Generator, count: int) -> None:
    """None: every scene of a level can be taught."""


def unseen_scenes(rng: np.random.Generator) -> Iterator[tuple[str, Scene]]:
    """An endless stream of scenes on held-out levels, with the size of the map."""
    for seed in count(TRAINING_SEEDS):
        width, height = SIZES[seed % len(SIZES)]
        yield f"{width}x{height}", random_scene(random_level(seed, (width, height)), rng)


def training_answers(levels: int, rng: np.random.Generator) -> Iterator[tuple[Sentence, ...]]:
    """Answers about every scene of the article's map and of ``levels`` levels; the game's phrases know the others."""
    maps = [ARTICLE_LEVEL]
    maps += [random_level(int(rng.integers(TRAINING_SEEDS)), SIZES[n % len(SIZES)]) for n in range(levels)]
    yield NO_GAME
    for level in maps:
        for cat in level.cat_cells:
            for facing in Move:
                scene = Scene(level, cat, facing)
                yield move_exchange(scene, rng).answer
                yield question_exchange(scene, rng).answer


def unseen_answers(number: int) -> Iterator[tuple[Sentence, ...]]:
    """A fixed set of answers about held-out levels."""
    rng = np.random.default_rng(TRAINING_SEEDS)
    for n in range(number):
        level = ARTICLE_LEVEL if n % 10 == 9 else random_level(TRAINING_SEEDS + n, SIZES[n % len(SIZES)])
        exchange = question_exchange if n % 2 else move_exchange
        yield exchange(random_scene(level, rng), rng).answer
