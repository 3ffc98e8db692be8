"""The Learning window: shows what it is given as plain text, and asks before all is deleted."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPlainTextEdit, QTableWidget

from coach_app.knowledge.feedback import Rated, Rating
from coach_app.knowledge.remembered import Memory
from coach_app.learning.learned import Learned
from coach_app.learning.overview import Overview
from coach_app.ui.learning_window import LearningWindow
from coach_app.ui.plain import PlainMessageBox

MEMORY = Memory(1, "grid", "x", 1.7e9, "<b>Cat</b>.", "left", "won", 1.0, True, "", 4, 3)
_ROW = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
GAMES = {"grid": "Grid", "crafter": "Crafter"}


def shown(window: LearningWindow) -> list[list[str]]:
    table = window.findChildren(QTableWidget)[0]
    return [
        [item.text() for column in range(1, 4) if (item := table.item(row, column))] for row in range(table.rowCount())
    ]


def test_memories_are_shown_with_how_they_went(qt_app: QApplication) -> None:
    # GIVEN a window WHEN memories are shown THEN each is there as it is, with how it went and whether it helped
    window = LearningWindow(GAMES, "grid")
    window.show_memories([MEMORY, replace(MEMORY, id=2, value=-1.0, recalled=0, note="Mind <i>it</i>.")], True)
    assert shown(window) == [["left: won (<b>Cat</b>.)", "well", "3 of 4"], ["Mind <i>it</i>.", "badly", ""]]
    assert window._remembers.isChecked()
    # WHEN they are shown again THEN the same one is selected
    window._table.setCurrentCell(1, 0, _ROW)
    window.show_memories([replace(MEMORY, id=3), MEMORY, replace(MEMORY, id=2, note="Mind it.")], False)
    assert window.findChildren(QPlainTextEdit)[0].toPlainText() == "Mind it."


def test_own_play_is_recorded_of_games_only(qt_app: QApplication) -> None:
    # GIVEN a window WHEN the player switches recording on THEN that is wanted for this game
    window, switched = LearningWindow({"grid": "Grid", "default": "Any game"}, "grid"), list[tuple[str, bool]]()
    window.record_wanted.connect(lambda game, wanted: switched.append((game, wanted)))
    assert not window._records.isChecked()
    window._records.click()
    assert switched == [("grid", True)]
    # WHEN it is on for what is no known game THEN it cannot be switched
    window.turn_to("default")
    window.show_recording(False)
    assert not window._records.isEnabled()


def test_what_was_learned_is_shown_and_switched(qt_app: QApplication) -> None:
    # GIVEN a window WHEN nothing was learned THEN it says how, and there is nothing to switch
    window, switched = LearningWindow(GAMES, "grid"), list[tuple[str, bool]]()
    window.use_wanted.connect(lambda game, wanted: switched.append((game, wanted)))
    assert "coach learn grid adapt" in window._learned.text()
    assert window._uses.isHidden()
    # WHEN a model learned the game THEN the score before and after is there, and it can be switched
    learned = Learned("/m", "<b>", 0.1, 0.9, 0.5, 0.95, 30, 8, 0.4, collapsed=False)
    window.show_learned(learned, True)
    assert "<b>: mean reward 0.10 before, 0.90 after, in 30 episodes" in window._learned.text()
    assert "by 0.50 to 0.95" in window._learned.text()
    assert window._uses.isChecked()
    window._uses.click()
    assert switched == [("grid", False)]
    # WHEN that is no improvement THEN it says so
    window.show_learned(replace(learned, low=-0.1), False)
    assert "not certain (-0.10 to 0.95)" in window._learned.text()
    window.show_learned(replace(learned, collapsed=True), False)
    assert "always makes the same move" in window._learned.text()


def test_a_held_key_changes_nothing_of_what_is_selected(qt_app: QApplication) -> None:
    # GIVEN a key that is held WHEN memories are shown THEN the first is selected all the same
    window = LearningWindow(GAMES, "grid")
    QTest.keyPress(window, Qt.Key.Key_Control, Qt.KeyboardModifier.ControlModifier)
    try:
        for _ in range(2):
            window.show_memories([MEMORY], True)
            assert window._delete.isEnabled()
    finally:
        QTest.keyRelease(window, Qt.Key.Key_Control)


def test_a_memory_is_edited_and_restored(qt_app: QApplication) -> None:
    # GIVEN a selected memory WHEN its text is changed THEN it can be saved
    window, edits = LearningWindow(GAMES, "grid"), list[tuple[int, str]]()
    window.edit_wanted.connect(lambda number, note: edits.append((number, note)))
    window.show_memories([MEMORY], True)
    assert not window._save.isEnabled()
    assert not window._restore.isEnabled()
    window.findChildren(QPlainTextEdit)[0].setPlainText("Mind the hole.")
    window._save.click()
    # and restored, once it has words of the player
    window.show_memories([replace(MEMORY, note="Mind the hole.")], True)
    window._restore.click()
    assert edits == [(1, "Mind the hole."), (1, "")]


def test_memories_are_deleted_all_of_them_after_a_question(qt_app: QApplication) -> None:
    # GIVEN two memories WHEN one is deleted THEN that one is
    window, gone = LearningWindow(GAMES, "grid"), list[object]()
    window.delete_wanted.connect(gone.append)
    window.delete_all_wanted.connect(gone.append)
    window.show_memories([MEMORY, replace(MEMORY, id=2)], True)
    window._delete.click()
    assert gone == [[1]]
    # WHEN all are to go THEN the player is asked first
    window._delete_all.click()
    assert gone == [[1]]
    question = window.findChildren(PlainMessageBox)[0]
    assert "Grid" in question.text()
    next(button for button in question.buttons() if button.text() == "Delete all").click()
    assert gone == [[1], "grid"]


def test_what_was_collected_is_deleted_after_a_question(qt_app: QApplication) -> None:
    # GIVEN a window of a game of which nothing was collected THEN there is nothing to delete
    window, gone = LearningWindow(GAMES, "grid"), list[str]()
    window.delete_collected_wanted.connect(gone.append)
    assert not window._delete_collected.isEnabled()
    # WHEN something was, and is to go THEN the player is asked first
    window.show_overview(Overview({"seen": 2}, 30, 1_000))
    window._delete_collected.click()
    assert gone == []
    question = window.findChildren(PlainMessageBox)[0]
    assert "Grid" in question.text()
    next(button for button in question.buttons() if button.text() == "Delete all").click()
    assert gone == ["grid"]


@pytest.mark.parametrize(
    ("found", "told"),
    [
        (Overview(), "coach learn grid collect"),
        (Overview({"explore": 20, "watch": 3}, 1_234, 5_600_000, 800, 200), "Episodes: 23 (by exploring: 20"),
        (Overview({"plan": 1}, 9, 100, 0, 0), "Questions: 0"),
    ],
)
def test_what_was_collected_is_told(qt_app: QApplication, found: Overview, told: str) -> None:
    # GIVEN what was collected WHEN it is shown THEN it is told in words
    window = LearningWindow(GAMES, "grid")
    window.show_overview(found)
    assert any(told in label.text() for label in window.findChildren(QLabel))


def test_ratings_are_counted(qt_app: QApplication) -> None:
    # GIVEN ratings WHEN they are shown THEN they are counted; without any it is said how to give some
    window = LearningWindow(GAMES, "grid")
    assert any("Rate advice" in label.text() for label in window.findChildren(QLabel))
    up = Rating(1, Rated("grid", 1.0, "?", "Up."), True, "", "", False)
    window.show_ratings([up, replace(up, good=False), replace(up, good=False, better="Left.")])
    told = "Good: 1, not good: 2, with better words of yours: 1"
    assert told in [label.text() for label in window.findChildren(QLabel)]


def test_the_game_that_is_played_is_shown(qt_app: QApplication) -> None:
    # GIVEN a window at one game WHEN another is turned to THEN its data are asked for; an unknown one changes nothing
    window, looks = LearningWindow(GAMES, "grid"), list[str]()
    window.look_wanted.connect(looks.append)
    window.turn_to("crafter")
    window.turn_to("chess")
    assert (window.game, looks) == ("crafter", ["crafter"])
