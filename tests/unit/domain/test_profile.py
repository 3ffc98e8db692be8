import sys

import pytest
from pydantic import ValidationError

from coach_app.domain.profile import GameProfile


def profile(**changes: object) -> GameProfile:
    return GameProfile.model_validate({"id": "grid", "title": "Grid", "prompt": "What next?"} | changes)


def test_a_window_is_found_by_any_part_of_its_title_whatever_the_case() -> None:
    # GIVEN a profile with a pattern WHEN titles are matched THEN the pattern is searched, and case is ignored
    grid = profile(window=r"coach practice: grid$")
    assert grid.matches("Coach Practice: Grid")
    assert not grid.matches("Coach practice: Grid levels")


def test_a_profile_without_a_pattern_matches_no_window() -> None:
    # GIVEN a profile for no window in particular WHEN a title comes THEN it does not claim it
    assert not profile().matches("")
    assert not profile().matches("anything")


def test_the_program_counts_where_it_is_named_and_a_file_manager_never_by_its_title() -> None:
    # GIVEN a profile that names its program, and one that does not WHEN windows match THEN so does their program
    named = profile(window="^Grid$", program="grid|wine")
    assert named.matches("Grid", "Wine64")
    assert not named.matches("Grid", "firefox")
    assert not named.matches("Grid")
    assert profile(window="^Grid$").matches("Grid", "anything")
    assert not profile(window="^Grid$").matches("Grid", "org.kde.dolphin" if sys.platform == "linux" else "Finder")


@pytest.mark.parametrize(
    "mistake",
    [
        {"id": "../grid"},
        {"id": "Grid"},
        {"title": ""},
        {"prompt": ""},
        {"window": "(unfinished"},
        {"program": "[unfinished"},
        {"region": (0.5, 0.0, 0.5, 1.0)},
        {"region": (0.0, 0.9, 1.0, 0.1)},
        {"region": (0.0, 0.0, 1.5, 1.0)},
        {"language": "de"},
        {"cooldown_s": -1},
        {"unheard_of": 1},
    ],
)
def test_a_mistake_in_a_profile_is_refused(mistake: dict[str, object]) -> None:
    # GIVEN a value out of its bounds WHEN the profile is made THEN the message names the field
    with pytest.raises(ValidationError, match=next(iter(mistake))):
        profile(**mistake)
