"""The interface of every source of frames."""

from dataclasses import dataclass
from enum import Enum
from typing import Protocol

from coach_app.domain.frame import Frame


class Loss(Enum):
    """Why a source currently has no picture."""

    CLOSED = "closed"
    MINIMISED = "minimised"
    AMBIGUOUS = "ambiguous"
    BLACK = "black"
    EXCLUSIVE = "exclusive full screen"
    COLOURS = "unknown colours"
    UNAVAILABLE = "unavailable"


@dataclass(frozen=True)
class SourceLost:
    """A source that has no picture now but may recover by itself; ``sentence`` is shown to the user."""

    reason: Loss
    sentence: str


class FrameSource(Protocol):
    """A monitor, a region, a window or a recording.

    Called from one capture thread only, including ``close``. A lost source stays usable: the next ``grab`` tries again.
    """

    @property
    def description(self) -> str:
        """Short name for the user, for instance the title of the window."""

    def grab(self) -> Frame | SourceLost:
        """The newest picture, or why there is none. Never blocks for more than a few milliseconds."""

    def close(self) -> None:
        """Give everything back; may be called twice."""
