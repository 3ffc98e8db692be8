"""Buttons of a gamepad as hotkeys."""

import pytest

from coach_app.domain.gamepad import BadButtons, check_chords, completed, parse_buttons, spelled


@pytest.mark.parametrize(
    ("written", "words"), [("x+lb", "LB + X"), (" RT ", "RT"), ("A + Start+LB", "LB + Start + A"), ("Up+up", "Up")]
)
def test_buttons_are_spelled_in_one_order(written: str, words: str) -> None:
    # GIVEN buttons as somebody wrote them WHEN they are read THEN they are shown with what is held first
    assert spelled(parse_buttons(written)) == words


@pytest.mark.parametrize("written", ["Z", "LB + ", "Ctrl+A", ""])
def test_what_is_no_button_is_refused(written: str) -> None:
    # GIVEN what no gamepad has WHEN it is read THEN the error names the buttons that there are
    with pytest.raises(BadButtons, match="LB, RB"):
        parse_buttons(written)


def test_two_actions_do_not_have_the_same_buttons() -> None:
    # GIVEN buttons for actions THEN they are kept in one spelling, and actions without any are left out
    assert check_chords({"ask": "back+lb", "pause": " "}) == {"ask": "LB + Back"}
    with pytest.raises(BadButtons, match="two actions"):
        check_chords({"ask": "back+lb", "pause": "LB+Back"})
    with pytest.raises(BadButtons, match="no action"):
        check_chords({"jump": "A"})


def test_the_chord_that_is_completed_counts_and_the_longest_of_several() -> None:
    # GIVEN X, and LB with X, for two actions
    chords = {"pause": parse_buttons("X"), "ask": parse_buttons("LB+X")}
    nothing, lb, x, both, y = (frozenset(held) for held in ([], ["LB"], ["X"], ["LB", "X"], ["LB", "X", "Y"]))
    # WHEN they are pressed THEN each acts once, at its last button
    assert completed(chords, x, nothing) == "pause"
    assert completed(chords, lb, nothing) == ""
    assert completed(chords, both, lb) == "ask"
    assert completed(chords, both, x) == "ask"
    # WHEN they stay held, others join, or some are released THEN nothing acts again
    assert [completed(chords, held, both) for held in (both, y, x, nothing)] == ["", "", "", ""]
