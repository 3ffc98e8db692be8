"""What may be kept to learn from."""

from pydantic import Field

from coach_app.settings.schema.section import Section, hints


class LearningSettings(Section):
    """What is kept of played games to learn from, on this computer only."""

    record: bool = Field(
        default=False,
        title="Record practice games",
        description="Write down the moves of all practice games started from the menu, for a review, and for coach "
        "learn GAME collect --how watch. The window Learning… records single games, others included.",
        json_schema_extra=hints(advanced=True),
    )
    disk_mb: int = Field(
        default=1000,
        ge=10,
        le=1_000_000,
        title="Space for experiences",
        description="What is collected, and recorded of your own play, takes no more space on this computer than this, "
        "for all games together. Where it is full, the oldest recordings in pictures go.",
        json_schema_extra=hints(unit="MB", advanced=True),
    )
