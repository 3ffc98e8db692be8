"""The one schema of the settings."""

import tomllib

import pytest
import tomli_w
from pydantic import ValidationError

from coach_app.domain.actions import HOTKEYS
from coach_app.domain.gate import GateRules
from coach_app.domain.source import MonitorSpec
from coach_app.settings.schema import GateSettings, HotkeySettings, Settings

FIELDS = [
    (section, name) for section, info in Settings.model_fields.items() for name in type(info.default).model_fields
]


@pytest.mark.parametrize(("section", "field"), FIELDS)
def test_every_default_passes_its_own_validation(section: str, field: str) -> None:
    # GIVEN the defaults
    settings = Settings()
    # WHEN a default is set as if the user had chosen it, through the form that it has in the file
    value = settings.model_dump(mode="json")[section][field]
    again = settings.with_value(section, field, value)
    # THEN it is accepted and nothing changed
    assert again == settings


@pytest.mark.parametrize(("section", "field"), FIELDS)
def test_every_field_says_what_it_is(section: str, field: str) -> None:
    # GIVEN a field
    info = type(getattr(Settings(), section)).model_fields[field]
    # THEN the dialog has a title and a sentence to show
    assert info.title
    assert info.description is not None
    assert info.description.endswith(".")


def test_the_defaults_survive_toml() -> None:
    # GIVEN the defaults as TOML
    text = tomli_w.dumps(Settings().model_dump(mode="json", exclude_none=True))
    # WHEN they are read again
    again = Settings.model_validate(tomllib.loads(text))
    # THEN they are the same
    assert again == Settings()


def test_a_value_out_of_bounds_is_refused_and_changes_nothing() -> None:
    # GIVEN settings
    settings = Settings()
    # WHEN a value beyond the bounds is set
    # THEN it is refused
    with pytest.raises(ValidationError):
        settings.with_value("overlay", "font_size", 1000)
    assert settings == Settings()


def test_one_value_is_replaced() -> None:
    # GIVEN settings
    settings = Settings()
    # WHEN a source is chosen
    changed = settings.with_value("general", "source", MonitorSpec(index=2))
    # THEN only that is different
    assert changed.general.source == MonitorSpec(index=2)
    assert changed.with_value("general", "source", settings.general.source) == settings


def test_nothing_is_sent_and_no_picture_is_kept_before_it_was_allowed() -> None:
    # GIVEN the defaults
    settings = Settings()
    # THEN what touches privacy is off, and says what it does before it is on
    assert not settings.translation.online
    assert not settings.history.keep_pictures


def test_the_gate_of_the_defaults_is_the_gate_of_the_domain() -> None:
    # GIVEN the defaults THEN they are the tuned ones
    assert GateSettings().rules() == GateRules()
    # WHEN a profile or the user wants more silence THEN the longer one counts, and 0 waits for ever
    assert GateSettings(cooldown_s=9).rules().cooldown_s == 9
    assert GateSettings(maximum_wait_s=0).rules().maximum_wait_s is None


def test_every_hotkey_can_be_set() -> None:
    # GIVEN the table of what the user can do WHEN it is compared with the settings THEN each hotkey has its field
    assert list(HotkeySettings.model_fields) == list(HOTKEYS)
