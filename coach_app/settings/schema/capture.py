"""How the screen is captured."""

from pydantic import Field

from coach_app.settings.schema.section import Section, hints


class CaptureSettings(Section):
    """How often the screen is looked at."""

    rate_hz: float = Field(
        default=10.0,
        ge=0.5,
        le=60.0,
        title="Pictures per second",
        description="How often to look at the screen. The coach is asked only when something important changes.",
        json_schema_extra=hints(advanced=True),
    )
