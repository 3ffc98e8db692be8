"""How the overlay looks, and where it is."""

from typing import Literal

from pydantic import Field

from coach_app.settings.schema.section import Section, hints


class OverlayPosition(Section):
    """Position of the overlay on one monitor layout, in Qt's window coordinates; height 0 is unknown."""

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
        description="The size of the advice text.",
        json_schema_extra=hints(unit="pt"),
    )
    opacity: float = Field(
        default=0.88,
        ge=0.2,
        le=1.0,
        title="Opacity",
        description="How solid the background of the overlay is. The text is always solid.",
        json_schema_extra=hints(widget="share"),
    )
    theme: Literal["auto", "dark", "light"] = Field(
        default="dark",
        title="Theme",
        description="Colours of the overlay.",
        json_schema_extra=hints(labels={"auto": "Same as the system", "dark": "Dark", "light": "Light"}),
    )
    fade_after_s: float = Field(
        default=15.0,
        ge=0.0,
        le=600.0,
        title="Fade after",
        description="The overlay fades away after this long without anything new. 0 keeps it.",
        json_schema_extra=hints(unit="s"),
    )
    stale_after_s: float = Field(
        default=12.0,
        ge=1.0,
        le=600.0,
        title="Turn grey after",
        description="Advice older than this turns grey.",
        json_schema_extra=hints(unit="s", advanced=True),
    )
    shows_times: bool = Field(
        default=False,
        title="Show answer times",
        description="Show above the advice, and in the history, how many milliseconds it took; and below it, how often "
        "the coach was right where it was measured.",
        json_schema_extra=hints(advanced=True),
    )
    pointing: Literal["off", "asked", "always"] = Field(
        default="off",
        title="Point at the screen",
        description="The Grid coach and larger models can point at what they mean, with a ring and an arrow above the "
        "game.",
        json_schema_extra=hints(labels={"off": "Never", "asked": "In answers to questions", "always": "In all advice"}),
    )
    hidden: bool = Field(
        default=True,
        title="Hide from captures",
        description="Keep the overlay out of pictures that other programs take of the screen. Not every system does: "
        "switch it on, and the coach tries it out.",
        json_schema_extra=hints(advanced=True),
    )
    width: int = Field(
        default=420,
        ge=160,
        le=4000,
        title="Width",
        description="The width of the overlay, unless you resize it by hand.",
        json_schema_extra=hints(unit="px", advanced=True),
    )
    positions: dict[str, OverlayPosition] = Field(
        default={},
        title="Positions",
        description="Where you put the overlay, for each arrangement of monitors.",
        json_schema_extra=hints(widget="none"),
    )
