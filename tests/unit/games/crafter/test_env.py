"""Crafter as the coach plays it: what is left to chance, and what its picture shows."""

import numpy as np
import pytest
from crafter import constants
from crafter.engine import Textures

from coach_app.games.crafter.env import UNIT_PX, CrafterEnv
from coach_app.games.crafter.view import EDGE, ITEMS, MATERIALS, NOTHING, OBJECTS, UNSEEN, item_box, square_box

SEEDS = (700_000, 700_001, 700_002)
_DRAWN_AS = {"sapling": "plant", "ripe plant": "plant-ripe", EDGE: "unknown"}


def wander(env: CrafterEnv, seed: int, steps: int = 120) -> list[float]:
    """Rewards of random moves, mostly walking."""
    rng = np.random.default_rng(seed)
    env.reset(seed=seed)
    return [env.step(int(rng.integers(1, 6)))[1] for _ in range(steps)]


@pytest.mark.parametrize("seed", SEEDS[:2])
def test_looking_changes_nothing(seed: int) -> None:
    # GIVEN two plays of a seed, of which only one is drawn, far into the night
    drawn, blind = CrafterEnv(), CrafterEnv(drawn=False)
    # WHEN both make the same moves
    assert wander(drawn, seed, 170) == wander(blind, seed, 170)
    # THEN the same has happened in both, and they look alike, as often as one looks
    assert drawn.view() == blind.view()
    assert np.array_equal(drawn.render(), blind.render())
    assert np.array_equal(drawn.render(), drawn.render())


def test_a_lesson_changes_what_the_player_has_and_the_time() -> None:
    # GIVEN a copy of a game WHEN it is changed
    env = CrafterEnv()
    wander(env, SEEDS[0], 20)
    other = env.copy()
    other.change({"energy": 2, "stone": 7}, 210)
    # THEN the picture shows that, at midnight, and the game itself is as it was
    assert (other.view().count("energy"), other.view().count("stone"), other.view().light) == (2, 7, 0)
    assert (env.view().count("stone"), env.view().light, other.steps) == (0, 3, 210)
    assert not np.array_equal(other.render(), env.render())


@pytest.mark.parametrize("seed", SEEDS)
def test_a_view_is_what_is_drawn(seed: int) -> None:
    # GIVEN a moment by day, and the sprites of the game
    env, sprites = CrafterEnv(), Textures(constants.root / "assets")
    wander(env, seed, 20)
    env._inner._world.daylight = 1.0
    picture, view = env.render(), env.view()
    # WHEN the view is looked up in the picture
    for index, (material, thing) in enumerate(zip(view.materials, view.objects, strict=True)):
        left, top, width, height = square_box(index, UNIT_PX)
        seen = picture[top : top + height, left : left + width]
        if thing == NOTHING and index != len(view.objects) // 2:
            # THEN every free square shows its ground
            sprite = sprites.get(_DRAWN_AS.get(material, material), (UNIT_PX, UNIT_PX)).transpose((1, 0, 2))[..., :3]
            assert np.array_equal(seen, np.full_like(seen, 127) if material == EDGE else sprite)
    # and every item's unit is black where there is none
    for item in ITEMS:
        left, top, width, height = item_box(item, UNIT_PX)
        assert bool(picture[top : top + height, left : left + width].any()) == (view.count(item) > 0)


def test_the_names_are_those_of_the_game() -> None:
    assert set(MATERIALS) == {UNSEEN, EDGE, *constants.materials}
    assert list(ITEMS) == list(constants.items)
    sprites = {path.stem for path in (constants.root / "assets").glob("*.png")}
    assert {_DRAWN_AS.get(name, name.replace(" ", "-")) for name in OBJECTS if name} <= sprites


def test_the_end_of_the_world_is_seen_and_a_sleeper_looks_nowhere() -> None:
    # GIVEN a player in the upper left corner of the world, tired
    env = CrafterEnv(drawn=False)
    env.reset(seed=SEEDS[0])
    player, world = env._inner._player, env._inner._world
    for place in ((0, 0), (1, 0), (0, 1)):
        world[place] = "grass"
        if thing := world[place][1]:
            world.remove(thing)
    world.move(player, (0, 0))
    player.inventory["energy"] = 3
    # THEN there is an edge on two sides
    view = env.view()
    assert [view.material(step) == EDGE for step in ((-1, 0), (0, -1), (1, 0), (0, 1))] == [True, True, False, False]
    assert (view.facing, view.sleeping) == ("down", False)
    # WHEN the player lies down THEN that is seen
    env.step(env.action_names.index("sleep"))
    assert env.view().sleeping


def test_only_the_darkest_night_hides_squares() -> None:
    # GIVEN a view of many hours
    env = CrafterEnv(drawn=False)
    env.reset(seed=SEEDS[1])
    hidden = {}
    for tenth in range(11):
        env._inner._world.daylight = tenth / 10
        view = env.view()
        hidden[tenth] = view.materials.count(UNSEEN)
        assert view.dark == (tenth < 5)
    # THEN its corners are lost when it is darkest
    assert hidden == {0: 8, **dict.fromkeys(range(1, 11), 0)}


def test_positions_are_moments_of_a_play_and_copies_go_on_alike() -> None:
    # GIVEN positions of two seeds
    env = CrafterEnv(drawn=False)
    env.scatter(SEEDS[0])
    first, steps = env.view(), env.steps
    assert env.alive
    # WHEN one is drawn again THEN it is the same one
    env.scatter(SEEDS[1])
    assert env.view() != first
    env.scatter(SEEDS[0])
    assert (env.view(), env.steps) == (first, steps)
    # and a copy does not change it
    twin = env.copy()
    for _ in range(5):
        twin.step(1)
    assert (env.view(), env.steps, twin.steps) == (first, steps, steps + 5)
