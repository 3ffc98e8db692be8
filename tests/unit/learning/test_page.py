"""The page of experiences."""

import re
from pathlib import Path

import pytest

from coach_app.domain.errors import CoachError
from coach_app.games.catalogue import games
from coach_app.learning.collecting import collect
from coach_app.learning.experience import EpisodeKey, Experience, Store
from coach_app.learning.exploring import Explorer
from coach_app.learning.page import write_page


def a_step(**changes: object) -> Experience:
    values: dict[str, object] = {
        "game": "some-game", "how": "watch", "seed": 1, "size": "", "step": 0, "goal": "", "picture": "pictures/a.webp",
        "description": "", "state": "", "action": "up", "why": "", "reward": 0.0, "ended": "terminated", "changed": (),
        "reached": (), "next_picture": "pictures/b.webp", "next_description": "", "next_state": "",
    }  # fmt: skip
    return Experience(**values | changes)  # type: ignore[arg-type]


def test_the_page_shows_every_picture_of_the_steps_and_nothing_from_elsewhere(store: Store) -> None:
    # GIVEN collected episodes WHEN their page is made
    game = games()["grid-levels"]
    collect(game, "explore", range(500_000, 500_003), None, 30, Explorer(game), store)
    page = write_page("Grid levels", store).read_text(encoding="utf-8")
    # THEN its pictures are the steps' own files
    shown = re.findall(r'<img src="([^"]+)"', page)
    assert {step.picture for steps in store.episodes() for step in steps} <= set(shown)
    assert all((store.folder / name).is_file() for name in shown)
    # and nothing is loaded from a network, or run
    assert not re.search(r"https?:|<script|//", page)


def test_text_is_shown_as_it_is(store: Store, tmp_path: Path) -> None:
    # GIVEN texts with markup in every place
    evil = "<script>alert('&')</script>"
    step = a_step(goal=evil, action=evil, why=evil, reached=(evil,), size=evil)
    store.add(EpisodeKey("watch", 1), [step])
    # WHEN the page is made THEN no markup of theirs is in it
    page = write_page(evil, store).read_text(encoding="utf-8")
    assert "<script" not in page
    assert "&lt;script&gt;" in page


def test_a_game_without_experiences_has_no_page(store: Store) -> None:
    # GIVEN an empty store WHEN its page is asked for THEN a sentence says so, and nothing is left on the disk
    with pytest.raises(CoachError, match="no experiences of some-game"):
        write_page("some-game", store)
    assert not store.folder.exists()


def test_a_page_stays_small(store: Store) -> None:
    # GIVEN a long episode WHEN its page is made THEN the rest of the steps is counted
    store.add(EpisodeKey("watch", 1), [a_step(step=number) for number in range(500)])
    assert "… and 440 more steps." in write_page("Game", store).read_text(encoding="utf-8")
