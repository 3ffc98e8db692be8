"""Nudges and hints that are taken from the teacher's answers."""

import re

import numpy as np
import pytest

from coach_app.domain.advice import Advice, Level
from coach_app.domain.ladder import told
from coach_app.domain.moves import named_move
from coach_app.games.grid.lessons.scenes import TRAINING_SEEDS, random_scene
from coach_app.games.grid.lessons.text import move_answer
from coach_app.games.grid.level import Move, random_level
from coach_app.games.profiles import find

SITUATIONS = 200


@pytest.mark.parametrize("level", ["nudge", "hint"])
def test_two_hundred_situations_never_give_the_move_away(level: Level) -> None:
    # GIVEN the teacher's answers in situations of 200 levels, with the cat on any square, in any direction
    moves = find("grid-levels").moves
    rng = np.random.default_rng(17)
    scenes = [random_scene(random_level(TRAINING_SEEDS + seed), rng) for seed in range(SITUATIONS)]
    answers = [" ".join(sentence.en for sentence in move_answer(scene)) for scene in scenes]
    assert all(named_move(answer, moves) for answer in answers)
    assert {scene.facing for scene in scenes} == set(Move)
    # WHEN they are told at the level
    texts = [told(Advice(answer, None, "teacher", 0.0, 0.0, 0.0, 9), level, moves).text for answer in answers]
    # THEN none names a move, or leaves only one; each says where the crate is, in the teacher's own words
    given = re.compile(r"(?:^|\. )(?:Go|Move|Step|The best|Only)\b")
    assert [text for text in texts if named_move(text, moves) or given.search(text)] == []
    assert all("crate" in text for text in texts)
    for text, answer in zip(texts, answers, strict=True):
        assert set(text.split(". ")) <= {part + end for part in answer.split(". ") for end in ("", ".")}
    # and a nudge is one sentence
    if level == "nudge":
        assert {text.count(".") for text in texts} == {1}
