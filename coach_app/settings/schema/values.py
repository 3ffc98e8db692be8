"""The second opinion of a Q-network."""

from typing import Literal

from pydantic import Field

from coach_app.settings.schema.section import Section, hints


class ValueSettings(Section):
    """What a Q-network for the game says beside the coach."""

    shown: bool = Field(
        default=False,
        title="Show Q-values",
        description="What the Q-network expects of each move, in the overlay; for games whose profile names a network.",
    )
    doubted: Literal["hedge", "hold"] = Field(
        default="hedge",
        title="When both disagree",
        description="What becomes of advice that the Q-network disagrees with.",
        json_schema_extra=hints(labels={"hedge": "Show it, and say so", "hold": "Hold it back"}),
    )
