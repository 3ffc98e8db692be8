"""A live picture, and the trial of a prompt on it."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QImage, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from coach_app.domain.words import printable
from coach_app.ui.language import translated
from coach_app.ui.plain import PlainLabel
from coach_app.ui.region_picture import RegionPicture


class PromptTrial(QWidget):
    """Shows a picture, and the answer to a prompt; does not ask the coach itself.

    Attributes:
        picture: the live picture with the region.
    """

    try_wanted = Signal()
    """The user wants to know what the coach answers; tell it with `begin`, `add_words`, and `end` or `fail`."""

    stop_wanted = Signal()
    """The user does not want the answer any more."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._caption = PlainLabel(wordWrap=True)
        self.picture = RegionPicture()
        self.picture.show_sentence(self.tr("Looking…"))
        self._try = QPushButton(self.tr("&Try this prompt"))
        self._try.clicked.connect(self.try_wanted)
        self._stop = QPushButton(self.tr("S&top"))
        self._stop.clicked.connect(self.stop_wanted)
        self._stop.setEnabled(False)
        self._state = PlainLabel(wordWrap=True)
        self._answer = QPlainTextEdit(readOnly=True)
        self._answer.setAccessibleName(self.tr("Answer"))
        self._answer.setPlaceholderText(self.tr("What the coach answers to the prompt about this picture"))
        self._answer.setTabChangesFocus(True)
        self._answer.setMinimumHeight(70)
        for button in (self._try, self._stop):
            button.setAutoDefault(False)
        buttons = QHBoxLayout()
        buttons.addWidget(self._try)
        buttons.addWidget(self._stop)
        buttons.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._caption)
        column.addWidget(self.picture, 3)
        column.addLayout(buttons)
        column.addWidget(self._answer, 2)
        column.addWidget(self._state)

    def caption(self, text: str) -> None:
        """Set the caption of the picture."""
        self._caption.setText(text)

    def show_picture(self, image: QImage) -> None:
        """Update the picture."""
        self.picture.show_image(image)

    def begin(self) -> None:
        """Show that the coach is being asked."""
        self._answer.clear()
        self._say(self.tr("Asking the coach…"), busy=True)

    def add_words(self, text: str) -> None:
        """Add words to the answer."""
        self._answer.moveCursor(QTextCursor.MoveOperation.End)
        self._answer.insertPlainText(printable(text))

    def end(self, text: str, move: str | None, seconds: float) -> None:
        """Show the answer and its move: "" if it names none, None if the game has no moves."""
        self._answer.setPlainText(printable(text))
        took = self.tr("{seconds} s").format(seconds=f"{seconds:.1f}")
        named = self.tr("Move: {move}").format(move=translated(move)) if move else self.tr("No move is named.")
        self._say(took if move is None else f"{named} · {took}")

    def fail(self, sentence: str) -> None:
        """Show why there is no answer; "" if the user stopped it."""
        self._say(sentence and f"⚠ {sentence}")

    def _say(self, sentence: str, busy: bool = False) -> None:
        if self._stop.hasFocus() and not busy:
            self._try.setFocus()
        self._try.setEnabled(not busy)
        self._stop.setEnabled(busy)
        self._state.setText(sentence)
