"""The models that the app knows by name, and those that a user gives by folder."""

import tomllib
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from coach_app.domain.errors import CoachError
from coach_app.domain.resources import resources_dir
from coach_app.models.checkpoint import Role
from coach_app.settings.folders import data_dir


class ModelEntry(BaseModel):
    """What is known about one model.

    Attributes:
        name: what ``--model`` takes and advice is signed with.
        title: name shown to the user.
        role: answers about pictures, or translates.
        folder: where it is, absolute or under ``resources/models``; None is under the user's models.
        hub_id: where it can be had, as ``owner/name``; empty for models that come with the app.
        revision: branch, tag or commit at the hub.
        size_bytes: of the download, or of the files that come with the app; 0 is unknown.
        games: profile ids that it is good for; empty is any game.
        licence: SPDX name, or a few words.
        input_side_px: pictures are shrunk to fit this square before they go to the model.
        bundled: whether it comes with the app.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = Field(min_length=1)
    title: str = Field(min_length=1)
    role: Role = "vision"
    folder: Path | None = None
    hub_id: str = ""
    revision: str = "main"
    size_bytes: int = Field(default=0, ge=0)
    games: tuple[str, ...] = ()
    licence: str = ""
    input_side_px: int = Field(default=336, ge=28, le=2048)
    bundled: bool = False

    def location(self) -> Path:
        """Where the checkpoint is, or will be."""
        return models_dir() / self.name if self.folder is None else resources_dir() / "models" / self.folder

    def path(self) -> Path:
        """The folder of the checkpoint.

        Raises:
            CoachError: if it is not on this computer; the remedy says how to get it.
        """
        path = self.location()
        if path.is_dir():
            return path
        if self.hub_id:
            command = f"hf download {self.hub_id} --revision {self.revision} --local-dir {path}"
            raise CoachError(
                f"{self.title} is not on this computer yet.",
                f"Get it ({self.size_bytes / 1e9:.0f} GB) with: {command}",
            )
        raise CoachError(f"The files of {self.title} are missing in {path}.", "Install the coach again.")


def models_dir() -> Path:
    """Where downloaded models are."""
    return data_dir() / "models"


@cache
def catalogue() -> tuple[ModelEntry, ...]:
    """All models known by name, in the order in which they are shown."""
    file = resources_dir() / "models.toml"
    try:
        return tuple(ModelEntry.model_validate(entry) for entry in tomllib.loads(file.read_text("utf-8"))["model"])
    except (OSError, KeyError, tomllib.TOMLDecodeError, ValidationError) as error:
        raise CoachError(f"The list of models {file} is damaged.", "Install the coach again.") from error


def qnet_folder(name_or_folder: str) -> Path:
    """Where a Q-network is: one that comes with the app, one among the user's models, or any folder.

    Raises:
        CoachError: there is none of that name.
    """
    for folder in (resources_dir() / "models" / name_or_folder, models_dir() / name_or_folder, Path(name_or_folder)):
        if name_or_folder and folder.is_dir():
            return folder
    raise CoachError(f"There is no Q-network {name_or_folder!r}.", "Train one with: coach train dqn.")


def resolve(name_or_folder: str) -> ModelEntry:
    """The model that a user means.

    Args:
        name_or_folder: a name of the catalogue, or the folder of a checkpoint; of a foreign one nothing else is known.

    Raises:
        CoachError: if it is neither.
    """
    for entry in catalogue():
        if entry.name == name_or_folder:
            return entry
    folder = Path(name_or_folder).expanduser()
    if name_or_folder and folder.is_dir():
        folder = folder.resolve()
        if known := next((entry for entry in catalogue() if entry.location().resolve() == folder), None):
            return known
        return ModelEntry(name=folder.name, title=folder.name, folder=folder)
    names = ", ".join(entry.name for entry in catalogue() if entry.role == "vision")
    raise CoachError(f"There is no model or model folder called {name_or_folder!r}.", f"Known models: {names}.")
