"""The practice window of a game with many keys and achievements."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QLabel

from coach_app.games.catalogue import games, to_practise
from coach_app.games.game import Game
from coach_app.games.positions import rendered
from coach_app.learning.collecting import watch
from coach_app.learning.experience import Store
from coach_app.learning.recorded import read
from coach_app.ui.practice import PracticeWindow, StateLog
from coach_app.ui.practice_what_if import WhatIfWindow

SEED = 700_000


def played(window: PracticeWindow, monkeypatch: pytest.MonkeyPatch, key: Qt.Key) -> list[str]:
    """What a press of a key does in the game."""
    acted: list[str] = []
    monkeypatch.setattr(window, "act", acted.append)
    window.keyPressEvent(QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier))
    return acted


def marked(window: PracticeWindow) -> set[str]:
    """The achievements with a mark."""
    return {label.text()[2:] for label in window.findChildren(QLabel) if label.property("reached")}


@pytest.mark.parametrize("name", [game.id for game in games().values() if game.practice and game.achievements])
def test_every_action_has_its_key_and_the_picture_only_whole_scales(
    qt_app: QApplication, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    # GIVEN the window of a game with achievements
    game = to_practise(name)
    window = PracticeWindow(game, SEED)
    names = {Qt.Key[f"Key_{key}"]: action for action, keys in game.keys.items() for key in keys}
    # WHEN its keys are pressed THEN each does its action, and all actions have one
    assert set(names.values()) == set(window._actions)
    for key, action in names.items():
        assert played(window, monkeypatch, key) == [action]
    # WHEN the window has any size THEN a pixel of the game is a whole number of pixels wide
    for size in (QSize(700, 500), QSize(1100, 830), QSize(640, 777)):
        window.resize(size)
        window.show()
        qt_app.processEvents()
        rect, (height, width, _) = window.board.picture_rect(), rendered(window.env).shape
        assert rect.width() % width == rect.height() % height == 0
        assert rect.width() / width == rect.height() / height >= 1
    window.close()


def test_what_was_reached_is_marked_and_forgotten_with_the_episode(qt_app: QApplication) -> None:
    # GIVEN a game in which something is reached by the second step
    def achievements(env: Any) -> dict[str, bool]:
        return {"two steps": env.steps >= 2, "a thousand steps": env.steps >= 1000}

    game: Game = replace(to_practise("grid"), achievements=achievements)
    window = PracticeWindow(game, SEED)
    assert marked(window) == set()
    # WHEN two steps are made THEN it is marked
    for _ in range(2):
        window.act("up")
    assert marked(window) == {"two steps"}
    # and not in the next episode
    window.next_level()
    assert marked(window) == set()
    window.close()


def test_the_mission_is_shown_below_the_board(qt_app: QApplication) -> None:
    # GIVEN a game that asks for something else every time
    practice = to_practise("grid").practice
    assert practice
    asked = replace(practice, mission=lambda env: f"stay away from {env.level.hole}")
    window = PracticeWindow(replace(to_practise("grid-levels"), practice=asked), SEED)
    env: Any = window.env
    # THEN it is written below the board, and all keys beside it
    assert f"stay away from {env.level.hole}" in window._banner.accessibleName()
    assert any("Left" in label.text() or "\N{LEFTWARDS ARROW}" in label.text() for label in window.findChildren(QLabel))
    # WHEN the next episode begins THEN the new one is
    window.next_level()
    assert f"stay away from {env.level.hole}" in window._banner.accessibleName()
    window.close()


def press(window: PracticeWindow, key: Qt.Key) -> None:
    window.keyPressEvent(QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier))


def texts(window: PracticeWindow) -> list[str]:
    """What the open what-if says; nothing if none is open."""
    return [label.text() for found in window.findChildren(WhatIfWindow) for label in found.findChildren(QLabel)]


def close_answer(window: PracticeWindow) -> None:
    answer = window.findChild(WhatIfWindow)
    assert answer
    answer.close()


@pytest.mark.parametrize("name", ["grid-levels", "frozen-lake"])
def test_another_move_is_asked_about_and_shown_beside_the_last_one(qt_app: QApplication, name: str) -> None:
    # GIVEN a game in which a move was made
    window = PracticeWindow(to_practise(name), SEED)
    press(window, Qt.Key.Key_Up)
    before = window.state()
    # WHEN another one is asked about
    press(window, Qt.Key.Key_I)
    press(window, Qt.Key.Key_Left)
    # THEN both are shown, and the game is where it was
    shown = texts(window)
    assert {"As it was: up", "Instead: left"} <= set(shown)
    assert any(text.startswith("Reward") for text in shown)
    assert window.state() == before
    assert window.steps == 1
    # WHEN the answer is closed THEN the game goes on
    close_answer(window)
    press(window, Qt.Key.Key_Up)
    assert window.steps == 2
    window.close()


def test_there_is_nothing_to_ask_before_the_first_move_or_of_another_key(qt_app: QApplication) -> None:
    # GIVEN a new level WHEN a what-if is asked THEN the next key moves as always
    window = PracticeWindow(to_practise("grid-levels"), SEED)
    press(window, Qt.Key.Key_I)
    press(window, Qt.Key.Key_Up)
    assert (texts(window), window.steps) == ([], 1)
    # WHEN it is asked after it, and another key is pressed THEN nothing is shown, and keys move again
    press(window, Qt.Key.Key_I)
    press(window, Qt.Key.Key_Escape)
    press(window, Qt.Key.Key_Up)
    assert (texts(window), window.steps) == ([], 2)
    window.close()


def test_the_next_level_waits_for_the_answer(qt_app: QApplication) -> None:
    # GIVEN an episode that has ended
    window = PracticeWindow(to_practise("grid-levels"), SEED, next_after_ms=60_000)
    while window.result is None:
        window.act(window.env.optimal_moves()[0])  # type: ignore[attr-defined]
    assert window._next.isActive()
    # WHEN a what-if is asked THEN the next level waits until it is closed
    press(window, Qt.Key.Key_I)
    press(window, Qt.Key.Key_Left)
    assert not window._next.isActive()
    close_answer(window)
    assert window._next.isActive()
    window.close()


@pytest.mark.parametrize("name", ["grid", "grid-levels", "frozen-lake", "babyai"])
def test_what_is_recorded_can_be_learned_from(qt_app: QApplication, tmp_path: Path, name: str) -> None:
    # GIVEN a game that is recorded while it is played, over the end of a level
    game = to_practise(name)
    window, log = PracticeWindow(game, SEED), StateLog(tmp_path / "play.jsonl")
    window.state_shown.connect(lambda: log.write(window))
    window.show()
    qt_app.processEvents()
    assert game.teacher
    moves: list[str] = []
    while window.result is None:
        moves.append(game.teacher(window.env)[0])
        window.act(moves[-1])
    window.next_level()
    window.act(moves[0])
    window.close()
    log.close()
    # WHEN the recording is watched THEN it is the same play, with what came of it
    recorded = read(tmp_path / "play.jsonl")
    store = Store(tmp_path / "experience", limit_mb=10)
    watch(game, recorded, None, store)
    first, second = store.episodes("watch")
    assert [step.action for step in first] == moves
    assert first[-1].ended
    assert ([step.action for step in second], second[0].seed) == (moves[:1], first[0].seed + 1)


@pytest.fixture
def moving(qt_app: QApplication) -> Iterator[PracticeWindow]:
    """The window of a game that goes on by itself, so slowly that only the test lets time pass."""
    game = next(game for game in games().values() if game.practice and game.practice.steps_per_s)
    assert game.practice
    window = PracticeWindow(replace(game, practice=replace(game.practice, steps_per_s=0.001)), SEED)
    window.show()
    qt_app.processEvents()
    yield window
    window.close()


def key(window: PracticeWindow, kind: QEvent.Type, action: str) -> None:
    """Press or release the key of an action."""
    code = next(code for code, name in window._keys.items() if name == action)
    event = QKeyEvent(kind, code, Qt.KeyboardModifier.NoModifier)
    (window.keyPressEvent if kind == QEvent.Type.KeyPress else window.keyReleaseEvent)(event)


def test_a_game_goes_on_by_itself_once_a_key_was_pressed(qt_app: QApplication, moving: PracticeWindow) -> None:
    # GIVEN a game that goes on by itself, and waits for the first key
    window, clock = moving, moving._clock
    assert clock
    assert not clock.isActive()

    def turn() -> None:
        clock.timeout.emit()
        qt_app.processEvents()

    # WHEN a key is pressed THEN its move is made at once, and again while it is held
    key(window, QEvent.Type.KeyPress, "fire")
    turn()
    key(window, QEvent.Type.KeyRelease, "fire")
    assert clock.isActive()
    assert window.steps == 2
    # WHEN another one is pressed and released between two turns THEN it counts once, and then the idle move is made
    key(window, QEvent.Type.KeyPress, "left")
    key(window, QEvent.Type.KeyRelease, "left")
    made = []
    for _ in range(2):
        turn()
        made.append(window.action)
    assert made == ["left", window._practice.idle]
    # WHEN a what-if is asked, or another window has the keyboard THEN the game waits
    window.keyPressEvent(QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_I, Qt.KeyboardModifier.NoModifier))
    assert not clock.isActive()
    window._asks_what_if = False
    key(window, QEvent.Type.KeyPress, "left")
    assert clock.isActive()
    window.focusOutEvent(QFocusEvent(QEvent.Type.FocusOut))
    assert not clock.isActive()
    # and a new episode waits, too
    key(window, QEvent.Type.KeyPress, "left")
    window.restart()
    assert not clock.isActive()
