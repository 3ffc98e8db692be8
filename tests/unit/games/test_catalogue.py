"""Which games there are, and by which names they are found."""

import json
import subprocess
import sys

import pytest

from coach_app.domain.errors import CoachError
from coach_app.games.catalogue import (
    find,
    games,
    playable_ids,
    practice_ids,
    showcase,
    teacher_of,
    to_play,
    to_practise,
)

HEAVY = ("PySide6", "ale_py", "crafter", "gymnasium", "numpy", "pygame", "srl", "torch")

LIST_ALL = f"""
import json, sys
from coach_app.games import catalogue
json.dump([list(catalogue.games()), [name for name in {HEAVY!r} if name in sys.modules]], sys.stdout)
"""


def test_listing_the_games_imports_nothing_heavy() -> None:
    # GIVEN a fresh Python WHEN the games are listed
    run = subprocess.run([sys.executable, "-c", LIST_ALL], capture_output=True, text=True, check=True)
    listed, heavy = json.loads(run.stdout)
    # THEN they are all there, and no game's own package was needed
    assert listed == list(games())
    assert heavy == []


def test_a_game_is_found_by_its_id_and_by_the_name_of_its_environment() -> None:
    assert find("breakout") is find("ALE/Breakout-v5") is games()["breakout"]
    assert find("ALE/Pong-v5") is None
    assert to_play("ALE/Pong-v5").id == "ALE/Pong-v5"


def test_a_folder_with_a_profile_alone_is_a_game_that_is_watched() -> None:
    # GIVEN a game without a module of its own
    assert games()["default"].practice is None
    assert not {"default", "melee"} & {*playable_ids(), *practice_ids()}
    # WHEN it is to be played THEN that is said
    with pytest.raises(CoachError, match="cannot play melee"):
        to_play("melee").make()


@pytest.mark.parametrize("name", ["chess", "melee"])
def test_what_is_no_practice_game_is_said_with_those_that_are(name: str) -> None:
    with pytest.raises(CoachError, match=f"no practice game called '{name}'.*grid, grid-fires, grid-levels"):
        to_practise(name)


def test_a_game_without_a_teacher_is_said_with_those_that_have_one() -> None:
    with pytest.raises(CoachError, match=r"melee has no teacher.*grid-levels"):
        teacher_of(games()["melee"])


@pytest.mark.parametrize(
    ("game", "size", "sentence"),
    [
        ("grid-levels", (4, 5), "no levels of 4 x 5.*5 to 24"),
        ("grid-levels", (5, 25), "no levels of 5 x 25"),
        ("grid", (8, 7), "one size only"),
    ],
)
def test_a_size_that_a_game_does_not_have_is_said(game: str, size: tuple[int, int], sentence: str) -> None:
    with pytest.raises(CoachError, match=sentence):
        games()[game].make(size)


def test_the_one_that_is_shown_can_be_shown() -> None:
    # GIVEN the game of demos and benchmarks THEN there is one, with all that these need
    assert [game.id for game in games().values() if game.showcase] == [showcase().id]
    assert showcase().practice
    assert showcase().teacher
