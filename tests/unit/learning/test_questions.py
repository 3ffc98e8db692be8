"""Questions: every answer is true, by another way than the one that it was derived by."""

import json
from collections import Counter
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import datasets
import pytest

from coach_app.domain.errors import CoachError
from coach_app.games.catalogue import games
from coach_app.games.profiles import profile_of
from coach_app.learning.checking import is_right
from coach_app.learning.collecting import collect
from coach_app.learning.curriculum import Curriculum
from coach_app.learning.experience import Store
from coach_app.learning.exploring import Explorer
from coach_app.learning.planning import Planner, Search
from coach_app.learning.questions import KINDS, Question, make_questions, split_of, write

GRID = games()["grid-levels"]


def filled(folder: Path, game_id: str, episodes: int, most: int = 20) -> Store:
    store = Store(folder / game_id, limit_mb=100)
    game = games()[game_id]
    collect(game, "explore", range(500_100, 500_100 + episodes), None, most, Explorer(game), store)
    return store


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """Explored levels."""
    return filled(tmp_path_factory.mktemp("learning"), GRID.id, episodes=80)


@pytest.fixture(scope="module")
def thousand(store: Store) -> list[Question]:
    return list(make_questions(GRID, store, 1_000))


def test_a_thousand_answers_are_derived_again_by_playing(thousand: list[Question]) -> None:
    # GIVEN a thousand questions of all kinds
    assert len(thousand) == 1_000
    kinds = Counter(question.kind for question in thousand)
    assert set(kinds) == set(KINDS) - {"advice"}  # what was explored is no advice
    assert min(kinds.values()) >= 50
    # WHEN the episodes are played again from their seeds THEN every answer is what the game does
    assert [question for question in thousand if not is_right(GRID, question)] == []


@pytest.mark.parametrize(("game_id", "episodes", "most"), [("grid", 12, 20), ("frozen-lake", 12, 12), ("babyai", 6, 8)])
def test_so_it_is_in_other_games(game_id: str, episodes: int, most: int, tmp_path: Path) -> None:
    # GIVEN experiences of another game WHEN questions are made THEN their answers are right, too
    game = games()[game_id]
    made = list(make_questions(game, filled(tmp_path, game_id, episodes, most), 60))
    assert len(made) > 20
    assert [question for question in made if not is_right(game, question)] == []


def test_achievements_are_goals(tmp_path: Path) -> None:
    # GIVEN an episode in which something was achieved WHEN questions are made THEN plans and decisions lead there
    game = games()["crafter"]
    store = Store(tmp_path / "crafter", limit_mb=100)
    collect(game, "curriculum", range(600_001, 600_002), None, 25, Curriculum(game), store)
    made = list(make_questions(game, store, 30))
    assert {question.about for question in made if question.kind in ("plan", "decision")}
    assert [question for question in made if not is_right(game, question)] == []


def test_what_led_to_a_goal_is_advice(tmp_path: Path) -> None:
    # GIVEN episodes of a plan WHEN only advice is wanted
    store = Store(tmp_path / GRID.id, limit_mb=100)
    collect(GRID, "plan", range(500_200, 500_203), None, 20, Planner(GRID, Search(60, 12)), store)
    made = list(make_questions(GRID, store, 50, kinds=["advice"]))
    # THEN it answers what the coach is asked in play, rightly
    assert {question.kind for question in made} == {"advice"}
    assert {question.question for question in made} == {profile_of(GRID.id).prompt}
    assert [question for question in made if not is_right(GRID, question)] == []
    assert not is_right(GRID, replace(made[0], answer="Move back."))


def test_moves_without_effect_are_not_asked_about(tmp_path: Path) -> None:
    # GIVEN an episode of a game in which most moves change nothing that is seen
    game = games()["crafter"]
    store = Store(tmp_path / "crafter", limit_mb=100)
    collect(game, "explore", range(600_004, 600_005), None, 25, Explorer(game, novelty=False), store)
    # WHEN questions are made THEN a move is only asked about where the pictures tell which one it was
    asked = [question for question in make_questions(game, store, 200) if question.kind == "activity"]
    assert 0 < len(asked) < 25
    assert [question for question in asked if not is_right(game, question)] == []


def test_the_checker_notices_wrong_answers(thousand: list[Question]) -> None:
    # GIVEN right questions WHEN their answers are those of others of the kind THEN none that differs passes
    wrong = 0
    for kind in KINDS:
        some = [question for question in thousand if question.kind == kind][:40]
        for question, other in pairwise(some):
            swapped = replace(question, answer=other.answer)
            if other.answer.split(",")[0] != question.answer.split(",")[0]:
                wrong += is_right(GRID, swapped)
    assert wrong <= 2  # another plan may lead to the goal as well


def test_seeds_are_wholly_in_one_split(thousand: list[Question]) -> None:
    # GIVEN the questions WHEN their seeds are looked at THEN none is in both parts, and both have some
    splits = {part: {each.seed for each in thousand if each.split == part} for part in ("train", "test")}
    assert not splits["train"] & splits["test"]
    assert len(splits["train"]) > len(splits["test"]) > 3
    assert all(each.split == split_of(GRID.id, each.seed) for each in thousand)


def test_questions_are_written_for_all_who_read(store: Store, thousand: list[Question], tmp_path: Path) -> None:
    # GIVEN the questions WHEN they are written THEN JSON lines and Parquet hold the same, pictures beside
    files = {file.name: file for file in write(thousand, store.folder)}
    lines = [json.loads(line) for line in files["questions-test.jsonl"].read_text(encoding="utf-8").splitlines()]
    table = datasets.load_dataset(
        "parquet", data_files=str(files["questions-test.parquet"]), split="train", cache_dir=str(tmp_path)
    )
    assert table["answer"] == [line["answer"] for line in lines]
    assert all((store.folder / name).is_file() for line in lines for name in line["pictures"])
    assert all(len(line["pictures"]) == len(line["descriptions"]) for line in lines)


def test_the_same_seed_asks_the_same(store: Store, thousand: list[Question]) -> None:
    # GIVEN a seed WHEN questions are made twice THEN they are the same; another seed asks others, and none twice
    assert list(make_questions(GRID, store, 50)) == thousand[:50]
    assert list(make_questions(GRID, store, 50, seed=1)) != thousand[:50]
    assert len(set(thousand)) == len(thousand)


def test_without_experiences_there_is_nothing_to_ask(tmp_path: Path) -> None:
    with pytest.raises(CoachError, match="no experiences"):
        next(make_questions(GRID, Store(tmp_path / "none", 100), 10))
