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
        title="Least time between advice",
        description="A game's profile may ask for more. Another scene is always spoken about at once.",
        json_schema_extra=hints(unit="s"),
    )
    settle_s: float = Field(
        default=_RULES.settle_s,
        ge=0.0,
        le=10.0,
        title="Wait until still",
        description="The picture must have been still for this long; what moves all the time is left out.",
        json_schema_extra=hints(unit="s", decimals=2),
    )
    maximum_wait_s: float = Field(
        default=_RULES.maximum_wait_s or 0.0,
        ge=0.0,
        le=600.0,
        title="Longest wait",
        description="A picture that never becomes still is spoken about after this time; 0 waits for ever.",
        json_schema_extra=hints(unit="s"),
    )
    small_change_px: int = Field(
        default=_RULES.small_change_px,
        ge=1,
        le=1_000_000,
        title="Small change",
        description="So many pixels must differ close to each other before a change counts.",
        json_schema_extra=hints(unit="px"),
    )
    large_change_fraction: float = Field(
        default=_RULES.large_change_fraction,
        ge=0.01,
        le=1.0,
        title="Another scene",
        description="The part of the picture that must differ for another scene.",
    )
    level_step: int = Field(
        default=_RULES.level_step,
        ge=1,
        le=255,
        title="Difference of colour",
        description="Least difference that counts, of 255 steps; noise is less.",
    )

    def rules(self) -> GateRules:
        """The same as the gate takes it."""
        return GateRules(
            small_change_px=self.small_change_px,
            large_change_fraction=self.large_change_fraction,
            settle_s=self.settle_s,
            cooldown_s=self.cooldown_s,
            maximum_wait_s=self.maximum_wait_s or None,
            level_step=self.level_step,
        )
