"""Frames of one window, wherever it goes."""

import re
import time
from collections.abc import Callable, Collection, Sequence

from coach_app.capture.source import Loss, SourceLost
from coach_app.capture.windows import Desktop, NoPicture, WindowInfo, without
from coach_app.domain.frame import Frame
from coach_app.domain.source import WindowSpec

LOOK_AGAIN_S = 0.5
"""Time between two looks at the list of windows."""


class WindowSource:
    """A window that is followed when it moves, changes its size, is covered, minimised, closed or opened again.

    Args:
        desktop: owned from now on.
        choose: picks the window out of those that are open, front-most first; None where it is not among them.
        excluded_pids: processes whose windows are never looked at, besides this one.
        description: used as long as no window has been found.
        follow_front: choose again and again, not only after the window was lost.
    """

    def __init__(
        self,
        desktop: Desktop,
        choose: Callable[[list[WindowInfo]], WindowInfo | None],
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
        self._looked_s = -LOOK_AGAIN_S

    @property
    def description(self) -> str:
        """Title of the window when it was last seen."""
        return self._description

    def grab(self) -> Frame | SourceLost:
        """The window's picture, complete also where it is covered, or why there is none."""
        if (self._follow_front or self._window_id is None) and time.monotonic() - self._looked_s >= LOOK_AGAIN_S:
            self._looked_s = time.monotonic()
            found = self._choose(without(self._desktop.windows(), self._excluded_pids))
            if found is not None:
                self._window_id = found.id
                self._description = found.title or self._description
        if self._window_id is None:
            return self._lost(Loss.CLOSED)
        try:
            frame = self._desktop.capture(self._window_id)
        except NoPicture as missing:
            if missing.reason is Loss.CLOSED:
                self._window_id = None
            return self._lost(missing.reason)
        self._description = frame.title or self._description
        return frame

    def close(self) -> None:
        """Give the desktop back; may be called twice."""
        self._desktop.close()

    def _lost(self, reason: Loss) -> SourceLost:
        if reason is Loss.CLOSED and self._follow_front:
            return SourceLost(reason, "No known game is open. Start the game, or choose its window in the settings.")
        window = f"The window “{self._description}”" if self._description else "The window"
        sentences = {
            Loss.CLOSED: f"{window} is not open. The coach goes on when it is back.",
            Loss.MINIMISED: f"{window} is minimised or on another desktop. The coach goes on when it is shown.",
            Loss.COLOURS: f"{window} has colours that cannot be read. Set the screen to 16, 24 or 30 bits a pixel.",
        }
        other = f"{window} cannot be read right now. If this stays, choose a part of the screen in the settings."
        return SourceLost(reason, sentences.get(reason, other))


def find_again(windows: Sequence[WindowInfo], spec: WindowSpec) -> WindowInfo | None:
    """The window that the user once chose.

    Of the same program, one with the same process or the same title is taken; failing that, the program's only one,
    as titles change with what a program shows.
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


def find_game(windows: Sequence[WindowInfo], patterns: Sequence[re.Pattern[str]]) -> WindowInfo | None:
    """The front-most window whose title matches a pattern; minimised ones only where there is no other."""
    games = [window for window in windows if any(pattern.search(window.title) for pattern in patterns)]
    return min(games, key=lambda window: window.minimised, default=None)
