"""The small window to ask the coach a question in."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QGuiApplication,
    QImage,
    QInputMethodEvent,
    QKeyEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPalette,
    QResizeEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from coach_app.ui.card import SHADOW_PX, Card, card_region
from coach_app.ui.compositor import Compositor
from coach_app.ui.focus import FocusLoan
from coach_app.ui.fonts import reading_font
from coach_app.ui.outlined_text import OutlinedText
from coach_app.ui.placement import inside, screen_of
from coach_app.ui.theme import ThemeName, faded, theme_named

MAX_QUESTION_CHARACTERS = 500
_OF_THE_BOX = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape, Qt.Key.Key_Up, Qt.Key.Key_Down)
_WIDTH_PX = 520
_PICTURE = QSize(160, 90)
_GAP_PX = 12


class QuestionBox(QWidget):
    """A small window with the focus: the picture that the question is about, and a line to write in.

    Enter asks, Escape closes, the up and down keys go through earlier questions. Either way the focus returns to the
    window that had it. While an input method composes characters (Japanese, say), these keys are for it alone.
    Interface thread only.

    Attributes:
        asked: the question, without spaces around it; never empty.
        dismissed: closed without a question.

    Args:
        compositor: tests pass their own.
    """

    asked = Signal(str)
    dismissed = Signal()

    def __init__(self, compositor: Compositor | None = None) -> None:
        super().__init__(None)
        self._theme = theme_named("dark")
        self._history: list[str] = []
        self._at = 0
        self._draft = ""
        self._composing = False
        self._card = Card()
        # A normal window, not one around the window manager: only such a one can have the focus.
        self.setWindowFlags(
            Qt.WindowType.Window | Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowStaysOnTopHint
        )
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
        self._compositor = compositor or Compositor(self)
        self._compositor.changed.connect(self._shape)
        self._loan = FocusLoan(self)
        self._make_content()
        self._name_parts()
        self.apply("dark", 16.0)

    def apply(self, theme: ThemeName, font_size_pt: float) -> None:
        """Change the look: as the overlay's."""
        self._theme = theme_named(theme)
        small = reading_font(font_size_pt * 0.72)
        for label in (self._title, self._keys):
            label.set_font(small)
        self._title.set_colors(self._theme.text, None)
        self._keys.set_colors(self._theme.muted, None)
        self._line.setFont(reading_font(font_size_pt))
        palette = self._line.palette()
        palette.setColor(QPalette.ColorRole.Text, self._theme.text)
        palette.setColor(QPalette.ColorRole.PlaceholderText, self._theme.muted)
        palette.setColor(QPalette.ColorRole.Base, Qt.GlobalColor.transparent)
        palette.setColor(QPalette.ColorRole.Highlight, self._theme.accent)
        palette.setColor(QPalette.ColorRole.HighlightedText, self._theme.card)
        self._line.setPalette(palette)
        self.update()

    def open_for(self, picture: QImage, history: Sequence[str], near: QRect) -> None:
        """Show the box and give it the focus; already open, it keeps what was written and takes the new picture.

        Args:
            picture: the frame that the question is about; a null image shows none.
            history: earlier questions, the newest last.
            near: the overlay's card, on the desktop.
        """
        self._picture.show_image(picture, self.devicePixelRatioF())
        self._history = list(history)
        self._at = len(self._history)
        if not self.isVisible():
            self._line.clear()
            self._draft = ""
            self._put(near)
            self.create()
            self._loan.borrow(self.windowHandle())
            self.show()
        else:
            self._loan.borrow(self.windowHandle())
        self.raise_()
        self._line.setFocus(Qt.FocusReason.PopupFocusReason)

    def dismiss(self) -> None:
        """Close without a question."""
        if self._leave():
            self.dismissed.emit()

    def _make_content(self) -> None:
        self._picture = _Picture(self)
        self._title = OutlinedText(self, one_line=True)
        self._keys = OutlinedText(self, one_line=True)
        self._line = QLineEdit(self)
        self._line.setFrame(False)
        self._line.setTextMargins(10, 5, 10, 5)
        self._line.setMaxLength(MAX_QUESTION_CHARACTERS)
        self._line.installEventFilter(self)
        self._line.returnPressed.connect(self._ask)
        words = QVBoxLayout()
        words.setSpacing(6)
        words.addWidget(self._title)
        words.addWidget(self._line)
        words.addWidget(self._keys)
        row = QHBoxLayout(self)
        row.setContentsMargins(SHADOW_PX + 14, SHADOW_PX + 14, SHADOW_PX + 16, SHADOW_PX + 14)
        row.setSpacing(14)
        row.addWidget(self._picture)
        row.addLayout(words, 1)

    def _name_parts(self) -> None:
        self.setWindowTitle(self.tr("Ask the coach"))
        self.setAccessibleName(self.tr("Ask the coach"))
        self._picture.setAccessibleName(self.tr("The moment that the question is about"))
        self._title.set_text(self.tr("Ask about this moment"))
        self._keys.set_text(self.tr("Enter asks · Esc closes · ↑ earlier questions"))
        self._line.setPlaceholderText(self.tr("Where should I go?"))
        self._line.setAccessibleName(self.tr("Question"))
        self._line.setAccessibleDescription(self._keys.text)

    def _ask(self) -> None:
        question = self._line.text().strip()
        if question and self._leave():
            self.asked.emit(question)

    def _leave(self) -> bool:
        """Close and give the focus back; False if it was closed already."""
        if not self.isVisible():
            return False
        self.hide()
        self._composing = False
        self._loan.give_back()
        return True

    def _put(self, near: QRect) -> None:
        """Below the overlay's card, or above it where the screen ends; in line with its outer side."""
        screen = screen_of(near, [screen.geometry() for screen in QGuiApplication.screens()])
        size = QSize(_WIDTH_PX, self.sizeHint().height() - 2 * SHADOW_PX)
        below = QRect(QPoint(near.left(), near.bottom() + 1 + _GAP_PX), size)
        if near.center().x() > screen.center().x():
            below.moveRight(near.right())
        if below.bottom() > screen.bottom():
            below.moveBottom(near.top() - 1 - _GAP_PX)
        self.setGeometry(inside(below, screen).adjusted(-SHADOW_PX, -SHADOW_PX, SHADOW_PX, SHADOW_PX))

    def _go(self, steps: int) -> None:
        """Through the history; past its newest end is what was being written."""
        to = min(max(self._at + steps, 0), len(self._history))
        if to == self._at:
            return
        if self._at == len(self._history):
            self._draft = self._line.text()
        self._at = to
        self._line.setText(self._history[to] if to < len(self._history) else self._draft)

    def _shape(self) -> None:
        if self._compositor.present:
            self.clearMask()
        else:
            self.setMask(card_region(self.size()))
        self.update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """See QObject: keys that the input line has no use for, or that an input method has left over."""
        if isinstance(event, QInputMethodEvent):
            self._composing = bool(event.preeditString())
        elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in _OF_THE_BOX:
            if self._composing:
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.dismiss()
                return True
            if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
                self._go(-1 if event.key() == Qt.Key.Key_Up else 1)
                return True
        return False

    def changeEvent(self, event: QEvent) -> None:
        """See QWidget."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._name_parts()

    def closeEvent(self, event: QCloseEvent) -> None:
        """See QWidget."""
        event.ignore()
        self.dismiss()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """See QWidget."""
        self._shape()

    def paintEvent(self, event: QPaintEvent) -> None:
        """See QWidget."""
        painter = QPainter(self)
        translucent = self._compositor.present
        self._card.paint(
            painter, self.size(), self._theme, opacity=0.97 if translucent else 1.0, shadow=translucent, frame=None
        )
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(faded(self._theme.accent, 0.7))
        painter.setBrush(faded(self._theme.accent, 0.08))
        painter.drawRoundedRect(QRectF(self._line.geometry()).adjusted(0.5, 0.5, -0.5, -0.5), 8.0, 8.0)
        painter.end()


class _Picture(QWidget):
    """A small picture with round corners."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._image = QImage()

    def show_image(self, image: QImage, ratio: float) -> None:
        """Show an image of any size, or nothing for a null one."""
        self.setVisible(not image.isNull())
        if not image.isNull():
            mode = Qt.AspectRatioMode.KeepAspectRatio
            self._image = image.scaled(_PICTURE * ratio, mode, Qt.TransformationMode.SmoothTransformation)
            self._image.setDevicePixelRatio(ratio)
            self.setFixedSize(self._image.deviceIndependentSize().toSize())
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """See QWidget."""
        corners = QPainterPath()
        corners.addRoundedRect(QRectF(self.rect()), 8.0, 8.0)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipPath(corners)
        painter.drawImage(0, 0, self._image)
        painter.end()
