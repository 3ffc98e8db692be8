"""The lessons of a teacher in words: balanced, varied, or with the mistakes of the first recipe."""

import itertools
from collections import Counter
from pathlib import Path

import pytest

from coach_app.domain.errors import CoachError
from coach_app.games.catalogue import games
from coach_app.games.reading import quoted_move
from coach_app.training.reading.arguments import ReadingArgs, recipe
from coach_app.training.reading.lessons import Lesson, balanced, lessons

GAME = next(game for game in games().values() if game.reading)


def _args(folder: Path, **others: object) -> ReadingArgs:
    return ReadingArgs(**{"game": GAME.id, "out": folder, "episodes": 1, "steps": 12, **others})  # type: ignore[arg-type]


def test_the_teachers_steps_are_kept_and_read_again(tmp_path: Path) -> None:
    # GIVEN a game WHEN its teacher's steps are collected, with many random moves
    assert GAME.reading
    reading, said = GAME.reading(), list[str]()
    found = lessons(GAME, reading, _args(tmp_path, noise=0.9), said.append)
    # THEN each has what was seen, the moves before it, and an answer that quotes the teacher's move in every form
    assert len(found) == 12
    assert [len(lesson.last) for lesson in found[:3]] == [0, 1, 2]
    assert all(quoted_move(lesson.taught().answer(form), [lesson.move]) for lesson in found for form in reading.forms)
    assert any(lesson.last and lesson.last[-1] != before.move for before, lesson in itertools.pairwise(found))
    # AND another start takes them from the disk
    assert lessons(GAME, reading, _args(tmp_path, episodes=50), said.append) == found


def test_the_first_recipe_gives_one_goal_and_the_reason_of_the_move_before(tmp_path: Path) -> None:
    # GIVEN the first recipe WHEN lessons are collected
    assert GAME.reading
    args = recipe("original", GAME.id, out=tmp_path, episodes=1, steps=12)
    found = lessons(GAME, GAME.reading(), args, lambda _: None)
    # THEN all name the first goal, and each the reason for what was done before
    thoughts = [next(iter(lesson.thoughts.values())) for lesson in found]
    assert all(f"Goal: {found[0].goal}." in each for each in thoughts)
    assert thoughts[5].endswith(f"Because of that: {found[4].goal}.")
    with pytest.raises(CoachError, match="no recipe 'best'"):
        recipe("best", GAME.id)
    with pytest.raises(ValueError, match="pieces"):
        recipe("default", GAME.id, batch=4, pieces=3)


@pytest.mark.parametrize(("balance", "least", "most"), [(0.0, 0, 60), (0.5, 60, 180), (1.0, 420, 580)])
def test_rare_moves_come_as_often_as_wanted(tmp_path: Path, balance: float, least: int, most: int) -> None:
    # GIVEN ninety-nine steps of one move and one of another WHEN a thousand are drawn THEN the rare one is as balanced
    found = [Lesson("", (), "left", "", {})] * 99 + [Lesson("", (), "sleep", "", {})]
    drawn = Counter(lesson.move for lesson in balanced(found, _args(tmp_path, examples=1_000, balance=balance)))
    assert sum(drawn.values()) == 1_000
    assert least <= drawn["sleep"] <= most
