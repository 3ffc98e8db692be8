"""Everything that a user can set: one typed schema, from which the dialog derives its pages.

A field's title, description and bounds are what the dialog shows. Further hints are in ``json_schema_extra``:

* ``unit``: shown behind a number; ``decimals``: how exactly it is shown.
* ``labels``: names of the choices of a ``Literal``.
* ``widget``: ``hotkey``, ``game``, ``model``, ``server_model``, ``key`` or ``source`` where the type alone doesn't say
  what to show; ``none`` where the value is set by other means (dragging the overlay, for instance).
* ``confirm``: a sentence that is shown, and has to be agreed to, before the value is switched on.
"""

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from coach_app.desktop.address import normalised
from coach_app.domain.actions import HOTKEYS
from coach_app.domain.detail import Detail
from coach_app.domain.gate import GateRules
from coach_app.domain.hotkeys import check_bindings, parse_hotkey
from coach_app.domain.phrases import system_language
from coach_app.domain.resources import first_model
from coach_app.domain.source import AutoSpec, SourceSpec

InterfaceLanguage = Literal["system", "en", "ja"]


def _hints(**hints: Any) -> dict[str, Any]:
    return hints


class Section(BaseModel):
    """A page of the settings; never changed, only replaced."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class GeneralSettings(Section):
    """What the coach looks at, and how it speaks."""

    welcomed: bool = Field(
        default=False,
        title="Welcomed",
        description="The welcome of the first start has been shown.",
        json_schema_extra=_hints(widget="none"),
    )
    interface: InterfaceLanguage = Field(
        default="system",
        title="Language of the windows",
        description="Menus, settings and messages; changes at once.",
        json_schema_extra=_hints(labels={"system": "As the desktop", "en": "English", "ja": "日本語"}),
    )
    language: Literal["en", "ja"] = Field(
        default_factory=system_language,
        title="Language of the advice",
        description="Advice is made in English and translated where Japanese is chosen.",
        json_schema_extra=_hints(labels={"en": "English", "ja": "日本語"}),
    )
    source: SourceSpec = Field(
        default=AutoSpec(),
        title="What to watch",
        description="A known game that is open, a monitor, a part of the screen, a window, or a recording.",
        json_schema_extra=_hints(widget="source"),
    )
    game: str = Field(
        default="auto",
        pattern=r"^[a-z0-9][a-z0-9-]*$",
        title="Game",
        description="The profile whose prompt is used; found by the title of the window where it is automatic.",
        json_schema_extra=_hints(widget="game", labels={"auto": "The game that is open"}),
    )
    model: str = Field(
        default=first_model(),
        min_length=1,
        max_length=1000,
        title="Coach",
        description="Name or folder of the model that gives the advice. The bundled one knows only the practice games.",
        json_schema_extra=_hints(widget="model"),
    )
    detail: Detail = Field(
        default="wide",
        title="Detail of the pictures",
        description="How finely a large model looks; each step costs time and memory. The bundled coach has only one.",
        json_schema_extra=_hints(
            labels={"base": "Coarse, fastest", "wide": "Medium", "full": "Fine, slowest"},
        ),
    )
    four_bit: bool = Field(
        default=True,
        title="Large models in 4 bits",
        description="On a graphics card they then take a quarter of its memory, and are nearly as good.",
    )
    offline: bool = Field(
        default=False,
        title="Stay offline",
        description="Nothing is downloaded, translated online or sent to another computer, whatever else is allowed.",
    )


_RULES = GateRules()


class GateSettings(Section):
    """When the picture counts as changed, so that the coach is asked; see `coach_app.domain.gate.GateRules`."""

    cooldown_s: float = Field(
        default=_RULES.cooldown_s,
        ge=0.0,
        le=600.0,
        title="Least time between advice",
        description="A game's profile may ask for more. Another scene is always spoken about at once.",
        json_schema_extra=_hints(unit="s"),
    )
    settle_s: float = Field(
        default=_RULES.settle_s,
        ge=0.0,
        le=10.0,
        title="Wait until still",
        description="The picture must have been still for this long; what moves all the time is left out.",
        json_schema_extra=_hints(unit="s", decimals=2),
    )
    maximum_wait_s: float = Field(
        default=_RULES.maximum_wait_s or 0.0,
        ge=0.0,
        le=600.0,
        title="Longest wait",
        description="A picture that never becomes still is spoken about after this time; 0 waits for ever.",
        json_schema_extra=_hints(unit="s"),
    )
    small_change_px: int = Field(
        default=_RULES.small_change_px,
        ge=1,
        le=1_000_000,
        title="Small change",
        description="So many pixels must differ close to each other before a change counts.",
        json_schema_extra=_hints(unit="px"),
    )
    large_change_fraction: float = Field(
        default=_RULES.large_change_fraction,
        ge=0.01,
        le=1.0,
        title="Another scene",
        description="The part of the picture that must differ for another scene.",
    )
    level_step: int = Field(
        default=_RULES.level_step,
        ge=1,
        le=255,
        title="Difference of colour",
        description="Least difference that counts, of 255 steps; noise is less.",
    )

    def rules(self) -> GateRules:
        """The same as the gate takes it."""
        return GateRules(
            small_change_px=self.small_change_px,
            large_change_fraction=self.large_change_fraction,
            settle_s=self.settle_s,
            cooldown_s=self.cooldown_s,
            maximum_wait_s=self.maximum_wait_s or None,
            level_step=self.level_step,
        )


class OverlayPosition(Section):
    """Where the overlay is on one layout of monitors, in the coordinates that Qt gives windows; height 0 is unknown."""

    x: int
    y: int
    width: int = Field(ge=160, le=4000)
    height: int = Field(default=0, ge=0, le=10_000)


class OverlaySettings(Section):
    """How the advice looks on the screen."""

    font_size: int = Field(
        default=16,
        ge=8,
        le=48,
        title="Font size",
        description="Size of the advice.",
        json_schema_extra=_hints(unit="pt"),
    )
    opacity: float = Field(
        default=0.88,
        ge=0.2,
        le=1.0,
        title="Opacity",
        description="How much the background of the overlay covers the game; the text is always solid.",
    )
    theme: Literal["auto", "dark", "light"] = Field(
        default="dark",
        title="Theme",
        description="Colours of the overlay.",
        json_schema_extra=_hints(labels={"auto": "As the desktop", "dark": "Dark", "light": "Light"}),
    )
    fade_after_s: float = Field(
        default=15.0,
        ge=0.0,
        le=600.0,
        title="Fade after",
        description="The overlay fades when it has had nothing new to say for this long; 0 keeps it.",
        json_schema_extra=_hints(unit="s"),
    )
    stale_after_s: float = Field(
        default=12.0,
        ge=1.0,
        le=600.0,
        title="Grey after",
        description="Advice about a picture older than this is greyed.",
        json_schema_extra=_hints(unit="s"),
    )
    width: int = Field(
        default=420,
        ge=160,
        le=4000,
        title="Width",
        description="Width of the overlay where it has not been resized by hand.",
        json_schema_extra=_hints(unit="px"),
    )
    positions: dict[str, OverlayPosition] = Field(
        default={},
        title="Positions",
        description="Where the overlay was put, for each layout of monitors.",
        json_schema_extra=_hints(widget="none"),
    )


def _hotkey(action: str) -> Any:
    key = HOTKEYS[action]
    return Field(
        default=key.default, title=key.title, description=key.description, json_schema_extra=_hints(widget="hotkey")
    )


class HotkeySettings(Section):
    """Keys that work while the game has the keyboard; one field for each of ``coach_app.domain.actions.HOTKEYS``."""

    ask: str = _hotkey("ask")
    pause: str = _hotkey("pause")
    show_hide: str = _hotkey("show_hide")
    edit: str = _hotkey("edit")
    language: str = _hotkey("language")
    values: str = _hotkey("values")
    unload: str = _hotkey("unload")

    @field_validator("*")
    @classmethod
    def _is_a_hotkey(cls, sequence: str) -> str:
        return str(parse_hotkey(sequence)) if sequence.strip() else ""

    @model_validator(mode="after")
    def _differ(self) -> "HotkeySettings":
        check_bindings(self.bindings())
        return self

    def bindings(self) -> dict[str, str]:
        """Key sequences by action; an empty one means that the action has no hotkey."""
        return dict(self)


class TranslationSettings(Section):
    """Where Japanese comes from."""

    provider: Literal["local", "google"] = Field(
        default="local",
        title="Translator",
        description="Who is asked first for Japanese; Google only where online translation is allowed.",
        json_schema_extra=_hints(labels={"local": "On this computer", "google": "Google Translate"}),
    )
    model: str = Field(
        default="auto",
        min_length=1,
        max_length=1000,
        title="Translation model",
        description="Name or folder of a Marian model (English to Japanese) on this computer; by itself, one that is "
        "made for the game, then one for any.",
        json_schema_extra=_hints(widget="translator", labels={"auto": "The one for the game"}),
    )
    online: bool = Field(
        default=False,
        title="Allow online translation",
        description="Off: no advice and no question of yours is sent to a translator.",
        json_schema_extra=_hints(
            confirm="The text of each piece of advice, and of your questions in Japanese, is sent over the internet to "
            "Google Translate, together with your network address; pictures of your screen are never sent."
        ),
    )
    timeout_s: float = Field(
        default=3.0,
        ge=0.5,
        le=30.0,
        title="Time-out",
        description="The English stays when no translation came in this time.",
        json_schema_extra=_hints(unit="s"),
    )


class HistorySettings(Section):
    """What is remembered of past advice, on this computer only."""

    keep: bool = Field(
        default=True, title="Keep a history", description="Remember advice, questions and answers on this computer."
    )
    keep_pictures: bool = Field(
        default=False,
        title="Keep pictures too",
        description="Remember a small picture of the screen with each piece of advice.",
        json_schema_extra=_hints(
            confirm="A small picture of what the coach saw is kept on this computer with each piece of advice, "
            "whatever was on the screen at that moment."
        ),
    )
    days: int = Field(
        default=90,
        ge=0,
        le=3650,
        title="Delete after",
        description="Older advice is deleted by itself; 0 keeps it for ever.",
        json_schema_extra=_hints(unit="days"),
    )


class ValueSettings(Section):
    """What a Q-network for the game says beside the coach."""

    shown: bool = Field(
        default=False,
        title="Show Q-values",
        description="What the Q-network expects of each move, in the overlay; for games whose profile names a network.",
    )
    doubted: Literal["hedge", "hold"] = Field(
        default="hedge",
        title="When both disagree",
        description="What becomes of advice that the Q-network disagrees with.",
        json_schema_extra=_hints(labels={"hedge": "Show it, and say so", "hold": "Hold it back"}),
    )


class CaptureSettings(Section):
    """How often the screen is looked at."""

    rate_hz: float = Field(
        default=10.0,
        ge=0.5,
        le=60.0,
        title="Pictures a second",
        description="How often the screen is looked at; the coach is asked only when something important changed.",
        json_schema_extra=_hints(unit="Hz"),
    )


class MemorySettings(Section):
    """When the memory of the models is given back."""

    unload_after_min: int = Field(
        default=15,
        ge=0,
        le=1440,
        title="Unload after",
        description="A model that nobody asked anything for so long leaves the graphics card, and comes back when it "
        "is needed; 0 keeps it. The bundled coach, which is small, always stays.",
        json_schema_extra=_hints(unit="min"),
    )


class ServerSettings(Section):
    """A stronger machine that answers instead of this one; see docs/remote.md."""

    on: bool = Field(
        default=False,
        title="Ask a server",
        description="A program that speaks the OpenAI protocol gives the advice: vLLM, LM Studio, Ollama and others.",
        json_schema_extra=_hints(
            confirm="Pictures of what the coach watches, and your questions, are sent to the address below. "
            "They stay on this computer only where that is localhost."
        ),
    )
    url: str = Field(
        default="http://localhost:8000/v1",
        max_length=1000,
        title="Address",
        description="Where it listens; vLLM uses port 8000, LM Studio 1234, Ollama 11434.",
    )
    model: str = Field(
        default="",
        max_length=1000,
        title="Model of the server",
        description="As the server calls it; may be left empty where it has only one.",
        json_schema_extra=_hints(widget="server_model"),
    )
    key: bool = Field(
        default=False,
        title="Key",
        description="Kept in the keyring of the system, and sent to this address only; most servers at home want none.",
        json_schema_extra=_hints(widget="key"),
    )
    side_px: int = Field(
        default=672,
        ge=28,
        le=2048,
        title="Size of the pictures",
        description="The longest side of what is sent; larger ones show more and take longer.",
        json_schema_extra=_hints(unit="px"),
    )
    timeout_s: float = Field(
        default=30.0,
        ge=1.0,
        le=600.0,
        title="Give up after",
        description="A server that says nothing for so long is not waited for.",
        json_schema_extra=_hints(unit="s"),
    )

    @field_validator("url")
    @classmethod
    def _is_an_address(cls, url: str) -> str:
        return normalised(url)


class Settings(Section):
    """All settings. Passed to who needs them, never fetched."""

    general: GeneralSettings = Field(default=GeneralSettings(), title="General")
    gate: GateSettings = Field(default=GateSettings(), title="When to speak")
    overlay: OverlaySettings = Field(default=OverlaySettings(), title="Overlay")
    hotkeys: HotkeySettings = Field(default=HotkeySettings(), title="Hotkeys")
    translation: TranslationSettings = Field(default=TranslationSettings(), title="Translation")
    history: HistorySettings = Field(default=HistorySettings(), title="History")
    capture: CaptureSettings = Field(default=CaptureSettings(), title="Capture")
    values: ValueSettings = Field(default=ValueSettings(), title="Q-values")
    memory: MemorySettings = Field(default=MemorySettings(), title="Memory")
    server: ServerSettings = Field(default=ServerSettings(), title="Server")

    @property
    def allowed_translation(self) -> TranslationSettings:
        """The settings of the translation, with nothing online while the coach is to stay offline."""
        return self.translation.model_copy(update={"online": self.translation.online and not self.general.offline})

    def with_value(self, section: str, field: str, value: Any) -> "Settings":
        """These settings with one value replaced, validated.

        Raises:
            pydantic.ValidationError: the value is out of its bounds.
        """
        kept: Section = getattr(self, section)
        changed = type(kept).model_validate({**dict(kept), field: value})
        return self.model_copy(update={section: changed})
