"""Answers of a coach about many pictures at a time."""

import numpy as np

from coach_app.domain.moves import AvoidedMoves, named_move
from coach_app.domain.resources import resources_dir
from coach_app.engine.answering import answer
from coach_app.engine.loader import load_vision
from coach_app.games.captures import captured_shot
from coach_app.games.grid.lessons.measure import MOVE_NAMES
from coach_app.games.grid.lessons.pictures import picture
from coach_app.games.grid.lessons.scenes import TRAINING_SEEDS, random_scene
from coach_app.games.grid.lessons.text import GRID_PROMPT
from coach_app.games.grid.level import random_level
from coach_app.training.bundled.asking import answers
from coach_app.training.bundled.coach import _coach

FOLDER = resources_dir() / "models" / "grid-coach"


def test_moves_to_be_avoided_are_replaced_as_the_engine_does_it() -> None:
    # GIVEN pictures of several sizes, and what the coach advises there
    rng = np.random.default_rng(31)
    levels = [random_level(TRAINING_SEEDS + 60_000 + number, (5 + number % 3, 5)) for number in range(7)]
    pictures = [captured_shot(picture(random_scene(level, rng)), rng).image for level in levels]
    questions = [GRID_PROMPT] * len(pictures)
    model, processor = _coach(FOLDER)
    first = answers(model, processor, pictures, questions)
    moves = [named_move(text, MOVE_NAMES) or "" for text in first]
    # WHEN they are asked again, in batches, and some are to name another move; one has none left
    tried = [(), *((move,) for move in moves[1:-1]), MOVE_NAMES]
    avoided = [AvoidedMoves(MOVE_NAMES, each) for each in tried]
    again = answers(model, processor, pictures, questions, avoided, batch=4)
    # THEN each answer is the engine's, and names none of them where another one is left
    vision = load_vision(FOLDER, False)
    for image, each, text in zip(pictures, avoided, again, strict=True):
        said = answer(vision, GRID_PROMPT, image, 100, lambda words: None, lambda: False, "full", each)
        assert text.strip() == said.text
    assert (again[0], again[-1]) == (first[0], first[-1])
    for text, each in zip(again[1:-1], avoided[1:-1], strict=True):
        assert named_move(text, MOVE_NAMES) not in (None, *each.tried)
