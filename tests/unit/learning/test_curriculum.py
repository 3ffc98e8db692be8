"""The curriculum: what it proposes, and that it gets on."""

from collections.abc import Mapping
from typing import Any

import pytest

from coach_app.domain.errors import CoachError
from coach_app.games.catalogue import games
from coach_app.games.game import Game
from coach_app.games.images import action_names
from coach_app.learning.curriculum import Curriculum, Progress, by_model, by_rule, prompt

NEEDS: Mapping[str, tuple[str, ...]] = {"wood": (), "water": (), "table": ("wood",), "pickaxe": ("table", "wood")}


def progress(reached: str = "", in_sight: str = "", last_failed: str = "", **failed: int) -> Progress:
    return Progress(NEEDS, frozenset(reached.split()), frozenset(in_sight.split()), failed, last_failed)


@pytest.mark.parametrize(
    ("now", "task"),
    [
        (progress(), "wood"),  # the easiest
        (progress(in_sight="water"), "water"),  # what is in sight
        (progress(in_sight="wood water", wood=1), "water"),  # what failed less often
        (progress(reached="wood water", table=3), "table"),  # the only one that is possible
        (progress(reached="wood", in_sight="table", last_failed="table"), "water"),  # not what just failed
    ],
)
def test_a_proposal_follows_from_what_was_reached_is_seen_and_failed(now: Progress, task: str) -> None:
    assert by_rule(now) == task


@pytest.mark.parametrize(
    ("answer", "task"), [("Water, as it is near.", "water"), ("pickaxe", "wood"), ("", "wood"), ("Waterfall", "wood")]
)
def test_a_model_proposes_open_tasks_only(answer: str, task: str) -> None:
    # GIVEN a model WHEN it names a task THEN that is proposed if it is open, else the rule decides
    asked: list[str] = []
    now = progress(in_sight="wood", water=2)

    def ask(text: str) -> str:
        asked.append(text)
        return answer

    assert by_model(ask)(now) == task
    # and it was told everything that matters
    assert asked == [prompt(now)]
    assert all(part in asked[0] for part in ("water (2 times)", "In sight now: wood", "Achieved so far: nothing"))


def unlocked(game: Game, curriculum: Curriculum, seeds: range, most: int) -> set[str]:
    found: set[str] = set()
    for seed in seeds:
        env = game.make()
        env.reset(seed=seed)
        curriculum.begin(seed)
        for _ in range(most):
            chosen = curriculum.choose(env)
            if chosen is None:
                break
            assert chosen.goal
            _, _, ended, truncated, _ = env.step(action_names(env).index(chosen.move))
            if ended or truncated:
                break
        assert game.achievements
        found |= {task for task, done in game.achievements(env).items() if done}
    return found


def those_with_tasks() -> list[Game]:
    return [game for game in games().values() if game.tasks]


@pytest.mark.parametrize("game", those_with_tasks(), ids=lambda game: game.id)
def test_it_gets_on_and_proposes_nothing_that_was_reached(game: Game) -> None:
    # GIVEN a game with tasks WHEN two short episodes are played
    curriculum = Curriculum(game)
    found = unlocked(game, curriculum, range(600_001, 600_003), 120)
    # THEN several tasks were reached, each proposed at most once after it had been
    assert len(found) >= 5
    before: set[str] = set()
    again = Curriculum(game, frozenset(found))
    env = game.make()
    env.reset(seed=600_003)
    again.begin(600_003)
    for _ in range(20):
        again.choose(env)
        before |= set(again.proposed)
    assert not before & found


@pytest.mark.parametrize("game", those_with_tasks(), ids=lambda game: game.id)
def test_tasks_are_achievements_in_an_order_that_is_possible(game: Game) -> None:
    # GIVEN the tasks of a game
    assert game.tasks
    assert game.achievements
    needs = game.tasks().needs()
    env: Any = game.make()
    env.reset(seed=600_000)
    # THEN they are its achievements, and what a task needs comes before it
    assert set(needs) == set(game.achievements(env))
    order = list(needs)
    assert all(order.index(need) < order.index(task) for task, before in needs.items() for need in before)
    assert game.tasks().in_sight(env) <= set(needs)
    # and each can be attempted at any time
    assert all(game.tasks().attempt(env, task, 0.5).move in action_names(env) for task in needs)


def test_when_everything_was_reached_the_episode_ends() -> None:
    game = games()["crafter"]
    assert game.tasks
    env = game.make()
    env.reset(seed=600_000)
    assert Curriculum(game, frozenset(game.tasks().needs())).choose(env) is None


def test_a_game_without_tasks_is_refused() -> None:
    with pytest.raises(CoachError, match="no tasks"):
        Curriculum(games()["grid-levels"])
