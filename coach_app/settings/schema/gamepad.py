"""Buttons of a gamepad as hotkeys."""

from pydantic import Field, field_validator

from coach_app.domain.gamepad import check_chords
from coach_app.settings.schema.section import Section, hints


class GamepadSettings(Section):
    """Whether a gamepad is listened to, and for what."""

    on: bool = Field(
        default=False,
        title="Use a gamepad",
        description="Listen to gamepads while you play. The game gets their buttons, too.",
    )
    buttons: dict[str, str] = Field(
        default={},
        title="Buttons",
        description="A button, or several held together, for what you want to do. Choose ones that your game does not "
        "use, such as LB + Back.",
        json_schema_extra=hints(widget="gamepad"),
    )

    @field_validator("buttons")
    @classmethod
    def _are_buttons(cls, buttons: dict[str, str]) -> dict[str, str]:
        return check_chords(buttons)
