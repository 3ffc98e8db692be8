"""Black pictures, finding windows, following them: on made-up desktops."""

import gc
import os

import pytest

from coach_app.capture.black import BLACK_AFTER_S, BlackGuard
from coach_app.capture.source import Loss, SourceLost
from coach_app.capture.window import Ambiguity, WindowSource, find_again, find_game
from coach_app.capture.windows import NoPicture, WindowInfo, list_windows, thumbnail
from coach_app.domain.errors import CoachError
from coach_app.domain.frame import Frame
from coach_app.domain.profile import GameProfile
from coach_app.domain.source import WindowSpec
from tests.fakes.frames import FakeSource, plain


def window(
    window_id: int, title: str, program: str = "game", pid: int | None = 77, minimised: bool = False
) -> WindowInfo:
    return WindowInfo(window_id, title, program, pid, 0, 0, 320, 240, minimised)


def game(pattern: str, program: str = "", name: str = "game") -> GameProfile:
    return GameProfile(id=name, title="Game", window=pattern, program=program, prompt="What next?")


class FakeDesktop:
    """A desktop whose windows a test opens and closes."""

    def __init__(self, *windows: WindowInfo) -> None:
        self.open = list(windows)
        self.closed = 0

    def windows(self) -> list[WindowInfo]:
        return self.open

    def capture(self, window_id: int) -> Frame:
        found = [window for window in self.open if window.id == window_id]
        if not found:
            raise NoPicture(Loss.CLOSED)
        if found[0].minimised:
            raise NoPicture(Loss.MINIMISED)
        return plain("red", title=found[0].title)

    def close(self) -> None:
        self.closed += 1


@pytest.fixture(autouse=True)
def _look_again_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("coach_app.capture.window.LOOK_AGAIN_S", 0.0)


@pytest.mark.parametrize(
    ("spec", "found"),
    [
        (WindowSpec(title="Maze", program="maze", pid=5), 1),  # as it was
        (WindowSpec(title="Maze", program="maze", pid=99), 1),  # the program was started again
        (WindowSpec(title="Maze - level 3", program="solo", pid=99), 3),  # and its title has changed, too
        (WindowSpec(title="Maze", program="other", pid=5), None),  # the process id belongs to another program now
        (WindowSpec(title="gone", program="maze", pid=6), 2),  # a program with two windows: by its process
        (WindowSpec(title="gone", program="maze"), None),  # or not at all
        (WindowSpec(title="Maze"), 1),  # by the title alone
        (WindowSpec(), None),
    ],
)
def test_a_chosen_window_is_found_again(spec: WindowSpec, found: int | None) -> None:
    # GIVEN some windows
    windows = [window(1, "Maze", "maze", 5), window(2, "Maze 2", "maze", 6), window(3, "Solo", "solo", 7)]

    # WHEN one is looked for, THEN it is found, or nothing is
    again = find_again(windows, spec)
    assert (again.id if again else None) == found


def test_a_game_is_found_by_its_pattern() -> None:
    # GIVEN two windows of games and another, the front-most first
    windows = [window(1, "Mail"), window(2, "GRID levels", minimised=True), window(3, "Breakout"), window(4, "grid")]

    # WHEN games are looked for, THEN the front-most that is shown is found
    def find(*patterns: str) -> int | None:
        found = find_game(windows, [game(pattern) for pattern in patterns])
        assert not isinstance(found, Ambiguity)
        return found.id if found else None

    assert find("grid", "breakout") == 3
    assert find("grid") == 4
    assert find("levels") == 2
    assert find("chess") is None


@pytest.mark.parametrize(
    ("program", "windows", "found"),
    [
        ("", [window(1, "Celeste", "Thunar"), window(2, "Celeste", "Celeste")], 2),  # a folder lies in front
        ("", [window(1, "Celeste", "org.gnome.Nautilus")], None),
        ("", [window(1, "Celeste", "explorer.exe")], None),
        ("", [window(1, "Celeste", "Google-chrome"), window(2, "Celeste", "Celeste", minimised=True)], 2),
        ("", [window(1, "Celeste", "firefox_firefox")], 1),  # a game in a browser
        ("^celeste", [window(1, "Celeste", "gedit"), window(2, "Celeste", "Celeste.bin.x86_64")], 2),
        ("^celeste", [window(1, "Celeste", "gedit")], None),
        ("firefox", [window(1, "Celeste", "Celeste"), window(2, "Celeste", "firefox")], 2),
        ("thunar", [window(1, "Celeste", "Thunar")], 1),  # whoever insists
        ("", [window(1, "Celeste", "Celeste"), window(2, "Celeste", "Celeste")], 1),
        (
            "",
            [window(1, "Celeste", "a"), window(2, "Celeste", "Celeste")],
            Ambiguity("Celeste", ("a", "Celeste"), (1, 2)),
        ),
        (
            "",
            [window(1, "Celeste", "a"), window(2, "Celeste", "b", 7, True)],
            Ambiguity("Celeste", ("a", "b"), (1, 2)),
        ),
    ],
)
def test_a_window_that_is_only_named_like_the_game_is_not_the_game(
    program: str, windows: list[WindowInfo], found: int | Ambiguity | None
) -> None:
    # GIVEN windows of one title WHEN the game is looked for THEN its program counts, and in doubt nothing is taken
    chosen = find_game(windows, [game("^Celeste$", program)])
    assert (chosen.id if isinstance(chosen, WindowInfo) else chosen) == found


def test_of_two_known_games_the_one_in_front_is_watched_without_a_question() -> None:
    # GIVEN windows of two games, of one name each WHEN they are looked for THEN nobody has to be asked
    games = [game("^Celeste$", name="celeste"), game("^Doom$", name="doom")]
    found = find_game([window(1, "Doom", "doom"), window(2, "Celeste", "celeste")], games)
    assert isinstance(found, WindowInfo)
    assert found.id == 1


def test_in_doubt_nothing_is_captured_and_the_user_is_asked() -> None:
    # GIVEN the game alone
    desktop = FakeDesktop(window(1, "Celeste", "celeste"))
    profile = game("^Celeste$")
    games = [profile]
    source = WindowSource(desktop, lambda windows: find_game(windows, games), follow_front=True)
    frame = source.grab()
    assert isinstance(frame, Frame)
    assert frame.program == "celeste"

    # WHEN another program opens a window of that title THEN nothing is captured until it is known which one it is
    desktop.open.insert(0, window(2, "Celeste", "gedit"))
    lost = source.grab()
    assert isinstance(lost, SourceLost)
    assert lost.reason is Loss.AMBIGUOUS
    assert "gedit, celeste" in lost.sentence

    # WHEN the program is known THEN its window is captured
    games[0] = profile.model_copy(update={"program": "^celeste$"})
    frame = source.grab()
    assert isinstance(frame, Frame)
    assert frame.program == "celeste"


def test_a_window_is_followed_when_it_is_minimised_closed_and_opened_again() -> None:
    # GIVEN a window
    desktop = FakeDesktop(window(1, "Maze"))
    source = WindowSource(desktop, lambda windows: find_again(windows, WindowSpec(title="Maze", program="game")))
    assert isinstance(source.grab(), Frame)

    # WHEN its title changes, THEN it is followed
    desktop.open = [window(1, "Maze - level 2")]
    frame = source.grab()
    assert isinstance(frame, Frame)
    assert frame.title == source.description == "Maze - level 2"

    # WHEN it is minimised, THEN that is said
    desktop.open = [window(1, "Maze", minimised=True)]
    lost = source.grab()
    assert isinstance(lost, SourceLost)
    assert lost.reason is Loss.MINIMISED
    assert "Maze - level 2" in lost.sentence

    # WHEN it is closed, THEN that is said
    desktop.open = []
    lost = source.grab()
    assert isinstance(lost, SourceLost)
    assert lost.reason is Loss.CLOSED

    # WHEN it is opened again, THEN it is found
    desktop.open = [window(9, "Maze", pid=1234)]
    assert isinstance(source.grab(), Frame)
    source.close()
    assert desktop.closed == 1


def test_the_known_game_in_front_is_followed_but_never_the_coach_itself() -> None:
    # GIVEN windows of the coach and of another excluded process, called like the game, and two games
    ours = [window(8, "grid coach", pid=os.getpid()), window(9, "grid", pid=4711)]
    desktop = FakeDesktop(*ours, window(1, "grid one"), window(2, "grid two"))
    source = WindowSource(
        desktop, lambda windows: find_game(windows, [game("grid")]), excluded_pids=[4711], follow_front=True
    )

    # WHEN the games change places, THEN the one in front is captured
    frame = source.grab()
    assert isinstance(frame, Frame)
    assert frame.title == "grid one"
    desktop.open = [*ours, window(2, "grid two"), window(1, "grid one")]
    frame = source.grab()
    assert isinstance(frame, Frame)
    assert frame.title == "grid two"

    # WHEN no game is open any more, THEN that is said
    desktop.open = ours
    lost = source.grab()
    assert isinstance(lost, SourceLost)
    assert "No known game" in lost.sentence


@pytest.mark.parametrize(("full_screen", "reason"), [(True, Loss.EXCLUSIVE), (False, Loss.BLACK)])
def test_pictures_that_stay_black_are_explained(full_screen: bool, reason: Loss) -> None:
    # GIVEN a source that becomes black
    frames = [plain("red"), plain((0, 0, 2))]
    source, now_s = FakeSource(frames), [0.0]
    guard = BlackGuard(source, full_screen=lambda: full_screen, clock=lambda: now_s[0])
    assert guard.grab() is frames[0]

    # WHEN it is black for a moment, THEN that is a picture like any other
    assert guard.grab() is frames[1]
    now_s[0] = BLACK_AFTER_S / 2
    assert guard.grab() is frames[1]

    # WHEN it stays so, THEN it is explained, with a remedy
    now_s[0] = BLACK_AFTER_S + 0.1
    lost = guard.grab()
    assert isinstance(lost, SourceLost)
    assert lost.reason is reason
    assert "borderless window" in lost.sentence
    assert guard.grab() == lost

    # WHEN something is to be seen again, THEN the pictures come through
    source.grabs = 0
    assert guard.grab() is frames[0]
    guard.close()
    assert source.closed == 1


def test_a_dark_game_is_not_black() -> None:
    # GIVEN a night scene with one small light
    frame = plain("black", (640, 480))
    frame.image.putpixel((333, 222), (0, 90, 0))
    now_s = [0.0]
    guard = BlackGuard(FakeSource([frame]), full_screen=lambda: False, clock=lambda: now_s[0])

    # WHEN it stays so for long, THEN it comes through
    for now_s[0] in (0.0, 5.0, 50.0):
        assert guard.grab() is frame


def test_black_on_wayland_is_explained_by_wayland(monkeypatch: pytest.MonkeyPatch) -> None:
    # GIVEN a Wayland desktop, which gives X11 programs black pictures
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    now_s = [0.0]
    guard = BlackGuard(FakeSource([plain("black")]), full_screen=lambda: False, clock=lambda: now_s[0])
    guard.grab()

    # WHEN it stays so, THEN that is said
    now_s[0] = 9.0
    lost = guard.grab()
    assert isinstance(lost, SourceLost)
    assert "Wayland" in lost.sentence


# python-xlib forgets to close the socket of a screen that does not answer.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_without_a_screen_that_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    # GIVEN no screen
    monkeypatch.setenv("DISPLAY", ":987")

    # WHEN windows are wanted, THEN it is one sentence
    with pytest.raises(CoachError, match="cannot be reached"):
        list_windows()
    assert thumbnail(window(1, "Maze"), 64) is None
    gc.collect()
