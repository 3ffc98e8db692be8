"""Thumbs up and down in the running app: by hotkey and in the history, passed on to the memory."""

from collections.abc import Callable

import pytest
from PIL import Image
from PySide6.QtWidgets import QLineEdit

from coach_app.assembly.overlay_app import App, opened_app
from coach_app.assembly.plan import AppPlan
from coach_app.domain.advice import Advice
from coach_app.domain.frame import Frame
from coach_app.knowledge.feedback import Feedback, Rating, feedback_file
from coach_app.knowledge.remembered import Memories, memory_file
from coach_app.session.events import AnswerFinished
from coach_app.ui.history_window import HistoryWindow
from tests.fakes.quiet import Happened


@pytest.fixture
def _without_a_screen(expect_warning: Callable[[str], None]) -> None:
    expect_warning("This plugin does not support")


def ratings(game: str = "grid") -> list[Rating]:
    feedback = Feedback(feedback_file())
    found = feedback.of(game)
    feedback.close()
    return found


def advice(text: str, at: float) -> Advice:
    return Advice(text, "up", "coach", at, 1.0, 1.0, 3)


async def advised(app: App, number: int, text: str, remembers: bool = False) -> None:
    """The session has advised."""
    said = advice(text, float(number))
    profile = app.watching.profiles["grid"].model_copy(update={"memory": remembers})
    app.events(AnswerFinished(number, said))
    assert app.session._delivery._remember
    await app.session._delivery._remember(said, profile, Frame(Image.new("RGB", (32, 32), "red")))


async def test_the_advice_on_the_card_is_rated(happened: Happened) -> None:
    # GIVEN an app WHEN there is no advice yet THEN the keys say so, and no file is made
    async with opened_app(AppPlan(game="grid", language="en")) as app:
        app.interface.actions["good"].trigger()
        assert not feedback_file().exists()
        # WHEN there is, and the keys are pressed THEN it is rated, with its picture and the prompt of the game
        await advised(app, 1, "Move up.")
        app.interface.actions["bad"].trigger()
        await app.tasks.settled()
    (rating,) = ratings()
    assert (rating.good, rating.has_picture, rating.of.text) == (False, True, "Move up.")
    assert rating.of.prompt == app.watching.profiles["grid"].prompt


@pytest.mark.parametrize(("good", "value"), [(True, 1.0), (False, -1.0)])
async def test_the_memory_learns_how_it_went(happened: Happened, good: bool, value: float) -> None:
    # GIVEN a game whose situations are remembered WHEN advice is rated, before or after it is remembered
    async with opened_app(AppPlan(game="grid", language="en")) as app:
        for number, text in enumerate(("Move up.", "Move up again.", "Stop."), 1):
            await advised(app, number, text, remembers=True)
            if number == 1:
                app.feedback.rate(1, good)
                await app.tasks.settled()
        app.feedback.rate(2, good)
        await app.tasks.settled()
    memories = Memories(memory_file())
    # THEN that is how it went
    assert [(memory.value, memory.sure) for memory in memories.of("grid")] == [(value, True)] * 2
    memories.close()


@pytest.mark.usefixtures("_without_a_screen")
async def test_advice_is_rated_in_the_history(happened: Happened) -> None:
    # GIVEN an app with a history
    async with opened_app(AppPlan(game="grid", language="en")) as app:
        app.history.add(advice("Move up.", 7.0), "grid")
        app.interface.actions["history"].trigger()
        await app.tasks.settled()
        window = app.interface.windows._history_window
        assert isinstance(window, HistoryWindow)
        # WHEN the user says what was not good, and what would have been better
        window._critique.setText("Too late.")
        window._better.setText("Move left.")
        window._bad.click()
        await app.tasks.settled()
        # THEN it is kept, and shown again with the entry
        (rating,) = ratings()
        assert (rating.good, rating.critique, rating.better) == (False, "Too late.", "Move left.")
        window.refresh()
        await app.tasks.settled()
        assert [line.text() for line in window.findChildren(QLineEdit)][1:] == ["Too late.", "Move left."]
        assert (window._good.isChecked(), window._bad.isChecked()) == (False, True)
