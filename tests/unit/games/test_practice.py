"""The list of practice games."""

import re

import pytest

from coach_app.domain.errors import CoachError
from coach_app.domain.phrases import phrases
from coach_app.games import practice
from coach_app.games.grid.level import ARTICLE_LEVEL
from coach_app.games.profiles import load_profiles, profile_for_window


def test_each_game_is_made_and_its_window_finds_its_profile() -> None:
    # GIVEN the practice games WHEN each is made THEN it is its map, and its window's title belongs to its own profile
    assert practice.make("grid").level is ARTICLE_LEVEL
    env = practice.make("grid-levels", (8, 6))
    assert env.reset(seed=0)[0].shape == (6 * 32, 8 * 32, 3)
    profiles, _ = load_profiles()
    japanese = phrases("ja")
    for game, title in practice.TITLES.items():
        assert japanese.say(title) != title
        for shown in (title, japanese.say(title)):
            found = profile_for_window(shown, profiles)
            assert found is not None
            assert found.id == game


@pytest.mark.parametrize(
    ("game", "size", "sentence"),
    [
        ("chess", (6, 5), "no practice game called 'chess'.*grid, grid-levels"),
        ("grid-levels", (4, 5), "no levels of 4 x 5.*5 to 24"),
        ("grid-levels", (5, 25), "no levels of 5 x 25"),
    ],
)
def test_what_does_not_exist_is_said_with_what_does(game: str, size: tuple[int, int], sentence: str) -> None:
    with pytest.raises(CoachError) as error:
        practice.make(game, size)
    assert re.search(sentence, str(error.value))
