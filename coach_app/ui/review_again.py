"""Another try from the very position of a moment."""

from PySide6.QtCore import Qt, Signal

from coach_app.games.catalogue import copier_of
from coach_app.games.game import Game
from coach_app.games.images import ImageEnv
from coach_app.ui.practice import PracticeWindow


class TryAgain(PracticeWindow):
    """The practice window in a position: R goes back to it, and so does the end of the episode.

    Args:
        game: can be copied.
        env: the game in that position; it is not changed.

    Signals:
        tried: name of the first move from the position.
    """

    tried = Signal(str)

    def __init__(self, game: Game, env: ImageEnv) -> None:
        self._position, self._copied = env, copier_of(game)
        super().__init__(game)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Try again"))
        self.restart()

    def restart(self) -> None:
        """Go back to the position."""
        self.show_position(self._copied(self._position))

    def next_level(self) -> None:
        """Go back, too: there is but one position."""
        self.restart()

    def act(self, action: str) -> None:
        first = self.steps == 0
        super().act(action)
        if first:
            self.tried.emit(action)
