"""The card over the game that says the next move."""

import math
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

from PySide6.QtCore import Property, QEvent, QPoint, QPropertyAnimation, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QGuiApplication,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QScreen,
)
from PySide6.QtWidgets import QHBoxLayout, QLayout, QSizePolicy, QVBoxLayout, QWidget

from coach_app.ui.card import SHADOW_PX, Card, card_rect, card_region
from coach_app.ui.compositor import Compositor
from coach_app.ui.exclusion import exclude_from_capture
from coach_app.ui.focus import FocusLoan
from coach_app.ui.fonts import reading_font
from coach_app.ui.outlined_text import Dot, Mark, NoticeStrip, OutlinedText
from coach_app.ui.placement import grows_upwards, inside, layout_key, pulled_back, screen_of
from coach_app.ui.theme import Level, ThemeName, faded, theme_named

_FLUSH_MS = 50
_FADE_IN_MS = 160
_FADE_OUT_MS = 450
_EDGE_PX = 14
_LEAST_WIDTH_PX = 200
_MOST_OF_SCREEN = 0.6
_SMALLER = (1.0, 0.9, 0.8, 0.7)
_SMALL = 0.72
_TINY = 0.62
_PADDING = (SHADOW_PX + 16, SHADOW_PX + 12, SHADOW_PX + 16, SHADOW_PX + 14)
_SOLID_ENOUGH = 0.8
_SCREEN_MARGIN_PX = 24
_READING_S = {"info": 6.0, "warning": 12.0, "error": 24.0}
_READING_S_PER_CHARACTER = 0.06


@dataclass(frozen=True)
class OverlayLook:
    """How the overlay looks.

    Attributes:
        font_size_pt: of the advice.
        opacity: of the card's surface, 0 to 1; the text is always solid.
        theme: colours.
        fade_after_s: seconds after the last thing said until the overlay fades; 0 keeps it.
        width_px: of the card where it was not resized by hand.
        stale_after_s: advice older than this is greyed.
    """

    font_size_pt: float = 16.0
    opacity: float = 0.88
    theme: ThemeName = "dark"
    fade_after_s: float = 15.0
    width_px: int = 420
    stale_after_s: float = 12.0


@dataclass(frozen=True)
class _Said:
    """A finished answer as it is shown."""

    text: str = ""
    text_ja: str | None = None
    untranslated: bool = False
    question: str = ""
    cost_ms: float = 0.0
    captured_at: float = 0.0
    doubt: str = ""
    sources: str = ""
    in_general: bool = False


class Overlay(QWidget):
    """A translucent card that is always on top, lets every click through and never takes the focus.

    It appears when there is something to say and fades when there is not. Interface thread only.

    Attributes:
        moved: the user moved or resized the card: its new rectangle on the desktop.
        edit_mode_changed: edit mode was switched, also by Enter or Escape in the overlay itself.
        layout_changed: the monitors changed: the new ``layout_key``; answer with ``place``.

    Args:
        clock: seconds since the epoch; tests pass their own.
        compositor: tests pass their own.
    """

    moved = Signal(QRect)
    edit_mode_changed = Signal(bool)
    layout_changed = Signal(str)

    def __init__(self, clock: Callable[[], float] = time.time, compositor: Compositor | None = None) -> None:
        super().__init__(None)
        self._clock = clock
        self._look = OverlayLook()
        self._language: Literal["en", "ja"] = "en"
        self._said = _Said()
        self._words: list[str] = []
        self._question = ""
        self._in_general = False
        self._answering = False
        self._least_height = 0
        self._paused = False
        self._asleep = False
        self._source, self._source_ok = "", True
        self._online = False
        self._notice = ""
        self._notice_level: Level = "info"
        self._notice_until = 0.0
        self._awake_until = 0.0
        self._wanted = True
        self._editing = False
        self._before_edit = QRect()
        self._drag: tuple[QPoint, QRect, int] | None = None
        self._place = QRect()
        self._placed_by_hand = False
        self._upwards = False
        self._presence = 0.0
        self._panel: QWidget | None = None

        self._make_window()
        self._make_content()
        self._compositor = compositor or Compositor(self)
        self._compositor.changed.connect(self._on_compositor)
        self._loan = FocusLoan(self)
        self._flush = QTimer(self, singleShot=True, interval=_FLUSH_MS)
        self._flush.timeout.connect(self._refresh)
        self._next_change = QTimer(self, singleShot=True)
        self._next_change.timeout.connect(self._refresh)
        self._fade = QPropertyAnimation(self, b"presence", self)
        self._fade.finished.connect(self._on_faded)
        self._watch_desktop()
        self.place(None)

    # What it says

    def begin_advice(self, question: str = "", *, in_general: bool = False) -> None:
        """An answer is on its way. What was said before stays, greyed, until the first word; questions show at once.

        Args:
            question: the user's; empty for unasked advice.
            in_general: it is about no picture, so that its answer does not become stale.
        """
        self._words.clear()
        self._question = question
        self._in_general = in_general
        self._answering = True
        self._least_height = 0 if question else self.height()
        if question:
            self._stay_awake()
        self._refresh()

    def add_words(self, text: str) -> None:
        """More of the answer, as it is made. Cheap: drawn together with what else comes in the same moment."""
        self._words.append(text)
        if not self._flush.isActive():
            self._flush.start()

    def finish_advice(
        self, text: str, *, cost_ms: float, captured_at: float, doubt: str = "", sources: str = ""
    ) -> None:
        """The whole answer.

        Args:
            text: English; always plain, markup is shown as it is.
            cost_ms: from the request to the last word.
            captured_at: when its frame was captured, seconds since the epoch.
            doubt: a sentence below it on who sees it otherwise; may be empty.
            sources: a sentence below it on where it is from; may be empty.
        """
        self._said = _Said(
            text,
            question=self._question,
            cost_ms=cost_ms,
            captured_at=captured_at,
            doubt=doubt,
            sources=sources,
            in_general=self._in_general,
        )
        self._end_answer()
        self._stay_awake()
        self._refresh()

    def drop_advice(self) -> None:
        """The answer that was being made will not come; what was said before stays."""
        self._end_answer()
        self._refresh()

    def show_translation(self, text_ja: str | None) -> None:
        """Japanese for the finished answer, or None if it cannot be had: the English stays, with a mark."""
        self._said = replace(self._said, text_ja=text_ja, untranslated=text_ja is None)
        if self._language == "ja" and self._said.text:
            self._stay_awake()
        self._refresh()

    def show_notice(self, text: str, level: Level = "info") -> None:
        """A sentence for the user, shown as long as it takes to read it; a later one takes its place."""
        self._notice, self._notice_level = text, level
        reading_s = _READING_S[level] + _READING_S_PER_CHARACTER * len(text)
        self._notice_until = self._clock() + reading_s if text else 0.0
        self._refresh()

    def clear_notice(self) -> None:
        """The notice no longer applies."""
        self.show_notice("")

    def set_paused(self, paused: bool) -> None:
        """Whether the coach looks at nothing for now."""
        if paused != self._paused:
            self._paused = paused
            self._stay_awake()
            self._refresh()

    def set_asleep(self, asleep: bool) -> None:
        """Whether the model is unloaded for now."""
        if asleep != self._asleep:
            self._asleep = asleep
            self._stay_awake()
            self._refresh()

    def set_source(self, text: str, ok: bool) -> None:
        """What is being watched, by its short name; or, if not ok, one sentence on why it cannot be."""
        if (text, ok) != (self._source, self._source_ok):
            self._source, self._source_ok = text, ok
            if not ok:
                self._stay_awake()
            self._refresh()

    def set_online_mark(self, shown: bool) -> None:
        """Whether text leaves this machine."""
        self._online = shown
        self._refresh()

    def set_language(self, language: Literal["en", "ja"]) -> None:
        """Language of the advice; switches what is shown at once where both are known."""
        if language != self._language:
            self._language = language
            self._stay_awake()
            self._refresh()

    # How and where it is shown

    def apply(self, look: OverlayLook) -> None:
        """Change the look, live."""
        self._look = look
        if not self._placed_by_hand:
            self.place(None)
        self._stay_awake()
        self._refresh()

    def set_wanted(self, wanted: bool) -> None:
        """Whether the user wants to see the overlay at all; edit mode shows it all the same."""
        self._wanted = wanted
        if wanted:
            self._stay_awake()
        self._refresh()

    def set_panel(self, panel: QWidget | None) -> None:
        """Show a widget below the text, or none. Its old parent loses it; the one before is given up, not deleted."""
        if self._panel is not None:
            self._column.removeWidget(self._panel)
            self._panel.setParent(None)
        self._panel = panel
        if panel is not None:
            self._column.insertWidget(self._column.indexOf(self._sources) + 1, panel)
            panel.show()
        self._refresh()

    def settle_panel(self) -> None:
        """The panel has become higher or lower."""
        self._refresh()

    def place(self, rect: QRect | None) -> None:
        """Put the card somewhere on the desktop, pulled back where no screen shows it; None: at the top right.

        Args:
            rect: of the card, as ``moved`` gave it. In the lower part of a screen it grows upwards from its lower edge,
                otherwise downwards; a height of 0 is unknown and grows downwards.
        """
        self._placed_by_hand = rect is not None
        if rect is None:
            free = QGuiApplication.primaryScreen().availableGeometry()
            left = free.right() + 1 - _SCREEN_MARGIN_PX - self._look.width_px
            rect = QRect(left, free.top() + _SCREEN_MARGIN_PX, self._look.width_px, 0)
        self._put(pulled_back(rect, _screens()))
        self._refresh()

    def card_geometry(self) -> QRect:
        """Where the card is on the desktop, without its shadow."""
        return card_rect(self.size()).translated(self.pos())

    def set_edit_mode(self, editing: bool) -> None:
        """Let the user move and resize the card by mouse or arrow keys; the game gets no input from it meanwhile."""
        if editing == self._editing:
            return
        self._editing = editing
        self._drag = None
        self._before_edit = QRect(self._place)
        self.setMouseTracking(editing)
        self.unsetCursor()
        handle = self.windowHandle()
        if editing:
            self._loan.borrow(handle)
        self._refresh()
        handle.setFlag(Qt.WindowType.WindowTransparentForInput, not editing)
        handle.setFlag(Qt.WindowType.WindowDoesNotAcceptFocus, not editing)
        if not editing:
            self._loan.give_back()
        self.edit_mode_changed.emit(editing)

    # Construction

    def _make_window(self) -> None:
        self.setWindowFlags(
            Qt.WindowType.FramelessWindowHint
            | Qt.WindowType.WindowStaysOnTopHint
            | Qt.WindowType.X11BypassWindowManagerHint  # passes clicks and stays above full screen on X11
            | Qt.WindowType.WindowTransparentForInput
            | Qt.WindowType.WindowDoesNotAcceptFocus
            | Qt.WindowType.Tool  # no entry in the taskbar
        )
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
        self.create()
        exclude_from_capture(self.windowHandle())

    def _make_content(self) -> None:
        self._card = Card()
        self._dot = Dot(self)
        self._header = OutlinedText(self, one_line=True)
        self._marks = {name: Mark(self) for name in ("editing", "paused", "asleep", "online", "untranslated")}
        self._meta = OutlinedText(self, one_line=True)
        self._meta.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._hint = OutlinedText(self)
        self._asked = OutlinedText(self)
        self._body = OutlinedText(self)
        self._doubt = OutlinedText(self)
        self._sources = OutlinedText(self)
        self._lost = NoticeStrip(self)
        self._strip = NoticeStrip(self)

        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self._dot)
        top.addWidget(self._header, 1)
        for mark in self._marks.values():
            top.addWidget(mark)
        top.addWidget(self._meta)
        self._column = QVBoxLayout(self)
        self._column.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        self._column.setContentsMargins(*_PADDING)
        self._column.setSpacing(7)
        self._column.addLayout(top)
        for row in (self._hint, self._asked, self._body, self._doubt, self._sources, self._lost, self._strip):
            self._column.addWidget(row)
        self._column.addStretch(1)
        self._name_parts()

    def _name_parts(self) -> None:
        self.setWindowTitle(self.tr("Coach"))
        self.setAccessibleName(self.tr("Coach"))
        self._hint.set_text(
            self.tr("Drag to move, drag a side to resize, or use the arrow keys. Enter keeps it, Esc undoes.")
        )

    def _watch_desktop(self) -> None:
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._refresh)
        app = QGuiApplication.instance()
        assert isinstance(app, QGuiApplication)
        app.screenAdded.connect(self._on_screen_added)
        app.screenRemoved.connect(self._on_screens_changed)
        for screen in QGuiApplication.screens():
            screen.geometryChanged.connect(self._on_screens_changed)

    # State to pixels

    def _stay_awake(self) -> None:
        self._awake_until = self._clock() + self._look.fade_after_s
        if self._said.in_general and not self._answering:  # may be long
            self._awake_until += _READING_S_PER_CHARACTER * len(self._said.text)

    def _end_answer(self) -> None:
        self._answering = False
        self._question = ""
        self._words.clear()
        self._flush.stop()

    def _should_show(self, now: float) -> bool:
        if self._editing:
            return True
        if not self._wanted:
            return False
        if self._notice and now < self._notice_until:
            return True
        if self._panel is not None and not self._paused:
            return True
        if self._answering and (self._question or self._words):
            return True
        something = self._said.text or self._paused or not self._source_ok
        return bool(something) and (self._look.fade_after_s == 0 or now < self._awake_until)

    def _refresh(self) -> None:
        """Draw the state as it is now, and wake up again only when time alone will change it."""
        now = self._clock()
        shown = self._should_show(now)
        self._next_change.stop()
        if shown:
            self._fill(now)
            self._fit()
            self._next_change_in(now)
        self._fade_to(1.0 if shown else 0.0)

    def _fill(self, now: float) -> None:
        theme = theme_named(self._look.theme)
        outline = None if self._solid or self._look.opacity >= _SOLID_ENOUGH else faded(theme.card, 0.9)
        small = reading_font(self._look.font_size_pt * _SMALL, self._language)
        tiny = reading_font(self._look.font_size_pt * _TINY, self._language)
        said, streaming = self._said, bool(self._words)
        japanese = self._language == "ja" and said.text_ja is not None
        if streaming:
            body, question = "".join(self._words), self._question
        elif self._question:
            body, question = "…", self._question
        else:
            body, question = (said.text_ja or "" if japanese else said.text), said.question
        if self._editing and not body:
            body = self.tr("The advice appears here.")
        age_s = max(0.0, now - said.captured_at)
        stale = not said.in_general and (self._paused or age_s > self._look.stale_after_s)
        old = not streaming and (self._answering or stale)
        finished = bool(said.text) and not self._answering

        light = theme.muted if self._paused or self._asleep else theme.good
        if not self._source_ok:
            light = theme.warning
        self._dot.set_color(theme.accent if self._answering and not self._paused else light)
        self._header.set_text(self._heading())
        self._meta.set_text(f"{self._age(age_s)} · {self._cost()}" if finished else "")
        self._meta.setVisible(finished)
        for label in (self._header, self._meta):
            label.set_font(small)
            label.set_colors(theme.text if outline else theme.muted, outline)
        marks = {
            "editing": (self._editing, self.tr("edit mode"), theme.accent),
            "paused": (self._paused, self.tr("paused"), theme.warning),
            "asleep": (self._asleep, self.tr("unloaded"), theme.warning),
            "online": (self._online, self.tr("online"), theme.accent),
            "untranslated": (
                self._language == "ja" and said.untranslated and finished,
                self.tr("not translated"),
                theme.warning,
            ),
        }
        for name, (on, word, color) in marks.items():
            self._marks[name].set(word, color, tiny)
            self._marks[name].setVisible(on)
        self._hint.set_font(small)
        self._hint.set_colors(theme.accent, outline)
        self._hint.setVisible(self._editing)
        self._asked.set_font(small)
        self._asked.set_text(self.tr("“{question}”").format(question=question) if question else "")
        self._asked.set_colors(theme.accent, outline)
        self._asked.setVisible(bool(question))
        self._body.set_text(body)
        self._body.set_colors(theme.muted if old else theme.text, outline)
        self._body.setVisible(bool(body))
        self._doubt.set_font(small)
        self._doubt.set_text(said.doubt)
        self._doubt.set_colors(theme.warning, outline)
        self._doubt.setVisible(bool(said.doubt) and finished)
        self._sources.set_font(small)
        self._sources.set_text(said.sources)
        self._sources.set_colors(theme.muted, outline)
        self._sources.setVisible(bool(said.sources) and finished)
        self._lost.set("" if self._source_ok else self._source, theme.warning, theme, small)
        notice = self._notice if now < self._notice_until else ""
        self._strip.set(notice, theme.level(self._notice_level), theme, small)
        below = [said.doubt, said.sources] if finished else []
        spoken = [self._hint.text if self._editing else "", question, body, *below, self._lost.text, notice]
        self.setAccessibleDescription("\n".join(text for text in spoken if text))
        self.update()

    def _heading(self) -> str:
        if self._answering:
            return self.tr("Reading the guides…") if self._in_general else self.tr("Looking…")
        return self._source if self._source_ok else self.tr("Nothing to look at")

    def _age(self, age_s: float) -> str:
        if age_s < 1:
            return self.tr("now")
        if age_s < 60:
            return self.tr("{n} s ago").format(n=int(age_s))
        if age_s < 3600:
            return self.tr("{n} min ago").format(n=int(age_s / 60))
        return self.tr("{n} h ago").format(n=int(age_s / 3600))

    def _cost(self) -> str:
        return self.tr("{n} ms").format(n=round(self._said.cost_ms))

    def _next_change_in(self, now: float) -> None:
        moments = [self._notice_until]
        if self._look.fade_after_s:
            moments.append(self._awake_until)
        if self._said.text and not self._answering:
            age_s = max(0.0, now - self._said.captured_at)
            step_s = 1 if age_s < 60 else 60 if age_s < 3600 else 3600
            moments.append(self._said.captured_at + (int(age_s / step_s) + 1) * step_s)
            moments.append(self._said.captured_at + self._look.stale_after_s)
        later = [moment for moment in moments if moment > now]
        if later:
            self._next_change.start(max(10, math.ceil((min(later) - now) * 1000)))

    def _fit(self) -> None:
        """Give the card the height of its text: smaller letters, then fewer lines, where the screen has no room."""
        screen = screen_of(self._place, _screens())
        width = self._place.width() + 2 * SHADOW_PX
        most = round(screen.height() * _MOST_OF_SCREEN) + 2 * SHADOW_PX
        self._body.set_max_lines(0)
        for smaller in _SMALLER:
            self._body.set_font(reading_font(self._look.font_size_pt * smaller, self._language))
            height = self._height_for(width)
            if height <= most:
                break
        else:
            over = math.ceil((height - most) / self._body.line_pitch)
            lines = round(self._body.heightForWidth(width - _PADDING[0] - _PADDING[2]) / self._body.line_pitch)
            self._body.set_max_lines(max(1, lines - over))
            height = self._height_for(width)
        if self._answering and self.isVisible():
            # While words come the card only grows: one that jumps about is not calm.
            height = self._least_height = max(height, self._least_height)
        card = QRect(self._place.topLeft(), QSize(self._place.width(), height - 2 * SHADOW_PX))
        if self._upwards:
            card.moveBottom(self._place.bottom())
        window = inside(card, screen).adjusted(-SHADOW_PX, -SHADOW_PX, SHADOW_PX, SHADOW_PX)
        if window != self.geometry():
            self.setGeometry(window)

    def _height_for(self, width: int) -> int:
        if self._column.hasHeightForWidth():
            return self._column.totalHeightForWidth(width)
        return self._column.totalSizeHint().height()  # no text that could wrap: a panel alone

    def _put(self, card: QRect) -> None:
        self._place = card
        self._upwards = not card.isEmpty() and grows_upwards(card, screen_of(card, _screens()))

    # Fading: the compositor does it, nothing is repainted

    def _get_presence(self) -> float:
        return self._presence

    def _set_presence(self, presence: float) -> None:
        self._presence = presence
        self.setWindowOpacity(presence)

    presence = Property(float, _get_presence, _set_presence)

    def _fade_to(self, presence: float) -> None:
        if self._fade.state() == QPropertyAnimation.State.Running and self._fade.endValue() == presence:
            return
        self._fade.stop()
        if presence and not self.isVisible():
            self._set_presence(0.0 if not self._solid else 1.0)
            self.show()
        if self._presence == presence or self._solid:
            self._set_presence(presence)
            self._on_faded()
            return
        self._fade.setDuration(_FADE_IN_MS if presence else _FADE_OUT_MS)
        self._fade.setStartValue(self._presence)
        self._fade.setEndValue(presence)
        self._fade.start()

    def _on_faded(self) -> None:
        if self._presence == 0.0:
            self.hide()

    # What the desktop does

    @property
    def _solid(self) -> bool:
        """Whether translucent pixels cannot be drawn, so that the window takes the shape of the card."""
        return not self._compositor.present

    def _on_compositor(self) -> None:
        self._shape()
        self._refresh()
        self.update()

    def _shape(self) -> None:
        if self._solid:
            self.setMask(card_region(self.size()))
        else:
            self.clearMask()

    def _on_screen_added(self, screen: QScreen) -> None:
        screen.geometryChanged.connect(self._on_screens_changed)
        self._on_screens_changed()

    def _on_screens_changed(self) -> None:
        # Qt still lists a screen while it tells that it goes.
        QTimer.singleShot(0, self, self._settle_on_screens)

    def _settle_on_screens(self) -> None:
        if QGuiApplication.screens():
            self.place(self._place if self._placed_by_hand else None)
            self.layout_changed.emit(layout_key(QGuiApplication.screens()))

    # Qt's events

    def paintEvent(self, event: QPaintEvent) -> None:
        """See QWidget."""
        theme = theme_named(self._look.theme)
        painter = QPainter(self)
        self._card.paint(
            painter,
            self.size(),
            theme,
            opacity=1.0 if self._solid else self._look.opacity,
            shadow=not self._solid,
            frame=theme.accent if self._editing else None,
        )
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """See QWidget."""
        if self._solid:
            self._shape()

    def closeEvent(self, event: QCloseEvent) -> None:
        """See QWidget. The window manager's close key ends edit mode, never the overlay."""
        if event.spontaneous():
            event.ignore()
            self.set_edit_mode(False)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """See QWidget. Reaches it in edit mode only."""
        if event.button() == Qt.MouseButton.LeftButton and self._editing:
            self._drag = event.globalPosition().toPoint(), self.card_geometry(), self._side_at(event.position().x())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """See QWidget."""
        if not self._editing:
            return
        if self._drag is None:
            side = self._side_at(event.position().x())
            self.setCursor(Qt.CursorShape.SizeHorCursor if side else Qt.CursorShape.SizeAllCursor)
            return
        start, card, side = self._drag
        by = event.globalPosition().toPoint() - start
        self._put(_resized(card, side, by.x()) if side else card.translated(by))
        self._refresh()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """See QWidget."""
        if self._drag is not None:
            self._drag = None
            self._tell_moved()

    def changeEvent(self, event: QEvent) -> None:
        """See QWidget."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._name_parts()
            self._refresh()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """See QWidget. Arrows move by 10 pixels, with Ctrl by 1; with Shift they change the width."""
        if not self._editing:
            return
        by = 1 if event.modifiers() & Qt.KeyboardModifier.ControlModifier else 10
        steps = {
            Qt.Key.Key_Left: QPoint(-by, 0),
            Qt.Key.Key_Right: QPoint(by, 0),
            Qt.Key.Key_Up: QPoint(0, -by),
            Qt.Key.Key_Down: QPoint(0, by),
        }
        key = Qt.Key(event.key())
        if key in steps:
            card, step = self.card_geometry(), steps[key]
            wider = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            self._put(_resized(card, 1, step.x()) if wider else card.translated(step))
            self._refresh()
            self._tell_moved()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.set_edit_mode(False)
        elif key == Qt.Key.Key_Escape:
            self._put(self._before_edit)
            self._refresh()
            self._tell_moved()
            self.set_edit_mode(False)

    def _tell_moved(self) -> None:
        self._put(pulled_back(self.card_geometry(), _screens()))
        self._placed_by_hand = True
        self._refresh()
        self.moved.emit(self.card_geometry())

    def _side_at(self, x: float) -> int:
        """-1 on the left edge of the card, 1 on the right one, 0 between them."""
        card = card_rect(self.size())
        return (x > card.right() - _EDGE_PX) - (x < card.left() + _EDGE_PX)


def _screens() -> list[QRect]:
    return [screen.geometry() for screen in QGuiApplication.screens()]


def _resized(card: QRect, side: int, by: int) -> QRect:
    """The card with its right (1) or left (-1) edge moved by so many pixels, no narrower than can be read."""
    if side > 0:
        return QRect(card.left(), card.top(), max(_LEAST_WIDTH_PX, card.width() + by), card.height())
    left = min(card.left() + by, card.right() + 1 - _LEAST_WIDTH_PX)
    return QRect(left, card.top(), card.right() + 1 - left, card.height())
