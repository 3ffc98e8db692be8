"""Who translates."""

from typing import Literal

from pydantic import Field

from coach_app.settings.schema.section import Section, hints


class TranslationSettings(Section):
    """How advice is translated into Japanese."""

    provider: Literal["local", "google"] = Field(
        default="local",
        title="Translator",
        description="Which translator to try first. Google is used only if you allow online translation.",
        json_schema_extra=hints(labels={"local": "On this computer", "google": "Google Translate"}),
    )
    model: str = Field(
        default="auto",
        min_length=1,
        max_length=1000,
        title="Translation model",
        description="A Marian model (English to Japanese) on this computer, by name or folder. Automatic takes the "
        "one made for the game, or else one for any game.",
        json_schema_extra=hints(widget="translator", labels={"auto": "Automatic"}, advanced=True),
    )
    online: bool = Field(
        default=False,
        title="Allow online translation",
        description="When off, neither advice nor your questions are sent to an online translator.",
        json_schema_extra=hints(
            confirm="The text of all advice and of your Japanese questions is sent over the internet to Google "
            "Translate, together with your network address. Pictures of your screen are never sent."
        ),
    )
    timeout_s: float = Field(
        default=3.0,
        ge=0.5,
        le=30.0,
        title="Translation time limit",
        description="If no translation arrives in this time, the advice stays in English.",
        json_schema_extra=hints(unit="s", advanced=True),
    )
