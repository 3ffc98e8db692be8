"""Nudges and hints of the Grid coach's lessons."""

from itertools import islice

import numpy as np
import pytest

from coach_app.domain.ladder import gives_away
from coach_app.games.grid.lessons.curriculum import QUESTIONS, other_exchange
from coach_app.games.grid.lessons.pictures import Scene
from coach_app.games.grid.lessons.scenes import scenes
from coach_app.games.grid.lessons.text import NO_GAME
from coach_app.games.grid.lessons.withheld import HINT_PROMPT, NUDGE_PROMPT, hint, nudge, withheld_exchange
from coach_app.games.grid.level import ARTICLE_LEVEL, Level
from coach_app.games.profiles import find, prompt_for
from coach_app.translation.sentences import holds_latin


def _scene(rows: list[str]) -> Scene:
    """A scene from a drawing: # wall, C crate, o hole, x cat."""
    tiles = {"#": 9, ".": 0, "C": 1, "o": -1, "x": 2}
    level = Level(tuple(tuple(tiles[c] for c in row) for row in rows), 1.0)
    return Scene(level, level.start)


@pytest.mark.parametrize(
    ("rows", "looks", "aims"),
    [
        (
            ["######", "#..C.#", "#....#", "#.x.o#", "######"],
            "Look at the crate: it is three steps away.",
            "Aim for the crate's row: the crate is three steps away.",
        ),
        (
            ["######", "#..C.#", "#....#", "#.xo.#", "######"],
            "Mind the hole next to you.",
            "Aim for the crate's row: the crate is three steps away.",
        ),
        (
            ["######", "#....#", "#x#C.#", "#..o.#", "######"],
            "Look at what lies between you and the crate.",
            "Aim for a way round to the crate: it takes four steps.",
        ),
        (
            ["######", "#....#", "#.xC.#", "#...o#", "######"],
            "The crate is next to you.",
            "Stay in the crate's row: it is one step away.",
        ),
    ],
)
def test_a_nudge_says_where_to_look_and_a_hint_what_to_aim_for(rows: list[str], looks: str, aims: str) -> None:
    # GIVEN a scene WHEN THEN
    scene = _scene(rows)
    assert (nudge(scene), hint(scene)) == (looks, aims)


def test_where_the_floor_is_slippery_a_hint_warns_of_the_hole() -> None:
    assert "slippery" in hint(Scene(ARTICLE_LEVEL, (3, 2)))


def test_two_hundred_situations_never_give_the_move_away_and_are_said_in_japanese_too() -> None:
    # GIVEN 200 situations, tricky ones among them
    rng = np.random.default_rng(17)
    for scene in islice((each for each in scenes(rng, 0.5) if each), 200):
        # WHEN a nudge or a hint is asked for
        exchange = withheld_exchange(scene, rng)
        # THEN it names no move, nor leaves only one, and the app knows its Japanese
        assert not gives_away(exchange.text, find("grid-levels").moves)
        assert exchange.level in ("nudge", "hint")
        assert exchange.text_ja.endswith("。")
        assert not holds_latin(exchange.text_ja)


def test_they_are_asked_for_by_the_prompts_of_their_levels() -> None:
    # GIVEN the prompts that the app asks with THEN they are taught
    profile = find("grid")
    assert (prompt_for(profile, "nudge"), prompt_for(profile, "hint")) == (NUDGE_PROMPT, HINT_PROMPT)
    assert {NUDGE_PROMPT, HINT_PROMPT} <= set(QUESTIONS)
    # AND a picture of something else is declined, whatever is asked
    rng = np.random.default_rng(0)
    asked = [other_exchange(None, rng) for _ in range(40)]
    assert {exchange.answer for exchange in asked} == {NO_GAME}
    assert {exchange.level for exchange in asked} == {"answer", "nudge", "hint"}
