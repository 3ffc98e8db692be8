"""What a session says, as it reaches the overlay."""

from dataclasses import replace
from typing import Any, cast

import pytest

from coach_app.domain.advice import Advice, Source
from coach_app.session.events import (
    AnswerDropped,
    AnswerFinished,
    AnswerStarted,
    AnswerTranslated,
    AnswerWords,
    Notice,
    NoticeAbout,
    NoticeOver,
    PauseChanged,
    ProfileChosen,
    SourceFound,
)
from coach_app.ui.bridge import SessionBridge
from coach_app.ui.overlay import Answer, Overlay
from coach_app.ui.q_panel import QPanel

ADVICE = Advice("Move up.", "up", "fake", 100.0, 250.0, 50.0, 3)


class Calls:
    """Stands in for an overlay, and notes what is called with what."""

    def __init__(self) -> None:
        self.made: list[tuple[Any, ...]] = []

    def __getattr__(self, name: str) -> Any:
        return lambda *values, **named: self.made.append((name, *values, *named.values()))


def bridged() -> tuple[SessionBridge, list[tuple[Any, ...]]]:
    calls = Calls()
    return SessionBridge(cast(Overlay, calls), cast(QPanel, calls)), calls.made


def test_a_notice_says_how_to_get_at_what_helps() -> None:
    # GIVEN a key for the chooser, and none for the history
    bridge, made = bridged()
    bridge.set_ways({"source": "Choose what to watch: Ctrl+Alt+W", "history": "History: in the coach's menu"})
    # WHEN notices name an action, or none THEN they end with the way to it
    bridge.show_event(Notice(NoticeAbout.SOURCE, "Which one is it?", action="source"))
    bridge.show_event(Notice(NoticeAbout.TROUBLE, "It is full.", "Delete some.", action="history"))
    bridge.show_event(Notice(NoticeAbout.SOURCE, "It is minimised."))
    assert [call[1] for call in made if call[0] in ("set_source", "show_notice")] == [
        "Which one is it? (Choose what to watch: Ctrl+Alt+W)",
        "It is full. Delete some. (History: in the coach's menu)",
        "It is minimised.",
    ]


def test_an_answer_is_shown_as_it_is_made() -> None:
    # GIVEN a bridge WHEN an answer is made, translated, and another one dropped
    bridge, made = bridged()
    for event in (
        AnswerStarted(1, "Where?", 100.0),
        AnswerWords(1, "Move "),
        AnswerFinished(1, ADVICE, translating=True),
        AnswerTranslated(1, Advice(**(vars(ADVICE) | {"text_ja": "上へ。"}))),
        AnswerStarted(2, "", 101.0),
        AnswerDropped(2, "newer"),
    ):
        bridge.show_event(event)
    # THEN the overlay is told so, in order
    assert made == [
        ("set_language", "en"),
        ("begin_advice", "Where?", False),
        ("add_words", "Move "),
        ("finish_advice", Answer("Move up.", cost_ms=250.0, captured_at=100.0, move="Move: up", id=1)),
        ("show_translation", "上へ。"),
        ("set_language", "en"),
        ("begin_advice", "", False),
        ("drop_advice",),
    ]


@pytest.mark.parametrize(
    ("quoted", "said", "passage"),
    [
        (False, "From the guides: Fox against Falco; Fox in neutral", "Fox against Falco\nShoot first."),
        (True, "Quoted from the guide: Fox against Falco\nSee also: Fox in neutral", ""),
    ],
)
def test_an_answer_to_a_game_question_comes_with_its_sources(quoted: bool, said: str, passage: str) -> None:
    # GIVEN a bridge WHEN a question in general is answered
    bridge, made = bridged()
    sources = (Source("Fox against Falco", "Shoot first."), Source("Fox in neutral", "Dash back."))
    bridge.show_event(AnswerStarted(1, "How do I win?", 100.0, about="game"))
    bridge.show_event(AnswerFinished(1, replace(ADVICE, sources=sources, quoted=quoted)))
    # THEN the overlay knows that it is about no picture, and says where it is from, and whether it is quoted; the
    # coach's own words come with the passage
    told = Answer("Move up.", cost_ms=250.0, captured_at=100.0, id=1)
    assert made[1:] == [
        ("begin_advice", "How do I win?", True),
        ("finish_advice", replace(told, move="Move: up", sources=said, passage=passage)),
    ]


def test_a_japanese_question_is_answered_in_japanese_and_the_next_advice_is_not() -> None:
    # GIVEN advice in English WHEN a question is asked in Japanese, and advice comes after it
    bridge, made = bridged()
    bridge.show_event(AnswerStarted(1, "木箱はどこ？", 100.0))
    bridge.show_event(AnswerStarted(2, "", 101.0))
    # THEN only that answer is laid out as Japanese
    assert [call for call in made if call[0] == "set_language"] == [("set_language", "ja"), ("set_language", "en")]


@pytest.mark.parametrize(
    ("preferred", "unsure", "doubt"),
    [("", True, "The coach is not sure of this."), ("left", True, "left"), ("", False, "")],
)
def test_doubts_are_told_with_the_advice(preferred: str, unsure: bool, doubt: str) -> None:
    # GIVEN a bridge WHEN advice comes that the model or the Q-network doubts
    bridge, made = bridged()
    bridge.show_event(AnswerFinished(1, ADVICE, preferred=preferred, unsure=unsure))
    # THEN the overlay says so; another move that is named says more than that
    told = made[0][1].doubt
    assert doubt in told
    assert bool(told) is bool(doubt)


def test_a_translation_that_comes_too_late_is_not_shown() -> None:
    # GIVEN a newer answer on the screen WHEN the translation of the older one comes THEN nothing changes
    bridge, made = bridged()
    bridge.show_event(AnswerFinished(1, ADVICE, translating=True))
    bridge.show_event(AnswerFinished(2, ADVICE, translating=True))
    bridge.show_event(AnswerTranslated(1, ADVICE))
    assert [call[0] for call in made] == ["finish_advice", "finish_advice"]


def test_a_notice_is_taken_back_only_by_its_own_end() -> None:
    # GIVEN a notice about the engine, and a later one about trouble
    bridge, made = bridged()
    said: list[str] = []
    bridge.status_changed.connect(said.append)
    bridge.show_event(Notice(NoticeAbout.ENGINE, "Loading…"))
    bridge.show_event(Notice(NoticeAbout.TROUBLE, "The disk is full.", "Make room."))
    # WHEN the engine is ready THEN the trouble stays; it goes with its own end
    bridge.show_event(NoticeOver(NoticeAbout.ENGINE))
    assert ("clear_notice",) not in made
    bridge.show_event(NoticeOver(NoticeAbout.TROUBLE))
    assert made[-1] == ("clear_notice",)
    assert said == ["Loading…", "The disk is full. Make room.", ""]


def test_the_source_the_pause_and_the_language_are_shown() -> None:
    # GIVEN a user who reads English
    bridge, made = bridged()
    paused: list[bool] = []
    bridge.paused_changed.connect(paused.append)
    bridge.set_language("en")
    # WHEN a game in Japanese is found, lost, and the coach paused
    bridge.show_event(SourceFound("A game"))
    bridge.show_event(ProfileChosen("a-game", "A game", "ja"))
    bridge.show_event(Notice(NoticeAbout.SOURCE, "It was closed."))
    bridge.show_event(PauseChanged(True))
    # THEN the game's language goes first, and the rest is said
    assert made == [
        ("set_language", "en"),
        ("set_source", "A game", True),
        ("set_language", "ja"),
        ("set_source", "It was closed.", False),
        ("set_paused", True),
    ]
    assert paused == [True]


def test_more_is_shown_as_what_was_asked_for_and_each_answer_with_its_level() -> None:
    # GIVEN a bridge WHEN the player wants more than a nudge THEN that stands in the place of a question
    bridge, made = bridged()
    bridge.show_event(AnswerStarted(7, "", 100.0, more=True))
    bridge.show_event(AnswerFinished(7, replace(ADVICE, move=None, level="hint")))
    # and the overlay knows which answer it is, and how much it gives away
    assert made[1:] == [
        ("begin_advice", "More", False),
        ("finish_advice", Answer("Move up.", cost_ms=250.0, captured_at=100.0, id=7, level="hint")),
    ]
