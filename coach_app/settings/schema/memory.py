"""How long models stay in memory."""

from pydantic import Field

from coach_app.settings.schema.section import Section, hints


class MemorySettings(Section):
    """When the memory of the models is given back."""

    unload_after_min: int = Field(
        default=15,
        ge=0,
        le=1440,
        title="Unload after",
        description="A model that nobody asked anything for so long leaves the graphics card, and comes back when it "
        "is needed; 0 keeps it. The bundled coach, which is small, always stays.",
        json_schema_extra=hints(unit="min"),
    )
