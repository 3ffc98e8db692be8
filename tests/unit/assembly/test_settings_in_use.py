"""Every option of the settings has somebody who reacts when it changes, and the reaction carries its value."""

from pathlib import Path
from typing import Any, get_args

import pytest

from coach_app.assembly.overlay_app import opened_app
from coach_app.assembly.plan import AppPlan
from coach_app.assembly.settings_in_use import REACTIONS, Reaction, Reacts, SettingsInUse, changed_options, options
from coach_app.desktop.folders import config_dir
from coach_app.domain.source import MonitorSpec, WindowSpec
from coach_app.settings.schema import Settings
from coach_app.settings.store import SettingsStore, load, save
from tests.fakes.quiet import Happened

AWAY = "http://192.0.2.1:8000/v1"
DRAGGED = {"overlay.positions"}
"""What changes when the overlay is where it belongs already."""
OPTIONS = sorted(options(Settings()))


def values_of(option: str, folder: Path) -> list[Any]:
    """Two values of an option that differ from each other."""
    section, field = option.split(".")
    for name in ("one", "two"):
        (folder / name).mkdir(exist_ok=True)
    special: dict[str, list[Any]] = {
        "general.source": [WindowSpec(title="some game"), MonitorSpec(index=2)],
        "general.windows": [{"grid": WindowSpec(title=title)} for title in ("one", "two")],
        "general.game": ["grid", "melee"],
        "general.model": [str(folder / "one"), str(folder / "two")],
        "translation.model": ["one", "two"],
        "server.url": ["http://localhost:1234/v1", "http://localhost:8000/v1"],
        "server.model": ["one", "two"],
        "general.offline": [True, False],
        "server.on": [False, True],
        "gamepad.buttons": [{"ask": "LB + X"}, {"ask": "A"}],
        "server.key": [True, False],
        "hearing.model": [str(folder / "one"), str(folder / "two")],
    }
    if option in special:
        return special[option]
    if section == "hotkeys":
        return ["Ctrl+Alt+F9", "Ctrl+Alt+F10"]
    known = getattr(Settings(), section)
    declared = type(known).model_fields[field].annotation
    default = getattr(known, field)
    if declared is bool:
        return [not default, default]
    if choices := get_args(declared):
        return [*(choice for choice in choices if choice != default), default][:2]
    other = default / 2 if isinstance(default, float) else default + 1
    return [other, default]


def test_every_option_has_a_row_and_every_row_an_option() -> None:
    # GIVEN the table WHEN it is compared with the settings THEN none is missing, and none is left over
    assert set(REACTIONS) == set(OPTIONS)
    # AND every reaction is somebody's
    assert {reaction for row in REACTIONS.values() for reaction in row} == set(Reaction)


@pytest.mark.parametrize("option", [option for option in OPTIONS if REACTIONS.get(option) and option not in DRAGGED])
async def test_the_parts_of_the_app_are_told_the_value_of(option: str, happened: Happened, tmp_path: Path) -> None:
    # GIVEN the app, with settings under which every option matters
    section, field = option.split(".")
    settings = Settings().with_value("general", "language", "en" if option == "general.language" else "ja")
    if section == "server" or option == "general.offline":
        settings = settings.with_value("server", "on", True).with_value("server", "url", AWAY)
    settings = settings.with_value("hearing", "on", option != "hearing.on")
    settings = settings.with_value("translation", "online", option != "translation.online")
    save(settings, config_dir() / "settings.toml")
    async with opened_app(AppPlan()) as app:
        await app.tasks.settled()
        told = []
        # WHEN it is changed, and changed back
        for value in values_of(option, tmp_path):
            happened.clear()
            app.settings.set(section, field, value)
            await app.tasks.settled()
            told.append(list(happened))
    # THEN something happened each time, and not the same
    assert all(told), told
    assert told[0] != told[1]


class Told:
    """Notes which reactions come, in their order."""

    def __init__(self, settings: SettingsInUse) -> None:
        self.reactions: list[Reaction] = []
        for reaction in Reaction:
            settings.when(reaction, self._note(reaction))

    def _note(self, reaction: Reaction) -> Reacts:
        return lambda before, after: self.reactions.append(reaction)


@pytest.fixture
def store(tmp_path: Path) -> SettingsStore:
    return SettingsStore(tmp_path / "settings.toml")


def test_each_reaction_comes_once_and_in_order(store: SettingsStore) -> None:
    # GIVEN settings in use
    settings = SettingsInUse(store, {}, pytest.fail)
    told = Told(settings)
    # WHEN several options are changed at once, two of which lead to the same
    changed = settings.current.with_value("server", "on", True).with_value("general", "offline", True)
    settings.change(changed.with_value("overlay", "opacity", 0.5))
    # THEN each reaction came once, in the order of the enumeration
    assert told.reactions == [Reaction.LOOK, Reaction.COACH, Reaction.TRANSLATOR]
    # WHEN nothing is changed THEN nothing happens
    settings.change(settings.current)
    assert len(told.reactions) == 3


def test_what_the_command_line_says_is_used_but_not_kept(store: SettingsStore, tmp_path: Path) -> None:
    # GIVEN a command line that names a game and a language
    settings = SettingsInUse(store, {"game": "grid", "language": "ja"}, pytest.fail)
    assert (settings.current.general.game, settings.current.general.language) == ("grid", "ja")
    # WHEN the user changes another option THEN they stay in use, and are not saved
    settings.set("overlay", "font_size", 20)
    kept, _ = load(tmp_path / "settings.toml")
    assert (kept.overlay.font_size, kept.general.game) == (20, "auto")
    assert settings.current.general.game == "grid"
    # WHEN the user chooses another game THEN that counts, and is saved; the language is still the command line's
    settings.set("general", "game", "melee")
    kept, _ = load(tmp_path / "settings.toml")
    assert kept.general.game == settings.current.general.game == "melee"
    assert settings.current.general.language == "ja"


def test_settings_that_cannot_be_saved_are_in_use_all_the_same(tmp_path: Path) -> None:
    # GIVEN a place where nothing can be written
    (tmp_path / "file").write_text("")
    complaints: list[str] = []
    settings = SettingsInUse(SettingsStore(tmp_path / "file" / "settings.toml"), {}, complaints.append)
    told = Told(settings)
    # WHEN an option is changed THEN the user is told, and the reaction comes
    settings.set("capture", "rate_hz", 5.0)
    assert len(complaints) == 1
    assert told.reactions == [Reaction.CAPTURE_RATE]


def test_changed_options_are_named_one_by_one() -> None:
    # GIVEN two settings WHEN they are compared THEN the fields that differ are named
    before = Settings()
    after = before.with_value("general", "four_bit", False).with_value("overlay", "stale_after_s", 60.0)
    assert changed_options(before, after) == ["general.four_bit", "overlay.stale_after_s"]
    assert changed_options(before, before) == []
