"""The question box: a small window to ask the coach a question."""

import math
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QFont,
    QFontMetricsF,
    QGuiApplication,
    QImage,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPalette,
    QPen,
    QShortcut,
)
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QRadioButton, QVBoxLayout, QWidget

from coach_app.domain.profile import AskAbout
from coach_app.ui.card import SHADOW_PX, CardWindow
from coach_app.ui.compositor import Compositor
from coach_app.ui.focus import FocusLoan
from coach_app.ui.fonts import reading_font
from coach_app.ui.outlined_text import OutlinedText
from coach_app.ui.placement import beside, screen_of
from coach_app.ui.stacking import is_covered
from coach_app.ui.theme import Theme, ThemeName, faded, theme_named

MAX_QUESTION_CHARACTERS = 500
_OF_THE_BOX = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape, Qt.Key.Key_Up, Qt.Key.Key_Down)
_WIDTH_PX = 520
_SWITCH_PX = 200  # with the switch, its key is mentioned, too
_PICTURE = QSize(160, 90)
_OPACITY = 0.97
_UNMANAGED = Qt.WindowType.X11BypassWindowManagerHint
_FORGOTTEN_MS = 100
_PLACED_MS = 250
"""The time that a window manager has to show the box and give it the focus."""


class QuestionBox(CardWindow):
    """A small focused window with the picture that the question is about, and an input line.

    Enter asks, Escape closes, up and down recall earlier questions. The focus then returns to the previous window.
    While an input method composes characters (such as Japanese), it gets these keys. If both are possible, a switch
    selects a game or a screen question: by Ctrl+G, or Tab and an arrow key. Interface thread only.

    Attributes:
        asked: emitted with the stripped, non-empty question and its ``AskAbout``.
        more_wanted: emitted when closed by Enter without a question, where more can be told.
        dismissed: emitted when closed without a question.
        stop_wanted: emitted when closed like this while an earlier question was being answered.

    Args:
        compositor: replaced in tests.
    """

    asked = Signal(str, str)
    more_wanted = Signal()
    dismissed = Signal()
    stop_wanted = Signal()

    def __init__(self, compositor: Compositor | None = None) -> None:
        # A managed window, as only those can have the focus; a dialog, as tiling window managers would resize the game
        # for any other.
        super().__init__(Qt.WindowType.Dialog, compositor)
        self._history: list[str] = []
        self._at = 0
        self._draft = ""
        self._composing = False
        self._game = ""
        self._answering = self._more = False
        self._loan = FocusLoan(self)
        self._placed = QTimer(self, singleShot=True, interval=_PLACED_MS)
        self._placed.timeout.connect(self._come_out)
        self._forgotten = QTimer(self, singleShot=True, interval=_FORGOTTEN_MS)
        self._forgotten.timeout.connect(self._show)
        self._make_content()
        self._name_parts()
        self.apply("dark", 16.0)

    def apply(self, theme: ThemeName, font_size_pt: float) -> None:
        """Set the look, matching the overlay."""
        colors = theme_named(theme)
        self.set_surface(colors, _OPACITY)
        small = reading_font(font_size_pt * 0.72)
        for label in (self._title, self._keys):
            label.set_font(small)
        self._title.set_colors(colors.text, None)
        self._keys.set_colors(colors.muted, None)
        for choice in self._choices.values():
            choice.apply(colors, small)
        self._line.setFont(reading_font(font_size_pt))
        palette = self._line.palette()
        palette.setColor(QPalette.ColorRole.Text, colors.text)
        palette.setColor(QPalette.ColorRole.PlaceholderText, colors.muted)
        palette.setColor(QPalette.ColorRole.Base, Qt.GlobalColor.transparent)
        palette.setColor(QPalette.ColorRole.Highlight, colors.accent)
        palette.setColor(QPalette.ColorRole.HighlightedText, colors.card)
        self._line.setPalette(palette)

    @property
    def about(self) -> AskAbout:
        """The selected kind of question."""
        return "game" if self._choices["game"].isChecked() else "screen"

    def open_for(
        self,
        picture: QImage,
        history: Sequence[str],
        near: QRect,
        *,
        game: str = "",
        about: AskAbout = "screen",
        answering: bool = False,
        more: bool = False,
        said: str = "",
    ) -> None:
        """Show the box and focus it; if already open, it updates the picture, and keeps its text unless one was said.

        Args:
            picture: the frame that the question is about; a null image for none.
            history: earlier questions, newest last.
            near: rectangle of the overlay's card on the desktop.
            game: title of the game for game questions; empty if there are none.
            about: initial kind of question.
            answering: whether an earlier question is being answered, which Escape then stops.
            said: a spoken question, as it was understood.
            more: whether the overlay shows a nudge or hint, of which Enter without a question then tells more.
        """
        self._picture.show_image(picture, self.devicePixelRatioF())
        self._game, self._answering, self._more = game, answering, more
        self._switch.setVisible(bool(game))
        if not self.isVisible() or not game:
            self._choices[about if game else "screen"].setChecked(True)
        self._show_about()
        self._history = list(history)
        self._at = len(self._history)
        if not self.isVisible():
            self._line.clear()
            self._draft = ""
            self._put(near)
            self._forgotten.stop()
            self._show()
        else:
            self._put(near)
            self._loan.borrow(self.windowHandle())
            self._bring_up()
        if said:
            self._line.setText(said[:MAX_QUESTION_CHARACTERS])

    def _show(self) -> None:
        self.create()
        self._loan.borrow(self.windowHandle())
        self.show()
        self._bring_up()
        self._placed.start()

    def _bring_up(self) -> None:
        self.raise_()
        self._line.setFocus(Qt.FocusReason.PopupFocusReason)

    def _come_out(self) -> None:
        """Show the box unmanaged if the window manager keeps it below a full-screen game."""
        if self.windowFlags() & _UNMANAGED:
            if not self.isActiveWindow():
                self._loan.borrow(self.windowHandle())
        elif not self.isActiveWindow() or is_covered(self.windowHandle()):
            place = self.geometry()
            self.setWindowFlag(_UNMANAGED)
            self.setGeometry(place)
            self._forgotten.start()  # by the window manager, which would move the focus again

    def dismiss(self) -> None:
        """Close without a question."""
        if self._leave():
            self.dismissed.emit()
            if self._answering:
                self.stop_wanted.emit()

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
        self._switch = QWidget(self)
        self._choices: dict[AskAbout, _Choice] = {"screen": _Choice(self._switch), "game": _Choice(self._switch)}
        beside = QHBoxLayout(self._switch)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(6)
        for choice in self._choices.values():
            choice.installEventFilter(self)
            choice.toggled.connect(self._show_about)
            beside.addWidget(choice)
        beside.addStretch(1)
        QShortcut(QKeySequence("Ctrl+G"), self, self._turn)
        words = QVBoxLayout()
        words.setSpacing(6)
        words.addWidget(self._title)
        words.addWidget(self._switch)
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
        self._picture.setAccessibleName(self.tr("The moment you are asking about"))
        self._switch.setAccessibleName(self.tr("Kind of question"))
        self._choices["screen"].setText(self.tr("Screen question"))
        self._choices["game"].setText(self.tr("Game question"))
        self._line.setAccessibleName(self.tr("Question"))
        self._show_about()

    def _show_about(self) -> None:
        """Update the texts on kind of question and keys."""
        about_game = self.about == "game"
        self._picture.set_wanted(not about_game)
        if about_game:
            self._title.set_text(self.tr("Ask about {game}").format(game=self._game))
            self._line.setPlaceholderText(self.tr("What should I practise first?"))
        else:
            self._title.set_text(self.tr("Ask about this moment"))
            self._line.setPlaceholderText(
                self.tr("Enter says more, or ask something") if self._more else self.tr("Where should I go?")
            )
        keys = [
            self.tr("Enter asks"),
            self.tr("Esc stops the answer") if self._answering else self.tr("Esc closes"),
            self.tr("↑ earlier questions"),
        ]
        if self._game:
            keys.append(self.tr("Ctrl+G switches"))
        self._keys.set_text(" · ".join(keys))
        self._line.setAccessibleDescription(self._keys.text)

    def _turn(self) -> None:
        if self._game:
            self._choices["screen" if self.about == "game" else "game"].setChecked(True)

    def _ask(self) -> None:
        question = self._line.text().strip()
        if question and self._leave():
            self.asked.emit(question, self.about)
        elif self._more and not question and self.about == "screen" and self._leave():
            self.more_wanted.emit()

    def _leave(self) -> bool:
        """Close and return the focus; False if already closed."""
        if not self.isVisible():
            return False
        self.hide()
        self._placed.stop()
        self._composing = False
        self._loan.give_back()
        return True

    def make_room(self, near: QRect) -> None:
        """Move the box if the overlay's card would cover it."""
        if self.isVisible() and near.intersects(self.card_geometry()):
            self._put(near)

    def _put(self, near: QRect) -> None:
        """Place the box beside the overlay's card, or above it."""
        screen = screen_of(near, [screen.geometry() for screen in QGuiApplication.screens()])
        width = _WIDTH_PX + (_SWITCH_PX if self._game else 0)
        size = QSize(min(width, screen.width()), self.sizeHint().height() - 2 * SHADOW_PX)
        self.set_card_geometry(beside(size, near, screen))

    def _go(self, steps: int) -> None:
        """Move through the history; after its newest entry comes the unfinished text."""
        to = min(max(self._at + steps, 0), len(self._history))
        if to == self._at:
            return
        if self._at == len(self._history):
            self._draft = self._line.text()
        self._at = to
        self._line.setText(self._history[to] if to < len(self._history) else self._draft)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """See QObject: handles keys that neither an input method nor the input line uses."""
        if isinstance(event, QInputMethodEvent):
            self._composing = bool(event.preeditString())
        elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in _OF_THE_BOX:
            if self._composing:
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.dismiss()
                return True
            if watched is not self._line:
                if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                    self._ask()
                    return True
            elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
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

    def paintEvent(self, event: QPaintEvent) -> None:
        """See QWidget."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(faded(self._theme.accent, 0.7))
        painter.setBrush(faded(self._theme.accent, 0.08))
        painter.drawRoundedRect(QRectF(self._line.geometry()).adjusted(0.5, 0.5, -0.5, -0.5), 8.0, 8.0)
        painter.end()


class _Choice(QRadioButton):
    """One side of a switch: a word in a rounded frame, filled if selected."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme_named("dark")

    def apply(self, theme: Theme, font: QFont) -> None:
        """Set the look."""
        self._theme = theme
        self.setFont(font)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """See QWidget."""
        metrics = QFontMetricsF(self.font())
        return QSize(math.ceil(metrics.horizontalAdvance(self.text())) + 22, math.ceil(metrics.height()) + 8)

    def minimumSizeHint(self) -> QSize:
        """See QWidget."""
        return self.sizeHint()

    def hitButton(self, position: QPoint) -> bool:
        """See QAbstractButton: the whole widget is clickable."""
        return self.rect().contains(position)

    def paintEvent(self, event: QPaintEvent) -> None:
        """See QWidget."""
        theme, chosen = self._theme, self.isChecked()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = QRectF(self.rect()).adjusted(1.0, 1.0, -1.0, -1.0)
        edge = theme.text if self.hasFocus() else faded(theme.accent if chosen else theme.muted, 0.7)
        painter.setPen(QPen(edge, 1.6 if self.hasFocus() else 1.0))
        painter.setBrush(faded(theme.accent, 0.28 if chosen else 0.0))
        painter.drawRoundedRect(frame, frame.height() / 2, frame.height() / 2)
        painter.setPen(theme.text if chosen else theme.muted)
        painter.drawText(frame, Qt.AlignmentFlag.AlignCenter, self.text())
        painter.end()


class _Picture(QWidget):
    """A small picture with rounded corners."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._image = QImage()
        self._wanted = True

    def show_image(self, image: QImage, ratio: float) -> None:
        """Show an image of any size; a null image for none."""
        self._image = image
        if not image.isNull():
            mode = Qt.AspectRatioMode.KeepAspectRatio
            self._image = image.scaled(_PICTURE * ratio, mode, Qt.TransformationMode.SmoothTransformation)
            self._image.setDevicePixelRatio(ratio)
            self.setFixedSize(self._image.deviceIndependentSize().toSize())
            self.update()
        self.set_wanted(self._wanted)

    def set_wanted(self, wanted: bool) -> None:
        """Set whether to show the image, if there is one."""
        self._wanted = wanted
        self.setVisible(wanted and not self._image.isNull())

    def paintEvent(self, event: QPaintEvent) -> None:
        """See QWidget."""
        corners = QPainterPath()
        corners.addRoundedRect(QRectF(self.rect()), 8.0, 8.0)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipPath(corners)
        painter.drawImage(0, 0, self._image)
        painter.end()
