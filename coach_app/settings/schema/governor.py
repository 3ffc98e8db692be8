"""What the coach does when the game suffers."""

from pydantic import Field

from coach_app.settings.schema.section import Section


class GovernorSettings(Section):
    """Whether the coach gives way to the game, and how far; see `coach_app.domain.governor`."""

    on: bool = Field(
        default=True,
        title="Give way to the game",
        description="When the game loses frames because of the coach, the coach does less, step by step, and takes it "
        "back slowly. It watches only how often the game's window is drawn, never the game itself.",
    )
    unloads: bool = Field(
        default=True,
        title="Unload the model if nothing else helps",
        description="As the last step. It is loaded again later, or when you ask a question.",
    )
