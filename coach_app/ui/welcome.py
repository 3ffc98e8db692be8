"""The welcome window, shown once at the first start."""

from typing import Final

from PySide6.QtCore import QEvent, QSize, Qt, Signal, SignalInstance
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from coach_app.ui.icons import app_icon
from coach_app.ui.plain import PlainLabel
from coach_app.ui.screens import room_for, scrolling

_ICON_PX: Final = 72
_WIDTH_PX: Final = 560


class Welcome(QWidget):
    """Explains what the coach does and what stays on this computer, and offers a first step.

    Args:
        ask_key: the hotkey for questions as displayed; empty if there is none.
    """

    practice_wanted = Signal()
    """The player wants to see the coach at work."""

    models_wanted = Signal()
    """The player wants to choose who gives the advice."""

    def __init__(self, ask_key: str) -> None:
        super().__init__()
        self.setWindowFlag(Qt.WindowType.Dialog)  # tiling window managers do not resize others for it
        self._ask_key = ask_key
        self.setWindowIcon(app_icon())
        icon = PlainLabel()
        icon.setPixmap(app_icon().pixmap(_ICON_PX, _ICON_PX))
        self._title = PlainLabel()
        font = self._title.font()
        font.setPointSizeF(font.pointSizeF() * 1.6)
        font.setBold(True)
        self._title.setFont(font)
        self._does, self._asks, self._stays, self._knows = (PlainLabel(wordWrap=True) for _ in range(4))
        self.practice, self.models = QPushButton(), QPushButton()
        self.practice.clicked.connect(lambda: self._leave(self.practice_wanted))
        self.models.clicked.connect(lambda: self._leave(self.models_wanted))
        self.practice.setDefault(True)
        for button in (self.practice, self.models):
            button.setAutoDefault(True)  # Return presses the focused one
            button.setMinimumHeight(36)
        top = QHBoxLayout()
        top.setSpacing(16)
        top.addWidget(icon)
        top.addWidget(self._title, 1)
        buttons = QHBoxLayout()
        buttons.addWidget(self.practice, 1)
        buttons.addWidget(self.models, 1)
        self._content = QWidget()
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(scrolling(self._content))
        layout = QVBoxLayout(self._content)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(14)
        layout.addLayout(top)
        for words in (self._does, self._asks, self._stays, self._knows):
            layout.addWidget(words)
        layout.addLayout(buttons)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Cancel), self).activated.connect(self.close)
        self._name_parts()
        self.practice.setFocus()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._name_parts()

    def _name_parts(self) -> None:
        self.setWindowTitle(self.tr("Welcome to the coach"))
        self._title.setText(self.tr("Welcome!"))
        self._does.setText(self.tr("The coach watches your game and suggests the next move in an overlay."))
        asks = self.tr("Press {key} at any time to ask about what is on the screen.")
        self._asks.setText(asks.format(key=self._ask_key))
        self._asks.setVisible(bool(self._ask_key))
        self._stays.setText(
            self.tr(
                "Pictures of your screen, advice and history stay on this computer. Online translation, a server of "
                "your choice and model downloads are used only if you allow them."
            )
        )
        self._knows.setText(
            self.tr(
                "The bundled coach knows only its practice games, which are a good place to start. For your own "
                "game, choose a larger model."
            )
        )
        self.practice.setText(self.tr("&Practice game now"))
        self.models.setText(self.tr("&Choose a model"))
        self.practice.setAccessibleDescription(self._does.text())
        self.models.setAccessibleDescription(self._knows.text())
        self.setAccessibleDescription(
            "\n".join(words.text() for words in (self._does, self._asks, self._stays, self._knows))
        )
        layout, room = self._content.layout(), room_for(self)
        assert layout
        size = QSize(min(_WIDTH_PX, room.width()), 0)
        size.setHeight(min(layout.totalHeightForWidth(size.width()), room.height()))
        self.setFixedSize(size)

    def _leave(self, wanted: SignalInstance) -> None:
        self.close()
        wanted.emit()
