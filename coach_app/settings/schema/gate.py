"""When the coach speaks unasked."""

from pydantic import Field

from coach_app.domain.gate import GateRules
from coach_app.settings.schema.section import Section, hints

_RULES = GateRules()


class GateSettings(Section):
    """When the picture counts as changed, so that the coach is asked; see `coach_app.domain.gate.GateRules`."""

    cooldown_s: float = Field(
        default=_RULES.cooldown_s,
        ge=0.0,
        le=600.0,
        title="Minimum time between advice",
        description="A game's profile can ask for longer. When the scene changes, the coach speaks at once.",
        json_schema_extra=hints(unit="s"),
    )
    settle_s: float = Field(
        default=_RULES.settle_s,
        ge=0.0,
        le=10.0,
        title="Settling time",
        description="How long the picture must stay still before the coach speaks. Parts that move all the time are "
        "ignored.",
        json_schema_extra=hints(unit="s", decimals=2, advanced=True),
    )
    maximum_wait_s: float = Field(
        default=_RULES.maximum_wait_s or 0.0,
        ge=0.0,
        le=600.0,
        title="Maximum wait",
        description="If the picture never settles, the coach speaks after this time. 0 waits forever.",
        json_schema_extra=hints(unit="s", advanced=True),
    )
    small_change_px: int = Field(
        default=_RULES.small_change_px,
        ge=1,
        le=1_000_000,
        title="Smallest change",
        description="How many neighbouring pixels must change before the coach takes notice.",
        json_schema_extra=hints(unit="px", advanced=True),
    )
    large_change_fraction: float = Field(
        default=_RULES.large_change_fraction,
        ge=0.01,
        le=1.0,
        title="Scene change",
        description="How much of the picture must change to count as a new scene.",
        json_schema_extra=hints(widget="share", advanced=True),
    )
    level_step: int = Field(
        default=_RULES.level_step,
        ge=1,
        le=255,
        title="Colour difference",
        description="The smallest difference that counts, out of 255. Noise is smaller.",
        json_schema_extra=hints(advanced=True),
    )

    def rules(self) -> GateRules:
        """The rules for the gate."""
        return GateRules(
            small_change_px=self.small_change_px,
            large_change_fraction=self.large_change_fraction,
            settle_s=self.settle_s,
            cooldown_s=self.cooldown_s,
            maximum_wait_s=self.maximum_wait_s or None,
            level_step=self.level_step,
        )
