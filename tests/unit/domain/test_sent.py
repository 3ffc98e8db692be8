"""What models were given last is kept within limits, in memory only."""

import pytest
from PIL import Image

from coach_app.domain.sent import LastSent, Sent


def picture(side_px: int) -> Image.Image:
    return Image.new("RGB", (side_px, side_px))


def test_the_newest_are_kept_newest_first() -> None:
    # GIVEN room for three WHEN five are sent THEN the last three are there, the newest first
    last = LastSent(count=3)
    for number in range(5):
        last.add(Sent("coach", f"prompt {number}"))
    assert [sent.text for sent in last.newest_first()] == ["prompt 4", "prompt 3", "prompt 2"]
    # WHEN they are to be forgotten THEN none are there
    last.forget()
    assert last.newest_first() == []


@pytest.mark.parametrize(("side_px", "kept"), [(10, 3), (100, 1)])
def test_pictures_take_no_more_memory_than_allowed(side_px: int, kept: int) -> None:
    # GIVEN room for 1000 bytes WHEN pictures of 300 and of 30,000 bytes are sent
    last = LastSent(max_bytes=1_000)
    for number in range(4):
        last.add(Sent("coach", str(number), picture(side_px)))
    # THEN as many as fit are kept, and at least the newest
    assert len(last.newest_first()) == kept
    assert last.newest_first()[0].text == "3"


def test_pictures_without_words_do_not_push_out_what_was_asked() -> None:
    # GIVEN a question WHEN two models then only see pictures, many times
    last = LastSent(count=4)
    last.add(Sent("coach", "Where to?", picture(8)))
    for _ in range(9):
        last.add(Sent("coach", "", picture(8)))
        last.add(Sent("q-network", "", picture(8)))
    # THEN the question and the newest picture of each are kept
    assert [(sent.to, sent.text) for sent in last.newest_first()] == [
        ("q-network", ""),
        ("coach", ""),
        ("coach", "Where to?"),
    ]
