"""The first page: what is watched, who advises and in which language."""

from typing import Literal

from pydantic import Field

from coach_app.domain.detail import Detail
from coach_app.domain.phrases import system_language
from coach_app.domain.resources import first_model
from coach_app.domain.source import AutoSpec, SourceSpec
from coach_app.settings.schema.section import Section, hints

InterfaceLanguage = Literal["system", "en", "ja"]


class GeneralSettings(Section):
    """What the coach looks at, and how it speaks."""

    welcomed: bool = Field(
        default=False,
        title="Welcomed",
        description="The welcome of the first start has been shown.",
        json_schema_extra=hints(widget="none"),
    )
    interface: InterfaceLanguage = Field(
        default="system",
        title="Language of the windows",
        description="Menus, settings and messages; changes at once.",
        json_schema_extra=hints(labels={"system": "As the desktop", "en": "English", "ja": "日本語"}),
    )
    language: Literal["en", "ja"] = Field(
        default_factory=system_language,
        title="Language of the advice",
        description="Advice is made in English and translated where Japanese is chosen.",
        json_schema_extra=hints(labels={"en": "English", "ja": "日本語"}),
    )
    source: SourceSpec = Field(
        default=AutoSpec(),
        title="What to watch",
        description="A known game that is open, a monitor, a part of the screen, a window, or a recording.",
        json_schema_extra=hints(widget="source"),
    )
    game: str = Field(
        default="auto",
        pattern=r"^[a-z0-9][a-z0-9-]*$",
        title="Game",
        description="The profile whose prompt is used; found by the title of the window where it is automatic.",
        json_schema_extra=hints(widget="game", labels={"auto": "The game that is open"}),
    )
    programs: dict[str, str] = Field(
        default={},
        title="Programs of the games",
        description="Which program's window is the game's, as chosen where several had such a title.",
        json_schema_extra=hints(widget="none"),
    )
    model: str = Field(
        default=first_model(),
        min_length=1,
        max_length=1000,
        title="Coach",
        description="Name or folder of the model that gives the advice. The bundled one knows only the practice games.",
        json_schema_extra=hints(widget="model"),
    )
    detail: Detail = Field(
        default="wide",
        title="Detail of the pictures",
        description="How finely a large model looks; each step costs time and memory. The bundled coach has only one.",
        json_schema_extra=hints(
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
