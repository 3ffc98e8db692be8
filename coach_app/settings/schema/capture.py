"""How the screen is captured."""

from pydantic import Field

from coach_app.settings.schema.section import Section, hints


class CaptureSettings(Section):
    """How often the screen is looked at."""

    rate_hz: float = Field(
        default=10.0,
        ge=0.5,
        le=60.0,
        title="Pictures a second",
        description="How often the screen is looked at; the coach is asked only when something important changed.",
        json_schema_extra=hints(unit="Hz"),
    )
