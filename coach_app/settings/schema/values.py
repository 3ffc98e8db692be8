"""The second opinion of a Q-network."""

from typing import Literal

from pydantic import Field

from coach_app.settings.schema.section import Section, hints


class ValueSettings(Section):
    """What a Q-network for the game says beside the coach."""

    least_sure: int = Field(
        default=50,
        ge=0,
        le=100,
        title="Sure from",
        description="A move that is less likely to be right, by the model itself, is doubtful advice. 0 is for never.",
        json_schema_extra=hints(unit="%"),
    )
    shown: bool = Field(
        default=False,
        title="Show the second opinion",
        description="A second model, made for one game, rates every move (Q-values). Only for games that have one.",
    )
    doubted: Literal["hedge", "hold"] = Field(
        default="hedge",
        title="Doubtful advice",
        description="What to do with advice that the second opinion contradicts, or that the model is not sure of.",
        json_schema_extra=hints(labels={"hedge": "Show the advice and say so", "hold": "Hide the advice"}),
    )
