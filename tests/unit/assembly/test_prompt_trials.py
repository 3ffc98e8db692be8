"""The profile editor's live picture, and prompts that are tried on it."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import pytest
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QPushButton

from coach_app.assembly import watching
from coach_app.assembly.overlay_app import App, opened_app
from coach_app.assembly.plan import AppPlan
from coach_app.capture.source import Loss, SourceLost
from coach_app.domain.errors import CoachError
from coach_app.domain.frame import Frame
from coach_app.domain.profile import GameProfile
from coach_app.domain.source import SourceSpec, WindowSpec
from coach_app.host.life import EnginePhase, EngineState
from coach_app.ui.profile_editor import ProfileEditor
from tests.fakes.frames import FakeSource
from tests.fakes.quiet import Happened
from tests.fakes.session import FakeAdvisor, frame

GAME = GameProfile(id="maze", title="Maze", window="maze", prompt="Where to?", moves=("left", "right"))
CLOSED = SourceLost(Loss.CLOSED, "It is closed.")


class Edited:
    """An editor that is served, and what is seen in it."""

    def __init__(self, app: App, profile: GameProfile = GAME) -> None:
        self.app = app
        self.advisor = FakeAdvisor()
        app.coach._advisor = self.advisor
        self.editor = ProfileEditor(profile, open_windows=[("maze 1", "maze")])
        app.interface.windows.editor_opened.emit(self.editor)
        self.answer = next(
            text for text in self.editor.findChildren(QPlainTextEdit) if text.accessibleName() == "Answer"
        )

    @property
    def red(self) -> int:
        """How red the picture is; -1 while there is none."""
        image = self.editor.trial.picture._image
        return -1 if image.isNull() else image.pixelColor(0, 0).red()

    def press(self, text: str) -> None:
        next(button for button in self.editor.findChildren(QPushButton) if button.text() == text).click()

    def says(self, words: str) -> bool:
        return any(words in label.text() for label in self.editor.findChildren(QLabel))

    async def until(self, condition: Callable[[], object]) -> None:
        deadline = time.monotonic() + 10
        while not condition():
            assert time.monotonic() < deadline
            await asyncio.sleep(0.01)

    async def seen(self) -> None:
        """Wait for the picture."""
        await self.until(lambda: self.red >= 0)


@pytest.fixture
def sources(happened: Happened, monkeypatch: pytest.MonkeyPatch) -> dict[str, Frame | SourceLost]:
    """What the windows show, by their titles; "" is what the coach watches."""
    shown: dict[str, Frame | SourceLost] = {"": frame(7), "maze 1": frame(9)}

    def open_source(spec: SourceSpec, games: object) -> FakeSource:
        return FakeSource([shown[spec.title if isinstance(spec, WindowSpec) else ""]])

    monkeypatch.setattr(watching, "open_source", open_source)
    return shown


@asynccontextmanager
async def edited(profile: GameProfile = GAME) -> AsyncIterator[Edited]:
    """The app with an open editor, which is closed in the end."""
    async with opened_app(AppPlan()) as app:
        shown = Edited(app, profile)
        yield shown
        shown.editor.reject()
        await app.tasks.settled()
        shown.editor.deleteLater()


async def test_the_picture_is_of_the_game_and_goes_with_the_pattern(sources: dict[str, Frame | SourceLost]) -> None:
    async with edited() as shown:
        # GIVEN an editor whose pattern finds an open window
        shown.editor._look()
        await shown.until(lambda: shown.red == 9)
        assert shown.says("“maze 1”, live")
        # WHEN it finds none any more THEN the picture is of what the coach watches, and says so
        shown.editor._window.setText("nothing")
        shown.editor._look()
        await shown.until(lambda: shown.red == 7)
        assert shown.says("what the coach watches")


async def test_a_prompt_is_tried_on_the_picture(sources: dict[str, Frame | SourceLost]) -> None:
    async with edited() as shown:
        await shown.seen()
        # WHEN a prompt is tried, which is not saved yet
        shown.editor._prompt.setPlainText("Where is the exit?")
        shown.press("&Try this prompt")
        await shown.until(lambda: shown.advisor.situations)
        # THEN the coach is asked with it, about the picture, and gives no unasked advice meanwhile
        (situation,) = shown.advisor.situations
        assert (situation.profile.prompt, situation.question) == ("Where is the exit?", "")
        assert shown.app.session._policy._silence == {"trying"}
        # AND the answer is shown, with the move that is read from it
        shown.advisor.say("Turn left now.")
        await shown.until(lambda: shown.says("Move: left"))
        assert shown.answer.toPlainText() == "Turn left now."
        assert not shown.app.session._policy._silence


async def test_a_try_can_be_stopped_and_ends_with_the_editor(sources: dict[str, Frame | SourceLost]) -> None:
    async with edited() as shown:
        await shown.seen()
        shown.press("&Try this prompt")
        await shown.until(lambda: shown.advisor.asked)
        # WHEN it is stopped THEN the coach is asked no more, and it can be tried again
        shown.press("S&top")
        await shown.until(lambda: shown.advisor.cancelled)
        shown.press("&Try this prompt")
        await shown.until(lambda: len(shown.advisor.asked) == 2)
    # WHEN the editor is closed THEN that one is stopped, too
    assert len(shown.advisor.cancelled) == 2


@pytest.mark.parametrize(
    ("phase", "rests", "said"),
    [
        (EnginePhase.LOADING, False, "No model is loaded yet. Try again when the coach is ready."),
        (EnginePhase.STARTING, False, "No model is loaded yet. Try again when the coach is ready."),
        (EnginePhase.FAILED, False, "The engine does not start. Try again when the coach is ready."),
        (EnginePhase.ASLEEP, True, "The model is unloaded. Load it again with “Unload the model” in the menu."),
    ],
)
async def test_without_a_model_it_is_said_why(
    sources: dict[str, Frame | SourceLost], phase: EnginePhase, rests: bool, said: str
) -> None:
    async with edited() as shown:
        await shown.seen()
        # GIVEN no model WHEN a prompt is tried THEN a sentence says why it cannot be
        client = shown.app.room.client
        client.state = EngineState(phase, "The engine does not start." if phase is EnginePhase.FAILED else "")  # type: ignore[misc]
        client.rests = rests  # type: ignore[misc]
        shown.press("&Try this prompt")
        await shown.until(lambda: shown.says(said))
        assert shown.advisor.asked == []


async def test_no_picture_no_answer_and_no_prompt_are_said(sources: dict[str, Frame | SourceLost]) -> None:
    # GIVEN a window that is closed
    sources[""] = sources["maze 1"] = CLOSED
    async with edited() as shown:
        # WHEN a prompt is tried THEN it is said that there is no picture
        shown.press("&Try this prompt")
        await shown.until(lambda: shown.says("There is no picture"))
        # WHEN there is no prompt THEN that is said
        shown.editor._prompt.clear()
        shown.press("&Try this prompt")
        assert shown.says("Write a prompt")


async def test_a_coach_that_answers_a_question_or_cannot_is_not_disturbed(
    sources: dict[str, Frame | SourceLost], monkeypatch: pytest.MonkeyPatch
) -> None:
    async with edited() as shown:
        await shown.seen()
        shown.press("&Try this prompt")
        await shown.until(lambda: shown.advisor.asked)
        # WHEN the coach fails THEN its sentence is shown
        shown.advisor.fail(CoachError("It does not know this game.", "Choose another coach."))
        await shown.until(lambda: shown.says("It does not know this game. Choose another coach."))
        # WHEN it is answering a question THEN it is not disturbed
        monkeypatch.setattr(type(shown.app.session), "answering", property(lambda session: True))
        shown.press("&Try this prompt")
        await shown.until(lambda: shown.says("The coach is answering a question."))
        assert len(shown.advisor.asked) == 1
