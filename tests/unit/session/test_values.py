"""The side branch of the Q-values, and the second opinion on advice."""

import asyncio
import contextlib

import pytest

from coach_app.domain.errors import CoachError
from coach_app.domain.moves import named_move
from coach_app.session.events import Event, Notice, NoticeAbout, NoticeOver, QValuesRead
from coach_app.session.values import hedge, watch_values
from tests.fakes.session import PROFILE, FakeReader, frame, values


async def told(reader: FakeReader, reads: int) -> list[Event]:
    events: list[Event] = []
    task = asyncio.create_task(watch_values(reader, lambda: (frame(1), PROFILE), events.append))
    async with asyncio.timeout(5):
        while reader.reads < reads:  # noqa: ASYNC110 - the reader is a plain fake
            await asyncio.sleep(0.001)
    await asyncio.sleep(0)
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task
    return events


async def test_values_are_told_when_they_change() -> None:
    # GIVEN a picture that stays, and then is another one
    first, second = values(0.1, 0.9), values(0.5, 0.4)

    # WHEN it is read four times
    events = await told(FakeReader(first, first, second, second), 4)

    # THEN each change is told once
    assert events == [QValuesRead(first), QValuesRead(second)]


async def test_a_failure_is_told_once_and_is_over_when_values_come(monkeypatch: pytest.MonkeyPatch) -> None:
    # GIVEN a network that fails twice and then works
    monkeypatch.setattr("coach_app.session.values._AFTER_FAILURE_S", 0.0)
    trouble = CoachError("No Q-network is loaded.", "Name one.")
    works = values(0.1, 0.9)

    # WHEN it is read THEN its sentence comes once, and is over
    events = await told(FakeReader(trouble, trouble, works), 3)
    notice = Notice(NoticeAbout.VALUES, "No Q-network is loaded.", "Name one.")
    assert events == [notice, NoticeOver(NoticeAbout.VALUES), QValuesRead(works)]


async def test_nothing_is_read_while_there_is_no_picture() -> None:
    # GIVEN no picture WHEN time goes by THEN nobody is asked
    reader = FakeReader(values(0, 0))
    task = asyncio.create_task(watch_values(reader, lambda: None, lambda event: None))
    await asyncio.wait([task], timeout=0.05)
    task.cancel()
    assert reader.reads == 0


def test_the_best_move_is_a_possible_one() -> None:
    assert values(0.9, 0.1, (False, True)).best == "right"
    assert values(0.5, 0.5).best == "left"


@pytest.mark.parametrize(("move", "agrees"), [("left", True), ("right", True), ("up", False)])
def test_a_move_that_is_nearly_as_good_is_no_disagreement(move: str, agrees: bool) -> None:
    assert values(0.90, 0.89).agrees_with(move) is agrees


def test_a_clearly_worse_move_is_a_disagreement() -> None:
    assert not values(0.9, 0.7).agrees_with("right")
    assert values(0.9, 0.7, (False, True)).agrees_with("right")


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Go left.", "right"),
        ("There is a wall on your right. Go left.", ""),
        ("Walls are on your left and above you. Go left.", "right"),
        ("Well done.", ""),
    ],
)
def test_nothing_is_named_beside_an_advice_that_says_it_is_behind_a_wall(text: str, named: str) -> None:
    # GIVEN a network that would go right WHEN an advice tells left THEN the card does not contradict itself
    assert hedge(values(0.1, 0.9), named_move(text, PROFILE.moves), text) == named
