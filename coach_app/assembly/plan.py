"""The plan of one start, carried out by this process or by the running instance. Fast to import."""

import contextlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue
from typing import Any, Literal

from coach_app.desktop.one_instance import single_instance
from coach_app.desktop.screens import need_screen
from coach_app.domain.profile import GameProfile
from coach_app.domain.source import AutoSpec
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

    def overrides(self, known: Mapping[str, GameProfile]) -> dict[str, Any]:
        """The values of the section ``general`` of the settings that it overrides, by field.

        Raises:
            CoachError: it names a game that is not known.
        """
        from coach_app.advisor.servers import is_server  # slow

        overrides: dict[str, Any] = {}
        if self.game:
            overrides |= {"game": profiles.find(self.game, known).id, "source": AutoSpec()}
        if self.language:
            overrides |= {"language": self.language, "interface": self.language}
        if self.model and not is_server(self.model):
            overrides["model"] = self.model
        return overrides

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
