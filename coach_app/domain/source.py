"""The capture source that the user chose, as stored in the settings."""

from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field


class _Spec(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class _Chosen(_Spec):
    """Base of all choices.

    Attributes:
        game: id of the profile that the user assigned; empty if the window's title or the settings decide.
    """

    game: str = ""


class MonitorSpec(_Chosen):
    """A whole monitor; 1 is the first."""

    kind: Literal["monitor"] = "monitor"
    index: int = Field(default=1, ge=1)


class RegionSpec(_Chosen):
    """A rectangle of the virtual desktop, in physical pixels."""

    kind: Literal["region"] = "region"
    left: int
    top: int
    width: int = Field(gt=0)
    height: int = Field(gt=0)


class WindowSpec(_Chosen):
    """A window, found again by title and program after it was closed; ``pid`` identifies it while it runs."""

    kind: Literal["window"] = "window"
    title: str = ""
    program: str = ""
    pid: int | None = None


class AutoSpec(_Spec):
    """The window of any known game that is open, found by the profiles' window patterns."""

    kind: Literal["auto"] = "auto"


class RecordingSpec(_Chosen):
    """A GIF, a video or a folder of PNG files, played in a loop."""

    kind: Literal["recording"] = "recording"
    path: Path


class WaylandSpec(_Chosen):
    """A window or monitor of a Wayland desktop, which alone knows which one the user picked."""

    kind: Literal["wayland"] = "wayland"


Chosen = MonitorSpec | RegionSpec | WindowSpec | WaylandSpec | RecordingSpec
"""What the user can say the game of."""

SourceSpec = Annotated[
    AutoSpec | MonitorSpec | RegionSpec | WindowSpec | WaylandSpec | RecordingSpec, Field(discriminator="kind")
]
