"""Advice that is read aloud, in the app, with a voice that writes down what it says."""

from dataclasses import replace

import pytest

from coach_app.assembly.overlay_app import App, opened_app
from coach_app.assembly.plan import AppPlan
from coach_app.domain.advice import Advice
from coach_app.domain.errors import CoachError
from coach_app.session.events import (
    AnswerDropped,
    AnswerFinished,
    AnswerStarted,
    AnswerTranslated,
    Event,
    Notice,
    PauseChanged,
    SourceGone,
)
from coach_app.ui.voice import Voice
from tests.fakes.quiet import Happened

ADVICE = Advice("The hole is below. Move the cat up.", "up", "grid-coach", 0.0, 100.0, 50.0, 12)


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the voice does; it has no Japanese."""
    said: list[str] = []

    def check(self: Voice, language: str) -> None:
        if language == "ja" and "Japanese" not in said:
            raise CoachError("This computer has no Japanese voice.", "Add one.")

    monkeypatch.setattr(Voice, "check", check)
    monkeypatch.setattr(Voice, "say", lambda self, text, language: said.append(f"{language}: {text}"))
    monkeypatch.setattr(Voice, "stop", lambda self: said.append("silence"))
    monkeypatch.setattr(Voice, "close", lambda self: said.append("closed"))
    monkeypatch.setattr(Voice, "set_sound", lambda self, volume, speed: said.append(f"{volume:g} {speed:g}"))
    return said


def tell(app: App, *events: Event) -> None:
    for event in events:
        app.events(event)


def spoken(said: list[str]) -> list[str]:
    return [text for text in said if ": " in text or text == "silence"]


async def test_nothing_is_spoken_until_it_is_switched_on(happened: Happened, said: list[str]) -> None:
    async with opened_app(AppPlan()) as app:
        # GIVEN settings as they come WHEN advice comes THEN nothing is heard
        tell(app, AnswerStarted(1, "", 0.0), AnswerFinished(1, ADVICE))
        assert spoken(said) == []
        # WHEN it is switched on by its key THEN the move is heard, and that is kept
        app.interface.actions["speak"].trigger()
        assert app.settings.current.speech.on
        tell(app, AnswerStarted(2, "", 0.0), AnswerFinished(2, ADVICE))
        assert spoken(said) == ["en: up"]
        # WHEN the key is pressed again THEN it is silent, at once
        app.interface.actions["speak"].trigger()
        assert said[-1] == "closed"
        tell(app, AnswerStarted(3, "", 0.0), AnswerFinished(3, ADVICE))
        assert spoken(said) == ["en: up"]


async def test_japanese_is_spoken_when_it_has_come_or_else_english(happened: Happened, said: list[str]) -> None:
    said.append("Japanese")
    async with opened_app(AppPlan(language="ja")) as app:
        app.interface.bridge.set_language("ja")
        app.settings.set("speech", "on", True)
        app.settings.set("speech", "says", "reason")
        # GIVEN advice that is being translated WHEN its Japanese comes THEN that is spoken, and nothing before
        tell(app, AnswerStarted(1, "", 0.0), AnswerFinished(1, ADVICE, translating=True))
        assert spoken(said) == []
        tell(app, AnswerTranslated(1, replace(ADVICE, text_ja="猫を上へ。")))
        assert spoken(said) == ["ja: 猫を上へ。"]
        # WHEN there is none THEN the English is spoken
        tell(app, AnswerFinished(2, ADVICE, translating=True), AnswerTranslated(2, ADVICE))
        assert spoken(said)[1:] == [f"en: {ADVICE.text}"]
        # WHEN the Japanese comes after newer advice THEN it is not spoken
        tell(app, AnswerFinished(3, ADVICE, translating=True), AnswerFinished(4, ADVICE, translating=True))
        tell(app, AnswerTranslated(3, replace(ADVICE, text_ja="遅い。")))
        assert len(spoken(said)) == 2


@pytest.mark.parametrize(
    ("event", "falls_silent"),
    [
        (SourceGone(), True),
        (PauseChanged(True), True),
        (AnswerStarted(2, "Where is the hole?", 0.0), True),
        (AnswerStarted(2, "", 0.0), False),
        (AnswerDropped(2, "changed"), False),
    ],
)
async def test_it_falls_silent_where_its_words_no_longer_count(
    happened: Happened, said: list[str], event: Event, falls_silent: bool
) -> None:
    async with opened_app(AppPlan()) as app:
        # GIVEN advice that is being spoken WHEN something happens THEN it goes on only where it still counts
        app.settings.set("speech", "on", True)
        tell(app, AnswerStarted(1, "", 0.0), AnswerFinished(1, ADVICE), event)
        assert spoken(said) == (["en: up", "silence"] if falls_silent else ["en: up"])


async def test_a_missing_voice_is_told_once_and_again_only_after_a_change(happened: Happened, said: list[str]) -> None:
    told: list[Event] = []
    async with opened_app(AppPlan()) as app:
        app.events.listen(told.append)
        app.interface.bridge.set_language("ja")
        # GIVEN a system without a Japanese voice WHEN speech is switched on THEN the user reads that at once, and once
        app.settings.set("speech", "on", True)
        tell(app, AnswerFinished(1, replace(ADVICE, text_ja="上")))
        assert [event.message for event in told if isinstance(event, Notice)] == [
            "This computer has no Japanese voice. Add one."
        ]
        # WHEN the volume is changed THEN the voice has it
        app.settings.set("speech", "volume", 0.25)
        assert said[-1] == "0.25 0.5"
