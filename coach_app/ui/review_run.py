"""Runs the review's window, in a process of its own: judging takes the processor, and games bring libraries."""

import threading
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

from coach_app.desktop.screens import need_screen
from coach_app.domain.errors import CoachError
from coach_app.domain.phrases import Language
from coach_app.review.export import write_review
from coach_app.review.review import Review
from coach_app.review.sources import Source, nothing_to_review
from coach_app.ui.language import InterfaceLanguageSwitch, translated
from coach_app.ui.review_window import ReviewWindow

Opened = Callable[[Path, str], Source]


class _Stopped(Exception):
    """Nobody waits for this review any more."""


class Reviewer(QObject):
    """Reviews one source at a time in a thread, for a window.

    Args:
        window: shows the reviews; emits what is wanted.
        sources: what can be reviewed, in the order of the window's names.
        language: of exported pages.
        opened: makes a source of a file and the id of its game; may raise a CoachError.
    """

    _progressed = Signal(int, int)
    _done = Signal(object)
    _failed = Signal(object)

    def __init__(self, window: ReviewWindow, sources: Sequence[Source], language: Language, opened: Opened) -> None:
        super().__init__(window)
        self._window, self._sources, self._language, self._opened = window, list(sources), language, opened
        self._thread = ThreadPoolExecutor(1, "review")
        self._stop = threading.Event()
        self._review: Review | None = None
        self._progressed.connect(window.show_progress)
        self._done.connect(self._show)
        self._failed.connect(window.show_error)
        window.wanted.connect(self.begin)
        window.file_wanted.connect(self._open)
        window.export_wanted.connect(self._export)

    def begin(self, number: int) -> None:
        """Review a source; the one before is given up."""
        self._stop.set()
        stop = self._stop = threading.Event()
        self._thread.submit(self._work, self._sources[number], stop)

    def close(self) -> None:
        """Give up, and wait until the thread has ended."""
        self._stop.set()
        self._thread.shutdown(cancel_futures=True)

    def _open(self, file: Path, game: str) -> None:
        try:
            source = self._opened(file, game)
        except CoachError as error:
            self._window.show_error(error)
            return
        self._sources.append(source)
        self._window.add_source(translated(source.title))
        self.begin(len(self._sources) - 1)

    def _work(self, source: Source, stop: threading.Event) -> None:
        """In the thread: only emits."""

        def progress(done: int, total: int) -> None:
            if stop.is_set():
                raise _Stopped
            self._progressed.emit(done, total)

        try:
            self._done.emit(source.review(progress))
        except CoachError as error:
            self._failed.emit(error)
        except _Stopped:
            pass

    def _show(self, review: Review) -> None:
        self._review = review
        self._window.show_review(review)

    def _export(self, folder: Path) -> None:
        if self._review is None:
            return
        try:
            page = write_review(self._review, folder, self._language)
        except CoachError as error:
            self._window.show_notice(translated(str(error)))
        else:
            self._window.show_exported(page)


def run_review(sources: Sequence[Source], opened: Opened, games: Mapping[str, str], language: Language = "en") -> int:
    """Show the review's window until it is closed. Call from the main thread of a process without a QApplication.

    Args:
        sources: what can be reviewed; the first is shown. If there are none, the window says what to do.
        opened: makes a source of a file and the id of its game.
        games: titles of the games of which a file may be, by id.
        language: of the window.

    Returns:
        The exit status.

    Raises:
        CoachError: there is no screen.
    """
    need_screen()
    app = QApplication(["coach-review"])
    app.setApplicationName("coach-review")
    app.setDesktopFileName("coach-review")
    InterfaceLanguageSwitch(app).use(language)
    titles = {game: translated(title) for game, title in games.items()}
    window = ReviewWindow([translated(source.title) for source in sources], titles)
    reviewer = Reviewer(window, sources, language, opened)
    if sources:
        reviewer.begin(0)
    else:
        window.show_error(nothing_to_review())
    window.show()
    status = app.exec()
    reviewer.close()
    return status
