"""What one start of the app is to do, and who does it: this process, or the coach that runs already. Quick import."""

import contextlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue
from typing import Literal

from coach_app.desktop.one_instance import single_instance
from coach_app.desktop.screens import need_screen
from coach_app.games import profiles


@dataclass(frozen=True)
class AppPlan:
    """What one run of the app does otherwise than the settings say.

    Attributes:
        game: id of the profile whose window is watched; empty follows the settings.
        language: of the advice and of the windows; None follows the settings.
        model: name, folder or server (``URL`` or ``NAME@URL``); empty follows the settings.
        trace: file that records what happens, or None.
        values: show the Q-values, whatever the settings say.
        ticks: also record the rhythm of a 60 Hz timer of the interface thread while an answer is made.
    """

    game: str = ""
    language: Literal["en", "ja"] | None = None
    model: str = ""
    trace: Path | None = None
    ticks: bool = False
    values: bool = False

    def told(self) -> bytes:
        """What a coach that runs already is told of this start."""
        model = str(Path(self.model).resolve()) if Path(self.model).is_dir() else self.model
        told = {"game": self.game, "language": self.language, "model": model, "values": self.values}
        return json.dumps(told).encode()


@contextlib.contextmanager
def only_coach(plan: AppPlan) -> Iterator["SimpleQueue[bytes] | None"]:
    """Be the only coach on this screen for the length of the block, or hand the plan on to the one that runs already.

    Yields:
        What later starts say; None where another coach was told the plan. One that records a trace runs beside others.

    Raises:
        CoachError: there is no screen, the plan names a game that does not exist, or another coach does not answer.
    """
    need_screen()
    starts: SimpleQueue[bytes] = SimpleQueue()
    if plan.trace is not None:
        yield starts
        return
    if plan.game:
        profiles.find(plan.game)  # refused before another coach is told of it
    listener = single_instance(plan.told(), starts.put)
    if listener is None:
        yield None
        return
    try:
        yield starts
    finally:
        listener.close()
