"""What every page of the settings has in common."""

from typing import Any

from pydantic import BaseModel, ConfigDict


def hints(**hints: Any) -> dict[str, Any]:
    """What the settings window needs to know of a field beyond its type; see the package."""
    return hints


class Section(BaseModel):
    """A page of the settings; never changed, only replaced."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)
