"""What every source of frames looks like."""

from dataclasses import dataclass
from enum import Enum
from typing import Protocol

from coach_app.domain.frame import Frame


class Loss(Enum):
    """Why a source has no picture right now."""

    CLOSED = "closed"
    MINIMISED = "minimised"
    DOUBT = "in doubt"
    BLACK = "black"
    EXCLUSIVE = "exclusive full screen"
    COLOURS = "unknown colours"
    UNAVAILABLE = "unavailable"


@dataclass(frozen=True)
class SourceLost:
    """A source that gives no picture now but may come back by itself; ``sentence`` is shown to the user."""

    reason: Loss
    sentence: str


class FrameSource(Protocol):
    """A monitor, a region, a window or a recording.

    Called from one capture thread only (``close`` too). A source that is lost stays usable: the next ``grab`` tries
    again.
    """

    @property
    def description(self) -> str:
        """Short name for the user, for instance the title of the window."""

    def grab(self) -> Frame | SourceLost:
        """The newest picture, or why there is none. Never blocks longer than a few milliseconds."""

    def close(self) -> None:
        """Give everything back; may be called twice."""
