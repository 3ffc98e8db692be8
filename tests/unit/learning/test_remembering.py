"""What is worth remembering of an episode."""

from dataclasses import replace
from pathlib import Path

import pytest

from coach_app.domain.errors import CoachError
from coach_app.games.catalogue import games
from coach_app.games.profiles import profile_of
from coach_app.learning.collecting import collect
from coach_app.learning.experience import Experience, Store
from coach_app.learning.exploring import Explorer
from coach_app.learning.remembering import AHEAD, worth_remembering


def episodes(store: Store, game_id: str, count: int) -> list[tuple[Experience, ...]]:
    game = games()[game_id]
    seen: list[tuple[Experience, ...]] = []
    seeds = range(500_000, 500_000 + count)
    collect(game, "explore", seeds, None, 40, Explorer(game), store, on_episode=lambda steps: seen.append((*steps,)))
    return seen


@pytest.mark.parametrize("game_id", ["grid-levels", "frozen-lake"])
def test_the_moves_before_an_end_are_remembered(game_id: str, store: Store) -> None:
    # GIVEN episodes, as they are told while they are collected
    for steps in episodes(store, game_id, 6):
        # WHEN it is asked what is worth remembering of them
        found = list(worth_remembering(steps, store.folder, profile_of(game_id)))
        last = steps[-1]
        if last.ended != "terminated" or last.reward == steps[0].reward:
            assert found == []
            continue
        # THEN it is the last moves: the last one for sure, with what came of it, and with the sign of its reward
        assert len(found) == min(AHEAD, len(steps))
        assert [one.sure for one in found] == [False] * (len(found) - 1) + [True]
        assert found[-1].came == ("won" if last.reward > 0 else "lost")
        assert found[-1].done == last.action
        assert all((one.value > 0) == (last.reward > 0) for one in found)
        assert found[0].came == found[-1].came or "later" in found[0].came
        assert len({one.origin for one in found}) == len(found)


def test_an_ordinary_step_of_a_short_episode_did_not_go_badly(store: Store) -> None:
    # GIVEN a game that is won with the second move
    first, *_ = next(each for each in episodes(store, "grid-levels", 6) if len(each) > 1)
    short = (
        replace(first, reward=-0.04, ended=""),
        replace(first, step=1, reward=1.0, ended="terminated"),
    )
    # WHEN it is asked what is worth remembering THEN both moves went well, and a lost one went badly in the same way
    for end, sign in ((1.0, 1), (-1.0, -1)):
        episode = (short[0], replace(short[1], reward=end))
        found = list(worth_remembering(episode, store.folder, profile_of("grid-levels")))
        assert [one.value * sign > 0 for one in found] == [True, True]
        assert [one.sure for one in found] == [False, True]


def test_a_missing_picture_is_said(store: Store, tmp_path: Path) -> None:
    # GIVEN an episode whose pictures are gone WHEN it is asked what is worth remembering THEN a sentence says so
    steps = next(each for each in episodes(store, "grid-levels", 6) if each[-1].ended == "terminated")
    with pytest.raises(CoachError, match="missing or damaged"):
        list(worth_remembering(steps, tmp_path / "elsewhere", profile_of("grid-levels")))
