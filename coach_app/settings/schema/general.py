"""The first page: what is watched, who advises and in which language."""

from typing import Literal

from pydantic import Field

from coach_app.domain.detail import Detail
from coach_app.domain.phrases import system_language
from coach_app.domain.resources import first_model
from coach_app.domain.source import AutoSpec, SourceSpec, WindowSpec
from coach_app.settings.schema.section import Section, hints

InterfaceLanguage = Literal["system", "en", "ja"]


class GeneralSettings(Section):
    """What the coach looks at, and how it speaks."""

    welcomed: bool = Field(
        default=False,
        title="Welcomed",
        description="The welcome has been shown.",
        json_schema_extra=hints(widget="none"),
    )
    told_limits: bool = Field(
        default=False,
        title="Told limits",
        description="It has been said what this desktop does not let the coach do.",
        json_schema_extra=hints(widget="none"),
    )
    advanced: bool = Field(
        default=False,
        title="Show advanced settings",
        description="Also show settings that few people need.",
        json_schema_extra=hints(widget="none"),
    )
    interface: InterfaceLanguage = Field(
        default="system",
        title="Interface language",
        description="The language of menus, settings and messages.",
        json_schema_extra=hints(labels={"system": "Same as the system", "en": "English", "ja": "日本語"}),
    )
    language: Literal["en", "ja"] = Field(
        default_factory=system_language,
        title="Advice language",
        description="Advice is written in English, then translated if you choose Japanese.",
        json_schema_extra=hints(labels={"en": "English", "ja": "日本語"}),
    )
    source: SourceSpec = Field(
        default=AutoSpec(),
        title="What to watch",
        description="Any known game that is open, a window, a monitor, part of the screen, or a recording.",
        json_schema_extra=hints(widget="source"),
    )
    game: str = Field(
        default="auto",
        pattern=r"^[a-z0-9][a-z0-9-]*$",
        title="Game",
        description="The game profile to use. Unless you choose one, the window's title decides.",
        json_schema_extra=hints(widget="game", labels={"auto": "The game that is open"}),
    )
    windows: dict[str, WindowSpec] = Field(
        default={},
        title="Windows of the games",
        description="The window chosen for each game.",
        json_schema_extra=hints(widget="none"),
    )
    model: str = Field(
        default=first_model(),
        min_length=1,
        max_length=1000,
        title="Coach",
        description="The model that gives advice, by name or folder. The bundled one knows only the practice games.",
        json_schema_extra=hints(widget="model"),
    )
    detail: Detail = Field(
        default="wide",
        title="Picture detail",
        description="More detail takes more time and memory. The bundled coach has only one level.",
        json_schema_extra=hints(
            labels={"base": "Coarse, fastest", "wide": "Medium", "full": "Fine, slowest"},
            advanced=True,
        ),
    )
    four_bit: bool = Field(
        default=True,
        title="Load large models in 4 bits",
        description="Takes about a quarter of the graphics memory, and is nearly as good.",
        json_schema_extra=hints(advanced=True),
    )
    offline: bool = Field(
        default=False,
        title="Stay offline",
        description="Nothing is downloaded, translated online or sent to another computer, whatever the other "
        "settings say.",
    )
