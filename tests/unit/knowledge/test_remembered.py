"""Remembered situations: recalled where they fit, edited, deleted, forgotten, and kept over restarts."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from coach_app.domain.errors import CoachError
from coach_app.knowledge.likeness import features_of
from coach_app.knowledge.remembered import Happened, Memories

COLOURS = ("red", "green", "blue", "white", "black", "yellow")


def picture(number: int) -> Image.Image:
    image = Image.new("RGB", (60, 60), "grey")
    image.paste(COLOURS[number % 6], (10 * (number % 6), 10 * (number // 6 % 6), 10 * (number % 6) + 10, 60))
    return image


def happened(number: int, done: str = "up", value: float = -1.0, came: str = "lost", sure: bool = True) -> Happened:
    return Happened(
        f"test/{number}/{done}", f"scene {number}", done, came, value, sure, features_of(picture(number), "")
    )


@pytest.fixture
def memories(tmp_path: Path) -> Iterator[Memories]:
    opened = Memories(tmp_path / "memory.sqlite")
    yield opened
    opened.close()


def test_a_situation_that_comes_again_is_recalled(memories: Memories) -> None:
    # GIVEN some situations of a game WHEN one of them comes again THEN it is recalled first, and no more than asked for
    assert memories.add("grid", [happened(number) for number in range(6)]) == 6
    recalled = memories.recall("grid", features_of(picture(2), ""), count=2)
    assert recalled.memories[0].seen == "scene 2"
    assert len(recalled.ids) <= 2
    assert recalled.texts[0] == "In a situation like this (scene 2), “up” was done: lost."
    # and nothing in another game
    assert memories.recall("crafter", features_of(picture(2), "")).memories == ()


@pytest.mark.parametrize(
    ("known", "shunned"),
    [
        ([happened(1)], ("up",)),
        ([happened(1), happened(1, "left")], ("up", "left")),
        ([happened(1), happened(2, "left")], ("up",)),  # that was somewhere else
        ([happened(1, sure=False)], ()),  # that came of a later move
        ([happened(1, value=0.5, came="won")], ()),
    ],
)
def test_what_went_badly_here_is_shunned(memories: Memories, known: list[Happened], shunned: tuple[str, ...]) -> None:
    # GIVEN what happened WHEN the situation comes again THEN the moves that went badly in it are named
    memories.add("grid", [*known, happened(3, "down"), happened(4, "down")])
    assert memories.recall("grid", features_of(picture(1), "")).shunned == shunned


def test_what_is_known_is_not_remembered_twice(memories: Memories) -> None:
    # GIVEN a memory WHEN the same step comes again THEN it is no new one
    assert memories.add("grid", [happened(1)]) == 1
    assert memories.add("grid", [happened(1), happened(2)]) == 1
    assert memories.counts() == {"grid": 2}


@pytest.mark.parametrize(
    ("judgements", "left"), [([False] * 4, 1), ([False] * 5, 0), ([True, True, True, False, False], 1)]
)
def test_what_does_not_help_is_forgotten(memories: Memories, judgements: list[bool], left: int) -> None:
    # GIVEN a memory WHEN it is recalled again and again THEN it is forgotten once it has hardly helped
    memories.add("grid", [happened(1)])
    for helped in judgements:
        memories.judge([1], helped)
    assert len(memories.of("grid")) == left


def test_what_the_player_wrote_is_told_and_never_forgotten(memories: Memories) -> None:
    # GIVEN a memory WHEN the player edits it
    memories.add("grid", [happened(1), happened(2)])
    memories.edit(1, " Mind the\nhole. ")
    for _ in range(9):
        memories.judge([1, 2], False)
    # THEN it says that, and stays
    assert [memory.text for memory in memories.of("grid")] == ["Mind the hole."]
    # and says its own words again, once there are none
    memories.edit(1, "")
    assert "scene 1" in memories.of("grid")[0].text
    with pytest.raises(CoachError, match="no memory 77"):
        memories.edit(77, "x")


def test_memories_are_bounded(tmp_path: Path) -> None:
    # GIVEN room for three WHEN five come, of which one helped, one matters most and one was edited
    memories = Memories(tmp_path / "memory.sqlite", limit=3)
    memories.add("grid", [happened(0, value=0.1), happened(1, value=0.2), happened(2, value=0.1)])
    memories.edit(1, "Mine.")
    memories.judge([3], True)
    memories.add("grid", [happened(3, value=-0.9), happened(4, value=0.05)])
    # THEN these are left, and another game's are untouched
    memories.add("crafter", [happened(5)])
    assert {memory.id for memory in memories.of("grid")} == {1, 3, 4}
    assert memories.counts() == {"crafter": 1, "grid": 3}
    memories.close()


def test_memories_survive_a_restart_and_can_be_deleted(tmp_path: Path) -> None:
    # GIVEN memories WHEN the coach is started again THEN they are there, and recalled
    for number in range(2):
        memories = Memories(tmp_path / "memory.sqlite")
        memories.add("grid", [happened(number), happened(number + 2)])
        memories.close()
    memories = Memories(tmp_path / "memory.sqlite")
    assert memories.recall("grid", features_of(picture(0), "")).memories[0].seen == "scene 0"
    # and gone once they are deleted
    assert memories.delete([1, 99]) == 1
    assert "scene 0" not in {each.seen for each in memories.recall("grid", features_of(picture(0), "")).memories}
    assert memories.delete_game("grid") == 3
    assert memories.of("grid") == []
    memories.close()


@pytest.mark.parametrize("damage", [b"not a database" * 100, b"SQLite format 3\x00" + bytes(200)])
def test_a_damaged_file_is_kept_aside(tmp_path: Path, damage: bytes) -> None:
    # GIVEN a damaged file WHEN it is opened THEN a new one is begun, the old one is kept, and it is said
    (tmp_path / "memory.sqlite").write_bytes(damage)
    memories = Memories(tmp_path / "memory.sqlite")
    assert "damaged" in memories.notice
    assert memories.add("grid", [happened(1)]) == 1
    memories.close()
    assert [path.read_bytes() for path in tmp_path.glob("*broken*")] == [damage]


def test_the_file_of_a_newer_coach_is_left_alone(tmp_path: Path) -> None:
    # GIVEN a file of a later version WHEN it is opened THEN that is refused with a sentence, and nothing is changed
    database = sqlite3.connect(tmp_path / "memory.sqlite")
    database.execute("PRAGMA user_version = 9")
    database.close()
    with pytest.raises(CoachError, match="newer coach"):
        Memories(tmp_path / "memory.sqlite")
    assert not list(tmp_path.glob("*broken*"))
