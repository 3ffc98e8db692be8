"""All settings: one typed schema, with a module for each page of the settings window.

Independent of the window that shows it and the file that stores it.

The dialog shows a field's title, description and bounds. Further hints are in ``json_schema_extra``:

* ``unit``: shown behind a number; ``decimals``: how exactly it is shown.
* ``labels``: names of the choices of a ``Literal``.
* ``widget``: ``hotkey``, ``gamepad``, ``game``, ``model``, ``server_model``, ``speech_model``, ``key``,
  ``share`` or ``source`` where the
  type alone doesn't say what to show; ``none`` where the value is set by other means (such as dragging the overlay).
* ``advanced``: shown only with the advanced settings.
* ``confirm``: a sentence that the user has to confirm before the value is switched on.
"""

from typing import Any

from pydantic import Field

from coach_app.settings.schema.capture import CaptureSettings
from coach_app.settings.schema.gamepad import GamepadSettings
from coach_app.settings.schema.gate import GateSettings
from coach_app.settings.schema.general import GeneralSettings, InterfaceLanguage
from coach_app.settings.schema.governor import GovernorSettings
from coach_app.settings.schema.hearing import HearingSettings
from coach_app.settings.schema.history import HistorySettings
from coach_app.settings.schema.hotkeys import HotkeySettings
from coach_app.settings.schema.learning import LearningSettings
from coach_app.settings.schema.memory import MemorySettings
from coach_app.settings.schema.overlay import OverlayPosition, OverlaySettings
from coach_app.settings.schema.section import Section, is_choice
from coach_app.settings.schema.server import ServerSettings
from coach_app.settings.schema.speech import SpeechSettings
from coach_app.settings.schema.translation import TranslationSettings
from coach_app.settings.schema.values import ValueSettings

__all__ = [
    "CaptureSettings",
    "GamepadSettings",
    "GateSettings",
    "GeneralSettings",
    "GovernorSettings",
    "HearingSettings",
    "HistorySettings",
    "HotkeySettings",
    "InterfaceLanguage",
    "LearningSettings",
    "MemorySettings",
    "OverlayPosition",
    "OverlaySettings",
    "Section",
    "ServerSettings",
    "Settings",
    "SpeechSettings",
    "TranslationSettings",
    "ValueSettings",
]


class Settings(Section):
    """All settings. Passed in where they are needed, never fetched."""

    general: GeneralSettings = Field(default=GeneralSettings(), title="General")
    gate: GateSettings = Field(default=GateSettings(), title="When to speak")
    overlay: OverlaySettings = Field(default=OverlaySettings(), title="Overlay")
    hotkeys: HotkeySettings = Field(default=HotkeySettings(), title="Hotkeys")
    gamepad: GamepadSettings = Field(default=GamepadSettings(), title="Gamepad")
    speech: SpeechSettings = Field(default=SpeechSettings(), title="Speech")
    hearing: HearingSettings = Field(default=HearingSettings(), title="Hearing")
    translation: TranslationSettings = Field(default=TranslationSettings(), title="Translation")
    history: HistorySettings = Field(default=HistorySettings(), title="History")
    capture: CaptureSettings = Field(default=CaptureSettings(), title="Capture")
    governor: GovernorSettings = Field(default=GovernorSettings(), title="Game first")
    values: ValueSettings = Field(default=ValueSettings(), title="Second opinion")
    memory: MemorySettings = Field(default=MemorySettings(), title="Memory")
    learning: LearningSettings = Field(default=LearningSettings(), title="Learning")
    server: ServerSettings = Field(default=ServerSettings(), title="Server")

    @property
    def allowed_translation(self) -> TranslationSettings:
        """The translation settings, without online services in offline mode."""
        return self.translation.model_copy(update={"online": self.translation.online and not self.general.offline})

    def with_choices_of(self, others: "Settings") -> "Settings":
        """Take everything that the settings window shows from ``others``, and keep the values set by other means."""
        pages = {}
        for section, page in self:
            theirs = getattr(others, section)
            chosen = {name: getattr(theirs, name) for name, info in type(page).model_fields.items() if is_choice(info)}
            pages[section] = page.model_copy(update=chosen)
        return self.model_copy(update=pages)

    def with_value(self, section: str, field: str, value: Any) -> "Settings":
        """A validated copy with one value replaced.

        Raises:
            pydantic.ValidationError: the value is not allowed.
        """
        kept: Section = getattr(self, section)
        changed = type(kept).model_validate({**dict(kept), field: value})
        return self.model_copy(update={section: changed})
