"""What there is to say on the card, without any window."""

import pytest

from coach_app.ui.overlay.state import Answer, CardState

NOW = 1_000_000.0


def answered(**values: object) -> CardState:
    """A card that shows an answer of this moment."""
    state = CardState(**values)  # type: ignore[arg-type]
    state.begin("", False)
    state.finish(Answer("Move up.", captured_at=NOW), NOW)
    state.stay_awake(NOW)
    return state


def test_an_answer_keeps_what_was_known_when_it_was_begun() -> None:
    # GIVEN a question about a game in general WHEN it is answered THEN the answer has the question, and is not stale
    state = CardState()
    state.begin("How do I win?", True)
    assert (state.asked, state.body) == ("How do I win?", "…")
    state.finish(Answer("Practise.", captured_at=NOW), NOW)
    assert (state.asked, state.body, state.finished) == ("How do I win?", "Practise.", True)
    assert not state.is_old(NOW + 3600)


@pytest.mark.parametrize(("age_s", "changes_in_s"), [(0.0, 1.0), (59.5, 0.5), (90.0, 30.0), (7200.0, 3600.0)])
def test_the_age_of_an_answer_changes_by_seconds_minutes_and_hours(age_s: float, changes_in_s: float) -> None:
    # GIVEN an answer WHEN it has an age THEN the next one that is told is as far away as its unit
    assert Answer(captured_at=NOW - age_s).age_changes_at(NOW) == pytest.approx(NOW + changes_in_s)


def test_the_card_goes_when_nothing_was_said_for_long_unless_it_is_to_stay() -> None:
    # GIVEN an answer WHEN its time is over THEN the card goes; with a time of 0 it stays
    state = answered(fade_after_s=15.0)
    assert state.is_shown(NOW + 14.9)
    assert not state.is_shown(NOW + 15)
    assert answered(fade_after_s=0.0).is_shown(NOW + 10_000)


def test_what_shows_the_card_and_what_hides_it() -> None:
    # GIVEN a card with nothing to say WHEN there is a reason THEN it is shown; what the user wants comes first
    state = CardState()
    assert not state.is_shown(NOW)
    state.has_panel = True
    assert state.is_shown(NOW)
    state.paused = True
    assert not state.is_shown(NOW)
    state.notify("A notice.", "error", NOW)
    assert state.is_shown(NOW)
    state.wanted = False
    assert not state.is_shown(NOW)
    state.editing = True
    assert state.is_shown(NOW)


def test_time_alone_changes_nothing_once_everything_has_happened() -> None:
    # GIVEN a card without an answer WHEN its notice is over THEN it never has to look at the clock again
    state = CardState()
    state.notify("A notice.", "info", NOW)
    end = state.next_change(NOW)
    assert end is not None
    assert state.next_change(end) is None


def test_an_answer_that_was_asked_for_is_shown_until_it_could_be_read() -> None:
    # GIVEN a card that the user has hidden, and a question about an old picture
    state = CardState(wanted=False, paused=True)
    state.begin("Where to?", False)
    assert state.is_shown(NOW)
    # WHEN the answer comes THEN it is shown, fresh, as long as it takes to be read
    state.finish(Answer("Up. " * 50, captured_at=NOW - 100), NOW)
    assert state.is_shown(NOW + 17)
    assert not state.is_old(NOW)
    assert state.answer.age_s(NOW + 2) == 2
    assert not state.is_shown(NOW + 19)


def test_hidden_by_hand_an_answer_counts_as_read() -> None:
    # GIVEN an answer that was asked for WHEN the user hides the card THEN it is hidden
    state = CardState()
    state.begin("Where to?", False)
    state.finish(Answer("Up.", captured_at=NOW), NOW)
    state.want(False, NOW + 1)
    assert not state.is_shown(NOW + 1)


@pytest.mark.parametrize(
    ("question", "about_game", "stays"), [("", False, False), ("How?", False, True), ("How?", True, True)]
)
def test_what_is_said_of_a_source_goes_with_it(question: str, about_game: bool, stays: bool) -> None:
    # GIVEN an answer WHEN its source goes THEN it goes, too, unless it was asked for and is unread, or about no picture
    state = CardState()
    state.begin(question, about_game)
    state.finish(Answer("Up.", captured_at=NOW, doubt="Rather left."), NOW)
    state.forget_source(NOW + 1)
    assert bool(state.answer.text) is stays


def test_a_card_that_faded_comes_when_it_is_pressed_for() -> None:
    # GIVEN a card with nothing to say WHEN the user presses for it THEN it is there for a while
    state = CardState()
    assert not state.is_shown(NOW)
    state.want(True, NOW)
    assert state.is_shown(NOW + 3)
    assert not state.is_shown(NOW + 5)


def test_the_header_goes_with_what_was_watched() -> None:
    # GIVEN a source that is watched, or one that is gone WHEN another one is to be watched THEN neither is named
    for found in (True, False):
        state = answered(source="Screen 1", source_found=found)
        state.forget_source(NOW)
        assert (state.source, state.source_found, state.body) == ("", True, "")


def advise(state: CardState, text: str, now: float, question: str = "") -> None:
    """An answer from its first word to its last."""
    state.begin(question, False)
    state.words.append(text)
    state.finish(Answer(text, captured_at=now), now)


def test_a_pinned_answer_stays_while_advice_comes_and_the_newest_waits() -> None:
    # GIVEN an answer that is pinned
    state = answered()
    assert state.pin(True, NOW)
    # WHEN advice comes unasked THEN none of it is seen, however long it takes and whatever becomes of the source
    state.begin("", False)
    state.words.append("Move d")
    assert (state.body, state.finished, state.is_old(NOW + 99)) == ("Move up.", True, False)
    state.finish(Answer("Move down.", captured_at=NOW), NOW)
    advise(state, "Move left.", NOW + 1)
    state.translate("左へ。")
    assert state.is_shown(NOW + 10_000)
    assert (state.body, state.answer.text_ja) == ("Move up.", None)
    # WHEN it is unpinned THEN the newest advice takes its place, with its Japanese
    assert not state.pin(False, NOW + 2)
    assert (state.body, state.answer.text_ja) == ("Move left.", "左へ。")


def test_a_question_takes_the_place_of_what_is_pinned_and_is_pinned_itself() -> None:
    # GIVEN an answer that is pinned WHEN the user asks THEN the new answer is seen as it comes, and stays
    state = answered()
    state.pin(True, NOW)
    state.begin("Why?", False)
    assert (state.asked, state.body) == ("Why?", "…")
    state.words.append("As the hole")
    assert state.body == "As the hole"
    state.finish(Answer("As the hole is there.", captured_at=NOW), NOW)
    advise(state, "Move left.", NOW + 1)
    assert (state.asked, state.body) == ("Why?", "As the hole is there.")


def test_advice_that_is_being_read_out_can_be_pinned_and_nothing_cannot() -> None:
    # GIVEN a card that says nothing WHEN it is pinned THEN it is not
    state = CardState()
    assert not state.pin(True, NOW)
    # WHEN advice is pinned as it comes THEN all of it stays
    state.begin("", False)
    state.words.append("Move u")
    assert state.pin(True, NOW)
    state.finish(Answer("Move up.", captured_at=NOW), NOW)
    advise(state, "Move down.", NOW)
    assert state.body == "Move up."
    # WHEN its source goes THEN it stays, but what waits is gone
    state.forget_source(NOW)
    state.pin(False, NOW)
    assert state.body == "Move up."


def test_the_last_answer_to_a_question_comes_again_until_it_could_be_read() -> None:
    # GIVEN an answer to a question, with its Japanese, in whose place advice came
    state = CardState()
    assert not state.show_again(NOW)
    advise(state, "As the hole is there. " * 10, NOW, "Why?")
    state.translate("穴があるからです。")
    advise(state, "Move left.", NOW + 100)
    # WHEN it is wanted again, on a card that is hidden THEN it is there, fresh, and advice waits
    state.want(False, NOW + 101)
    assert state.show_again(NOW + 101)
    assert state.is_shown(NOW + 101)
    assert (state.asked, state.answer.text_ja, state.is_old(NOW + 101)) == ("Why?", "穴があるからです。", False)
    advise(state, "Move down.", NOW + 102)
    assert state.asked == "Why?"
    # WHEN it could be read THEN the newest advice is there
    state.settle(NOW + 101 + 19)
    assert state.asked == "Why?"
    state.settle(NOW + 101 + 20)
    assert (state.asked, state.body) == ("", "Move down.")


def test_where_nothing_was_asked_the_last_advice_comes_again() -> None:
    # GIVEN advice that is long gone WHEN it is wanted again THEN it is shown
    state = answered()
    assert not state.is_shown(NOW + 500)
    assert state.show_again(NOW + 500)
    assert state.is_shown(NOW + 501)
    assert state.body == "Move up."


def test_who_reads_on_is_not_disturbed() -> None:
    # GIVEN a long answer of which a third is in sight WHEN the user reads on THEN advice waits as long as that takes
    state = CardState()
    advise(state, "As the hole is there. " * 30, NOW, "Why?")
    state.read_on(220, NOW + 60)
    advise(state, "Move left.", NOW + 61)
    assert state.asked == "Why?"
    state.settle(NOW + 60 + 19)
    assert state.asked == "Why?"
    state.settle(NOW + 60 + 20)
    assert state.body == "Move left."
    # WHEN all of an answer is in sight THEN there is nothing to wait for
    state.read_on(0, NOW + 90)
    assert not state.is_kept
