"""Advice that is read aloud."""

from pydantic import Field

from coach_app.domain.aloud import Says
from coach_app.settings.schema.section import Section, hints


class SpeechSettings(Section):
    """What is spoken, and how."""

    on: bool = Field(
        default=False,
        title="Read aloud",
        description="Read advice and answers aloud with a voice of your system. New advice interrupts the one before.",
    )
    says: Says = Field(
        default="move",
        title="What is spoken",
        description="Answers to your questions are always read in full.",
        json_schema_extra=hints(
            labels={
                "move": "Only the move (all, if it names none)",
                "reason": "The move with its reason",
                "asked": "Only answers to questions",
            }
        ),
    )
    volume: float = Field(
        default=0.8,
        ge=0.0,
        le=1.0,
        title="Volume",
        description="How loud the voice is.",
        json_schema_extra=hints(widget="share"),
    )
    speed: float = Field(
        default=0.5,
        ge=0.0,
        le=1.0,
        title="Speed",
        description="How fast the voice speaks. 50 % is its usual speed.",
        json_schema_extra=hints(widget="share"),
    )
