"""The settings in use, and the reactions to their changes."""

from collections.abc import Callable, Mapping
from enum import Enum, auto
from typing import Any, Final

from coach_app.assembly.outlet import Outlet
from coach_app.domain.errors import CoachError
from coach_app.settings.schema import Settings
from coach_app.settings.store import SettingsStore


class Reaction(Enum):
    """Reactions to changed options, carried out in this order, each at most once per change."""

    INTERFACE_LANGUAGE = auto()
    LOOK = auto()
    HIDING = auto()
    HOTKEYS = auto()
    GAMEPAD = auto()
    Q_VALUES = auto()
    HISTORY = auto()
    MEMORY = auto()
    GOVERNOR = auto()
    CAPTURE_RATE = auto()
    SOURCE = auto()
    KEYRING = auto()
    COACH = auto()
    ADVICE_LANGUAGE = auto()
    TRANSLATOR = auto()
    SESSION = auto()
    SPEECH = auto()
    HEARING = auto()


REACTIONS: Final[Mapping[str, tuple[Reaction, ...]]] = {
    "general.welcomed": (),  # read at the start only
    "general.told_limits": (),  # read at the start only
    "general.advanced": (),  # the settings window shows it at once
    "general.interface": (Reaction.INTERFACE_LANGUAGE,),
    "general.language": (Reaction.ADVICE_LANGUAGE, Reaction.TRANSLATOR),
    "general.source": (Reaction.SOURCE,),
    "general.windows": (Reaction.SOURCE,),
    "general.game": (Reaction.SOURCE, Reaction.SESSION),
    "general.model": (Reaction.COACH,),
    "general.detail": (Reaction.COACH,),
    "general.four_bit": (Reaction.COACH,),
    "general.offline": (Reaction.COACH, Reaction.TRANSLATOR),
    "gate.cooldown_s": (Reaction.SESSION,),
    "gate.settle_s": (Reaction.SESSION,),
    "gate.maximum_wait_s": (Reaction.SESSION,),
    "gate.small_change_px": (Reaction.SESSION,),
    "gate.large_change_fraction": (Reaction.SESSION,),
    "gate.level_step": (Reaction.SESSION,),
    "overlay.font_size": (Reaction.LOOK,),
    "overlay.opacity": (Reaction.LOOK,),
    "overlay.theme": (Reaction.LOOK,),
    "overlay.fade_after_s": (Reaction.LOOK,),
    "overlay.stale_after_s": (Reaction.LOOK,),
    "overlay.shows_times": (Reaction.LOOK,),
    "overlay.pointing": (Reaction.SESSION,),
    "overlay.hidden": (Reaction.HIDING,),
    "overlay.width": (Reaction.LOOK,),
    "overlay.positions": (Reaction.LOOK,),  # it is already where it was dragged to, and stays visible for a while
    "hotkeys.ask": (Reaction.HOTKEYS,),
    "hotkeys.talk": (Reaction.HOTKEYS,),
    "hotkeys.more": (Reaction.HOTKEYS,),
    "hotkeys.pause": (Reaction.HOTKEYS,),
    "hotkeys.show_hide": (Reaction.HOTKEYS,),
    "hotkeys.edit": (Reaction.HOTKEYS,),
    "hotkeys.language": (Reaction.HOTKEYS,),
    "hotkeys.values": (Reaction.HOTKEYS,),
    "hotkeys.unload": (Reaction.HOTKEYS,),
    "hotkeys.source": (Reaction.HOTKEYS,),
    "hotkeys.speak": (Reaction.HOTKEYS,),
    "hotkeys.read_on": (Reaction.HOTKEYS,),
    "hotkeys.read_back": (Reaction.HOTKEYS,),
    "hotkeys.again": (Reaction.HOTKEYS,),
    "hotkeys.pin": (Reaction.HOTKEYS,),
    "hotkeys.copy_answer": (Reaction.HOTKEYS,),
    "hotkeys.good": (Reaction.HOTKEYS,),
    "hotkeys.bad": (Reaction.HOTKEYS,),
    "gamepad.on": (Reaction.GAMEPAD,),
    "gamepad.buttons": (Reaction.GAMEPAD,),
    "speech.on": (Reaction.SPEECH,),
    "speech.says": (),  # counts from the next advice on
    "speech.volume": (Reaction.SPEECH,),
    "speech.speed": (Reaction.SPEECH,),
    "hearing.on": (Reaction.HOTKEYS, Reaction.GAMEPAD, Reaction.HEARING),
    "hearing.language": (),  # counts from the next question on
    "hearing.model": (Reaction.HEARING,),
    "translation.provider": (Reaction.TRANSLATOR,),
    "translation.model": (Reaction.TRANSLATOR,),
    "translation.online": (Reaction.TRANSLATOR,),
    "translation.timeout_s": (Reaction.TRANSLATOR,),
    "history.keep": (Reaction.HISTORY,),
    "history.keep_pictures": (Reaction.HISTORY,),
    "history.days": (Reaction.HISTORY,),
    "capture.rate_hz": (Reaction.CAPTURE_RATE,),
    "governor.on": (Reaction.GOVERNOR,),
    "governor.unloads": (Reaction.GOVERNOR,),
    "values.shown": (Reaction.Q_VALUES,),
    "values.doubted": (Reaction.SESSION,),
    "values.least_sure": (Reaction.SESSION,),
    "memory.unload_after_min": (Reaction.MEMORY,),
    "learning.record": (),  # read when a practice game is started
    "learning.disk_mb": (),  # read when a recording begins, and by the command line
    "server.on": (Reaction.COACH,),
    "server.url": (Reaction.COACH,),
    "server.model": (Reaction.COACH,),
    "server.key": (Reaction.KEYRING, Reaction.COACH),
    "server.side_px": (Reaction.COACH,),
    "server.timeout_s": (Reaction.COACH,),
}
"""Who reacts to each option, ``section.field`` of the settings."""

Reacts = Callable[[Settings, Settings], None]
"""Called with the settings before and after."""


class SettingsInUse:
    """The user's settings, overridden by the command line until the user changes them; overrides are never saved.

    Args:
        store: the saved settings.
        overrides: values of the section ``general`` from the command line, by field.
        complain: called with a sentence if settings cannot be saved; they are in effect all the same.

    Attributes:
        current: the settings in use.
        set_elsewhere: called with settings that were changed outside the settings window.
    """

    def __init__(self, store: SettingsStore, overrides: Mapping[str, Any], complain: Callable[[str], None]) -> None:
        self._store = store
        self._overrides = dict(overrides)
        self._complain = complain
        self._reacts: dict[Reaction, list[Reacts]] = {reaction: [] for reaction in Reaction}
        self.set_elsewhere = Outlet[Settings]()
        self.current = self._in_use()

    def when(self, reaction: Reaction, reacts: Reacts) -> None:
        """Register a callback for a reaction."""
        self._reacts[reaction].append(reacts)

    def set(self, section: str, field: str, value: object) -> None:
        """Change one option.

        Raises:
            pydantic.ValidationError: the value is out of its bounds.
        """
        if section == "general":
            self._overrides.pop(field, None)
        self.change(self.current.with_value(section, field, value))
        self.set_elsewhere(self.current)

    def change(self, shown: Settings) -> None:
        """Apply and save settings, except for unchanged overrides of the command line."""
        stored = self._store.current.general
        self._overrides = {
            name: value for name, value in self._overrides.items() if getattr(shown.general, name) == value
        }
        kept = {name: getattr(stored, name) for name in self._overrides}
        try:
            self._store.change(shown.model_copy(update={"general": shown.general.model_copy(update=kept)}))
        except CoachError as error:
            self._complain(str(error))
        self._react()

    def override(self, overrides: Mapping[str, Any]) -> None:
        """Override values of the section ``general``, by field, until the user changes them; never saved."""
        self._overrides |= overrides
        self._react()
        self.set_elsewhere(self.current)

    def _react(self) -> None:
        before, self.current = self.current, self._in_use()
        wanted = {reaction for option in changed_options(before, self.current) for reaction in REACTIONS[option]}
        for reaction in Reaction:
            if reaction in wanted:
                for reacts in self._reacts[reaction]:
                    reacts(before, self.current)

    def _in_use(self) -> Settings:
        current = self._store.current
        return current.model_copy(update={"general": current.general.model_copy(update=self._overrides)})


def options(settings: Settings) -> dict[str, object]:
    """The value of every option, by ``section.field``."""
    return {f"{section}.{field}": value for section, fields in settings for field, value in fields}


def changed_options(before: Settings, after: Settings) -> list[str]:
    """The options, ``section.field``, that differ."""
    old = options(before)
    return [option for option, value in options(after).items() if value != old[option]]
