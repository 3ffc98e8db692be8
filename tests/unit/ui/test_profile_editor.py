"""The page of game profiles, and the form of one."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QLineEdit,
    QListWidget,
    QMessageBox,
    QPlainTextEdit,
    QPushButton,
    QSpinBox,
    QWidget,
)

from coach_app.domain.board import Board
from coach_app.domain.profile import GameProfile
from coach_app.ui.profile_editor import ProfileEditor
from coach_app.ui.profiles_page import ProfilesPage

FULL = GameProfile(
    id="doom",
    title="Doom",
    window="^Doom$",
    prompt="Where is the exit?",
    hint="What is the aim?",
    nudge="Where is it?",
    level="hint",
    when="asked",
    region=(0.1, 0.0, 0.9, 0.75),
    board=Board(columns=9, rows=9, panel=2),
    language="ja",
    moves=("left", "fire"),
    cooldown_s=2.5,
    unload_at_start=True,
    memory=True,
    adapter="doom-tips",
    ask_about="game",
)


def field(editor: ProfileEditor, kind: type[QWidget], name: str) -> QWidget:
    (widget,) = [widget for widget in editor.findChildren(kind) if widget.accessibleName() == name]
    return widget


def write(editor: ProfileEditor, name: str, text: str) -> None:
    line = field(editor, QLineEdit, name)
    assert isinstance(line, QLineEdit)
    line.setText(text)


def write_prompt(editor: ProfileEditor, text: str) -> None:
    prompt = field(editor, QPlainTextEdit, "Prompt")
    assert isinstance(prompt, QPlainTextEdit)
    prompt.setPlainText(text)


def save(editor: ProfileEditor) -> list[GameProfile]:
    saved: list[GameProfile] = []
    editor.saved.connect(saved.append)
    next(button for button in editor.findChildren(QPushButton) if "Save" in button.text()).click()
    return saved


def test_a_profile_comes_out_as_it_went_in(qt_app: QApplication) -> None:
    # GIVEN a profile that uses everything WHEN it is saved unchanged THEN it is the same
    assert save(ProfileEditor(FULL)) == [FULL]


def test_a_new_profile_needs_only_a_name_and_a_prompt(qt_app: QApplication) -> None:
    # GIVEN the form of a new one
    editor = ProfileEditor(taken={"my-game", "my-game-2"})
    # WHEN it is saved empty, then with a name only
    # THEN it is said what is missing, and nothing is saved
    assert save(editor) == []
    assert "name" in problem(editor)
    write(editor, "Name", "My game!")
    assert save(editor) == []
    assert "prompt" in problem(editor)
    # WHEN that is there, too
    write_prompt(editor, "What now?")
    write(editor, "Moves", " left , ,right, left ")
    # THEN it is saved under an id that is free
    assert save(editor) == [GameProfile(id="my-game-3", title="My game!", prompt="What now?", moves=("left", "right"))]


def problem(editor: ProfileEditor) -> str:
    return str(
        next(label for label in editor.findChildren(QWidget, "problem") if not label.isHidden()).property("text")
    )


def test_a_name_in_any_script_gets_an_id(qt_app: QApplication) -> None:
    editor = ProfileEditor()
    write(editor, "Name", "ゼルダ")
    write_prompt(editor, "どこ?")
    assert [profile.id for profile in save(editor)] == ["game"]


@pytest.mark.parametrize(
    ("pattern", "said"),
    [
        ("^Doom$", "Open now: Doom"),
        ("doom", "Open now: Doom; Doom - Wikipedia"),
        ("Quake", "No open window"),
        ("", "No open window"),
        ("(", "Not a valid pattern"),
    ],
)
def test_it_is_shown_which_windows_a_pattern_means(qt_app: QApplication, pattern: str, said: str) -> None:
    # GIVEN open windows
    editor = ProfileEditor(FULL, open_windows=[("Doom", "doom"), ("Doom - Wikipedia", "firefox"), ("doom", "Thunar")])
    # WHEN a pattern is written
    write(editor, "Window (pattern)", pattern)
    # THEN it is said what it finds
    assert any(said in str(label.property("text")) for label in editor.findChildren(QWidget))


def test_a_broken_pattern_is_not_saved(qt_app: QApplication) -> None:
    editor = ProfileEditor(FULL)
    write(editor, "Window (pattern)", "(")
    assert save(editor) == []
    assert "regular expression" in problem(editor)


def test_an_empty_region_is_not_saved(qt_app: QApplication) -> None:
    # GIVEN a region whose left edge is at its right one
    editor = ProfileEditor(FULL)
    left = field(editor, QSpinBox, "Left")
    assert isinstance(left, QSpinBox)
    left.setValue(95)
    # THEN that is said
    assert save(editor) == []
    assert "left must be less than right" in problem(editor)
    # WHEN the whole picture is chosen
    part = next(box for box in editor.findChildren(QCheckBox) if "part" in box.text())
    part.setChecked(False)
    # THEN it is saved
    assert [profile.region for profile in save(editor)] == [None]


@pytest.mark.parametrize(
    ("title", "later", "another"),
    [
        ("Game (v1.0) [x64] + more", "Game (v1.1)", "Gamers"),
        ("Doom", "Doom", "Doom II"),
        ("C++ Quest - Level 3", "C++ Quest - Level 4", "C Quest - Level 3"),
    ],
)
def test_an_open_window_is_taken_with_its_program(qt_app: QApplication, title: str, later: str, another: str) -> None:
    # GIVEN an open window with a title full of signs
    editor = ProfileEditor(FULL, open_windows=[(title, "game.bin"), (another, "game.bin")])
    windows = field(editor, QComboBox, "Open windows")
    assert isinstance(windows, QComboBox)
    # WHEN it is taken
    windows.activated.emit(1)
    # THEN the pattern means this game, whatever it adds to its name, and no other
    (profile,) = save(editor)
    assert profile.matches(title, "game.bin")
    assert profile.matches(later, "game.bin")
    assert not profile.matches(another, "game.bin")
    assert not profile.matches(title, "gamexbin")


def test_only_own_profiles_can_be_deleted_and_only_when_asked(qt_app: QApplication) -> None:
    # GIVEN a shipped and an own profile
    page = ProfilesPage()
    shipped = GameProfile(id="grid", title="Grid", prompt="Go?")
    page.show_profiles({"grid": shipped, "doom": FULL}, own={"doom"})
    (games,) = page.findChildren(QListWidget)
    delete = next(button for button in page.findChildren(QPushButton) if "Delete" in button.text())
    deleted: list[str] = []
    page.delete_wanted.connect(deleted.append)
    # THEN the shipped one has no delete
    games.setCurrentRow(0)
    assert not delete.isEnabled()
    # WHEN the own one is to be deleted
    games.setCurrentRow(1)
    delete.click()
    # THEN the user is asked first
    (question,) = page.findChildren(QMessageBox)
    assert "Doom" in question.text()
    assert deleted == []
    next(button for button in question.buttons() if button.text() == "Delete").click()
    assert deleted == ["doom"]


def test_an_edited_profile_is_said_and_stays_selected(qt_app: QApplication) -> None:
    # GIVEN the page with the second one selected
    page = ProfilesPage()
    page.show_open_windows([("Doom", "doom"), ("", "x"), ("Doom", "doom")])
    profiles = {"grid": GameProfile(id="grid", title="Grid", prompt="Go?"), "doom": FULL}
    page.show_profiles(profiles, own={"doom"})
    (games,) = page.findChildren(QListWidget)
    games.setCurrentRow(1)
    saved: list[GameProfile] = []
    page.save_wanted.connect(saved.append)
    # WHEN it is edited
    next(button for button in page.findChildren(QPushButton) if "Edit" in button.text()).click()
    (editor,) = page.findChildren(ProfileEditor)
    write(editor, "Name", "Doom II")
    save(editor)
    # THEN that is said
    assert [(profile.id, profile.title) for profile in saved] == [("doom", "Doom II")]
    # WHEN the new list comes
    page.show_profiles({**profiles, "doom": saved[0]}, own={"doom"})
    # THEN it is still selected
    assert games.currentItem().text() == "Doom II (your own)"


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_return_in_the_list_opens_a_profile_and_never_saves_it(qt_app: QApplication, key: Qt.Key) -> None:
    # GIVEN a shipped profile that is selected
    page = ProfilesPage()
    page.show_profiles({"grid": GameProfile(id="grid", title="Grid", prompt="Go?")}, own=())
    saved: list[GameProfile] = []
    page.save_wanted.connect(saved.append)
    (games,) = page.findChildren(QListWidget)
    # WHEN Return is pressed, and held
    QTest.keyClick(games, key)
    (editor,) = page.findChildren(ProfileEditor)
    for _ in range(3):
        QTest.keyClick(editor, key)
        QTest.keyClick(field(editor, QLineEdit, "Name"), key)
    # THEN the profile is open, and nothing was saved
    assert editor.isVisible()
    assert saved == []
    # WHEN the button is pressed by the keyboard THEN it is saved
    button = next(button for button in editor.findChildren(QPushButton) if "Save" in button.text())
    QTest.keyClick(button, Qt.Key.Key_Space)
    assert [profile.id for profile in saved] == ["grid"]


@pytest.mark.parametrize(
    ("title", "when", "asks"),
    [
        ("Dota 2", "Only when asked", True),
        ("Dota 2", "Review only", False),
        ("Doom", "Live", False),
    ],
)
def test_a_rule_is_told_before_the_coach_may_speak(qt_app: QApplication, title: str, when: str, asks: bool) -> None:
    # GIVEN the form of a new game, competitive or not
    editor = ProfileEditor()
    write(editor, "Name", title)
    write_prompt(editor, "What now?")
    speaks = field(editor, QComboBox, "When it speaks")
    assert isinstance(speaks, QComboBox)
    speaks.setCurrentText(when)
    # WHEN it is saved THEN the rule comes first where it is broken, and only a yes saves it
    saved = save(editor)
    questions = editor.findChildren(QMessageBox)
    assert (len(questions), len(saved)) == ((1, 0) if asks else (0, 1))
    for question in questions:
        next(button for button in question.findChildren(QPushButton) if "Speak" in button.text()).click()
    assert [profile.title for profile in saved] == [title]
