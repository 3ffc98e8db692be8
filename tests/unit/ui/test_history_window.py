"""The window of past advice."""

import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QLabel,
    QLineEdit,
    QMessageBox,
    QPushButton,
    QTableView,
    QTextEdit,
)

from coach_app.session.history import Entry
from coach_app.ui.history_window import HistoryWindow
from tests.waiting import wait_until


def entry(number: int, text: str = "Go up.", question: str = "", has_picture: bool = False) -> Entry:
    return Entry(
        number, 1_700_000_000.0 + number, "grid", question, text, "上へ。", "up", "grid-coach", 412.4, has_picture
    )


class Shown:
    """A window, and what it said."""

    def __init__(self) -> None:
        self.window = HistoryWindow({"grid": "Grid (practice)"})
        self.searches: list[str] = []
        self.deleted: list[list[int]] = []
        self.exports: list[tuple[Path, str]] = []
        self.pictures: list[int] = []
        self.all_deleted = 0
        self.window.search_wanted.connect(self.searches.append)
        self.window.delete_wanted.connect(self.deleted.append)
        self.window.delete_all_wanted.connect(self._on_delete_all)
        self.window.export_wanted.connect(lambda path, text: self.exports.append((path, text)))
        self.window.picture_wanted.connect(self.pictures.append)
        (self.table,) = self.window.findChildren(QTableView)
        (self.text,) = self.window.findChildren(QTextEdit)
        self.search = next(line for line in self.window.findChildren(QLineEdit) if "Search" in line.accessibleName())

    def button(self, text: str) -> QPushButton:
        return next(button for button in self.window.findChildren(QPushButton) if button.text() == text)

    def says(self, text: str) -> bool:
        return any(label.text() == text for label in self.window.findChildren(QLabel))

    def _on_delete_all(self) -> None:
        self.all_deleted += 1


@pytest.fixture
def shown(qt_app: QApplication) -> Iterator[Shown]:
    shown = Shown()
    yield shown
    shown.window.deleteLater()


def test_the_guides_that_an_answer_is_from_can_be_read(shown: Shown) -> None:
    # GIVEN an answer from a guide WHEN it is shown THEN so is what the guide says
    shown.window.show_entries([replace(entry(1), sources="Fox in neutral\nDash back.")])
    assert shown.text.toPlainText().endswith("grid-coach\n\nFrom the guides:\n\nFox in neutral\nDash back.")


def test_entries_are_read_in_full(shown: Shown) -> None:
    # GIVEN entries
    shown.window.show_entries([entry(2, "Go up.\nThen left.", "Where to?"), entry(1)])
    # THEN the first is shown in full, with who gave it
    assert shown.table.model().rowCount() == 2
    assert shown.table.model().index(0, 1).data() == "Grid (practice)"
    assert shown.text.toPlainText() == "“Where to?”\n\nGo up.\nThen left.\n\n上へ。\n\ngrid-coach"
    # WHEN the next row is chosen with the keyboard
    QTest.keyClick(shown.table, Qt.Key.Key_Down)
    # THEN that one is shown
    assert shown.text.toPlainText().startswith("Go up.\n\n上へ。")


def test_how_long_an_answer_took_is_told_to_those_who_ask_for_it(shown: Shown) -> None:
    # GIVEN an entry, which does not say what it cost
    shown.window.show_entries([entry(1)])
    assert " ms" not in shown.text.toPlainText()
    # WHEN times are asked for, and not any more THEN it does as long as they are
    shown.window.show_times(True)
    assert shown.text.toPlainText().endswith("grid-coach, 412 ms")
    shown.window.show_times(False)
    assert shown.text.toPlainText().endswith("grid-coach")


def test_nothing_kept_and_nothing_found_are_said(shown: Shown) -> None:
    # GIVEN an empty history
    assert shown.says("Nothing has been kept yet.")
    assert not shown.button("&Export…").isEnabled()
    # WHEN something is looked for and not found
    shown.search.setText("zebra")
    shown.window.show_entries([])
    # THEN that is another sentence
    assert shown.says("Nothing found.")


def test_typing_searches_once_when_it_ends(shown: Shown) -> None:
    # GIVEN a search field
    # WHEN a word is typed
    QTest.keyClicks(shown.search, "crate ")
    # THEN it is looked for, once
    wait_until(lambda: shown.searches, what="the search", pause=QApplication.processEvents)
    assert shown.searches == ["crate"]
    # WHEN Return is pressed
    QTest.keyClick(shown.search, Qt.Key.Key_Return)
    # THEN it is looked for at once
    assert shown.searches == ["crate", "crate"]


def test_selected_entries_are_deleted(shown: Shown) -> None:
    # GIVEN three entries, two of them selected
    shown.window.show_entries([entry(3), entry(2), entry(1)])
    QTest.keyClick(shown.table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert shown.text.toPlainText() == "Selected: 2"
    # WHEN they are deleted
    shown.button("&Delete").click()
    # THEN their ids are said
    assert [sorted(ids) for ids in shown.deleted] == [[2, 3]]


def test_what_was_deleted_can_be_undone_once(shown: Shown) -> None:
    # GIVEN two entries, and nothing to undo yet
    undone: list[bool] = []
    shown.window.undo_wanted.connect(lambda: undone.append(True))
    shown.window.show_entries([entry(2), entry(1)])
    assert shown.button("&Undo").isHidden()
    # WHEN one is deleted, and that is undone THEN that is said, and there is nothing more to undo
    shown.button("&Delete").click()
    shown.button("&Undo").click()
    assert undone == [True]
    assert shown.button("&Undo").isHidden()


def test_deleting_everything_asks_first(shown: Shown) -> None:
    # GIVEN an entry
    shown.window.show_entries([entry(1)])
    # WHEN everything is to be deleted
    shown.button("Delete &all…").click()
    # THEN nothing is, before the user agreed
    (question,) = shown.window.findChildren(QMessageBox)
    assert shown.all_deleted == 0
    next(button for button in question.buttons() if button.text() == "Delete all").click()
    assert shown.all_deleted == 1


def test_a_picture_is_shown_only_for_the_entry_that_is_selected(shown: Shown) -> None:
    # GIVEN entries with pictures
    file = io.BytesIO()
    Image.new("RGB", (640, 400), "red").save(file, "JPEG")
    shown.window.show_entries([entry(2, has_picture=True), entry(1, has_picture=True)])
    picture = next(
        label for label in shown.window.findChildren(QLabel) if label.accessibleName() == "What the coach saw"
    )
    assert shown.pictures == [2]
    # WHEN the picture of another one comes, late
    shown.window.show_picture(1, file.getvalue())
    # THEN it is not shown
    assert picture.isHidden()
    # WHEN the right one comes
    shown.window.show_picture(2, file.getvalue())
    # THEN it is
    assert not picture.isHidden()
    assert picture.pixmap().width() == 280
    # WHEN it turns out to be gone or broken
    shown.window.show_entries([entry(3, has_picture=True)])
    shown.window.show_picture(3, None)
    # THEN there is none
    assert picture.isHidden()


@pytest.mark.parametrize("name", ["advice.csv", "advice.json"])
def test_the_export_names_the_file_and_what_is_shown(shown: Shown, tmp_path: Path, name: str) -> None:
    # GIVEN a search with a result
    shown.search.setText("crate")
    shown.window.show_entries([entry(1)])
    # WHEN a file is chosen
    shown.button("&Export…").click()
    (chooser,) = shown.window.findChildren(QFileDialog)
    chooser.fileSelected.emit(str(tmp_path / name))
    chooser.reject()
    # THEN both are said
    assert shown.exports == [(tmp_path / name, "crate")]
