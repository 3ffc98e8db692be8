"""Settings on the disk."""

import errno
import os
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from coach_app.domain.errors import CoachError
from coach_app.domain.source import MonitorSpec, RegionSpec, WindowSpec
from coach_app.settings.schema import OverlayPosition, Settings
from coach_app.settings.store import SettingsStore, load, read_backup, save


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "config" / "settings.toml"


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def test_a_first_start_has_the_defaults_and_nothing_to_say(path: Path) -> None:
    # GIVEN no file
    # WHEN the settings are loaded
    settings, notices = load(path, keep=True)
    # THEN they are the defaults
    assert settings == Settings()
    assert notices == []


def test_what_was_saved_is_loaded_again(path: Path) -> None:
    # GIVEN settings with nested values and Japanese text
    settings = (
        Settings()
        .with_value("general", "source", WindowSpec(title="ゲーム", program="game"))
        .with_value("overlay", "positions", {"1920x1080+0+0": OverlayPosition(x=-5, y=7, width=300)})
    )
    # WHEN they are saved and loaded
    save(settings, path)
    again, notices = load(path, keep=True)
    # THEN they are the same, and no temporary file stays
    assert again == settings
    assert notices == []
    assert [file.name for file in path.parent.iterdir()] == ["settings.toml"]


@pytest.mark.parametrize("content", [b"[general", b"\xff\xfe\x00", b"\x00" * 4096])
def test_a_damaged_file_is_kept_aside_and_said(path: Path, content: bytes) -> None:
    # GIVEN a file that is not TOML
    path.parent.mkdir()
    path.write_bytes(content)
    # WHEN it is loaded
    settings, notices = load(path, keep=True)
    # THEN the defaults are used, it is said, and the content is still there under another name
    assert settings == Settings()
    assert len(notices) == 1
    (kept,) = path.parent.glob("settings.toml.broken-*")
    assert str(kept) in notices[0]
    assert kept.read_bytes() == content


def test_an_empty_file_is_the_defaults(path: Path) -> None:
    # GIVEN an empty file
    write(path, "")
    # THEN it holds no wrong value
    assert load(path) == (Settings(), [])


def test_single_bad_values_fall_back_and_good_ones_stay(path: Path) -> None:
    # GIVEN a file with one good and several bad values
    write(
        path,
        """
        colour = "red"
        capture = 5
        [general]
        language = "de"
        game = "grid"
        source = {kind = "region", left = 0, top = 0, width = -4, height = 2}
        [hotkeys]
        ask = "A"
        pause = "ctrl+alt+f9"
        edit = ""
        [overlay]
        font_size = 30
        opacity = nan
        shape = "round"
        [overlay.positions."1920x1080+0+0"]
        x = 1
        y = 2
        width = 300
        [overlay.positions.other]
        x = "left"
        y = 2
        width = 300
        """,
    )
    # WHEN it is loaded
    settings, notices = load(path, keep=True)
    # THEN the good values are used
    assert settings.general.game == "grid"
    assert settings.overlay.font_size == 30
    assert (settings.hotkeys.pause, settings.hotkeys.edit) == ("Ctrl+Alt+F9", "")
    assert settings.overlay.positions == {"1920x1080+0+0": OverlayPosition(x=1, y=2, width=300)}
    # THEN the bad ones are the defaults
    assert settings.general.language == "en"
    assert settings.hotkeys.ask == Settings().hotkeys.ask
    assert settings.general.source == Settings().general.source
    assert settings.overlay.opacity == Settings().overlay.opacity
    # THEN each is named, and the file is kept as it was
    said = "\n".join(notices)
    for name in (
        "colour", "capture", "general.language", "general.source", "overlay.opacity", "overlay.shape",
        "overlay.positions.other", "hotkeys.ask",
    ):  # fmt: skip
        assert name in said
    (backup,) = path.parent.glob("settings.toml.backup-*")
    assert backup.read_text("utf-8") == path.read_text("utf-8")


def test_old_versions_are_migrated_and_kept(path: Path) -> None:
    # GIVEN a file of version 1 that names a value as it was named then
    write(path, 'version = 1\n[general]\nplay = "grid"\n')

    def rename(values: dict[str, Any]) -> dict[str, Any]:
        values["general"]["game"] = values["general"].pop("play")
        return values

    # WHEN a coach of version 2 loads and saves it
    settings, notices = load(path, [rename], keep=True)
    save(settings, path, [rename])
    # THEN the value was taken over, the old file is kept, and the new one is of version 2
    assert settings.general.game == "grid"
    assert len(notices) == 1
    (backup,) = path.parent.glob("settings.toml.backup-*")
    assert "play" in backup.read_text("utf-8")
    assert tomllib.loads(path.read_text("utf-8"))["version"] == 2
    assert load(path, [rename]) == (settings, [])


def test_a_migration_that_fails_costs_only_the_settings_not_the_start(
    path: Path, expect_warning: Callable[[str], None]
) -> None:
    expect_warning("could not be migrated")
    # GIVEN an old file that the migration does not understand
    write(path, "version = 1\n")

    def broken(values: dict[str, Any]) -> dict[str, Any]:
        return {"general": values["general"]}

    # WHEN it is loaded
    settings, notices = load(path, [broken], keep=True)
    # THEN the defaults are used and the old file is kept
    assert settings == Settings()
    assert len(notices) == 1
    assert list(path.parent.glob("settings.toml.backup-*"))


@pytest.mark.parametrize("version", ["99", "0", '"two"'])
def test_a_file_of_an_unknown_version_is_used_as_far_as_it_goes(path: Path, version: str) -> None:
    # GIVEN a file of a coach that does not exist yet
    write(path, f"version = {version}\n[overlay]\nfont_size = 20\n")
    # WHEN it is loaded
    settings, notices = load(path, keep=True)
    # THEN the known values are used, and a copy is kept
    assert settings.overlay.font_size == 20
    assert len(notices) == 1
    assert list(path.parent.glob("settings.toml.backup-*"))


@pytest.mark.parametrize("call", ["os.fsync", "pathlib.Path.replace"])
def test_a_full_disk_loses_nothing(path: Path, monkeypatch: pytest.MonkeyPatch, call: str) -> None:
    # GIVEN saved settings, and a disk that is full from now on
    old = Settings().with_value("general", "game", "grid")
    store = SettingsStore(path)
    store.change(old)

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(call, full)
    # WHEN new ones are saved
    new = old.with_value("general", "language", "ja")
    with pytest.raises(CoachError) as raised:
        store.change(new)
    # THEN the user is told why and where, the new ones are in use, and the old file is whole
    assert "No space left" in raised.value.message
    assert str(path) in raised.value.remedy
    assert store.current == new
    assert load(path) == (old, [])
    assert [file.name for file in path.parent.iterdir()] == ["settings.toml"]


def test_a_folder_that_cannot_be_made_is_a_sentence(tmp_path: Path) -> None:
    # GIVEN a file where the folder should be
    (tmp_path / "config").write_text("")
    # WHEN settings are saved there
    # THEN it is said, not thrown
    with pytest.raises(CoachError, match="could not be saved"):
        save(Settings(), tmp_path / "config" / "settings.toml")


def test_a_file_that_cannot_be_read_is_said(path: Path) -> None:
    # GIVEN a folder of the file's name
    path.mkdir(parents=True)
    # WHEN it is loaded
    settings, notices = load(path)
    # THEN the defaults are used
    assert settings == Settings()
    assert str(path) in notices[0]


def test_the_store_saves_each_change(path: Path) -> None:
    # GIVEN a store
    store = SettingsStore(path)
    # WHEN the source is changed
    new = store.current.with_value("general", "source", RegionSpec(left=1, top=2, width=3, height=4))
    store.change(new)
    # THEN the next start has it
    assert SettingsStore(path).current == new


def test_two_that_save_keep_what_the_other_one_changed(path: Path) -> None:
    # GIVEN two coaches with the same settings, and a place of the overlay
    save(Settings().with_value("overlay", "positions", {"one": OverlayPosition(x=1, y=1, width=300)}), path)
    first, second = SettingsStore(path), SettingsStore(path)
    # WHEN each changes something of its own
    first.change(first.current.with_value("general", "language", "ja"))
    second.change(
        second.current.with_value(
            "overlay", "positions", {**second.current.overlay.positions, "two": OverlayPosition(x=2, y=2, width=300)}
        )
    )
    first.change(first.current.with_value("overlay", "positions", {"one": OverlayPosition(x=9, y=9, width=300)}))
    second.change(second.current.with_value("general", "source", MonitorSpec(index=2)))
    # THEN nothing of the other's is reverted
    settings, notices = load(path)
    assert notices == []
    assert (settings.general.language, settings.general.source) == ("ja", MonitorSpec(index=2))
    assert {name: place.x for name, place in settings.overlay.positions.items()} == {"one": 9, "two": 2}
    # AND an entry that one takes out is gone
    second.change(second.current.with_value("overlay", "positions", {}))
    assert load(path)[0].overlay.positions == {}


def test_what_could_not_be_saved_is_saved_with_the_next_change(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # GIVEN a change that could not be saved
    store = SettingsStore(path)
    store.change(store.current.with_value("general", "game", "grid"))

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr("os.fsync", full)
        with pytest.raises(CoachError):
            store.change(store.current.with_value("general", "language", "ja"))
    # WHEN there is room again, and something else is changed THEN both are on the disk
    store.change(store.current.with_value("overlay", "width", 500))
    assert load(path)[0] == store.current
    assert load(path)[0].general.language == "ja"


@pytest.mark.parametrize("content", [None, b"[general", b"version = 99\n", b"\xff"])
def test_a_file_that_went_bad_meanwhile_is_written_whole(path: Path, content: bytes | None) -> None:
    # GIVEN a store whose file is gone, damaged, or another coach's since it was read
    save(Settings().with_value("overlay", "width", 500), path)
    store = SettingsStore(path)
    path.unlink()
    if content is not None:
        path.write_bytes(content)
    # WHEN something is changed THEN all that is in use is saved
    store.change(store.current.with_value("general", "game", "grid"))
    assert load(path) == (store.current, [])
    assert store.current.overlay.width == 500


@pytest.mark.parametrize("hops", [1, 2])
def test_settings_behind_a_link_are_written_through_it(path: Path, tmp_path: Path, hops: int) -> None:
    # GIVEN settings that are kept elsewhere, behind one link or two
    home = tmp_path / "dotfiles" / "coach.toml"
    write(home, "[overlay]\nwidth = 500\n")
    path.parent.mkdir()
    target = home
    for hop in range(hops - 1):
        between = tmp_path / f"hop-{hop}"
        between.symlink_to(target)
        target = between
    path.symlink_to(os.path.relpath(target, path.parent))
    # WHEN a setting is changed
    store = SettingsStore(path)
    store.change(store.current.with_value("general", "game", "grid"))
    # THEN the link is one still, and what it leads to has the change
    assert path.is_symlink()
    settings, _ = load(home)
    assert (settings.general.game, settings.overlay.width) == ("grid", 500)
    assert sorted(file.name for file in home.parent.iterdir()) == ["coach.toml"]


def test_a_damaged_file_behind_a_link_is_set_aside_where_it_lies(path: Path, tmp_path: Path) -> None:
    # GIVEN a damaged file behind a link
    home = tmp_path / "dotfiles" / "coach.toml"
    write(home, "[general")
    path.parent.mkdir()
    path.symlink_to(home)
    # WHEN it is loaded, and a setting is changed
    store = SettingsStore(path)
    store.change(store.current.with_value("general", "game", "grid"))
    # THEN what was in it lies beside it, and the link leads to the new settings
    assert path.is_symlink()
    assert load(home)[0].general.game == "grid"
    assert [kept.read_text() for kept in home.parent.glob("coach.toml.broken-*")] == ["[general"]


def test_one_key_for_two_actions_is_said(path: Path) -> None:
    # GIVEN a file that gives the default key of one action to another
    write(path, '[hotkeys]\nask = "Ctrl+Alt+P"\n[overlay]\nwidth = 500\n')
    # WHEN it is loaded
    settings, notices = load(path)
    # THEN the hotkeys are the defaults, it is said, and the rest stays
    assert settings.hotkeys == Settings().hotkeys
    assert "two actions" in notices[0]
    assert settings.overlay.width == 500


def test_a_backup_is_read_again(path: Path) -> None:
    # GIVEN a backup, with an option that only another coach has
    settings = Settings().with_value("general", "game", "grid").with_value("overlay", "width", 300)
    save(settings, path)
    with path.open("a", encoding="utf-8") as file:
        file.write("[telepathy]\nrange_m = 3\n")
    # WHEN it is read THEN the settings are those
    assert read_backup(path) == settings


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("version = 1\n[overlay]\nwidth = 99999", "overlay.width"),
        ('version = 1\noverlay = "wide"', "overlay"),
        ('version = 1\n[hotkeys]\nask = "Ctrl+Alt+P"', "hotkeys"),
        ("version = 2", "another version"),
        ('[project]\nname = "coach"', "not a backup"),
        ("[general", "not a backup"),
        ("version = 1\na = " + "[" * 5000, "not a backup"),
        ("version = 1\n# " + "x" * 1_000_000, "not a backup"),
    ],
)
def test_a_damaged_backup_is_refused(path: Path, content: str, told: str) -> None:
    # GIVEN a file that is no good backup
    write(path, content)
    # WHEN it is read THEN a sentence says what is wrong
    with pytest.raises(CoachError, match=told):
        read_backup(path)


def test_what_is_no_file_is_no_backup(tmp_path: Path) -> None:
    # GIVEN a folder, and a pipe into which nothing is ever written
    os.mkfifo(tmp_path / "pipe")
    for name in ("", "pipe", "missing"):
        # WHEN it is read THEN it is refused at once
        with pytest.raises(CoachError, match="There is no file"):
            read_backup(tmp_path / name)


DEEP = "[general]\ngame = " + "[" * 5_000 + "]" * 5_000
NUMBERS = "[gate]\ncooldown_s = nan\n[overlay]\nwidth = 1e999\nfont_size_pt = -inf\n"


@pytest.mark.parametrize("content", [DEEP, "a.b.c = {" * 3_000, NUMBERS, "[general]\noffline = " + "9" * 5_000])
def test_settings_that_were_made_to_break_the_reader_do_not_stop_the_app(path: Path, content: str) -> None:
    # GIVEN such a file WHEN the app reads it THEN there are settings, and it is said
    write(path, content)
    store = SettingsStore(path)
    assert store.current == Settings()
    assert store.notices


def test_thousands_of_unknown_settings_are_told_in_a_few_sentences(path: Path) -> None:
    # GIVEN a file with one setting that is known WHEN it is read THEN that one counts, and the rest is not a book
    write(path, "[overlay]\nwidth = 500\n" + "".join(f"unknown_{n} = 1\n" for n in range(3_000)))
    settings, notices = load(path)
    assert settings.overlay.width == 500
    assert len(notices) < 15
    assert "more settings are not usable" in " ".join(notices)


@pytest.mark.parametrize("content", ["damaged = ", "[overlay]\nwidth = -1\n", "version = 99\n"])
def test_reading_touches_nothing_where_the_app_keeps_a_copy(path: Path, content: str) -> None:
    # GIVEN a file that is damaged, wrong in one place, or of a later version
    write(path, content)
    # WHEN it is only read THEN it is left as it is, and what is wrong is said
    _, notices = load(path)
    assert notices
    assert [file.name for file in path.parent.iterdir()] == ["settings.toml"]
    assert path.read_text() == content
    # WHEN the app reads it, which will write it again THEN a copy is kept, and where is said
    store = SettingsStore(path)
    (copy,) = [file for file in path.parent.iterdir() if file.name != "settings.toml"]
    assert copy.read_text() == content
    assert str(copy) in " ".join(store.notices)


def test_a_pipe_under_the_name_of_the_settings_is_not_waited_for(path: Path) -> None:
    # GIVEN a pipe that nobody writes into WHEN the settings are read THEN the defaults are used, and it is said
    path.parent.mkdir(parents=True)
    os.mkfifo(path)
    settings, notices = load(path)
    assert settings == Settings()
    assert "no regular file" in notices[0]
