"""A plain window with everything that the tray offers, for desktops without a tray."""

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QAction, QCloseEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from coach_app.ui.actions import CHOICES, CoachActions
from coach_app.ui.icons import app_icon
from coach_app.ui.plain import PlainLabel
from coach_app.ui.screens import room_for, scrolling

_MIN_WIDTH_PX = 340


class ControlWindow(QWidget):
    """A small window of buttons.

    Args:
        actions: shared with the tray.
    """

    closed = Signal()
    """The user closed the window; without a tray that ends the coach."""

    def __init__(self, actions: CoachActions) -> None:
        super().__init__()
        # A dialog, as tiling window managers would resize the game for any other window.
        self.setWindowFlags(
            Qt.WindowType.Dialog | Qt.WindowType.WindowMinimizeButtonHint | Qt.WindowType.WindowCloseButtonHint
        )
        self._actions = actions
        self.setWindowIcon(app_icon())
        self._sentence, self._recording = "", False
        self._status = PlainLabel(wordWrap=True)
        self._content = QWidget()
        self._area = scrolling(self._content)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(self._area)
        layout = QVBoxLayout(self._content)
        layout.addWidget(self._status)
        layout.addWidget(_line())
        for action in actions.group("coach"):
            layout.addWidget(_ActionButton(action))
        layout.addWidget(_line())
        self._titles: dict[str, PlainLabel] = {}
        for group in CHOICES:
            self._add_grid(layout, group, actions.group(group))
        for action in actions.group("answer"):
            layout.addWidget(_ActionButton(action))
        layout.addWidget(_line())
        for action in actions.group("windows"):
            layout.addWidget(_ActionButton(action))
        layout.addWidget(_line())
        self._add_grid(layout, "practice", actions.practice.values())
        for action in actions.group("end"):
            layout.addWidget(_ActionButton(action))
        layout.addStretch()
        self._name_parts()

    def _add_grid(self, layout: QVBoxLayout, name: str, actions: Iterable[QAction]) -> None:
        """Add a section with a title, two buttons side by side."""
        self._titles[name] = PlainLabel()
        layout.addWidget(self._titles[name])
        grid = QGridLayout()
        for number, action in enumerate(actions):
            grid.addWidget(_ActionButton(action), number // 2, number % 2)
        layout.addLayout(grid)
        layout.addWidget(_line())

    def show_beside(self) -> None:
        """Show the window for the first time, without taking the focus from the game.

        Some window managers focus every new window that accepts it: this one does only once it is on the screen.
        """
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setWindowFlag(Qt.WindowType.WindowDoesNotAcceptFocus)
        self.show()
        self.windowHandle().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """See QObject."""
        window = self.windowHandle()
        if event.type() == QEvent.Type.Expose and watched is window and window.isExposed():
            window.removeEventFilter(self)
            window.setFlag(Qt.WindowType.WindowDoesNotAcceptFocus, False)
        return False

    def _name_parts(self) -> None:
        self.setWindowTitle(self.tr("Coach"))
        self._status.setAccessibleName(self.tr("What the coach is doing"))
        self._titles["level"].setText(self.tr("How much it says in this game:"))
        self._titles["when"].setText(self.tr("When it speaks in this game:"))
        self._titles["practice"].setText(self.tr("Practice game:"))
        self.set_status(self._sentence)

    def set_status(self, sentence: str) -> None:
        """Set the sentence on what the coach is doing; may be empty."""
        self._sentence = sentence
        recording = self.tr("Your play is being recorded.") if self._recording else ""
        self._status.setText("\n".join(filter(None, [sentence or self.tr("The coach is running."), recording])))
        self._make_room()

    def set_recording(self, recording: bool) -> None:
        """Set whether the player's own play is being recorded."""
        self._recording = recording
        self.set_status(self._sentence)

    def _make_room(self) -> None:
        """Grow the window, which Qt does not do when a text in it becomes longer."""
        if layout := self._content.layout():
            width = max(_MIN_WIDTH_PX, layout.totalMinimumSize().width())
            needed = layout.totalHeightForWidth(max(width, self.width()))
            if needed > (room := room_for(self).height()):  # then it scrolls
                needed, width = room, width + self._area.verticalScrollBar().sizeHint().width()
            self.setMinimumSize(width, needed)
            if self.height() < needed:  # the window manager may have resized it
                self.resize(self.width(), needed)

    def sizeHint(self) -> QSize:
        return super().sizeHint().boundedTo(room_for(self))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._name_parts()

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        self.closed.emit()


def _line() -> QFrame:
    line = QFrame()
    line.setFrameShape(QFrame.Shape.HLine)
    line.setFrameShadow(QFrame.Shadow.Sunken)
    return line


class _ActionButton(QToolButton):
    """A button with its action's title and key, as wide as possible."""

    def __init__(self, action: QAction) -> None:
        super().__init__()
        self.setDefaultAction(action)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        self._show_text()
        action.changed.connect(self._show_text)

    def _show_text(self) -> None:
        if self.parentWidget() or not self.defaultAction().isVisible():  # before that, it would be a separate window
            self.setVisible(self.defaultAction().isVisible())
        title, _, key = self.defaultAction().text().partition("\t")
        shown = f"✓ {title}" if self.defaultAction().isChecked() else title
        self.setText(f"{shown}   ({key})" if key else shown)
        self.setAccessibleName(self.defaultAction().toolTip())
