"""Archives of places: what they say they reached, the game reaches."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from coach_app.domain.errors import CoachError
from coach_app.games.archive import Archive, Expedition, downscaled
from coach_app.games.catalogue import games
from coach_app.games.game import LOST, Cell
from coach_app.games.positions import rendered

LEVELS = games()["grid-levels"]
SEED = 500_003


def cell(env: Any) -> Cell:
    """Where the cat is."""
    return tuple(LEVELS.state(env)["cat"]) if LEVELS.state else LOST


GRID = replace(LEVELS, cell=cell)


def explored(*budgets: int) -> Archive:
    archive = Archive.begun(GRID, SEED)
    for budget in budgets:
        Expedition(GRID, archive).go_on(budget)
    return archive


def test_what_an_archive_reached_is_reached_by_its_moves() -> None:
    # GIVEN the archive of a level, in which the reward was earned
    archive = explored(800)
    assert 0 < archive.milestones[0][1] <= archive.best.reward == archive.milestones[-1][1]
    for where, place in archive.places.items():
        # WHEN its moves to a place are made THEN the game is there, and has earned that
        env: Any = LEVELS.make()
        env.reset(seed=SEED)
        reward = sum(float(env.step(move)[1]) for move in archive.moves_to(place))
        assert (cell(env), reward, len(archive.moves_to(place))) == (where, place.reward, place.steps)
    # and so it is with the best
    env = LEVELS.make()
    env.reset(seed=SEED)
    earned = sum(float(env.step(move)[1]) for move in archive.moves_to(archive.best))
    assert (earned, len(archive.moves_to(archive.best))) == (archive.best.reward, archive.best.steps)


def test_how_far_the_next_reward_is_follows_from_the_ways() -> None:
    # GIVEN the archive of a level, of which the teacher knows the shortest ways
    archive = explored(1500)
    env: Any = LEVELS.make()
    env.reset(seed=SEED)
    shortest = env.level.steps_to_crate
    # WHEN the steps to the reward are asked for THEN they are known from nearly everywhere, and those of the beginning
    # are the shortest
    left = archive.steps_to_reward()
    assert left[cell(env)] == shortest[env.level.start]
    assert len(left) > len(archive.places) / 2


def test_an_archive_is_gone_on_with_from_disk(tmp_path: Path) -> None:
    # GIVEN an archive that was explored, kept, and read
    file = tmp_path / "archive.json"
    archive = explored(300)
    archive.write(file)
    kept = Archive.read(file)
    assert kept.best == archive.best
    assert kept.summary == archive.summary
    # WHEN both are gone on with THEN they find the same
    for each in (archive, kept):
        Expedition(GRID, each).go_on(300)
    assert list(kept.places) == list(archive.places)
    assert kept.steps_to_reward() == archive.steps_to_reward()
    assert [kept.moves_to(place) for place in kept.places.values()] == [
        archive.moves_to(place) for place in archive.places.values()
    ]


@pytest.mark.parametrize("text", ["", "{}", '{"format": 0}', "[1]"])
def test_a_damaged_archive_is_named(text: str, tmp_path: Path) -> None:
    file = tmp_path / "0000001.json"
    file.write_text(text)
    with pytest.raises(CoachError, match=r"0000001\.json is damaged"):
        Archive.read(file)


def test_without_cells_of_its_own_a_game_is_told_apart_by_its_picture() -> None:
    # GIVEN a game without cells WHEN it is explored THEN its places are small pictures, and there is more than one
    archive = Archive.begun(LEVELS, SEED)
    Expedition(LEVELS, archive).go_on(100)
    env: Any = LEVELS.make()
    env.reset(seed=SEED)
    assert downscaled(rendered(env)) in archive.places
    assert len(archive.places) > 1


def test_a_game_that_cannot_be_copied_has_no_archive() -> None:
    with pytest.raises(CoachError, match="cannot be copied"):
        Expedition(games()["melee"], Archive.begun(games()["melee"], 1))
