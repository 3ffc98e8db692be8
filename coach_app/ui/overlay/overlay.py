"""The overlay window."""

import math
import time
from collections.abc import Callable
from typing import Literal

from PySide6.QtCore import QEvent, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeyEvent, QResizeEvent, QShowEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from coach_app.ui.card import CardWindow, card_rect
from coach_app.ui.compositor import Compositor
from coach_app.ui.exclusion import exclude_from_capture
from coach_app.ui.fading import Fade
from coach_app.ui.focus import FocusLoan
from coach_app.ui.overlay.content import CardContent
from coach_app.ui.overlay.look import WINDOW_FLAGS, OverlayLook
from coach_app.ui.overlay.place import CardMover, CardPlace
from coach_app.ui.overlay.state import Answer, CardState, Hearing
from coach_app.ui.own_windows import OwnWindows
from coach_app.ui.placement import layout_key
from coach_app.ui.screens import Screens
from coach_app.ui.theme import Level

_FLUSH_MS = 50
_MAX_SCREEN_SHARE = 0.6
_MAX_SCREEN_SHARE_ASKED = 0.7
_WHEEL_LINES = 3


class Overlay(CardWindow):
    """A translucent card that is always on top, lets every click through and never takes the focus.

    It appears when there is something to show and fades when there is not. Interface thread only.

    Attributes:
        moved: emitted with the new rectangle when the user moved or resized the card.
        edit_mode_changed: emitted when edit mode was switched, also by Enter or Escape in the overlay itself.
        pinned_changed: emitted with whether the answer is pinned.
        layout_changed: emitted with the new ``layout_key`` when the monitors changed; answer with ``place``.
        at_home: whether the card is at its own place, and not moved aside for the app's own windows.

    Args:
        clock: returns seconds since the epoch; replaced in tests.
        compositor: replaced in tests.
    """

    moved = Signal(QRect)
    edit_mode_changed = Signal(bool)
    layout_changed = Signal(str)
    at_home = Signal(QRect)
    pinned_changed = Signal(bool)

    def __init__(self, clock: Callable[[], float] = time.time, compositor: Compositor | None = None) -> None:
        super().__init__(WINDOW_FLAGS, compositor)
        self._clock = clock
        self._look = OverlayLook()
        self._state = CardState()
        self._place = CardPlace()
        self._placed_by_hand = False
        self._away = False
        self._others = OwnWindows(self)
        self._min_height = 0
        self._content = CardContent(self)
        self._fade = Fade(self)
        self._loan = FocusLoan(self)
        self._mover = CardMover(self)
        self._mover.moving.connect(self._on_moving)
        self._mover.moved.connect(self._on_moved)
        self._mover.ended.connect(lambda: self.set_edit_mode(False))
        self._flush = QTimer(self, singleShot=True, interval=_FLUSH_MS)
        self._flush.timeout.connect(self._refresh)
        self._next_change = QTimer(self, singleShot=True)
        self._next_change.timeout.connect(self._refresh)
        self._compositor.changed.connect(self._refresh)
        self._others.changed.connect(self._refresh)
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._refresh)
        Screens(self).changed.connect(self._on_screens_changed)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.create()
        exclude_from_capture(self.windowHandle())
        self._name()
        self.place(None)

    def exclude(self, excluded: bool) -> None:
        """Hide the overlay from captures of the screen, where the system can."""
        exclude_from_capture(self.windowHandle(), excluded)

    # Contents

    def begin_advice(self, question: str = "", *, about_game: bool = False) -> None:
        """Begin an answer. The previous one stays, greyed, until the first word; questions show at once.

        Args:
            question: the user's question; empty for unasked advice.
            about_game: whether it is a game question, whose answer does not become stale.
        """
        self._state.begin(question, about_game)
        self._min_height = 0 if question else self.card_geometry().height()
        self._show_change(awake=bool(question))

    def add_words(self, text: str) -> None:
        """Add words to the answer. Cheap: drawing is batched."""
        self._state.words.append(text)
        if not self._flush.isActive():
            self._flush.start()

    def finish_advice(self, answer: Answer) -> None:
        """Show the complete answer. Its question is the one that it was begun with."""
        self._state.finish(answer, self._clock())
        self._flush.stop()
        self._show_change(awake=True)

    @property
    def answer_id(self) -> int:
        """The number of the answer on the card in the session; 0 if there is none."""
        return self._state.answer.id

    @property
    def holds_back(self) -> bool:
        """Whether the card shows a nudge or a hint, of which more can be told."""
        return self._state.finished and self._state.answer.level != "answer"

    def drop_advice(self) -> None:
        """Drop the answer in progress; the previous one stays."""
        self._state.drop()
        self._flush.stop()
        self._show_change()

    def show_translation(self, text_ja: str | None) -> None:
        """Show the Japanese of the finished answer; None if there is none, so that the English stays with a mark."""
        self._state.translate(text_ja)
        self._show_change(awake=self._state.language == "ja" and bool(self._state.answer.text))

    def show_notice(self, text: str, level: Level = "info") -> None:
        """Show a sentence for as long as it takes to read; a later one replaces it."""
        self._state.notify(text, level, self._clock())
        self._show_change()

    def clear_notice(self) -> None:
        """Remove the notice."""
        self.show_notice("")

    def set_paused(self, paused: bool) -> None:
        """Set whether the coach is paused."""
        self._set("paused", paused)

    def set_asleep(self, asleep: bool) -> None:
        """Set whether the model is unloaded."""
        self._set("asleep", asleep)

    def set_hearing(self, hearing: Hearing) -> None:
        """Set whether the microphone is open, or what was said is being written down."""
        self._set("hearing", hearing)

    def set_score(self, sentence: str) -> None:
        """Set how good the coach was found to be in this game; may be empty."""
        self._set("score", sentence, awake=False)

    def forget_source(self) -> None:
        """The source is gone: remove what is about it, except an answer that could not be read yet."""
        self._state.forget_source(self._clock())
        self._show_change()

    def set_source(self, text: str, ok: bool) -> None:
        """Set the short name of the source; or, if not ok, a sentence on why there is none."""
        if (text, ok) != (self._state.source, self._state.source_found):
            self._state.source, self._state.source_found = text, ok
            self._show_change(awake=not ok)

    def set_recording(self, recording: bool) -> None:
        """Set whether the player's own play is being recorded."""
        self._set("recording", recording)

    def set_online_mark(self, shown: bool) -> None:
        """Set whether data leaves this computer."""
        self._set("online", shown, awake=False)

    def set_step(self, step: int, of: int) -> None:
        """Set how many of its steps the coach gives way to the game."""
        self._set("steps", (step, of), awake=False)

    def set_language(self, language: Literal["en", "ja"]) -> None:
        """Set the language of the advice; switches the shown answer if both versions are available."""
        self._set("language", language)

    def _set(self, name: str, value: object, *, awake: bool = True) -> None:
        if value != getattr(self._state, name):
            setattr(self._state, name, value)
            self._show_change(awake=awake)

    # Reading

    def read_on(self, parts: int = 1) -> None:
        """Show the next or previous part of an answer that is longer than the card, then its passage; wraps around."""
        if self.shown:
            self._content.answer.turn(parts)
        self._state.read_on(self._content.answer.reading_characters, self._clock())
        self._show_change(awake=True)

    def show_again(self) -> None:
        """Show the last answer to a question again from its beginning, or else the last advice."""
        if self._state.show_again(self._clock()):
            self._content.answer.begin_again()
            self._show_change(awake=True)
        else:
            self._tell_nothing()

    def pin(self, pinned: bool) -> None:
        """Keep the answer on the card until it is unpinned; unasked advice waits."""
        now_pinned = self._state.pin(pinned, self._clock())
        if pinned and not now_pinned:
            self._tell_nothing()
        self.pinned_changed.emit(now_pinned)
        self._show_change(awake=True)

    def copy_answer(self) -> None:
        """Copy the answer to the clipboard, as plain text in the language shown."""
        if self._state.finished or self._state.is_streaming:
            QGuiApplication.clipboard().setText(self._state.body)
            self.show_notice(self.tr("The answer is in the clipboard."))
        else:
            self._tell_nothing()

    def set_reading_key(self, key: str) -> None:
        """Set the hotkey for reading on, which the card names; may be empty."""
        self._state.reading_key = key
        self._show_change()

    def _tell_nothing(self) -> None:
        self.show_notice(self.tr("There is no answer yet."))

    # Look and place

    def apply(self, look: OverlayLook) -> None:
        """Change the look, live."""
        self._look = look
        self._state.fade_after_s, self._state.stale_after_s = look.fade_after_s, look.stale_after_s
        self._state.shows_times = look.shows_times
        if not self._placed_by_hand:
            self.place(None)
        self._show_change(awake=True)

    def set_wanted(self, wanted: bool) -> None:
        """Set whether the user wants to see the overlay; edit mode and answers to questions show it regardless."""
        self._state.want(wanted, self._clock())
        self._show_change(awake=wanted)

    @property
    def shown(self) -> bool:
        """Whether there is a reason to show the card now."""
        return self._state.is_shown(self._clock())

    def set_panel(self, panel: QWidget | None) -> None:
        """Show a widget below the text, or none. It is reparented; the previous one is released, not deleted."""
        self._content.set_panel(panel)
        self._state.has_panel = panel is not None
        self._show_change()

    def settle_panel(self) -> None:
        """Adapt to a changed height of the panel."""
        self._show_change()

    def place(self, rect: QRect | None) -> None:
        """Move the card to a rectangle, pulled back onto a screen if necessary; None for the top right.

        Args:
            rect: rectangle of the card, as emitted by ``moved``. In the lower part of a screen it grows upwards,
                otherwise downwards; height 0 is unknown and grows downwards.
        """
        self._placed_by_hand = rect is not None
        if rect is None:
            self._place.put_at_top_right(self._look.width_px)
        else:
            self._place.pull_back(rect)
        self._show_change()

    def set_edit_mode(self, editing: bool) -> None:
        """Let the user move and resize the card by mouse or arrow keys; clicks do not reach the game meanwhile."""
        if editing == self._state.editing:
            return
        self._state.editing = editing
        window = self.windowHandle()
        if editing:
            self._mover.begin(self._place.card)
            self._loan.borrow(window)
        else:
            self._mover.end()
        self._show_change()
        window.setFlag(Qt.WindowType.WindowTransparentForInput, not editing)
        window.setFlag(Qt.WindowType.WindowDoesNotAcceptFocus, not editing)
        if not editing:
            self._loan.give_back()
        self.edit_mode_changed.emit(editing)

    @property
    def home(self) -> QRect:
        """The card's own place, with its current height."""
        return self._place.with_height(self.card_geometry().height())

    def stay_away(self, away: bool) -> None:
        """Hide the card while something else needs the whole screen; new advice is shown afterwards."""
        self._away = away
        self._refresh()

    def end(self) -> None:
        """Hide for good."""
        self._flush.stop()
        self._next_change.stop()
        self._fade.stop()
        self._others.end()
        self.hide()

    def _on_moving(self, card: QRect) -> None:
        self._place.put(card)
        self._show_change()

    def _on_moved(self, card: QRect) -> None:
        self._place.pull_back(card)
        self._placed_by_hand = True
        self._show_change()
        self.moved.emit(self.card_geometry())

    def _on_screens_changed(self) -> None:
        self.place(self._place.card if self._placed_by_hand else None)
        self.layout_changed.emit(layout_key(QGuiApplication.screens()))

    # State to pixels

    def _show_change(self, *, awake: bool = False) -> None:
        """React to a change of the state.

        Args:
            awake: whether there is something new, which restarts the time until fading.
        """
        if awake:
            self._state.stay_awake(self._clock())
        self._refresh()
        if awake and self.isVisible():
            self.raise_()  # above a game that has raised itself meanwhile

    def _refresh(self) -> None:
        """Draw the current state, and schedule the next change by time."""
        now = self._clock()
        self._state.settle(now)
        shown = self._state.is_shown(now)
        self._next_change.stop()
        room = not self._away
        if shown and room:
            room = self._draw(now)
        if shown:
            change = self._state.next_change(now)
            if change is not None:
                self._next_change.start(max(10, math.ceil((change - now) * 1000)))
        self._fade.to(shown and room, at_once=self.solid or not room)

    def _draw(self, now: float) -> bool:
        """Draw the card where it covers no other window of the app; False if there is no such place.

        An answer that the player asked for, or an open microphone, is drawn all the same.
        """
        style = self._look.style(self._state.language, solid=self.solid)
        self.set_surface(style.theme, self._look.opacity, style.theme.accent if self._state.editing else None)
        self.setAccessibleDescription(self._content.show_state(self._state, now, style))
        width, share = self._place.card.width(), _MAX_SCREEN_SHARE_ASKED if self._state.asked else _MAX_SCREEN_SHARE
        height = self._content.fit(width, round(self._place.screen.height() * share), style)
        if self._state.answering and self.isVisible():
            # While words arrive the card only grows, so that it does not jump.
            height = self._min_height = max(height, self._min_height)
        home = self._place.with_height(height)
        self.at_home.emit(home)
        card: QRect | None = home
        if not self._state.editing:  # then the user places it
            card = self._place.with_height_beside(height, self._others.places(), self.card_geometry())
        if card is None and self._others.in_use and not (self._state.asked or self._state.hearing):
            return False
        self.set_card_geometry(card or home)
        return True

    def _name(self) -> None:
        self.setWindowTitle(self.tr("Coach"))
        self.setAccessibleName(self.tr("Coach"))

    # Qt's events

    def showEvent(self, event: QShowEvent) -> None:
        """See QWidget. Raises the window, which would otherwise keep its old stacking position."""
        super().showEvent(event)
        self.raise_()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """See QWidget."""
        super().resizeEvent(event)
        self._content.setGeometry(card_rect(self.size()))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """See QWidget. Mouse events arrive in edit mode only."""
        self._content.answer.scroll_by(-_WHEEL_LINES * round(event.angleDelta().y() / 120))
        self._show_change()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """See QWidget. In edit mode the page keys scroll like the wheel."""
        if event.key() in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            self.read_on(1 if event.key() == Qt.Key.Key_PageDown else -1)
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """See QWidget. The window manager's close key ends edit mode, never the overlay."""
        if event.spontaneous():
            event.ignore()
            self.set_edit_mode(False)

    def changeEvent(self, event: QEvent) -> None:
        """See QWidget."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._name()
            self._show_change()
