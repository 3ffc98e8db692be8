"""Q-values in the overlay: from the window of a game, through the engine, to what is drawn."""

import asyncio
import contextlib
import random
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QObject

from coach_app.advisor.local import model_input
from coach_app.advisor.values import LocalQReader
from coach_app.capture.choose import open_source
from coach_app.capture.mailbox import CaptureThread
from coach_app.domain.frame import Frame
from coach_app.domain.qvalues import QValues
from coach_app.domain.source import AutoSpec
from coach_app.evaluation.json_lines import JsonLines
from coach_app.games.profiles import find
from coach_app.host.client import EngineClient
from coach_app.models.catalogue import qnet_folder, resolve
from coach_app.session.events import Notice, NoticeAbout, QValuesRead
from coach_app.session.values import watch_values
from coach_app.ui.bridge import SessionBridge
from coach_app.ui.fonts import reading_font
from coach_app.ui.outlined_text import OutlinedText
from coach_app.ui.overlay import Answer, Overlay
from coach_app.ui.q_panel import QPanel
from coach_app.ui.theme import DARK
from tests.gui.desktop import Desktop
from tests.gui.qt import application, destroy, pump, qt_wait
from tests.waiting import wait_until

KEYS = {"left": "Left", "down": "Down", "right": "Right", "up": "Up"}
CLOSE = 2e-3
"""Features are kept as float16, and two processes may add up in another order."""


@pytest.fixture
def overlay() -> Iterator[Overlay]:
    application()
    overlay = Overlay()
    yield overlay
    destroy(overlay)


@pytest.fixture
def panel(overlay: Overlay) -> QPanel:
    panel = QPanel()
    panel.set_look(DARK, reading_font(10, "en"))
    overlay.set_panel(panel)
    return panel


class Practice:
    """The slippery practice game in its own window."""

    def __init__(self, desktop: Desktop, folder: Path) -> None:
        self._desktop = desktop
        self._states = JsonLines(folder / "states.jsonl")
        self._last: dict[str, Any] = {}
        command = ["practice", "grid", "--seed", "500000", "--state-log", str(folder / "states.jsonl")]
        self.program = desktop.start(sys.executable, "-m", "coach_app", *command)
        self.window = desktop.window("^Coach practice: Grid$", self.program.pid, 60)
        wait_until(self.state, 60, "the first state")

    def state(self) -> dict[str, Any]:
        """What is on the screen."""
        for line in self._states.new_lines():
            self._last = line
        return self._last

    def step(self) -> dict[str, Any]:
        """Make good moves with the keyboard until the cat is somewhere else; what is on the screen then."""
        before = self.state()
        while self.state()["cat"] == before["cat"]:
            count = self.state()["steps"]
            self.window.activate()
            self._desktop.key(KEYS[self.state()["optimal_moves"][0]])
            wait_until(lambda count=count: self.state()["steps"] > count, 20, "the move on the screen")  # type: ignore[misc]
        return self.state()


@contextlib.asynccontextmanager
async def qt_running() -> AsyncIterator[None]:
    """Let Qt work beside the event loop."""

    async def run() -> None:
        while True:
            pump()
            await asyncio.sleep(0)

    task = asyncio.create_task(run())
    try:
        yield
    finally:
        task.cancel()
        await asyncio.wait([task])


async def come(condition: Callable[[], object], what: str) -> None:
    try:
        async with asyncio.timeout(60):
            while not condition():  # noqa: ASYNC110 - what a widget shows is no event
                await asyncio.sleep(0.01)
    except TimeoutError:
        pytest.fail(f"waited in vain for {what}")


@pytest.mark.timeout(300)
async def test_the_panel_shows_what_the_network_makes_of_the_captured_frame(
    desktop: Desktop, tmp_path: Path, overlay: Overlay, panel: QPanel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tqdm.tqdm.monitor_interval", 0)  # or the bar of a model's loading leaves a thread behind
    # GIVEN a practice game that is captured, the shipped models in a real engine, and their values in the overlay
    practice, profile, coach = Practice(desktop, tmp_path), find("grid"), resolve("grid-coach")
    bridge = SessionBridge(overlay, panel)
    capture = CaptureThread(lambda: open_source(AutoSpec(), games=[profile]))
    captured: dict[float, Frame] = {}

    def newest() -> tuple[Frame, Any] | None:
        frame = capture.mailbox.latest
        if not isinstance(frame, Frame):
            return None
        captured[frame.captured_at] = frame
        return frame, profile

    async def take() -> None:
        while True:
            await capture.mailbox.next()

    shown: list[QValues] = []
    async with EngineClient() as engine:
        await engine.load(coach.path())
        await engine.load(qnet_folder(profile.qnet), role="qvalues")
        reader = LocalQReader(engine, coach.input_side_px)
        capture.start()
        work = [asyncio.create_task(take()), asyncio.create_task(watch_values(reader, newest, bridge.show_event))]
        # WHEN the cat is led to three squares
        async with qt_running():
            await come(lambda: panel.values, "the first values")
            for number in range(3):
                assert panel.values
                shown.append(panel.values)
                if number < 2:
                    state = await asyncio.to_thread(practice.step)
                    await come(lambda at=state["at"]: panel.values.captured_at > at, "values of the next position")  # type: ignore[misc]
            await come(lambda: overlay.windowOpacity() == 1.0, "the overlay to have faded in")
            assert panel.height() >= panel.sizeHint().height()
        desktop.keep_picture("panel")
        for task in work:
            task.cancel()
        await asyncio.wait(work)
        await asyncio.to_thread(capture.stop)

    # THEN each time the panel showed what the shipped network makes of that very frame, computed here
    from coach_app.engine.loader import load_vision
    from coach_app.engine.valuing import load_valuer

    valuer = load_valuer(qnet_folder("dqn-grid"), load_vision(coach.path()), coach.path())
    for values in shown:
        picture = model_input(captured[values.captured_at].pixels, profile, coach.input_side_px)
        numbers, possible = valuer.values(picture)
        assert values.values == pytest.approx(numbers, abs=CLOSE)
        assert (values.moves, values.possible, values.checkpoint) == (valuer.info.moves, possible, "dqn-grid")
    assert len({values.values for values in shown}) == 3
    # AND a screen reader hears the last ones
    assert panel.accessibleDescription().startswith(f"best: {shown[-1].best}, ")


class _Paints(QObject):
    """Counts how often widgets are painted."""

    def __init__(self, *watched: QObject) -> None:
        super().__init__()
        self.count = dict.fromkeys(map(id, watched), 0)
        for widget in watched:
            widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self.count[id(watched)] += 1
        return False


def test_values_are_seen_before_any_advice(overlay: Overlay, panel: QPanel) -> None:
    # GIVEN an overlay that has nothing to say but why there are no values
    bridge = SessionBridge(overlay, panel)
    bridge.show_event(Notice(NoticeAbout.VALUES, "No game in sight."))
    qt_wait(lambda: panel.height() >= panel.sizeHint().height() > 0, "the sentence")
    before = overlay.card_geometry().height()

    # WHEN values come THEN the card has room for a line a move
    bridge.show_event(QValuesRead(QValues(("left", "right", "up"), (0.1, 0.2, 0.3), (True,) * 3, "q", 0.0)))
    qt_wait(lambda: panel.height() >= panel.sizeHint().height(), "the values")
    assert overlay.card_geometry().height() > max(before, panel.sizeHint().height())


def test_new_values_leave_the_rest_of_the_overlay_alone(overlay: Overlay, panel: QPanel) -> None:
    # GIVEN advice with values below it, drawn
    bridge, chance = SessionBridge(overlay, panel), random.Random(1)

    def some_values() -> QValuesRead:
        moves = ("left", "down", "right", "up")
        return QValuesRead(QValues(moves, tuple(chance.uniform(-1, 1) for _ in moves), (True,) * 4, "dqn-grid", 0.0))

    bridge.show_event(some_values())
    overlay.settle_panel()
    overlay.finish_advice(Answer("Move the cat up.", cost_ms=400, captured_at=overlay._clock() - 90))
    texts = [label for label in overlay.findChildren(OutlinedText) if label.isVisible()]
    paints = _Paints(panel, *texts)
    qt_wait(lambda: all(paints.count.values()), "everything on the screen")
    qt_wait(lambda: overlay.windowOpacity() == 1.0, "the overlay to have faded in")
    pump()
    before = dict(paints.count)
    card, next_look = overlay.card_geometry(), overlay._next_change.timerId()

    # WHEN as many values come as in two seconds
    for number in range(20):
        bridge.show_event(some_values())
        qt_wait(lambda number=number: paints.count[id(panel)] > before[id(panel)] + number, "the values")  # type: ignore[misc]

    # THEN the panel alone was drawn anew; the card and its next look at the clock are those from before
    assert {key: paints.count[key] for key in before if key != id(panel)} == {
        key: count for key, count in before.items() if key != id(panel)
    }
    assert (overlay.card_geometry(), overlay._next_change.timerId()) == (card, next_look)
