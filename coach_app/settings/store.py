"""Settings on disk: TOML, repaired value by value; saving writes only the changed values."""

import logging
import shutil
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import tomli_w
from pydantic import ValidationError

from coach_app.desktop.files import keep_aside, write_atomically
from coach_app.desktop.folders import config_dir
from coach_app.desktop.foreign import read_file, toml_of
from coach_app.domain.errors import CoachError
from coach_app.settings.schema import Settings

log = logging.getLogger(__name__)

_MAX_BACKUP_BYTES = 1_000_000
"""Bytes; a backup has some thousands."""

Migration = Callable[[dict[str, Any]], dict[str, Any]]

MIGRATIONS: Sequence[Migration] = ()
"""Turn the content of a file of version 1 into version 2, 2 into 3, and so on; the last one makes today's version."""

_MAX_NOTICES = 12


def settings_file() -> Path:
    """The user's settings file."""
    return config_dir() / "settings.toml"


def load(path: Path, migrations: Sequence[Migration] = MIGRATIONS, *, keep: bool = False) -> tuple[Settings, list[str]]:
    """Read the settings; usable settings are returned whatever is wrong with the file.

    Args:
        path: the file; a missing one gives the defaults.
        migrations: see `MIGRATIONS`.
        keep: whether to back up a file whose contents the next change would lose, for callers that change settings.
            Otherwise nothing on disk is touched.

    Returns:
        The settings, and one sentence for each problem that the user should know about.
    """
    try:
        content = read_file(path)
    except FileNotFoundError:
        return Settings(), []
    except OSError as error:
        return Settings(), [f"The settings could not be read ({error.strerror}); the defaults are used. Check {path}."]
    try:
        values = toml_of(content)
    except ValueError:
        kept = _set_aside(path) if keep else f"Correct or remove {path}."
        return Settings(), [f"The settings file is damaged; the defaults are used. {kept}"]
    current = len(migrations) + 1
    version = values.pop("version", 1)
    kept = f"It is {path}."
    if not isinstance(version, int) or not 1 <= version <= current:
        kept = _back_up(path) if keep else kept
        notices = [f"The settings file is of another version; what is understood of it is used. {kept}"]
    elif version < current:
        kept = _back_up(path) if keep else kept
        notices = [f"The settings were brought up to date. {kept}"]
        try:
            for migrate in migrations[version - 1 :]:
                values = migrate(values)
        except Exception:
            log.exception("settings of version %d could not be migrated", version)
            return Settings(), [f"The old settings could not be converted; the defaults are used. {kept}"]
    else:
        notices = []
    settings, mended = _mend(values)
    if mended and keep and version == current:
        mended.append(_back_up(path))
    return settings, notices + mended


def save(settings: Settings, path: Path, migrations: Sequence[Migration] = MIGRATIONS) -> None:
    """Write all settings.

    Raises:
        CoachError: they could not be written; the old file is unchanged.
    """
    _write(settings.model_dump(mode="json", exclude_none=True), path, migrations)


def save_changes(before: Settings, after: Settings, path: Path) -> None:
    """Write the differences only: another instance may have changed the rest of the file.

    Raises:
        CoachError: it could not be written; the old file is untouched.
    """
    values = _on_disk(path)
    if values is None:
        save(after, path)
        return
    new = after.model_dump(mode="json", exclude_none=True)
    for section, fields in after:
        for field, value in fields:
            old = getattr(getattr(before, section), field)
            if value == old:
                continue
            written = values.setdefault(section, {})
            if isinstance(value, dict):  # a table: each of its entries is a value
                entries = written.setdefault(field, {})
                for key in {*old, *value}:
                    if key not in value:
                        entries.pop(key, None)
                    elif value[key] != old.get(key):
                        entries[key] = new[section][field][key]
            else:
                written[field] = new[section][field]
    _write(values, path)


def _write(values: dict[str, Any], path: Path, migrations: Sequence[Migration] = MIGRATIONS) -> None:
    write_atomically(path, tomli_w.dumps({**values, "version": len(migrations) + 1}).encode("utf-8"), "The settings")


def _on_disk(path: Path) -> dict[str, Any] | None:
    """The valid values of the file; None if there is no file of the current version."""
    try:
        values = toml_of(read_file(path))
    except (OSError, ValueError):
        return None
    if values.pop("version", 1) != len(MIGRATIONS) + 1:
        return None
    _mend(values)
    return values


def read_backup(path: Path) -> Settings:
    """Read a file that `save` wrote, perhaps on another computer. Unknown options are dropped; nothing else is
    repaired.

    Raises:
        CoachError: it is not such a file, or is damaged.
    """
    remedy = "Choose another file; nothing was changed."
    try:
        if not path.is_file():  # a pipe or a device would be read for ever
            raise CoachError(f"There is no file {path}.", remedy)
        with path.open("rb") as file:
            content = file.read(_MAX_BACKUP_BYTES + 1)
    except OSError as error:
        raise CoachError(f"The file {path} cannot be read ({error.strerror}).", remedy) from error
    try:
        if len(content) > _MAX_BACKUP_BYTES:
            raise ValueError("too large")
        values = toml_of(content)
        version = values.pop("version")
    except (ValueError, KeyError) as error:
        raise CoachError(f"The file {path} is not a backup of the settings, or is damaged.", remedy) from error
    if version != len(MIGRATIONS) + 1:
        raise CoachError(f"The backup {path} was made by another version of the coach.", remedy)
    try:
        return Settings.model_validate(_without_unknown(values))
    except ValidationError as error:
        place = ".".join(map(str, error.errors(include_url=False)[0]["loc"][:2]))
        raise CoachError(f"The backup {path} is damaged: the setting {place} is not usable.", remedy) from error


def _without_unknown(values: dict[str, Any]) -> dict[str, Any]:
    """Drop unknown options."""
    known = {section: type(page).model_fields for section, page in Settings()}
    return {
        section: {name: page[name] for name in page if name in known[section]} if isinstance(page, dict) else page
        for section, page in values.items()
        if section in known
    }


class SettingsStore:
    """The current settings and their file. Passed to the parts that may change settings.

    Args:
        path: the settings file.

    Attributes:
        current: the current settings.
        notices: problems with the file that the user should know about, one sentence each.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self.current, self.notices = load(path, keep=True)
        self._saved = self.current

    def change(self, settings: Settings) -> None:
        """Make these the current settings, and save what changed since they were last read or saved.

        Raises:
            CoachError: they are in effect but could not be saved; the old file is unchanged.
        """
        if settings == self.current:
            return
        self.current = settings
        save_changes(self._saved, settings, self._path)
        self._saved = settings


def _mend(values: dict[str, Any]) -> tuple[Settings, list[str]]:
    """Replace invalid values by their defaults, and name them."""
    notices: list[str] = []
    while True:
        try:
            settings = Settings.model_validate(values)
            break
        except ValidationError as error:
            before, dropped = repr(values), set[str]()
            for wrong in error.errors(include_url=False, include_input=False):
                place = _drop(values, tuple(wrong["loc"]))
                if place in dropped:
                    continue
                dropped.add(place)
                if wrong["type"] == "extra_forbidden":
                    notices.append(f"The setting {place} is unknown and is ignored.")
                else:
                    notices.append(f"The setting {place} is not usable ({wrong['msg'].lower()}); its default is used.")
            if repr(values) == before:  # the wrong part cannot be isolated
                values.clear()
    more = len(notices) - _MAX_NOTICES
    return settings, notices if more <= 0 else [*notices[:_MAX_NOTICES], f"{more} more settings are not usable."]


def _drop(values: dict[str, Any], place: tuple[int | str, ...]) -> str:
    """Remove the smallest part that has its own default: a section, a field, or an entry of a table."""
    *above, last = place[: 3 if place[:2] == ("overlay", "positions") else 2]
    for name in above:
        values = values.get(str(name), {})
    values.pop(str(last), None)
    return ".".join(str(name) for name in (*above, last))


def _set_aside(path: Path) -> str:
    try:
        return f"The damaged file is kept as {keep_aside(path, 'broken')}."
    except OSError as error:
        return f"It could not be set aside ({error.strerror}): rename {path} before changing a setting."


def _back_up(path: Path) -> str:
    backup = path.with_name(f"{path.name}.backup-{time.strftime('%Y%m%d-%H%M%S')}")
    try:
        shutil.copy2(path, backup)
    except OSError as error:
        return f"The old file could not be copied ({error.strerror}): copy {path} before changing a setting."
    return f"The old file is kept as {backup}."
