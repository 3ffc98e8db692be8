"""What is kept of past advice."""

from pydantic import Field

from coach_app.settings.schema.section import Section, hints


class HistorySettings(Section):
    """What is remembered of past advice, on this computer only."""

    keep: bool = Field(
        default=True, title="Keep a history", description="Keep advice, questions and answers on this computer."
    )
    keep_pictures: bool = Field(
        default=False,
        title="Keep pictures, too",
        description="Keep a small picture of the screen with each piece of advice.",
        json_schema_extra=hints(
            confirm="A small picture of what the coach saw is kept on this computer with each piece of advice, "
            "whatever was on the screen at that moment."
        ),
    )
    days: int = Field(
        default=90,
        ge=0,
        le=3650,
        title="Delete after",
        description="Older entries are deleted automatically. 0 keeps them forever.",
        json_schema_extra=hints(unit="days"),
    )
