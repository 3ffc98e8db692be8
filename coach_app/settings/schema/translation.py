"""Who translates."""

from typing import Literal

from pydantic import Field

from coach_app.settings.schema.section import Section, hints


class TranslationSettings(Section):
    """Where Japanese comes from."""

    provider: Literal["local", "google"] = Field(
        default="local",
        title="Translator",
        description="Who is asked first for Japanese; Google only where online translation is allowed.",
        json_schema_extra=hints(labels={"local": "On this computer", "google": "Google Translate"}),
    )
    model: str = Field(
        default="auto",
        min_length=1,
        max_length=1000,
        title="Translation model",
        description="Name or folder of a Marian model (English to Japanese) on this computer; by itself, one that is "
        "made for the game, then one for any.",
        json_schema_extra=hints(widget="translator", labels={"auto": "The one for the game"}),
    )
    online: bool = Field(
        default=False,
        title="Allow online translation",
        description="Off: no advice and no question of yours is sent to a translator.",
        json_schema_extra=hints(
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
        json_schema_extra=hints(unit="s"),
    )
