"""How long models stay in memory."""

from pydantic import Field

from coach_app.settings.schema.section import Section, hints


class MemorySettings(Section):
    """When models are unloaded to free memory."""

    unload_after_min: int = Field(
        default=15,
        ge=0,
        le=1440,
        title="Unload after",
        description="A large model that was not used for this long leaves the graphics card, and is loaded again "
        "when needed. 0 keeps it. The small bundled coach always stays.",
        json_schema_extra=hints(unit="min"),
    )
