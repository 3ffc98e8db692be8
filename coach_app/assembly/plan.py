"""The plan of one start, carried out by this process or by the running instance. Fast to import."""

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
    """Deviations of one run from the settings.

    Attributes:
        game: id of the profile whose window is watched; empty to follow the settings.
        language: language of advice and windows; None to follow the settings.
        model: name, folder or server (``URL`` or ``NAME@URL``); empty to follow the settings.
        trace: file that records events, or None.
        values: show the Q-values regardless of the settings.
        do: an action that the running instance carries out, by its name; empty to come to the front instead.
        ticks: also record the timing of a 60 Hz timer in the interface thread during answers.
    """

    game: str = ""
    language: Literal["en", "ja"] | None = None
    model: str = ""
    trace: Path | None = None
    ticks: bool = False
    values: bool = False
    do: str = ""

    def as_message(self) -> bytes:
        """The message to a running instance."""
        model = str(Path(self.model).resolve()) if Path(self.model).is_dir() else self.model
        values = {"game": self.game, "language": self.language, "model": model, "values": self.values, "do": self.do}
        return json.dumps(values).encode()


@contextlib.contextmanager
def only_coach(plan: AppPlan) -> Iterator["SimpleQueue[bytes] | None"]:
    """Be the only instance on this screen for the duration of the block, or pass the plan to the running one.

    Yields:
        Messages of later starts; None if another instance took the plan. Instances that record a trace run beside
        others.

    Raises:
        CoachError: there is no screen, the plan names a game that does not exist, or another instance does not answer.
    """
    need_screen()
    starts: SimpleQueue[bytes] = SimpleQueue()
    if plan.trace is not None:
        yield starts
        return
    if plan.game:
        profiles.find(plan.game)  # checked before it is passed on
    listener = single_instance(plan.as_message(), starts.put)
    if listener is None:
        yield None
        return
    try:
        yield starts
    finally:
        listener.close()
