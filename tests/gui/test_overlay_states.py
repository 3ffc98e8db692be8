"""What the overlay shows in which state, with a clock of its own; Qt draws no such window without a screen."""

import time
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QLabel

from coach_app.ui.compositor import Compositor
from coach_app.ui.outlined_text import Mark, OutlinedText
from coach_app.ui.overlay import Answer, Overlay, OverlayLook
from tests.gui.qt import application, destroy, qt_wait

ENGLISH = "The hole is on your right. Move the cat up."
WHEEL = (Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False)
JAPANESE = "穴は右にあります。猫を上へ動かしてください。"


class _NoCompositor(Compositor):
    """Without one nothing fades: the overlay is there at once and gone at once."""

    changed = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self.present = False


class Clock:
    """Seconds since the epoch, as the test says."""

    def __init__(self) -> None:
        self.now = 1_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def overlay(clock: Clock) -> Iterator[Overlay]:
    application()
    overlay = Overlay(clock, _NoCompositor())
    yield overlay
    destroy(overlay)


@pytest.fixture
def advise(overlay: Overlay, clock: Clock) -> Callable[..., None]:
    def advise(text: str = ENGLISH, age_s: float = 0.0) -> None:
        overlay.finish_advice(Answer(text, cost_ms=411.6, captured_at=clock.now - age_s))

    return advise


def shown(overlay: Overlay) -> list[str]:
    """Every text that can be seen, from top to bottom."""
    return [label.text for label in overlay.findChildren(OutlinedText) if label.isVisible() and label.text]


def marks(overlay: Overlay) -> list[str]:
    return [mark.accessibleName() for mark in overlay.findChildren(Mark) if mark.isVisible()]


def later(overlay: Overlay, clock: Clock, seconds: float) -> None:
    """As if the timer had woken the overlay after so long."""
    clock.now += seconds
    overlay._refresh()


def body_color(overlay: Overlay, text: str = ENGLISH) -> str:
    return next(label for label in overlay.findChildren(OutlinedText) if label.text == text)._color.name()


def test_how_long_an_answer_took_is_shown_to_those_who_ask_for_it(
    overlay: Overlay, advise: Callable[..., None]
) -> None:
    # GIVEN advice
    advise()
    assert "now" in shown(overlay)
    # WHEN the times are asked for, and no longer THEN they are shown, and no longer
    overlay.apply(OverlayLook(shows_times=True))
    assert "now · 412 ms" in shown(overlay)
    overlay.apply(OverlayLook())
    assert "now" in shown(overlay)


def test_it_is_not_there_until_there_is_something_to_say(overlay: Overlay, advise: Callable[..., None]) -> None:
    # GIVEN a new overlay WHEN a source is watched and an answer begins THEN nothing is seen before its first word
    overlay.set_source("Grid practice", True)
    overlay.begin_advice()
    assert not overlay.isVisible()
    overlay.add_words("The hole")
    qt_wait(overlay.isVisible, "the overlay")
    advise()
    assert shown(overlay) == ["Grid practice", "now", ENGLISH]


def test_words_are_drawn_together(overlay: Overlay) -> None:
    # GIVEN an answer that begins
    overlay.begin_advice()
    drawn: list[str] = []
    body = overlay._content._answer._body
    original, body.set_text = body.set_text, lambda text: (drawn.append(text), original(text))[1]  # type: ignore[method-assign, func-returns-value]

    # WHEN many words come at once THEN they are laid out once
    for word in ENGLISH.split():
        overlay.add_words(word + " ")
    assert drawn == []
    qt_wait(lambda: drawn, "the words")
    assert drawn == [ENGLISH + " "]


def test_a_question_shows_at_once_and_stays_with_its_answer(overlay: Overlay, advise: Callable[..., None]) -> None:
    # GIVEN advice WHEN a question is asked THEN it is seen before any word
    advise()
    overlay.begin_advice("Is it safe?")
    assert shown(overlay) == ["Looking…", "“Is it safe?”", "…"]

    # WHEN it is answered THEN the question stays above its answer; the next unasked advice has none
    advise("No.")
    assert shown(overlay) == ["now", "“Is it safe?”", "No."]
    overlay.begin_advice()
    advise()
    assert shown(overlay) == ["now", ENGLISH]


def test_a_dropped_answer_leaves_what_was_said_before(overlay: Overlay, advise: Callable[..., None]) -> None:
    # GIVEN advice, and an answer on its way WHEN that is dropped THEN the advice stands as before
    advise()
    before, color = shown(overlay), body_color(overlay)
    overlay.begin_advice()
    assert body_color(overlay) != color
    overlay.add_words("The cr")
    overlay.drop_advice()
    assert (shown(overlay), body_color(overlay)) == (before, color)


def test_advice_tells_its_age_greys_and_goes(overlay: Overlay, clock: Clock, advise: Callable[..., None]) -> None:
    # GIVEN advice
    overlay.apply(OverlayLook(stale_after_s=12, fade_after_s=15))
    advise()
    fresh = body_color(overlay)

    # WHEN time passes THEN its age is told, it greys when stale, and goes when it has been there for long
    later(overlay, clock, 3.2)
    assert "3 s ago" in shown(overlay)
    assert body_color(overlay) == fresh
    later(overlay, clock, 9)
    assert body_color(overlay) != fresh
    assert overlay.isVisible()
    later(overlay, clock, 3)
    assert not overlay.isVisible()
    assert not [timer for timer in overlay.findChildren(QTimer) if timer.isActive()]


def test_it_wakes_up_only_when_something_will_change(
    overlay: Overlay, clock: Clock, advise: Callable[..., None]
) -> None:
    # GIVEN advice that stays WHEN it gets old THEN the next look is a second, a minute, an hour away
    overlay.apply(OverlayLook(fade_after_s=0))
    for age_s, wait_ms in ((0.0, 1000), (59.5, 500), (90.0, 30_000), (7200.0, 3_600_000)):
        advise(age_s=age_s)
        assert overlay._next_change.remainingTime() in range(
            int(wait_ms * 0.9), int(wait_ms * 1.06)
        )  # Qt may round by 5 %


def test_japanese_comes_in_place_of_the_english_and_the_language_switches_back(
    overlay: Overlay, advise: Callable[..., None]
) -> None:
    # GIVEN advice in Japanese WHEN the translation comes THEN it is shown; switching is immediate
    overlay.set_language("ja")
    advise()
    assert ENGLISH in shown(overlay)
    assert marks(overlay) == []
    overlay.show_translation(JAPANESE)
    assert JAPANESE in shown(overlay)
    assert ENGLISH not in shown(overlay)
    overlay.set_language("en")
    assert ENGLISH in shown(overlay)


def test_without_a_translation_the_english_stays_with_a_mark(overlay: Overlay, advise: Callable[..., None]) -> None:
    # GIVEN advice in Japanese WHEN it cannot be translated THEN a mark says so until the next advice; not in English
    overlay.set_language("ja")
    advise()
    overlay.show_translation(None)
    assert ENGLISH in shown(overlay)
    assert marks(overlay) == ["not translated"]
    overlay.set_language("en")
    assert marks(overlay) == []
    overlay.set_language("ja")
    advise()
    assert marks(overlay) == []


def test_notices_stay_as_long_as_they_take_to_read(overlay: Overlay, clock: Clock) -> None:
    # GIVEN a warning WHEN time passes THEN it stays for its time, and longer than an information
    overlay.show_notice("The engine is being started again.", "warning")
    assert shown(overlay) == ["The engine is being started again."]
    later(overlay, clock, 12)
    assert overlay.isVisible()
    later(overlay, clock, 4)
    assert not overlay.isVisible()

    # WHEN it no longer applies THEN it goes at once
    overlay.show_notice("Something else.", "error")
    assert overlay.isVisible()
    overlay.clear_notice()
    assert not overlay.isVisible()


def test_a_longer_notice_in_place_of_a_shorter_one_has_room_at_once(overlay: Overlay) -> None:
    # GIVEN a short notice, shown and laid out
    overlay.show_notice("Something else.", "error")
    QApplication.processEvents()
    height = overlay.card_geometry().height()
    # WHEN a longer one takes its place THEN the card has grown before it is drawn
    overlay.show_notice("The engine is being started again. " * 6, "error")
    assert overlay.card_geometry().height() > height


def test_pause_online_and_a_lost_source_are_seen(overlay: Overlay, advise: Callable[..., None]) -> None:
    # GIVEN advice WHEN the states change THEN words say so, not colours alone
    advise()
    overlay.set_online_mark(True)
    overlay.set_asleep(True)
    assert marks(overlay) == ["unloaded", "online"]
    overlay.set_asleep(False)
    overlay.set_step(2, 5)
    assert marks(overlay) == ["gives way 2/5", "online"]
    overlay.set_step(0, 5)
    overlay.set_paused(True)
    assert marks(overlay) == ["paused", "online"]
    overlay.set_paused(False)
    overlay.set_online_mark(False)
    overlay.set_source("The window was closed.", False)
    assert marks(overlay) == []
    assert "The window was closed." in shown(overlay)
    overlay.set_source("Grid practice", True)
    assert "The window was closed." not in shown(overlay)
    assert "Grid practice" in shown(overlay)


def test_hidden_by_the_user_it_stays_hidden(overlay: Overlay, advise: Callable[..., None]) -> None:
    # GIVEN a user who hid the overlay WHEN there is advice and a notice THEN nothing is seen; shown again, both are
    overlay.set_wanted(False)
    advise()
    overlay.show_notice("A notice.", "error")
    assert not overlay.isVisible()
    overlay.set_wanted(True)
    assert ENGLISH in shown(overlay)
    assert "A notice." in shown(overlay)


@pytest.mark.parametrize("text", ["<b>bold</b> &amp; <img src='file:///etc/passwd'>", "**stars** [a](b)", "a\nb\n\tc"])
def test_model_text_is_never_markup(overlay: Overlay, advise: Callable[..., None], text: str) -> None:
    # GIVEN text with markup WHEN shown THEN it is there as it is, and nothing on the card could read it otherwise
    advise(text)
    assert text in shown(overlay)
    assert not overlay.findChildren(QLabel)


def test_the_description_for_screen_readers_follows(overlay: Overlay, advise: Callable[..., None]) -> None:
    # GIVEN an overlay WHEN it says something THEN its accessible description says the same
    assert overlay.accessibleName() == "Coach"
    overlay.begin_advice("Is it safe?")
    advise("No.")
    overlay.show_notice("A notice.")
    assert overlay.accessibleDescription() == "“Is it safe?”\nNo.\nA notice.".replace("“", "").replace("”", "")


def test_it_grows_with_the_text_but_never_over_the_screen(overlay: Overlay, advise: Callable[..., None]) -> None:
    # GIVEN a short and a longer advice WHEN shown THEN the card is as high as it must be
    screen = QGuiApplication.primaryScreen().geometry()
    overlay.place(QRect(100, 100, 420, 0))
    advise("Up.")
    low = overlay.card_geometry()
    advise(ENGLISH * 3)
    high = overlay.card_geometry()
    assert low.topLeft() == high.topLeft()
    assert high.height() > low.height()

    # WHEN a model does not stop THEN the text is cut, and the card keeps to its screen
    advise(ENGLISH * 300)
    assert overlay.card_geometry().height() <= screen.height() * 0.61
    assert screen.contains(overlay.card_geometry())
    advise("Up.")
    assert overlay.card_geometry() == low


def test_low_on_the_screen_it_grows_upwards(overlay: Overlay, advise: Callable[..., None]) -> None:
    # GIVEN a card put at the bottom WHEN its text needs more room THEN its lower edge stays
    screen = QGuiApplication.primaryScreen().geometry()
    place = QRect(100, screen.bottom() - 160, 420, 150)
    overlay.place(place)
    advise("Up.")
    assert overlay.card_geometry().bottom() == place.bottom()
    advise(ENGLISH * 4)
    assert overlay.card_geometry().bottom() == place.bottom()


def test_while_words_come_the_card_does_not_shrink(overlay: Overlay, advise: Callable[..., None]) -> None:
    # GIVEN a long advice WHEN the next one begins and is short THEN the card shrinks once, at its end
    advise(ENGLISH * 4)
    height = overlay.height()
    overlay.begin_advice()
    overlay.add_words("Up.")
    qt_wait(lambda: "Up." in shown(overlay), "the words")
    assert overlay.height() == height
    advise("Up.")
    assert overlay.height() < height


def test_a_place_off_every_screen_is_pulled_back(overlay: Overlay, advise: Callable[..., None]) -> None:
    # GIVEN a place of a monitor that is gone WHEN put there THEN the card is seen
    overlay.place(QRect(9000, 9000, 420, 150))
    advise()
    assert QGuiApplication.primaryScreen().geometry().contains(overlay.card_geometry())


def test_a_change_of_monitors_is_told_with_the_new_layout(overlay: Overlay, advise: Callable[..., None]) -> None:
    # GIVEN advice WHEN a monitor changes THEN the layout is told once, so that its place can be given
    advise()
    layouts: list[str] = []
    overlay.layout_changed.connect(layouts.append)
    screen = QGuiApplication.primaryScreen()
    screen.geometryChanged.emit(screen.geometry())
    qt_wait(lambda: layouts == ["0,0,1920x1080"], "the new layout")
    assert overlay.isVisible()


def test_the_width_of_the_look_holds_until_it_is_placed_by_hand(overlay: Overlay, advise: Callable[..., None]) -> None:
    # GIVEN a width in the settings WHEN applied THEN the card has it, unless it was resized by hand
    overlay.apply(OverlayLook(width_px=300))
    advise()
    assert overlay.card_geometry().width() == 300
    overlay.place(QRect(50, 50, 500, 100))
    overlay.apply(OverlayLook(width_px=350))
    assert overlay.card_geometry().width() == 500


def test_a_panel_has_its_place_below_the_text(overlay: Overlay, advise: Callable[..., None]) -> None:
    # GIVEN advice WHEN a panel is set THEN it is below the text and the card has room; taken away, it is as before
    advise()
    before = overlay.card_geometry()
    panel = QLabel("Q-values")
    panel.setFixedHeight(60)
    overlay.set_panel(panel)
    overlay._content._column.activate()
    assert overlay.card_geometry().height() >= before.height() + 60
    assert panel.y() > overlay._content._answer.geometry().bottom() - 1
    overlay.set_panel(None)
    assert overlay.card_geometry() == before
    assert panel.parent() is None


def test_edit_mode_shows_where_advice_will_be(overlay: Overlay) -> None:
    # GIVEN nothing to say, and a user who hid the overlay WHEN edit mode is on THEN it is seen, with what to do
    overlay.set_wanted(False)
    overlay.set_edit_mode(True)
    assert marks(overlay) == ["edit mode"]
    assert "The advice appears here." in shown(overlay)
    assert "Drag to move" in overlay.accessibleDescription()
    overlay.set_edit_mode(False)
    assert not overlay.isVisible()


def test_the_real_clock_and_fading_are_the_defaults() -> None:
    # GIVEN an overlay as the app makes it WHEN it has something to say THEN it fades in
    application()
    overlay = Overlay()
    overlay.finish_advice(Answer(ENGLISH, cost_ms=1, captured_at=time.time()))
    qt_wait(lambda: overlay.windowOpacity() == 1.0, "the overlay")
    assert overlay.isVisible()
    destroy(overlay)


def test_an_answer_to_a_game_question_stays_as_long_as_reading_takes_and_does_not_become_stale(
    overlay: Overlay, clock: Clock
) -> None:
    # GIVEN a long answer that is about no picture
    text = f"{ENGLISH} " * 12
    overlay.begin_advice("How do I win?", about_game=True)
    assert "Reading the guides…" in shown(overlay)
    overlay.finish_advice(Answer(text, cost_ms=400.0, captured_at=clock.now, sources="From the guides: Fox in neutral"))
    fresh = body_color(overlay, text)
    # WHEN more time goes by than advice about a picture is shown
    later(overlay, clock, 25)
    # THEN it can still be read, as fresh as before, with its sources below it
    assert shown(overlay)[-2:] == [text, "From the guides: Fox in neutral"]
    assert body_color(overlay, text) == fresh
    # WHEN it has been read THEN it goes
    later(overlay, clock, 60)
    assert not overlay.isVisible()


LONG = "\n".join(
    ["Best move", "Move the cat left.", "", *(f"• Reason {number} is that the hole is near." for number in range(80))]
)


def part(overlay: Overlay) -> tuple[int, int, int]:
    """The first line of the answer that is in sight, how many are, and how many there are."""
    answer = overlay._content._answer
    return answer._first, answer._lines, answer._all_lines


def ask(overlay: Overlay, clock: Clock, text: str = LONG, move: str = "Move: left") -> None:
    overlay.begin_advice("Why?")
    overlay.finish_advice(Answer(text, cost_ms=1.0, captured_at=clock.now, move=move))


def test_a_long_answer_is_read_in_parts_with_its_move_in_sight(overlay: Overlay, clock: Clock) -> None:
    # GIVEN an answer that is longer than the card can be
    overlay.set_reading_key("Ctrl+Alt+PgDown")
    ask(overlay, clock)
    first, lines, all_lines = part(overlay)
    assert first == 0
    assert 10 < lines < all_lines
    assert shown(overlay)[-2:] == ["Move: left", shown(overlay)[-1]]
    assert shown(overlay)[-1].endswith("▼ More: Ctrl+Alt+PgDown")
    assert overlay.card_geometry().height() <= QGuiApplication.primaryScreen().geometry().height() * 0.71
    assert LONG in overlay.accessibleDescription()
    # WHEN the user reads on THEN every line comes in sight, each part with the last line of the one before
    seen = set(range(first, first + lines))
    while first + lines < all_lines:
        overlay.read_on()
        assert first < part(overlay)[0] <= first + lines - 1
        first = part(overlay)[0]
        seen |= set(range(first, first + lines))
        assert "Move: left" in shown(overlay)
    assert seen == set(range(all_lines))
    assert "▲ From the top: Ctrl+Alt+PgDown" in shown(overlay)[-1]
    # WHEN on from the end, then back THEN the beginning is there again
    overlay.read_on()
    assert part(overlay)[0] == 0
    overlay.read_on(-1)
    assert part(overlay)[0] == 0


def test_a_short_answer_has_no_parts(overlay: Overlay, clock: Clock) -> None:
    # GIVEN an answer that fits WHEN it is read on in THEN nothing changes
    ask(overlay, clock, ENGLISH)
    before = shown(overlay)
    overlay.read_on()
    assert shown(overlay) == before == ["now", "“Why?”", ENGLISH]


PASSAGE = "Fox in neutral\n" + " ".join(f"Reason {number} is that Fox is fast." for number in range(12))


@pytest.mark.parametrize("text", [ENGLISH, LONG])
def test_the_passage_of_an_answer_is_folded_until_the_user_reads_on(text: str, overlay: Overlay, clock: Clock) -> None:
    # GIVEN a short or a long answer from a guide
    overlay.set_reading_key("Ctrl+Alt+PgDown")
    overlay.begin_advice("Why?", about_game=True)
    sources = "From the guides: Fox in neutral"
    overlay.finish_advice(Answer(text, cost_ms=1.0, captured_at=clock.now, sources=sources, passage=PASSAGE))
    # WHEN nothing is done THEN the passage is not in sight, but how to get at it
    assert PASSAGE not in overlay.accessibleDescription()
    assert "▼ The passage: Ctrl+Alt+PgDown" in overlay.accessibleDescription()
    # WHEN the user reads on to the end THEN it follows the answer
    while PASSAGE not in overlay.accessibleDescription():
        first = part(overlay)[0]
        overlay.read_on()
        assert PASSAGE in overlay.accessibleDescription() or part(overlay)[0] > first
    assert "▼ The passage" not in overlay.accessibleDescription()
    assert overlay._state.is_kept
    # WHEN on from its end THEN the answer is there from its beginning, and the passage is folded again
    while PASSAGE in overlay.accessibleDescription():
        overlay.read_on()
    assert part(overlay)[0] == 0
    # WHEN the next answer comes THEN its passage is folded, too
    overlay.read_on()
    overlay.begin_advice("Who?", about_game=True)
    overlay.finish_advice(Answer("Fox.", cost_ms=1.0, captured_at=clock.now, sources=sources, passage=PASSAGE))
    assert PASSAGE not in overlay.accessibleDescription()


def test_while_an_answer_comes_its_beginning_stays_where_it_is(overlay: Overlay, clock: Clock) -> None:
    # GIVEN an answer in the making that has become longer than the card
    overlay.place(QRect(100, 100, 420, 0))
    overlay.begin_advice("Why?")
    body = overlay._content._answer._body
    places = set()
    for line in LONG.splitlines(keepends=True):
        overlay.add_words(line)
        overlay._refresh()
        overlay._content._column.activate()
        places.add((part(overlay)[0], body.mapTo(overlay, body.rect().topLeft()).y(), body.font().pointSizeF()))
    # WHEN it is complete THEN its first line was never elsewhere, nor in other letters
    overlay.finish_advice(Answer(LONG, cost_ms=1.0, captured_at=clock.now, move="Move: left"))
    overlay._content._column.activate()
    places.add((part(overlay)[0], body.mapTo(overlay, body.rect().topLeft()).y(), body.font().pointSizeF()))
    assert len(places) == 1
    # WHEN the user reads on while the next one comes THEN that is where it goes on; another answer begins at its top
    overlay.begin_advice("And then?")
    overlay.add_words(LONG)
    overlay._refresh()
    overlay.read_on()
    at = part(overlay)[0]
    assert at > 0
    overlay.add_words("\nMore.")
    overlay._refresh()
    overlay.finish_advice(Answer(f"{LONG}\nMore.", cost_ms=1.0, captured_at=clock.now))
    assert part(overlay)[0] == at
    ask(overlay, clock, LONG[5:])
    assert part(overlay)[0] == 0


def test_the_wheel_and_the_keys_of_pages_scroll_while_the_card_is_moved(overlay: Overlay, clock: Clock) -> None:
    # GIVEN a long answer, in edit mode
    ask(overlay, clock)
    overlay.set_edit_mode(True)
    # WHEN the wheel is turned THEN some lines pass; WHEN a page key is pressed THEN a part does
    center = QPointF(overlay.rect().center())
    turn = QWheelEvent(center, overlay.mapToGlobal(center), QPoint(), QPoint(0, -120), *WHEEL)
    QApplication.sendEvent(overlay, turn)
    assert part(overlay)[0] == 3
    QApplication.sendEvent(overlay, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_PageDown, WHEEL[1]))
    assert part(overlay)[0] > 10
    QApplication.sendEvent(overlay, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_PageUp, WHEEL[1]))
    assert part(overlay)[0] == 3
    overlay.set_edit_mode(False)


def test_an_answer_is_pinned_copied_and_shown_again(
    overlay: Overlay, clock: Clock, advise: Callable[..., None]
) -> None:
    # GIVEN nothing said yet WHEN something is wanted of the answer THEN the card says that there is none
    pinned: list[bool] = []
    overlay.pinned_changed.connect(pinned.append)
    for want in (overlay.show_again, overlay.copy_answer, lambda: overlay.pin(True)):
        overlay.clear_notice()
        want()
        assert shown(overlay) == ["There is no answer yet."]
    assert pinned == [False]
    # WHEN an answer is pinned THEN a mark says so, and advice does not replace it until it is unpinned
    overlay.clear_notice()
    ask(overlay, clock, "No.")
    overlay.pin(True)
    advise()
    later(overlay, clock, 1000)
    assert marks(overlay) == ["pinned"]
    assert "No." in shown(overlay)
    overlay.pin(False)
    assert (pinned, marks(overlay)) == ([False, True, False], [])
    assert ENGLISH in shown(overlay)
    # WHEN the answer is wanted again THEN it is there, and advice is back when it could be read
    overlay.show_again()
    assert "No." in shown(overlay)
    later(overlay, clock, 8)
    assert ENGLISH in shown(overlay)
    # WHEN what is shown is copied THEN the clipboard has its text, in the language that is shown
    overlay.show_translation(JAPANESE)
    for language, text in (("en", ENGLISH), ("ja", JAPANESE)):
        overlay.set_language(language)  # type: ignore[arg-type]
        overlay.copy_answer()
        assert QGuiApplication.clipboard().text() == text


def test_a_list_item_that_is_wrapped_stays_in_line_with_its_first_word(overlay: Overlay, clock: Clock) -> None:
    # GIVEN items of a list, one within another, English and Japanese WHEN they are wrapped THEN they are in line
    overlay.place(QRect(100, 100, 300, 0))
    text = f"{ENGLISH}\n• {ENGLISH}\n  • {JAPANESE}{JAPANESE}\n12. {ENGLISH}"
    ask(overlay, clock, text)
    body = next(label for label in overlay.findChildren(OutlinedText) if label.text == text)
    body.lines_for(body.width())
    lefts = [body._layout.lineAt(number).x() for number in range(body._layout.lineCount())]
    starts = [body._layout.lineAt(number).textStart() for number in range(body._layout.lineCount())]
    begins = [start == 0 or text[start - 1] == "\n" for start in starts]
    assert sum(begins) == 4
    assert all(left == 0 for left, first in zip(lefts, begins, strict=True) if first)
    paragraphs = [text.count("\n", 0, start) for start in starts]
    wrapped = {number: left for number, left, first in zip(paragraphs, lefts, begins, strict=True) if not first}
    assert wrapped[0] == 0 < wrapped[1] < wrapped[2]
    assert wrapped[3] > wrapped[1]
