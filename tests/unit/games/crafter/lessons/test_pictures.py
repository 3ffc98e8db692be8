"""Pictures of Crafter that are drawn from data, and what they show."""

from dataclasses import replace

import numpy as np
import pytest

from coach_app.games.crafter.env import CrafterEnv, hidden
from coach_app.games.crafter.lessons.pictures import LABELS, Scene, labels, picture, visible
from coach_app.games.crafter.lessons.scenes import Games, OwnGames, daylight, edited, in_smithy, scenes, unseen_scenes
from coach_app.games.crafter.sight import LOW
from coach_app.games.crafter.teacher import decide
from coach_app.games.crafter.view import CENTRE, FACINGS, ITEMS, LIGHTS, MATERIALS, ROWS, STEPS, UNSEEN, View, square

NAMES = [*LABELS.values()]


@pytest.mark.parametrize("seed", [500_001, 500_002])
def test_a_scene_looks_as_the_game_draws_it(seed: int) -> None:
    # GIVEN a game that is played through the day into the night, and asleep
    env, rng = CrafterEnv(drawn=False), np.random.default_rng(seed)
    env.reset(seed=seed)
    lights = set()
    for step in range(1, 240):
        env.step(6 if step % 60 > 50 else int(rng.integers(1, 6)))
        if step % 34 == 0 and env.alive:
            # WHEN what it shows is drawn THEN it is the game's picture, to the pixel
            scene = Scene(env.view(whole=True), env.daylight, (seed, env.steps))
            assert np.array_equal(picture(scene), env.render())
            assert scene.daylight == pytest.approx(daylight(env.steps))
            lights.add(scene.view.light)
    assert len(lights) > 1


def test_labels_name_what_is_there() -> None:
    # GIVEN a scene by day
    scene = next(scene for _, scene in unseen_scenes(np.random.default_rng(0)) if not hidden(scene.daylight))
    scene = replace(scene, view=replace(scene.view, facing="up"))
    # WHEN it is labelled
    shown = labels(scene)
    # THEN each square says its ground and what is on it, the middle one where the player looks
    assert [NAMES[0][value] for value in shown[:ROWS, :, 0].ravel()] == list(scene.view.materials)
    assert [NAMES[1][value] for value in shown[:ROWS, :, 1].ravel()] == list(scene.view.objects)
    assert NAMES[2][shown[CENTRE[1], CENTRE[0], 2]] == "up"
    assert (shown[..., 2] < len(FACINGS)).sum() == 1
    # AND below the map is how many there are of everything
    assert shown[ROWS:, :, 3].ravel()[: len(ITEMS)].tolist() == list(scene.view.inventory)
    assert shown.shape == (9, 9, len(LABELS))


def test_the_teachers_decision_is_on_the_squares() -> None:
    # GIVEN games that the teacher plays WHEN their scenes are labelled
    games = Games(np.random.default_rng(1), range(3))
    for scene in (games.next() for _ in range(12)):
        shown, decision = labels(scene), decide(visible(scene))
        names = {name: LABELS[name][shown[CENTRE[1], CENTRE[0], at]] for at, name in enumerate(LABELS)}
        # THEN the middle square says what is to be done, and what for
        assert (names["goal"], names["move"], names["way"]) == (decision.goal, decision.move, "here")
        # AND one square is the target, if any
        target = decision.target and square(decision.target[1])
        assert np.flatnonzero(shown[:ROWS, :, 7] == 0).tolist() == ([] if target is None else [target])
        # AND where the teacher explores, that is what exploring is said to begin with
        if decision.goal == "explore":
            assert names["to explore"] == decision.move


def test_ways_lead_around_what_is_in_the_way() -> None:
    # GIVEN a meadow with a tree two to the right, and water between
    grounds = dict.fromkeys(STEPS, "grass") | {(2, 0): "tree", (1, 0): "water", (1, -1): "water"}
    materials = tuple(grounds[step] for step in STEPS)
    view = View(materials, ("",) * len(STEPS), "up", (9,) * 4 + (0,) * 12, 3)
    # WHEN it is labelled THEN the way there leads below the water, in four steps to a square beside it
    shown = {name: labels(Scene(view, 1.0))[..., at] for at, name in enumerate(LABELS)}
    assert LABELS["to tree"][shown["to tree"][CENTRE[1], CENTRE[0]]] == "down"
    assert LABELS["way"][shown["way"][CENTRE[1] + 1, CENTRE[0] + 2]] == "down"
    assert LABELS["far"][shown["far"][CENTRE[1] + 1, CENTRE[0] + 2]] == "3"
    assert LABELS["way"][shown["way"][CENTRE[1], CENTRE[0] + 1]] == "no way"


def test_an_edited_scene_is_the_same_place_with_other_things_in_hand() -> None:
    # GIVEN scenes of a game WHEN they are edited
    rng = np.random.default_rng(4)
    games = Games(rng, range(3))
    pairs = [(scene, edited(scene, rng)) for scene in (games.next() for _ in range(20)) if not scene.view.sleeping]
    for scene, other in pairs:
        # THEN the player stands in the same place at the same time, and has something else of one to three things
        assert (other.view.materials, other.view.objects, other.daylight) == (
            scene.view.materials,
            scene.view.objects,
            scene.daylight,
        )
        changed = [one != two for one, two in zip(scene.view.inventory, other.view.inventory, strict=True)]
        assert sum(changed) <= 3
        assert other.view.inventory[0] > 0
    # AND what is best then is often something else
    assert sum(decide(visible(one)).goal != decide(visible(two)).goal for one, two in pairs) >= 3


def test_with_a_table_and_a_furnace_iron_tools_are_often_to_be_made() -> None:
    # GIVEN a meadow WHEN table and furnace are brought there, and the player has about what iron tools take
    rng, nothing = np.random.default_rng(8), ("",) * len(STEPS)
    fine = tuple(9 if item in ITEMS[:4] else 0 for item in ITEMS)
    meadow = Scene(View(("grass",) * len(STEPS), nothing, "up", fine, LIGHTS - 1), 1.0)
    brought = [in_smithy(meadow, rng) for _ in range(100)]
    # THEN both are there, but for a few times, and the player stands on neither
    both = [{"table", "furnace"} < set(scene.view.materials) for scene in brought]
    assert 50 < sum(both) < 80
    assert {scene.view.material((0, 0)) for scene in brought} == {"grass"}
    # AND iron tools are to be made in many cases, but not in all
    moves = [decide(visible(scene)).move for scene in brought]
    assert 15 < sum(move.startswith("make iron") for move in moves) < 60
    assert {"make iron pickaxe", "make iron sword", "place furnace"} <= set(moves)
    assert not any(move.startswith("make iron") for move, each in zip(moves, both, strict=True) if not each)
    # AND a sleeper stays where it is
    asleep = replace(meadow, view=replace(meadow.view, facing=""))
    assert in_smithy(asleep, rng) is asleep


def test_a_tired_player_is_to_be_closed_in_by_day_and_by_night() -> None:
    # GIVEN games in which the player is made tired WHEN the teacher plays them
    games = Games(np.random.default_rng(5), range(3), tired=True)
    seen = [games.next() for _ in range(60)]
    # THEN it is mostly closed in, until it can sleep
    goals = [decide(visible(scene)).goal for scene in seen]
    assert goals.count("build shelter") > len(goals) / 3
    assert "sleep" in goals
    assert all(scene.view.count("energy") <= LOW for scene in seen)
    # AND that is so in the light, and in the dark
    closing = [scene for scene, goal in zip(seen, goals, strict=True) if goal == "build shelter"]
    assert {scene.view.dark for scene in closing} == {True, False}


def test_a_coach_that_gets_nowhere_is_helped_out() -> None:
    # GIVEN a coach that only ever waits WHEN it plays games of its own
    games = OwnGames(np.random.default_rng(2), 2)
    before = [scene.view for scene in games.scenes]
    for _ in range(60):
        games.play(["wait", "none"])
    # THEN it is not left where it was, and a word that is no move is no step
    assert all(scene.view != view for scene, view in zip(games.scenes, before, strict=True))


def test_what_the_night_hides_is_not_asked_for() -> None:
    # GIVEN a scene at midnight WHEN it is labelled
    scene = next(scene for _, scene in unseen_scenes(np.random.default_rng(0)) if hidden(scene.daylight))
    grounds = labels(scene)[:ROWS, :, 0].ravel()
    # THEN what is lost in the noise is unseen, and the rest is what it is
    lost = {index for index, value in enumerate(grounds) if MATERIALS[value] == UNSEEN}
    assert lost == hidden(scene.daylight)
    kept = [index for index in range(len(grounds)) if index not in lost]
    assert [MATERIALS[grounds[index]] for index in kept] == [scene.view.materials[index] for index in kept]


def test_scenes_are_the_same_for_a_seed_and_have_everything_in_them() -> None:
    # GIVEN two streams of one seed WHEN they are read
    some, same = ([scene for scene, _ in zip(scenes(np.random.default_rng(3)), range(150), strict=False)] for _ in "ab")
    # THEN they are equal; some show something else
    assert some == same
    assert None in some
    # AND what is rare in the game is not rare in them
    shown = [scene.view for scene in some if scene]
    grounds = [name for view in shown for name in view.materials]
    assert min(grounds.count(name) for name in ("diamond", "iron", "lava", "table")) > 5
    assert 0.1 < np.mean([scene.daylight < 0.5 for scene in some if scene]) < 0.7
