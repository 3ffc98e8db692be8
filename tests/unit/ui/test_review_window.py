"""The review's window: answers are hidden until asked for, moments can be tried again, a review can be given up."""

import json
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from coach_app.domain.errors import CoachError
from coach_app.evaluation.bench.review import plant
from coach_app.games.catalogue import to_practise
from coach_app.review.practice import Progress, review_practice
from coach_app.review.review import Review
from coach_app.review.sources import Source
from coach_app.ui.review_run import Reviewer
from coach_app.ui.review_window import ReviewWindow
from tests.waiting import wait_until

GRID = to_practise("grid-levels")


def no_file(path: Path, game: str) -> Source:
    """No file is opened."""
    raise AssertionError


@pytest.fixture(scope="module")
def review() -> Review:
    """Of a few episodes with mistakes."""
    return review_practice(GRID, [plant(GRID, seed, 2).episode for seed in range(500_000, 500_006)])


@pytest.fixture
def window(qt_app: QApplication, review: Review) -> ReviewWindow:
    shown = ReviewWindow([])
    shown.show_review(review)
    return shown


def test_the_answer_is_hidden_until_it_is_asked_for(window: ReviewWindow, review: Review) -> None:
    # GIVEN a review WHEN a moment is chosen THEN what was done is told, and what would have been better is not
    for number, moment in enumerate(review.moments[:3]):
        window._list.setCurrentRow(number)
        assert f"you chose {moment.made}" in window._text.text()
        assert window._answer.text() == ""
        # WHEN it is asked for THEN it is told
        window._show.click()
        assert window._answer.text() == f"Better: {', '.join(moment.best)}."
    window.close()


def test_a_click_on_the_timeline_chooses_the_nearest_moment(window: ReviewWindow, review: Review) -> None:
    # GIVEN the timeline WHEN its ends are clicked THEN the first and the last mistake in time are shown
    timeline = window._timeline
    timeline.resize(400, 48)
    places = [(moment.episode, moment.step) for moment in review.moments]
    for x, place in ((1, min(places)), (398, max(places))):
        QTest.mouseClick(timeline, Qt.MouseButton.LeftButton, pos=QPoint(x, 20))
        assert places[window._list.currentRow()] == place
    window.close()


def test_a_position_of_which_there_is_but_a_picture_cannot_be_tried_again(window: ReviewWindow, review: Review) -> None:
    # GIVEN the review of a video, in which the move was read from the pictures WHEN it is shown
    seen = replace(review, by="network", episodes=tuple(replace(each, seed=None) for each in review.episodes))
    window.show()
    window.show_review(seen)
    # THEN there is nothing to try
    assert not window._try.isVisible()
    window.show_review(review)
    assert window._try.isVisible()
    window.close()


def test_another_try_begins_in_the_very_position_and_is_judged(window: ReviewWindow, review: Review) -> None:
    # GIVEN a moment WHEN it is tried again with the same move, then with the best one
    moment = review.moments[0]
    window._try.click()
    again = window._again
    assert again
    assert GRID.teacher
    assert GRID.teacher(again.env) == moment.best
    again.act(moment.made)
    # THEN each is judged, and R goes back in between
    assert "That costs" in window._verdict.text()
    again.restart()
    assert (again.steps, GRID.teacher(again.env)) == (0, moment.best)
    again.act(moment.best[0])
    assert window._verdict.text().startswith("Well done")
    # and the answer is still hidden
    assert window._answer.text() == ""
    window.close()


def test_a_review_is_made_in_a_thread_given_up_and_exported(
    qt_app: QApplication, review: Review, tmp_path: Path
) -> None:
    # GIVEN a source that takes long, one that fails, and one that is ready
    begun, ended = threading.Event(), threading.Event()

    def long(progress: Progress) -> Review:
        try:
            while True:
                progress(1, 2)
                begun.set()
        finally:
            ended.set()

    def failing(progress: Progress) -> Review:
        raise CoachError("It is damaged.", "Choose another one.")

    window = ReviewWindow(["one", "two", "three"])
    reviewer = Reviewer(
        window, [Source("one", long), Source("two", failing), Source("three", lambda progress: review)], "en", no_file
    )
    # WHEN another one is wanted meanwhile THEN the long one is given up, and each shows what came of it
    reviewer.begin(0)
    assert begun.wait(10)
    window.wanted.emit(1)
    wait_until(lambda: "damaged" in window._summary.text(), pause=qt_app.processEvents)
    assert ended.is_set()
    window.wanted.emit(2)
    wait_until(lambda: window._list.count() == len(review.moments), pause=qt_app.processEvents)
    # WHEN it is exported THEN it is in that folder
    window.export_wanted.emit(tmp_path)
    assert len(json.loads((tmp_path / "review.json").read_text(encoding="utf-8"))["moments"]) == len(review.moments)
    assert str(tmp_path) in window._verdict.text()
    reviewer.close()
    window.close()


def test_a_file_is_opened_in_the_window_and_reviewed(qt_app: QApplication, review: Review, tmp_path: Path) -> None:
    # GIVEN a window in which nothing can be reviewed yet
    def opened(path: Path, game: str) -> Source:
        asked.append((path, game))
        if path.suffix == ".txt":
            raise CoachError("That is no recording.", "Choose another file.")
        return Source("The recording play.mp4.", lambda progress: review)

    asked: list[tuple[Path, str]] = []
    window = ReviewWindow([], {"grid-levels": "Grid & levels"})
    reviewer = Reviewer(window, [], "en", opened)
    menu = window._open.menu()
    assert isinstance(menu, QMenu)
    assert [action.text() for action in menu.actions() if action.text()] == [
        "Recording of a practice game",
        "Video or GIF of Grid && levels",
    ]
    # WHEN a file is opened that is none THEN the window says so
    window.want_file(tmp_path / "notes.txt", "")
    assert "no recording" in window._summary.text()
    # WHEN a picture of a folder is THEN the folder is reviewed, and its name is chosen
    window.want_file(tmp_path / "frames" / "1.png", "grid-levels")
    wait_until(lambda: window._list.count() == len(review.moments), pause=qt_app.processEvents)
    assert asked[1:] == [(tmp_path / "frames", "grid-levels")]
    assert window._source.currentText() == "The recording play.mp4."
    reviewer.close()
    window.close()
