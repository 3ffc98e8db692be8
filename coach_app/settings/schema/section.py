"""What every page of the settings has in common."""

from typing import Any

from pydantic import BaseModel, ConfigDict
from pydantic.fields import FieldInfo


def hints(**hints: Any) -> dict[str, Any]:
    """What the settings window needs to know of a field beyond its type; see the package."""
    return hints


def hints_of(info: FieldInfo) -> dict[str, Any]:
    """The hints of a field."""
    return info.json_schema_extra if isinstance(info.json_schema_extra, dict) else {}


def is_choice(info: FieldInfo) -> bool:
    """Whether the user sets a field in the settings window; the key is kept elsewhere, in the keyring."""
    return hints_of(info).get("widget") not in ("none", "key")


class Section(BaseModel):
    """A page of the settings; never changed, only replaced."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)
