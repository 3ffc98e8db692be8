"""The base of all settings pages."""

from typing import Any

from pydantic import BaseModel, ConfigDict
from pydantic.fields import FieldInfo


def hints(**hints: Any) -> dict[str, Any]:
    """Hints for the settings window beyond a field's type; see the package."""
    return hints


def hints_of(info: FieldInfo) -> dict[str, Any]:
    """The hints of a field."""
    return info.json_schema_extra if isinstance(info.json_schema_extra, dict) else {}


def is_choice(info: FieldInfo) -> bool:
    """Whether a field is set in the settings window and stored in the file; keys are stored in the keyring."""
    return hints_of(info).get("widget") not in ("none", "key")


class Section(BaseModel):
    """A page of the settings; immutable."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)
