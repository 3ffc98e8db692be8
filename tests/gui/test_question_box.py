"""The question box: takes the focus from another program's window, and gives it back."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QGuiApplication, QImage, QInputMethodEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QRadioButton

from coach_app.domain.profile import AskAbout
from coach_app.ui.question_box import QuestionBox
from coach_app.ui.stacking import is_covered
from tests.gui.desktop import Desktop
from tests.gui.game import Game, Size, start_game
from tests.gui.qt import application, destroy, pump, qt_wait

NEAR = QRect(300, 250, 420, 140)


@pytest.fixture
def box() -> Iterator[QuestionBox]:
    application()
    box = QuestionBox()
    yield box
    destroy(box)


def picture() -> QImage:
    image = QImage(160, 192, QImage.Format.Format_RGB32)
    image.fill(QColor("#ff8800"))
    return image


def opened(box: QuestionBox, history: list[str] | None = None) -> QLineEdit:
    box.open_for(picture(), history or [], NEAR)
    qt_wait(box.isActiveWindow, "the question box to have the focus")
    return box.findChildren(QLineEdit)[0]


def keys(game: Game) -> list[str]:
    return [event for event in game.happened() if event.startswith("key")]


@pytest.mark.parametrize("size", ["window", "full", "topmost", "unmanaged"])
def test_a_question_is_typed_into_the_box_and_the_game_has_the_focus_again(
    desktop: Desktop, box: QuestionBox, size: Size
) -> None:
    # GIVEN a game with the focus
    game = start_game(desktop, size=size)
    asked: list[str] = []
    box.asked.connect(lambda question, _: asked.append(question))

    # WHEN the box is opened and a question is typed
    line = opened(box)
    qt_wait(lambda: not is_covered(box.windowHandle()) and box.isActiveWindow(), "the box above the game")
    desktop.type(" Is it safe?")
    qt_wait(lambda: line.text() == " Is it safe?", "the typed words")
    thumbnail = box.frameGeometry().topLeft()
    qt_wait(
        lambda: desktop.picture().getpixel((thumbnail.x() + 50, thumbnail.y() + 60)) == (255, 136, 0),
        "the picture in the box, above the game",
    )
    desktop.keep_picture("box")
    assert keys(game) == []
    desktop.key("Return")

    # THEN it is asked without the space, the box is gone, and the next key is the game's
    qt_wait(lambda: asked == ["Is it safe?"], "the question")
    assert not box.isVisible()
    qt_wait(lambda: desktop.focused() == game.window, "the focus of the game")
    desktop.key("w")
    qt_wait(lambda: keys(game) == ["key 87"], "the key in the game")


def test_escape_dismisses_and_the_focus_goes_back(desktop: Desktop, box: QuestionBox) -> None:
    # GIVEN an open box over a game
    game = start_game(desktop)
    happened: list[str] = []
    box.asked.connect(lambda question, _: happened.append(question))
    box.dismissed.connect(lambda: happened.append("dismissed"))
    opened(box)

    # WHEN Enter is pressed without a question THEN nothing is asked
    desktop.key("Return")
    for _ in range(10):
        pump()
    assert (happened, box.isVisible()) == ([], True)

    # WHEN Escape is pressed THEN it is dismissed once, and the game has the focus
    desktop.key("Escape")
    qt_wait(lambda: happened == ["dismissed"], "the dismissal")
    qt_wait(lambda: desktop.focused() == game.window, "the focus of the game")


def test_the_up_key_brings_earlier_questions_and_the_down_key_what_was_begun(
    desktop: Desktop, box: QuestionBox
) -> None:
    # GIVEN a box with two earlier questions, and words begun
    start_game(desktop)
    line = opened(box, ["Where is the hole?", "Is it safe?"])
    desktop.type("How")
    qt_wait(lambda: line.text() == "How", "the typed words")

    # WHEN the keys are pressed THEN the questions come newest first, and the words begun are not lost
    for key, expected in [
        ("Up", "Is it safe?"),
        ("Up", "Where is the hole?"),
        ("Up", "Where is the hole?"),
        ("Down", "Is it safe?"),
        ("Down", "How"),
    ]:
        desktop.key(key)
        qt_wait(lambda expected=expected: line.text() == expected, f"{expected} after {key}")  # type: ignore[misc]


def test_opened_again_while_open_it_keeps_the_words_and_the_one_who_had_the_focus(
    desktop: Desktop, box: QuestionBox
) -> None:
    # GIVEN an open box with words
    game = start_game(desktop)
    line = opened(box)
    desktop.type("Is it")
    qt_wait(lambda: line.text() == "Is it", "the typed words")

    # WHEN it is opened again and closed by its window manager THEN the words stayed and the game has the focus
    opened(box)
    assert line.text() == "Is it"
    desktop.key("alt+F4")
    qt_wait(lambda: not box.isVisible(), "the box to close")
    qt_wait(lambda: desktop.focused() == game.window, "the focus of the game")


def test_a_switch_says_what_the_question_is_about(desktop: Desktop, box: QuestionBox) -> None:
    # GIVEN a game that can be asked about in general
    start_game(desktop)
    asked: list[tuple[str, str]] = []
    box.asked.connect(lambda *question: asked.append(question))
    screen, game = box.findChildren(QRadioButton)
    assert (screen.accessibleName() or screen.text(), game.text()) == ("Screen question", "Game question")

    def ask(about: AskAbout, *keys: str, title: str = "Melee") -> None:
        box.open_for(picture(), [], NEAR, game=title, about=about)
        qt_wait(box.isActiveWindow, "the question box to have the focus")
        line = box.findChildren(QLineEdit)[0]
        desktop.type("Why?")
        qt_wait(lambda: line.text() == "Why?", "the typed words")
        for key in keys:
            desktop.key(key)
        before = len(asked)
        desktop.key("Return")
        qt_wait(lambda: len(asked) > before, "the question")
        qt_wait(lambda: QGuiApplication.focusWindow() is None, "Qt to know that the focus is gone")

    # WHEN questions are asked THEN each is about what the profile says, or what the keys chose instead
    ask("game")
    ask("screen", "ctrl+g")
    ask("game", "shift+Tab", "Left")  # to the switch; Enter asks there too
    # AND without an adapter there is nothing to be chosen
    ask("game", "ctrl+g", title="")
    assert not game.isVisible()
    assert asked == [("Why?", "game"), ("Why?", "game"), ("Why?", "screen"), ("Why?", "screen")]


def test_escape_stops_an_answer_in_the_making(desktop: Desktop, box: QuestionBox) -> None:
    # GIVEN a box that was opened while a question was answered, and one that was not
    start_game(desktop)
    happened: list[str] = []
    box.dismissed.connect(lambda: happened.append("dismissed"))
    box.stop_wanted.connect(lambda: happened.append("stop"))
    for answering in (False, True):
        box.open_for(picture(), [], NEAR, answering=answering)
        qt_wait(box.isActiveWindow, "the question box to have the focus")
        # WHEN Escape is pressed THEN the box is closed, and the answer stopped that was in the making
        desktop.key("Escape")
        qt_wait(lambda: not box.isVisible(), "the box to close")
        qt_wait(lambda: QGuiApplication.focusWindow() is None, "Qt to know that the focus is gone")
    assert happened == ["dismissed", "dismissed", "stop"]


def compose(line: QLineEdit, preedit: str, commit: str = "") -> None:
    """What an input method sends: what is being composed, and what has been chosen."""
    event = QInputMethodEvent(preedit, [])
    event.setCommitString(commit)
    QApplication.sendEvent(line, event)
    for _ in range(10):
        pump()


def test_a_question_is_composed_by_an_input_method(desktop: Desktop, box: QuestionBox) -> None:
    # GIVEN a box in which an input method composes Japanese
    start_game(desktop)
    asked: list[str] = []
    happened: list[str] = []
    box.asked.connect(lambda question, _: asked.append(question))
    box.dismissed.connect(lambda: happened.append("dismissed"))
    line = opened(box, ["Where is the hole?"])
    compose(line, "ごーるは")
    desktop.keep_picture("composing")

    # WHEN keys come that belong to the composing THEN nothing is asked, closed or replaced
    for key in ("Return", "KP_Enter", "Up", "Escape"):
        desktop.key(key)
    for _ in range(20):
        pump()
    assert (asked, happened, line.text(), box.isVisible()) == ([], [], "", True)

    # WHEN a part is chosen, and the rest composed and chosen THEN all of it is in the line
    compose(line, "どこ", "ゴールは")
    desktop.key("Return")
    for _ in range(10):
        pump()
    compose(line, "", "どこ？")
    assert (asked, line.text()) == ([], "ゴールはどこ？")
    desktop.keep_picture("composed")
    # WHEN Enter is pressed after that THEN the question is asked
    desktop.key("Return")
    qt_wait(lambda: asked == ["ゴールはどこ？"], "the question")


def test_what_was_being_composed_is_not_held_against_the_next_question(desktop: Desktop, box: QuestionBox) -> None:
    # GIVEN a box that its window manager closed while characters were composed
    game = start_game(desktop)
    asked: list[str] = []
    box.asked.connect(lambda question, _: asked.append(question))
    compose(opened(box), "ごーる")
    desktop.key("alt+F4")
    qt_wait(lambda: not box.isVisible(), "the box to close")
    qt_wait(lambda: desktop.focused() == game.window, "the focus of the game")
    qt_wait(lambda: QGuiApplication.focusWindow() is None, "Qt to know that too")  # it waits 0.4 s whether it is true
    # WHEN it is opened again and a question is typed THEN Enter asks it, and nothing else is in it
    line = opened(box)
    desktop.type("Why?")
    qt_wait(lambda: line.text() == "Why?", "the typed words")
    desktop.key("Return")
    qt_wait(lambda: asked == ["Why?"], "the question")


def test_the_box_stands_beside_the_card_and_makes_room_for_it(desktop: Desktop, box: QuestionBox) -> None:
    # GIVEN an open box WHEN the card grows, downwards THEN the box stays where it is
    opened(box)
    before = box.card_geometry()
    assert not before.intersects(NEAR)
    box.make_room(NEAR.adjusted(0, 0, 0, 400))
    assert box.card_geometry() == before
    # WHEN the card is moved or grows to where the box is THEN the box goes, and is beside it again
    box.make_room(before)
    assert not box.card_geometry().intersects(before)
    # WHEN it is closed THEN it does not come back for that
    box.dismiss()
    box.make_room(box.card_geometry())
    assert not box.isVisible()
