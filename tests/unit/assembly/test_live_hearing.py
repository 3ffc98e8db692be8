"""Questions that are asked aloud, in the app, with a microphone and ears that a test makes."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QImage

from coach_app.assembly import live_hearing, overlay_app
from coach_app.assembly.overlay_app import App, opened_app
from coach_app.assembly.plan import AppPlan
from coach_app.capture.mailbox import CaptureThread
from coach_app.capture.source import Loss, SourceLost
from coach_app.domain.errors import CoachError
from coach_app.domain.phrases import Language
from coach_app.hearing.transcriber import RATE_HZ, ScriptedTranscriber, Sound
from coach_app.session.events import Event, Notice
from coach_app.ui.question_box import QuestionBox
from tests.fakes.quiet import Happened
from tests.fakes.speech import FakeMicrophone

SPEECH = np.full(RATE_HZ, 0.1, np.float32)


class Player:
    """Somebody who holds the key and speaks, and what came of it."""

    def __init__(self, microphone: FakeMicrophone, shown: list[str]) -> None:
        self.microphone, self.shown = microphone, shown
        self.app: App
        self.told: list[str] = []

    def hold(self) -> None:
        self.app.interface.actions.press("talk")

    async def let_go(self) -> None:
        self.app.interface.actions.release("talk")
        await self.app.tasks.settled()

    @property
    def card(self) -> str:
        """What the overlay shows of the microphone."""
        return self.app.interface.overlay._state.hearing

    def on_event(self, event: Event) -> None:
        if isinstance(event, Notice):
            self.told.append(f"{event.message} {event.remedy}".strip())


@pytest.fixture
def microphone(monkeypatch: pytest.MonkeyPatch) -> FakeMicrophone:
    microphone = FakeMicrophone()
    microphone.says = SPEECH
    monkeypatch.setattr(overlay_app, "Microphone", lambda: microphone)
    return microphone


@pytest.fixture
def player(happened: Happened, microphone: FakeMicrophone, monkeypatch: pytest.MonkeyPatch) -> Player:
    shown: list[str] = []

    def open_for(self: QuestionBox, picture: QImage, history: list[str], near: QRect, **rest: object) -> None:
        shown.append(str(rest["said"]))

    async def snapshot(self: CaptureThread) -> SourceLost:
        return SourceLost(Loss.CLOSED, "No game is open.")

    monkeypatch.setattr(QuestionBox, "open_for", open_for)
    monkeypatch.setattr(CaptureThread, "snapshot", snapshot)
    return Player(microphone, shown)


def understood(monkeypatch: pytest.MonkeyPatch, *sentences: str) -> ScriptedTranscriber:
    """Ears that understand these sentences, whatever is said."""
    ears = ScriptedTranscriber(*sentences)
    monkeypatch.setattr(live_hearing, "WhisperTranscriber", lambda _: ears)
    return ears


@asynccontextmanager
async def playing(player: Player, on: bool = True) -> AsyncIterator[Player]:
    async with opened_app(AppPlan()) as app:
        player.app = app
        app.events.listen(player.on_event)
        if on:
            app.settings.set("hearing", "on", True)
        await app.tasks.settled()
        yield player


async def test_a_question_is_shown_before_it_is_asked(player: Player, monkeypatch: pytest.MonkeyPatch) -> None:
    # GIVEN a player who has switched it on
    ears = understood(monkeypatch, "Where is the ball?")
    async with playing(player):
        # WHEN the key is held THEN the microphone is open, and the overlay shows that
        player.hold()
        assert (player.microphone.is_open, player.card) == (True, "open")
        # WHEN it is let go THEN the microphone is closed, and what was understood is shown
        await player.let_go()
        assert (player.microphone.is_open, player.card) == (False, "")
        assert [len(sound) for sound in ears.heard] == [len(SPEECH)]
        assert player.shown == ["Where is the ball?"]
        # THEN nothing was asked yet
        assert not player.app.session.answering


async def test_it_is_off_until_it_is_switched_on(player: Player, happened: Happened) -> None:
    # GIVEN settings as they come WHEN the key is held THEN the microphone stays closed
    async with playing(player, on=False):
        player.app.interface.actions["talk"].trigger()
        assert "Switch on" in player.app.interface.overlay._state.notice.text
        bound = [call for call in happened if call[0] == "hotkeys"]
        player.hold()
        assert not player.microphone.is_open
        await player.let_go()
        # WHEN it is switched on THEN its key is taken from the game, and not before
        player.app.settings.set("hearing", "on", True)
        after = [call for call in happened if call[0] == "hotkeys"]
        assert all("talk" not in keys for _, keys in bound)
        assert "talk" in after[-1][1]
        player.app.interface.actions["talk"].trigger()
        assert "Hold the key" in player.app.interface.overlay._state.notice.text
        # WHEN it is switched off while the key is held THEN the microphone is closed at once
        player.hold()
        player.app.settings.set("hearing", "on", False)
        assert (player.microphone.is_open, player.card) == (False, "")


@pytest.mark.parametrize(
    ("says", "sentence"),
    [
        (SPEECH[:100], "Hold the key while you speak"),
        (np.zeros(RATE_HZ, np.float32), "heard nothing at all"),
        (SPEECH, "Nothing was understood"),
    ],
)
async def test_what_is_no_question_is_told(
    player: Player, monkeypatch: pytest.MonkeyPatch, says: Sound, sentence: str
) -> None:
    # GIVEN a key that is hardly held, a dead microphone, and mumbling WHEN the key is let go THEN that is told
    understood(monkeypatch)
    player.microphone.says = says
    async with playing(player):
        player.hold()
        await player.let_go()
        assert player.shown == []
        assert sentence in player.app.interface.overlay._state.notice.text


async def test_a_microphone_that_cannot_be_opened_is_told(player: Player) -> None:
    # GIVEN a computer without a microphone WHEN the key is held THEN one sentence says so, and nothing is shown as open
    player.microphone.refuses = CoachError("There is no microphone.", "Connect one.")
    async with playing(player):
        player.hold()
        assert (player.told[-1], player.card) == ("There is no microphone. Connect one.", "")
        # WHEN one breaks down while it is open THEN that is told, too
        player.microphone.refuses = None
        player.hold()
        player.microphone.close()
        player.microphone.failed.emit("It broke.")
        assert (player.told[-1], player.card) == ("It broke.", "")
        await player.let_go()


async def test_without_a_model_the_microphone_closes_and_it_is_told(
    player: Player, monkeypatch: pytest.MonkeyPatch
) -> None:
    # GIVEN a folder in the settings that holds no model
    class Deaf(ScriptedTranscriber):
        def prepare(self, language: Language) -> None:
            raise CoachError("No speech model.", "Choose one.")

    monkeypatch.setattr(live_hearing, "WhisperTranscriber", lambda _: Deaf())
    async with playing(player):
        # WHEN the key is held THEN that is told while it still is
        player.hold()
        await player.app.tasks.settled()
        assert (player.told[-1], player.microphone.is_open) == ("No speech model. Choose one.", False)


async def test_the_longest_question_ends_by_itself(player: Player, monkeypatch: pytest.MonkeyPatch) -> None:
    # GIVEN a key that is held WHEN the microphone has heard as much as is understood THEN it closes
    understood(monkeypatch, "A long story?")
    async with playing(player):
        player.hold()
        player.microphone.full.emit()
        assert not player.microphone.is_open
        await player.app.tasks.settled()
        assert player.shown == ["A long story?"]
        # WHEN the key is let go THEN nothing more comes
        await player.let_go()
        assert player.shown == ["A long story?"]


async def test_the_models_folder_in_the_settings_is_used_from_then_on(
    player: Player, monkeypatch: pytest.MonkeyPatch
) -> None:
    # GIVEN a question that was asked WHEN another model is chosen THEN it is the one that hears the next question
    made: list[Path | None] = []
    ears = ScriptedTranscriber("Where?", "How?")

    def make(folder: Path | None) -> ScriptedTranscriber:
        made.append(folder)
        return ears

    monkeypatch.setattr(live_hearing, "WhisperTranscriber", make)
    async with playing(player):
        player.hold()
        await player.let_go()
        player.app.settings.set("hearing", "model", "~/whisper-small")
        player.hold()
        await player.let_go()
        assert made == [None, Path.home() / "whisper-small"]
        assert player.shown == ["Where?", "How?"]
