"""A practice game in a real window, played by hand. Runs in a separate process (``coach practice GAME``)."""

import json
import math
import signal
import time
from enum import Enum
from pathlib import Path
from typing import Any

from PySide6.QtCore import QMargins, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from coach_app.desktop.screens import need_screen
from coach_app.domain.errors import CoachError
from coach_app.domain.phrases import Language
from coach_app.games.catalogue import to_practise
from coach_app.games.game import ARROWS, Ending, Game, Size
from coach_app.games.images import ImageEnv, action_names
from coach_app.games.positions import rendered
from coach_app.games.what_if import what_if
from coach_app.ui.language import InterfaceLanguageSwitch, translated
from coach_app.ui.plain import PlainLabel
from coach_app.ui.practice_board import Board
from coach_app.ui.practice_clock import PracticeClock
from coach_app.ui.practice_panel import PracticePanel
from coach_app.ui.practice_what_if import WhatIfWindow

NEXT_AFTER_MS = 1500
_MARGINS = QMargins(8, 8, 8, 4)
_BACKGROUND = "#161a22"
_STYLE = f"""
PracticeWindow {{ background: {_BACKGROUND}; }}
QLabel {{ color: #aab3c2; font-size: 12px; border-radius: 5px; padding: 1px 6px; }}
QLabel#status {{ color: #e3e8f0; }}
QLabel#banner {{ font-size: 13px; padding: 3px 6px; }}
QLabel#banner[result="mission"] {{ color: white; font-weight: bold; }}
QLabel#banner[result="won"] {{ background: #1f7a4d; color: white; font-weight: bold; }}
QLabel#banner[result="lost"] {{ background: #a83a3a; color: white; font-weight: bold; }}
QLabel#banner[result="steps"] {{ background: #8a6414; color: white; font-weight: bold; }}
"""


class Result(Enum):
    """How an episode ended."""

    WON = "won"
    LOST = "lost"
    STEPS = "steps"


class _Line(PlainLabel):
    """One centred line showing the longest of several texts that fits."""

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent=parent)
        self.setObjectName(name)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._texts: tuple[str, ...] = ("",)

    def say(self, *texts: str) -> None:
        """Show the first text that fits, or else the last; screen readers get the first."""
        self._texts = texts
        self.setAccessibleName(texts[0])
        self._choose()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._choose()

    def _choose(self) -> None:
        room = self.contentsRect().width()
        fits = (text for text in self._texts if self.fontMetrics().horizontalAdvance(text) <= room)
        self.setText(next(fits, self._texts[-1]))


class PracticeWindow(QWidget):
    """A practice game to play by hand.

    The game's own keys move, R restarts, N goes to the next level, and I asks what another move would have led to.
    After an episode its result is shown under the board, and the next one begins after a moment.

    Args:
        game: a practice game.
        seed: of the first episode; each further one takes the next number.
        size: of the maps; None is the game's default.
        next_after_ms: how long the result of an episode stays.

    Signals:
        state_shown: a new state of the game is on the screen.

    Raises:
        CoachError: the game cannot be played here, or not at that size.
    """

    state_shown = Signal()

    def __init__(self, game: Game, seed: int = 0, size: Size | None = None, next_after_ms: int = NEXT_AFTER_MS) -> None:
        super().__init__()
        assert game.practice
        self.game, self.map_size, self._practice = game, size, game.practice
        self.env = game.make(size)
        self._actions = action_names(self.env)
        self._keys = {Qt.Key[f"Key_{key}"]: action for action, keys in game.keys.items() for key in keys}
        self.seed = seed
        self.steps = 0
        self.episode = 0
        self.reward = 0.0
        self.action = ""
        self._before_last: tuple[ImageEnv, str] | None = None
        self._asks_what_if = False
        self.result: Result | None = None
        self.ending = Ending(False, "")

        self.setWindowTitle(translated(self._practice.title))
        self.setAccessibleName(self.windowTitle())
        self.setAccessibleDescription(translated(self._practice.goal))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setStyleSheet(_STYLE)
        self.board = Board(self, whole=self._practice.whole)
        self.board.setAccessibleName(self.tr("Board"))
        self.board.shown.connect(self.state_shown)
        self._banner = _Line("banner", self)
        self._status = _Line("status", self)
        self._panel: PracticePanel | None = None
        if game.achievements or self._practice.mission:  # the keys have no room in the line below the board
            self._panel = PracticePanel(game.keys, tuple(game.achievements(self.env)) if game.achievements else ())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(_MARGINS)
        layout.setSpacing(2)
        beside = QHBoxLayout()
        beside.setSpacing(0)
        beside.addWidget(self.board, 1)
        if self._panel:
            beside.addWidget(self._panel)
        layout.addLayout(beside, 1)
        layout.addSpacing(4)
        layout.addWidget(self._banner)
        layout.addWidget(self._status)
        self._next = QTimer(self)
        self._next.setSingleShot(True)
        self._next.setInterval(next_after_ms)
        self._next.timeout.connect(self.next_level)
        self._clock = PracticeClock(self._practice, self) if self._practice.steps_per_s else None
        if self._clock:
            self._clock.due.connect(self.act)

        self._begin(seed)
        self.setMinimumSize(self._size_at(1.0))
        self.set_scale(self._default_scale())

    def set_scale(self, scale: float) -> None:
        """Resize the window so that a pixel of the game is this many physical pixels wide, if the screen allows it."""
        self.resize(self._size_at(scale))

    def restart(self) -> None:
        """Restart the level, with new randomness if all seeds share one map."""
        self._begin(self.seed if self.game.random_levels else self.seed + 1)

    def next_level(self) -> None:
        """The level of the next seed."""
        self._begin(self.seed + 1)

    def act(self, action: str) -> None:
        """One step; ignored once the episode has ended."""
        if self.result is not None:
            return
        if self.game.copy:
            self._before_last = self.game.copy(self.env), action
        _, reward, terminated, truncated, _ = self.env.step(self._actions.index(action))
        self.action = action
        self.reward += float(reward)
        self.steps += 1
        if terminated:
            self.ending = self._practice.ending(self.env)
            self.result = Result.WON if self.ending.won else Result.LOST
        elif truncated:
            self.result = Result.STEPS
        if self.result is not None:
            self._pause()
            self._next.start()
        self._show()

    def state(self) -> dict[str, Any]:
        """The state and the optimal moves, as far as the game knows them, as JSON."""
        known = self.game.state(self.env) if self.game.state else {}
        return known | {"optimal_moves": self.game.teacher(self.env) if self.game.teacher else ()}

    def show_position(self, env: ImageEnv) -> None:
        """Show the game in any state, as at the start of an episode."""
        self._next.stop()
        self._pause()
        self.env, self.steps, self.reward, self.action, self.result = env, 0, 0.0, "", None
        self._before_last = None
        self._show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier & ~Qt.KeyboardModifier.ShiftModifier:
            super().keyPressEvent(event)
        elif self._asks_what_if:
            self._answer_what_if(self._keys.get(key, ""))
        elif key in self._keys and self.result is None:
            self._press(self._keys[key], event.isAutoRepeat())
        elif event.isAutoRepeat():
            event.ignore()
        elif key == Qt.Key.Key_R or (key in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.result):
            self.restart()
        elif key == Qt.Key.Key_N:
            self.next_level()
        elif key == Qt.Key.Key_I and self._before_last:
            self._next.stop()
            self._pause()
            self._asks_what_if = True
            self._banner.say(
                self.tr("What if? Press the key of another move."), self.tr("What if? Press another move.")
            )
        else:
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if self._clock and not event.isAutoRepeat():
            self._clock.release(self._keys.get(Qt.Key(event.key()), ""))
        super().keyReleaseEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._pause()
        super().focusOutEvent(event)

    def _press(self, action: str, repeated: bool) -> None:
        """Make a move, or let the clock make it, which also goes on while a key is held down."""
        if self._clock is None:
            self.act(action)
        elif not repeated:
            self._clock.press(action)

    def _pause(self) -> None:
        """Wait for a key."""
        if self._clock:
            self._clock.stop()

    def _answer_what_if(self, move: str) -> None:
        """Show what a move would have led to instead of the last one; nothing for no move."""
        self._asks_what_if = False
        self._banner.say(*self._result_texts(_signed(self.reward)))
        if not move or not self._before_last:
            self._go_on()
            return
        env, made = self._before_last
        answer = WhatIfWindow(what_if(self.game, env, made, move), self)
        answer.finished.connect(self._go_on)
        answer.open()

    def _go_on(self) -> None:
        """The next level follows after the end of an episode."""
        if self.result is not None:
            self._next.start()

    def _begin(self, seed: int) -> None:
        self._next.stop()
        self._pause()
        self.seed, self.steps, self.reward, self.action, self.result = seed, 0, 0.0, "", None
        self._before_last, self._asks_what_if = None, False
        self.episode += 1
        self.env.reset(seed=seed)
        self._show()

    def _show(self) -> None:
        reward, limit = _signed(self.reward), self._practice.max_steps
        where = {"reward": reward, "steps": self.steps, "limit": limit, "episode": self.episode}
        self._status.say(
            self.tr("Reward {reward}   ·   Step {steps} of {limit}   ·   Episode {episode}").format(**where),
            self.tr("Reward {reward} · Step {steps}/{limit}").format(**where),
            f"{reward} · {self.steps}/{limit}",
        )
        if self._banner.property("result") != (name := self._banner_kind()):
            self._banner.setProperty("result", name)
            self._banner.style().polish(self._banner)
        self._banner.say(*self._result_texts(reward))
        if self._panel and self.game.achievements:
            self._panel.show_achievements(self.game.achievements(self.env))
        if self.game.describe:
            lines = self.game.describe(self.env).split("\n")
            self.board.setAccessibleDescription("\n".join(map(translated, lines)))
        self.board.show_picture(rendered(self.env))

    def _banner_kind(self) -> str:
        if self.result:
            return self.result.value
        return "mission" if self._practice.mission else ""

    def _result_texts(self, reward: str) -> tuple[str, ...]:
        """The texts for the line under the board, longest first."""
        if self.result is None:
            return self._key_texts()
        short = self.tr("Out of steps.") if self.result is Result.STEPS else translated(self.ending.text)
        again = self.tr("R: again · N: next")
        return (f"{short}   {reward}   ·   {again}", f"{short}   {reward}", short)

    def _key_texts(self) -> tuple[str, ...]:
        if self._practice.mission:
            mission = translated(self._practice.mission(self.env))
            return (f"{mission}   ·   " + self.tr("R: again · N: next"), mission)
        if self._panel:
            return (self.tr("R: again · N: next"),)
        if self.game.keys == ARROWS:
            return (
                self.tr("Arrow keys or WASD: move   ·   R: start again   ·   N: next level"),
                self.tr("Arrows: move · R: again · N: next"),
                "← ↑ ↓ → · R · N",
            )
        keys = " · ".join(f"{keys[0]}: {translated(action)}" for action, keys in self.game.keys.items())
        return (f"{keys} · " + self.tr("R: again · N: next"), keys)

    def _default_scale(self) -> float:
        """The game's default scale, reduced until the window leaves part of the screen free."""
        ratio = self.devicePixelRatioF()
        room = self.screen().availableSize() * 0.9
        scale, step = self._practice.scale * ratio, ratio * (1 if self._practice.whole else 0.5)
        while scale > ratio and self._size_at(scale).expandedTo(room) != room:
            scale -= step
        return scale

    def _size_at(self, scale: float) -> QSize:
        (height, width, _), ratio = rendered(self.env).shape, self.devicePixelRatioF()
        below = 8 + sum(line.sizeHint().height() for line in (self._banner, self._status))
        beside = self._panel.sizeHint() if self._panel else QSize(0, 0)
        return QSize(
            math.ceil(width * scale / ratio) + beside.width() + _MARGINS.left() + _MARGINS.right(),
            max(math.ceil(height * scale / ratio), beside.height()) + _MARGINS.top() + _MARGINS.bottom() + below,
        )


def _signed(reward: float) -> str:
    text = f"{reward:+.2f}"
    return "0.00" if float(text) == 0 else text.replace("-", "\N{MINUS SIGN}")


class StateLog:
    """Writes a JSON line for every state shown, with the move that led there: a recording of the play, to learn
    from and to check the coach's advice against. The coach never sees it while it advises.

    Args:
        path: the file; lines are added to an existing one.

    Raises:
        CoachError: the file cannot be written.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            self._file = path.open("a", encoding="utf-8")
        except OSError as error:
            raise self._failed(error) from error

    def write(self, window: PracticeWindow) -> None:
        """Add the state that the window shows."""
        line = window.state() | {
            "at": time.time(),
            "game": window.game.id,
            "size": window.map_size,
            "episode": window.episode,
            "seed": window.seed,
            "steps": window.steps,
            "action": window.action,
            "reward": round(window.reward, 6),
            "done": window.result is not None,
        }
        try:
            self._file.write(json.dumps(line) + "\n")
            self._file.flush()
        except OSError as error:
            raise self._failed(error) from error

    def close(self) -> None:
        self._file.close()

    def _failed(self, error: OSError) -> CoachError:
        return CoachError(
            f"The state log could not be written: {error.strerror or error}.",
            f"Allow writing to {self._path}, or make room.",
        )


def run_practice(
    game: str,
    seed: int = 0,
    size: Size | None = None,
    state_log: Path | None = None,
    next_after_ms: int = NEXT_AFTER_MS,
    language: Language = "en",
) -> int:
    """Show a practice game until its window is closed. Call from the main thread of a process without a QApplication.

    Args:
        game: the id of a practice game.
        seed: of the first episode.
        size: of the maps; None is the game's default.
        state_log: file that gets a line for every state shown; see StateLog.
        next_after_ms: how long the result of an episode stays.
        language: of the window.

    Returns:
        The exit status.

    Raises:
        CoachError: no such game, no screen, or the log cannot be written.
    """
    shown = to_practise(game)
    need_screen()
    app = QApplication(["coach-practice"])  # before the game is rendered: its libraries change Qt's environment
    app.setApplicationName("coach-practice")
    app.setDesktopFileName("coach-practice")
    InterfaceLanguageSwitch(app).use(language)
    window = PracticeWindow(shown, seed, size, next_after_ms)
    for number in (
        signal.SIGINT,
        signal.SIGTERM,
    ):  # Qt blocks Python's handlers, and SDL set its own
        signal.signal(number, signal.SIG_DFL)
    faults: list[CoachError] = []
    if state_log is not None:
        log = StateLog(state_log)

        def write() -> None:
            try:
                log.write(window)
            except CoachError as error:  # exceptions must not pass through Qt's event loop
                faults.append(error)
                app.exit(1)

        window.state_shown.connect(write)
    window.show()
    status = app.exec()
    if state_log is not None:
        log.close()
    if faults:
        raise faults[0]
    return status
