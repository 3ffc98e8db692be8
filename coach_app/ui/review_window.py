"""The review's window: what was played on a timeline, the worst moments, and another try at each."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QListWidget,
    QMenu,
    QProgressBar,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from coach_app.capture.video import SUFFIXES
from coach_app.domain.errors import CoachError
from coach_app.domain.words import printable
from coach_app.games.catalogue import find
from coach_app.review import words
from coach_app.review.judging import Judge
from coach_app.review.practice import position
from coach_app.review.review import Moment, Review
from coach_app.ui.file_chooser import FileChooser
from coach_app.ui.icons import app_icon
from coach_app.ui.language import translated
from coach_app.ui.plain import PlainLabel
from coach_app.ui.practice_board import Board
from coach_app.ui.review_again import TryAgain
from coach_app.ui.review_timeline import Timeline
from coach_app.ui.screens import fit, scrolling

_BOARD_PX = 160


class ReviewWindow(QWidget):
    """Shows one review at a time; emits what the user wants.

    Args:
        sources: names of what can be reviewed, in the interface language.
        games: titles of the games of which a file may be, by id.

    Signals:
        wanted: number of the source to review; answer with `show_progress`, and `show_review` or `show_error`.
        file_wanted: a file (a `Path`) to review, and the id of its game, empty for a recording that says it itself;
            answer with `add_source`, or `show_error`.
        export_wanted: a folder (a `Path`) for the page, the JSON and the pictures.
    """

    wanted = Signal(int)
    file_wanted = Signal(object, str)
    export_wanted = Signal(object)

    def __init__(self, sources: Sequence[str], games: Mapping[str, str] | None = None) -> None:
        super().__init__()
        # A dialog, as tiling window managers make room, the game's, for any other window.
        in_title = Qt.WindowType.WindowMinMaxButtonsHint | Qt.WindowType.WindowCloseButtonHint
        self.setWindowFlags(Qt.WindowType.Dialog | in_title)
        self.setWindowTitle(self.tr("Coach review"))
        self.setWindowIcon(app_icon())
        fit(self, 920, 640)
        self._review: Review | None = None
        self._again: TryAgain | None = None
        self._source = QComboBox()
        self._source.setAccessibleName(self.tr("What to review"))
        self._source.addItems(list(sources))
        self._source.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._source.setVisible(len(sources) > 1)
        self._source.activated.connect(self.wanted)
        self._progress = QProgressBar()
        self._progress.hide()
        self._summary = PlainLabel(wordWrap=True)
        self._timeline = Timeline()
        self._timeline.chosen.connect(self._choose)
        self._list = QListWidget()
        self._list.setAccessibleName(self.tr("Moments, the worst first"))
        self._list.setWordWrap(True)
        self._list.currentRowChanged.connect(self._show_moment)

        self._board = Board()
        self._board.setMinimumSize(_BOARD_PX, _BOARD_PX)
        self._board.setAccessibleName(self.tr("What was seen"))
        self._text = PlainLabel(wordWrap=True)
        self._answer = PlainLabel(wordWrap=True)
        self._verdict = PlainLabel(wordWrap=True, bold=True)
        self._show = QPushButton(self.tr("&Show the answer"))
        self._show.clicked.connect(self._reveal)
        self._try = QPushButton(self.tr("&Try again"))
        self._try.clicked.connect(self._try_again)
        self._open = QPushButton(self.tr("&Open a file…"))
        self._open.setMenu(self._made_menu(games or {}))
        self._export = QPushButton(self.tr("&Export…"))
        self._export.clicked.connect(self._ask_export)

        texts = QWidget()
        lines = QVBoxLayout(texts)
        lines.setContentsMargins(0, 0, 0, 0)
        for label in (self._text, self._verdict, self._answer):
            lines.addWidget(label)
        lines.addStretch(1)
        moment = QWidget()
        beside = QVBoxLayout(moment)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.addWidget(self._board, 3)
        beside.addWidget(texts, 2)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.addWidget(self._list)
        splitter.addWidget(moment)
        splitter.setStretchFactor(0, 1)
        splitter.setStretchFactor(1, 1)
        splitter.setChildrenCollapsible(False)
        buttons = QHBoxLayout()
        buttons.addWidget(self._open)
        buttons.addWidget(self._export)
        buttons.addStretch(1)
        buttons.addWidget(self._try)
        buttons.addWidget(self._show)
        content = QWidget()
        inside = QVBoxLayout(content)
        inside.setContentsMargins(0, 0, 0, 0)
        for widget in (self._source, self._progress, self._summary, self._timeline):
            inside.addWidget(widget)
        inside.addWidget(splitter, 1)
        layout = QVBoxLayout(self)
        layout.addWidget(scrolling(content), 1)
        layout.addLayout(buttons)
        self._show_moment(-1)

    def _made_menu(self, games: Mapping[str, str]) -> QMenu:
        """The menu that asks what a file is of."""
        menu = QMenu(self)
        menu.addAction(self.tr("Recording of a practice game"), lambda: self._ask_file("", ("*.jsonl", "*.json")))
        menu.addSeparator()
        pictures = ("*.gif", "*.png", *(f"*{suffix}" for suffix in SUFFIXES))
        for game, title in games.items():
            shown = self.tr("Video or GIF of {0}").format(printable(title)).replace("&", "&&")
            menu.addAction(shown).triggered.connect(lambda _=False, game=game: self._ask_file(game, pictures))
        return menu

    def _ask_file(self, game: str, kinds: Sequence[str]) -> None:
        chooser = FileChooser(self.tr("What to review"), self)
        chooser.setNameFilter(self.tr("Recordings") + f" ({' '.join(kinds)})")
        chooser.fileSelected.connect(lambda name: self.want_file(Path(name), game))
        chooser.open()

    def want_file(self, path: Path, game: str) -> None:
        """Want a file to be reviewed; one picture stands for its folder."""
        self.file_wanted.emit(path.parent if path.suffix.lower() == ".png" else path, game)

    def add_source(self, name: str) -> None:
        """Add something that can be reviewed, and choose it."""
        self._source.addItem(name)
        self._source.setCurrentIndex(self._source.count() - 1)
        self._source.show()

    def show_progress(self, done: int, total: int) -> None:
        """Show how many moves are judged, and of how many."""
        self._progress.setRange(0, total)
        self._progress.setValue(done)
        self._progress.show()

    def show_error(self, error: CoachError) -> None:
        """Show why there is no review."""
        self._progress.hide()
        self._summary.setText(translated(str(error)))

    def show_review(self, review: Review) -> None:
        """Show a review, and its first moment."""
        self._review = review
        self._progress.hide()
        kinds = [words.of_kind(share) for share in review.trends.kinds]
        self._summary.setText("\n".join(map(translated, [*words.summary(review), *kinds])))
        self._timeline.show_moments(review.episodes, review.moments)
        self._list.clear()
        self._list.addItems([translated(words.of_moment(moment)) for moment in review.moments])
        self._list.setCurrentRow(0 if review.moments else -1)
        self._export.setEnabled(True)

    def show_notice(self, sentence: str) -> None:
        """Show a sentence about the export."""
        self._verdict.setText(sentence)

    def show_exported(self, page: Path) -> None:
        """Show where the review was written."""
        self.show_notice(self.tr("The review was written to {0}.").format(page))

    @property
    def _moment(self) -> Moment | None:
        row = self._list.currentRow()
        return self._review.moments[row] if self._review and 0 <= row < len(self._review.moments) else None

    def _choose(self, number: int) -> None:
        self._list.setCurrentRow(number)

    def _show_moment(self, number: int) -> None:
        """Show a moment; its answer is hidden."""
        moment = self._moment
        self._timeline.mark(number)
        self._answer.clear()
        self._verdict.clear()
        self._show.setEnabled(moment is not None)
        self._try.setVisible(self._can_try(moment))
        self._export.setEnabled(self._review is not None)
        self._board.setVisible(moment is not None and moment.picture is not None)
        if moment is None:
            self._text.clear()
            return
        lines = [words.of_moment(moment), words.heard(moment)]
        self._text.setText("\n".join(translated(line) for line in lines if line))
        if moment.picture is not None:
            self._board.show_picture(moment.picture)

    def _reveal(self) -> None:
        if moment := self._moment:
            japanese = QLocale().language() == QLocale.Language.Japanese
            self._answer.setText(words.answer(moment, translated, japanese))
            self._show.setEnabled(False)

    def _can_try(self, moment: Moment | None) -> bool:
        """Whether the position is known, not only its picture."""
        game = find(self._review.game) if self._review else None
        if self._review is None or moment is None or game is None:
            return False
        return bool(self._review.episodes[moment.episode].seed is not None and game.practice and game.copy)

    def _try_again(self) -> None:
        review, moment = self._review, self._moment
        game = find(review.game) if review else None
        if review is None or moment is None or game is None:
            return
        env = position(game, review, moment)
        if self._again:
            self._again.close()
        window = self._again = TryAgain(game, env)
        window.tried.connect(lambda move: self._judge(moment, Judge(game).judge(env, move).cost))
        window.destroyed.connect(lambda: self._forget(window))
        window.show()

    def _forget(self, window: TryAgain) -> None:
        if self._again is window:
            self._again = None

    def _judge(self, moment: Moment, cost: float) -> None:
        """Tell how another try compares, if that moment is still shown."""
        if moment is not self._moment or self._review is None:
            return
        if cost < self._review.least:
            self._verdict.setText(self.tr("Well done: that is as good as the teacher's move."))
        else:
            self._verdict.setText(self.tr("That costs {cost}. Press R to try again.").format(cost=f"{cost:.2f}"))

    def _ask_export(self) -> None:
        chooser = FileChooser(self.tr("Export the review into a folder"), self)
        chooser.setFileMode(FileChooser.FileMode.Directory)
        chooser.setOption(FileChooser.Option.ShowDirsOnly)
        chooser.fileSelected.connect(lambda name: self.export_wanted.emit(Path(name)))
        chooser.open()

    def closeEvent(self, event: object) -> None:
        if self._again:
            self._again.close()
        super().closeEvent(event)  # type: ignore[arg-type]
