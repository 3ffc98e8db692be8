"""The overlay over another program's window: clicks, focus, stacking, edit mode, and what is drawn."""

import asyncio
import json
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QPropertyAnimation, QRect, QTimer
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QFileDialog, QMenu, QMessageBox, QWidget

from coach_app.settings.schema import Settings
from coach_app.ui.about import AboutWindow
from coach_app.ui.exclusion import is_excluded
from coach_app.ui.history_window import HistoryWindow
from coach_app.ui.outlined_text import OutlinedText
from coach_app.ui.overlay import Answer, Overlay, OverlayLook
from coach_app.ui.plain import PlainMessageBox
from coach_app.ui.settings_dialog import SettingsDialog
from coach_app.ui.source_picker import SourcePicker
from coach_app.ui.theme import ThemeName
from coach_app.ui.welcome import Welcome
from tests.gui.desktop import Desktop
from tests.gui.game import Game, Size, start_game
from tests.gui.qt import application, destroy, pump, qt_wait

ENGLISH = "The crate is two steps up and one to the right; the hole is on your right. Move the cat up."
JAPANESE = "箱は上に二歩、右に一歩です。穴はすぐ右にあります。猫を上へ動かしてください。"
PLACE = QRect(300, 250, 420, 0)
INSIDE = (500, 330)
_WITHOUT_COMPOSITOR = Path(__file__).parent / "without_compositor.py"


@pytest.fixture
def overlay() -> Iterator[Overlay]:
    application()
    overlay = Overlay()
    overlay.apply(OverlayLook(fade_after_s=0))
    overlay.place(PLACE)
    yield overlay
    destroy(overlay)


async def test_on_x11_hiding_from_captures_is_tried_out_and_does_not_work(desktop: Desktop) -> None:
    # GIVEN a system that hides no windows WHEN it is tried out THEN that is known
    application()
    trial = asyncio.ensure_future(is_excluded())
    while not trial.done():
        pump()
        await asyncio.sleep(0)
    assert trial.result() is False


def say(overlay: Overlay, text: str = ENGLISH) -> None:
    overlay.finish_advice(Answer(text, cost_ms=412, captured_at=time.time()))
    qt_wait(lambda: overlay.isVisible() and overlay.windowOpacity() == 1.0, "the overlay")


def middle(overlay: Overlay) -> tuple[int, int]:
    point = overlay.card_geometry().center()
    return point.x(), point.y()


def is_dark(desktop: Desktop, at: tuple[int, int]) -> bool:
    return sum(desktop.picture().getpixel(at)) < 3 * 90  # type: ignore[arg-type]


def clicked(game: Game, at: tuple[int, int]) -> bool:
    return f"click {at[0]},{at[1]}" in game.happened()


def test_clicks_and_focus_stay_with_the_game(desktop: Desktop, overlay: Overlay) -> None:
    # GIVEN a game with the focus
    game = start_game(desktop)

    # WHEN the overlay appears over it, streams an answer and is clicked
    say(overlay)
    qt_wait(lambda: is_dark(desktop, (310, 260)), "the card on the screen")
    overlay.begin_advice()
    for word in ENGLISH.split():
        overlay.add_words(word + " ")
        pump()
    say(overlay)
    desktop.click(*middle(overlay))

    # THEN the click reaches the game, which has had the focus all the time
    qt_wait(lambda: clicked(game, middle(overlay)), "the click in the game")
    assert desktop.focused() == game.window
    assert "focus out" not in game.happened()
    assert not overlay.isActiveWindow()


@pytest.mark.parametrize("size", ["full", "topmost", "unmanaged"])
def test_it_stays_above_a_full_screen_game(desktop: Desktop, overlay: Overlay, size: Size) -> None:
    # GIVEN an overlay, and a game that opens over the whole screen afterwards
    say(overlay)
    game = start_game(desktop, size=size)
    assert game.window.geometry()[2:] == (1920, 1080)

    # WHEN the game is raised and clicked THEN the next card is seen over it, and the click is the game's
    if size != "unmanaged":
        game.window.activate()
    say(overlay)
    desktop.click(*middle(overlay))
    qt_wait(lambda: clicked(game, middle(overlay)), "the click in the game")
    qt_wait(lambda: is_dark(desktop, (310, 260)), "the card over the full-screen game")
    desktop.keep_picture("full-screen")


def test_edit_mode_moves_and_resizes_by_mouse_and_keys_and_gives_everything_back(
    desktop: Desktop, overlay: Overlay
) -> None:
    # GIVEN an overlay over a game
    game = start_game(desktop)
    say(overlay)
    moved: list[QRect] = []
    modes: list[bool] = []
    overlay.moved.connect(moved.append)
    overlay.edit_mode_changed.connect(modes.append)

    # WHEN edit mode is on and the card is dragged by its middle
    overlay.set_edit_mode(True)
    qt_wait(overlay.isActiveWindow, "the overlay to have the keys in edit mode")
    desktop.keep_picture("edit-mode")
    start = middle(overlay)
    drag(desktop, start, (start[0] + 200, start[1] + 120), lambda: bool(moved))

    # THEN it went there, and the game got no click
    assert moved[-1].topLeft() == QRect(500, 370, 0, 0).topLeft()
    assert moved[-1].width() == 420
    assert not any(event.startswith("click") for event in game.happened())

    # WHEN its right edge is dragged, and arrow keys are pressed
    edge = overlay.card_geometry()
    drag(desktop, (edge.right() - 3, start[1] + 120), (edge.right() + 97, start[1] + 120), lambda: len(moved) == 2)
    assert moved[-1].width() == 520
    desktop.key("Left")
    desktop.key("ctrl+Up")
    desktop.key("shift+Left")
    qt_wait(lambda: len(moved) == 5, "the keys")

    # THEN it moved by ten pixels, by one, and became narrower
    assert (moved[-1].left(), moved[-1].top(), moved[-1].width()) == (490, 369, 510)

    # WHEN Enter ends edit mode THEN the game has the focus and the clicks again
    desktop.key("Return")
    qt_wait(lambda: modes == [True, False], "edit mode to end")
    qt_wait(lambda: desktop.focused() == game.window, "the focus of the game")
    desktop.click(*middle(overlay))
    qt_wait(lambda: clicked(game, middle(overlay)), "the click in the game")


def test_escape_undoes_what_edit_mode_did(desktop: Desktop, overlay: Overlay) -> None:
    # GIVEN edit mode, started while nothing is shown
    game = start_game(desktop)
    moved: list[QRect] = []
    overlay.moved.connect(moved.append)
    overlay.set_edit_mode(True)
    qt_wait(overlay.isActiveWindow, "the overlay to have the keys in edit mode")
    before = overlay.card_geometry().topLeft()
    desktop.key("Down", "Down")
    qt_wait(lambda: len(moved) == 2, "the keys")

    # WHEN Escape is pressed THEN the card is back, the last position told is the first one, and the overlay is gone
    desktop.key("Escape")
    qt_wait(lambda: not overlay.isVisible(), "the overlay to go")
    assert moved[-1].topLeft() == before
    qt_wait(lambda: desktop.focused() == game.window, "the focus of the game")


def drag(desktop: Desktop, start: tuple[int, int], end: tuple[int, int], arrived: Callable[[], bool]) -> None:
    """A drag of a window of this process: its events are handled after the mouse is up."""
    desktop.drag(start, end)
    qt_wait(arrived, "the end of the drag")


def test_it_fades_to_nothing_and_then_does_nothing(desktop: Desktop, overlay: Overlay) -> None:
    # GIVEN advice that fades soon
    start_game(desktop)
    overlay.apply(OverlayLook(fade_after_s=0.5))
    say(overlay)

    # WHEN there is nothing more to say THEN the window goes, and no timer or animation runs
    qt_wait(lambda: not overlay.isVisible(), "the overlay to fade")
    assert not [timer for timer in overlay.findChildren(QTimer) if timer.isActive()]
    assert all(
        animation.state() == QPropertyAnimation.State.Stopped for animation in overlay.findChildren(QPropertyAnimation)
    )
    qt_wait(lambda: not is_dark(desktop, (310, 260)), "the game without the card")

    # WHEN there is something to say again THEN it comes back
    say(overlay)
    qt_wait(lambda: is_dark(desktop, (310, 260)), "the card on the screen")


@pytest.mark.parametrize("theme", ["dark", "light"])
@pytest.mark.parametrize("ground", ["#ffffff", "#000000"])
@pytest.mark.parametrize("opacity", [0.88, 0.3])
def test_it_can_be_read_over_any_game(
    desktop: Desktop, overlay: Overlay, theme: ThemeName, ground: str, opacity: float
) -> None:
    # GIVEN a bright or a dark game
    start_game(desktop, ground)

    # WHEN advice is shown over it
    overlay.apply(OverlayLook(theme=theme, fade_after_s=0, opacity=opacity))
    overlay.set_source("Grid practice", True)
    overlay.place(PLACE)
    say(overlay)
    qt_wait(lambda: contrast(desktop, overlay) > 1.5, "the card on the screen")
    desktop.keep_picture("card")

    # THEN the letters stand out from what is right beside them, as WCAG asks (4.5 : 1)
    assert contrast(desktop, overlay) >= 4.5


def contrast(desktop: Desktop, overlay: Overlay) -> float:
    """Contrast ratio between the lightest and the darkest pixels of the advice's first line."""
    body = next(label for label in overlay.findChildren(OutlinedText) if label.text == ENGLISH)
    corner = body.mapToGlobal(body.rect().topLeft())
    line = desktop.picture().crop((corner.x(), corner.y(), corner.x() + 360, corner.y() + 26))
    light = sorted(luminance(line))
    return (light[-20] + 0.05) / (light[20] + 0.05)


def luminance(picture: Image.Image) -> list[float]:
    linear = [(value / 255 / 12.92 if value <= 10 else ((value / 255 + 0.055) / 1.055) ** 2.4) for value in range(256)]
    return [
        0.2126 * linear[red] + 0.7152 * linear[green] + 0.0722 * linear[blue]
        for red, green, blue in zip(*[iter(picture.tobytes())] * 3, strict=True)
    ]


def test_pictures_of_every_state(desktop: Desktop, overlay: Overlay) -> None:
    # GIVEN a game WHEN the overlay goes through its states THEN each is seen, and kept as a picture to look at
    start_game(desktop, "#ffffff")
    overlay.set_source("Grid practice", True)
    say(overlay)
    seen = [card_picture(desktop, overlay, "advice")]

    overlay.set_language("ja")
    overlay.show_translation(JAPANESE)
    seen.append(card_picture(desktop, overlay, "japanese"))

    overlay.show_translation(None)
    overlay.set_online_mark(True)
    overlay.show_notice("The coach's engine stopped and is being restarted.", "warning")
    seen.append(card_picture(desktop, overlay, "notice"))

    overlay.clear_notice()
    overlay.set_paused(True)
    seen.append(card_picture(desktop, overlay, "paused"))

    overlay.set_paused(False)
    overlay.begin_advice("Is it safe to go right?")
    overlay.add_words("No: the hole")
    qt_wait(lambda: "No: the hole" in overlay.accessibleDescription(), "the first words")
    seen.append(card_picture(desktop, overlay, "answering"))

    overlay.drop_advice()
    overlay.set_source("The window “Grid” was closed. The coach goes on when it opens again.", False)
    seen.append(card_picture(desktop, overlay, "source-lost"))
    assert len({picture.tobytes() for picture in seen}) == len(seen)


def card_picture(desktop: Desktop, overlay: Overlay, name: str) -> Image.Image:
    """What is on the screen of the card, once it has been drawn."""
    shown = overlay.grab().toImage().size()
    for _ in range(10):  # Qt draws, the server and the compositor follow
        pump()
    assert overlay.size() == shown / overlay.devicePixelRatioF()
    desktop.keep_picture(name)
    card = overlay.card_geometry().adjusted(-40, -40, 40, 40)
    return desktop.picture().crop((card.left(), card.top(), card.right(), card.bottom()))


def test_japanese_is_drawn_and_not_as_empty_boxes(overlay: Overlay) -> None:
    # GIVEN the letters of the overlay
    body = OutlinedText()
    body.set_font(next(label for label in overlay.findChildren(OutlinedText)).font())
    body.resize(80, 60)

    def drawn(character: str) -> bytes:
        body.set_text(character)
        body.set_colors(QColor("white"), None)
        image = body.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)
        return bytes(image.constBits())

    # WHEN Japanese characters and one that no font has are drawn
    missing = drawn("\U0010fffd")
    characters = {character: drawn(character) for character in "箱猫穴上へ動かアン。ー"}

    # THEN each looks different from the missing one and from every other
    assert missing not in characters.values()
    assert len(set(characters.values())) == len(characters)
    body.deleteLater()


def test_repainting_for_long_loses_no_references(desktop: Desktop, overlay: Overlay) -> None:
    # GIVEN an overlay that has been drawn (PySide6 6.12 on Python 3.11 loses references to None until it crashes)
    start_game(desktop)
    say(overlay)
    overlay.repaint()
    before = [sys.getrefcount(thing) for thing in (None, True, False)]

    # WHEN it is drawn some thousands of times more, with changing words
    for number in range(3000):
        overlay.add_words(f"{number} ")
        overlay.setWindowOpacity(0.9 + (number % 10) / 100)
        overlay.repaint()

    # THEN about as many references are left as before
    after = [sys.getrefcount(thing) for thing in (None, True, False)]
    assert all(late > early - 500 for early, late in zip(before, after, strict=True))


def test_it_follows_a_compositor_that_comes_and_goes(desktop: Desktop, tmp_path: Path) -> None:
    # GIVEN a screen of its own with a window manager only
    result = tmp_path / "seen.json"

    # WHEN the overlay is shown there, then a compositor starts, then it ends
    program = desktop.start(
        "xvfb-run", "-a", "-s", "-screen 0 1024x768x24 -noreset", sys.executable, _WITHOUT_COMPOSITOR, result
    )
    qt_wait(lambda: program.process.poll() is not None, "the other screen", deadline_s=60)
    assert program.process.returncode == 0, program.output.read_text()

    # THEN the card is solid and nothing black is around it; with the compositor it is translucent with a shadow
    seen = json.loads(result.read_text())
    assert seen["without"] == {"card": [18, 21, 27], "around": [255, 255, 255]}
    assert seen["with"]["card"] != [18, 21, 27]
    assert 150 < seen["with"]["around"][0] < 255
    assert seen["again without"] == seen["without"]


def dialogs() -> list[QWidget]:
    """Every window of the app that a player opens; none is shown yet."""
    return [
        SettingsDialog(Settings()),
        HistoryWindow({}),
        SourcePicker(),
        AboutWindow(),
        Welcome("Ctrl+Alt+A"),
        PlainMessageBox(QMessageBox.Icon.Question, "Delete", "Delete the profile?"),
        QFileDialog(),
    ]


def test_it_covers_no_window_of_the_app_and_comes_back(desktop: Desktop, overlay: Overlay) -> None:
    # GIVEN a card with advice in the middle of the screen
    overlay.place(QRect(750, 450, 420, 0))
    say(overlay)
    home = overlay.card_geometry()
    for dialog in dialogs():

        def covered(window: QWidget = dialog) -> bool:
            return overlay.card_geometry().intersects(window.windowHandle().frameGeometry())

        # WHEN a window of the app is opened THEN the card is aside, and seen
        dialog.show()
        dialog.move(home.center() - dialog.rect().center())
        qt_wait(lambda window=dialog: window.windowHandle().frameMargins().top() > 0, "its frame")  # type: ignore[misc]
        qt_wait(lambda window=dialog: window.frameGeometry().intersects(home) and not covered(), "the card aside")  # type: ignore[misc]
        assert overlay.isVisible()
        # WHEN more is said THEN it stays aside
        say(overlay, JAPANESE)
        assert not covered()
        desktop.keep_picture(type(dialog).__name__)
        # WHEN the window goes THEN the card is where it belongs
        destroy(dialog)
        qt_wait(lambda: overlay.card_geometry().topLeft() == home.topLeft(), "the card at home")


def test_it_goes_where_a_window_of_the_app_leaves_no_room(desktop: Desktop, overlay: Overlay) -> None:
    # GIVEN a card with advice
    say(overlay)
    # WHEN a window of the app is as large as the screen THEN the card goes at once
    dialog = HistoryWindow({})
    dialog.showFullScreen()
    dialog.activateWindow()
    qt_wait(lambda: not overlay.isVisible(), "the card to go")
    # WHEN the player asks nevertheless THEN the answer is shown
    overlay.begin_advice("Is it safe?")
    say(overlay)
    # WHEN the player is back at the game THEN it is there
    start_game(desktop)
    say(overlay)
    # WHEN the window is closed, and a part of the screen is to be drawn THEN it goes until that is done
    destroy(dialog)
    overlay.stay_away(True)
    assert not overlay.isVisible()
    overlay.finish_advice(Answer(ENGLISH, cost_ms=412, captured_at=time.time()))
    assert not overlay.isVisible()
    overlay.stay_away(False)
    assert overlay.isVisible()


def test_it_makes_room_for_a_menu_and_moves_where_the_hand_puts_it(desktop: Desktop, overlay: Overlay) -> None:
    # GIVEN a card with advice WHEN a menu is opened over it THEN it is aside until that is closed
    say(overlay)
    home = overlay.card_geometry()
    menu = QMenu()
    for _ in range(8):
        menu.addAction("Something to do")
    menu.popup(home.center())
    qt_wait(lambda: not overlay.card_geometry().intersects(menu.frameGeometry()), "the card aside")
    # WHEN it is moved by hand THEN it is where the hand is
    overlay.set_edit_mode(True)
    assert overlay.card_geometry().topLeft() == home.topLeft()
    overlay.set_edit_mode(False)
    destroy(menu)
    qt_wait(lambda: overlay.card_geometry().topLeft() == home.topLeft(), "the card at home")
