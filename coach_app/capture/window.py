"""Captures one window, wherever it goes."""

import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace

from coach_app.capture.source import Loss, SourceLost
from coach_app.capture.windows import Desktop, NoPicture, WindowInfo, without
from coach_app.domain.frame import Frame, Place
from coach_app.domain.profile import GameProfile, game_of_window
from coach_app.domain.programs import is_browser
from coach_app.domain.source import WindowSpec

LOOK_AGAIN_S = 0.5
"""Time between two looks at the list of windows."""


@dataclass(frozen=True)
class Ambiguity:
    """Windows of several programs match the game, and only the user knows which one is right.

    Attributes:
        title: title of the front-most one.
        programs: the names of the programs, front-most first.
        windows: ids of the windows, front-most first.
    """

    title: str
    programs: tuple[str, ...]
    windows: tuple[int, ...] = ()


class WindowSource:
    """Follows a window when it is moved, resized, covered, minimised, closed or reopened.

    Args:
        desktop: owned from now on.
        choose: picks the window from the open ones, front-most first; None if it is not among them. If it is
            ambiguous, nothing is captured: another window's contents are private.
        excluded_pids: processes whose windows are never captured, in addition to this one.
        description: used until a window has been found.
        follow_front: whether to keep choosing, not only after the window was lost.
    """

    def __init__(
        self,
        desktop: Desktop,
        choose: Callable[[list[WindowInfo]], WindowInfo | Ambiguity | None],
        *,
        excluded_pids: Collection[int] = (),
        description: str = "",
        follow_front: bool = False,
    ) -> None:
        self._desktop = desktop
        self._choose = choose
        self._excluded_pids = excluded_pids
        self._description = description
        self._follow_front = follow_front
        self._window_id: int | None = None
        self._program = ""
        self._ambiguous: Ambiguity | None = None
        self._looked_s = -LOOK_AGAIN_S

    @property
    def description(self) -> str:
        """Last known title of the window."""
        return self._description

    def grab(self) -> Frame | SourceLost:
        """The window's picture, complete even where it is covered, or why there is none."""
        if (self._follow_front or self._window_id is None) and time.monotonic() - self._looked_s >= LOOK_AGAIN_S:
            self._looked_s = time.monotonic()
            found = self._choose(without(self._desktop.windows(), self._excluded_pids))
            self._ambiguous = found if isinstance(found, Ambiguity) else None
            if isinstance(found, Ambiguity):
                self._window_id = None
            elif found is not None:
                self._window_id = found.id
                self._program = found.program
                self._description = found.title or self._description
        if self._ambiguous:
            return _ambiguous(self._ambiguous)
        if self._window_id is None:
            return self._lost(Loss.CLOSED)
        try:
            frame = self._desktop.capture(self._window_id)
        except NoPicture as missing:
            if missing.reason is Loss.CLOSED:
                self._window_id = None
            return self._lost(missing.reason)
        self._description = frame.title or self._description
        return replace(frame, program=self._program, place=Place(self._window_id))

    def close(self) -> None:
        """Release the desktop; may be called twice."""
        self._desktop.close()

    def _lost(self, reason: Loss) -> SourceLost:
        if reason is Loss.CLOSED and self._follow_front:
            return SourceLost(reason, "No known game is open. Start the game, or choose its window.")
        window = f"The window “{self._description}”" if self._description else "The window"
        sentences = {
            Loss.CLOSED: f"{window} is not open. The coach continues when it is back.",
            Loss.MINIMISED: f"{window} is minimised or on another desktop. The coach continues when it is shown.",
            Loss.COLOURS: f"{window} has colours that cannot be read. Set the screen to 16, 24 or 30 bits a pixel.",
        }
        other = f"{window} cannot be read right now. If this lasts, choose a part of the screen in the settings."
        return SourceLost(reason, sentences.get(reason, other))


def find_again(windows: Sequence[WindowInfo], spec: WindowSpec) -> WindowInfo | None:
    """Find the window that the user chose earlier.

    Among the same program's windows, one with the same process or title is chosen; failing that, its only window, as
    titles change with their contents.
    """
    of_program = [window for window in windows if not spec.program or window.program == spec.program]
    same = [
        window
        for window in of_program
        if (spec.pid is not None and window.pid == spec.pid) or (spec.title and window.title == spec.title)
    ]
    if same:
        return max(same, key=lambda window: (window.title == spec.title, window.pid == spec.pid))
    return of_program[0] if spec.program and len(of_program) == 1 else None


def find_game(windows: Sequence[WindowInfo], games: Sequence[GameProfile]) -> WindowInfo | Ambiguity | None:
    """Find the front-most window of a game; minimised ones, and then browsers, only if there is no other.

    If the profile names no program and windows of several programs match, the choice is left to the user.

    Args:
        windows: front-most first.
        games: profiles with a window pattern; if two match a window, the first that names its program wins.
    """
    found = [(window, game) for window in windows if (game := game_of_window(window.title, window.program, games))]
    found = [(window, game) for window, game in found if game.program or not is_browser(window.program)] or found
    if not found:
        return None
    best, game = min(found, key=lambda pair: pair[0].minimised)
    same = [window for window, other in found if other == game]
    programs = tuple(dict.fromkeys(window.program for window in same))
    if game.program or len(programs) == 1:
        return best
    return Ambiguity(best.title, programs, tuple(window.id for window in same))


def _ambiguous(ambiguous: Ambiguity) -> SourceLost:
    names = ", ".join(name or "?" for name in ambiguous.programs)
    return SourceLost(
        Loss.AMBIGUOUS,
        f"Which window is the game? “{ambiguous.title}” is one of several programs: {names}. "
        "Choose it once; the coach remembers it.",
    )
