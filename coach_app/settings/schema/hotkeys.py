"""The hotkeys."""

from typing import Any

from pydantic import Field, field_validator, model_validator

from coach_app.domain.actions import HOTKEYS
from coach_app.domain.hotkeys import check_bindings, parse_hotkey
from coach_app.settings.schema.section import Section, hints


def _hotkey(action: str) -> Any:
    key = HOTKEYS[action]
    return Field(
        default=key.default, title=key.title, description=key.description, json_schema_extra=hints(widget="hotkey")
    )


class HotkeySettings(Section):
    """Keys that work while the game has the keyboard; one field for each of ``coach_app.domain.actions.HOTKEYS``."""

    ask: str = _hotkey("ask")
    talk: str = _hotkey("talk")
    more: str = _hotkey("more")
    pause: str = _hotkey("pause")
    show_hide: str = _hotkey("show_hide")
    edit: str = _hotkey("edit")
    language: str = _hotkey("language")
    values: str = _hotkey("values")
    unload: str = _hotkey("unload")
    speak: str = _hotkey("speak")
    read_on: str = _hotkey("read_on")
    read_back: str = _hotkey("read_back")
    again: str = _hotkey("again")
    pin: str = _hotkey("pin")
    copy_answer: str = _hotkey("copy_answer")
    good: str = _hotkey("good")
    bad: str = _hotkey("bad")
    source: str = _hotkey("source")

    @field_validator("*")
    @classmethod
    def _is_a_hotkey(cls, sequence: str) -> str:
        return str(parse_hotkey(sequence)) if sequence.strip() else ""

    @model_validator(mode="after")
    def _differ(self) -> "HotkeySettings":
        check_bindings(self.bindings())
        return self

    def bindings(self) -> dict[str, str]:
        """Key sequences by action; an empty one means that the action has no hotkey."""
        return dict(self)
