"""The events of a session, emitted in order through one callback."""

from dataclasses import dataclass
from enum import Enum
from typing import Literal

from coach_app.domain.advice import Advice
from coach_app.domain.frame import Place
from coach_app.domain.policy import DropReason
from coach_app.domain.profile import AskAbout
from coach_app.domain.qvalues import QValues


class NoticeAbout(Enum):
    """The subject of a notice; a newer notice about the same subject replaces an older one."""

    SOURCE = "source"
    ENGINE = "engine"
    SCOPE = "scope"
    ANSWER = "answer"
    VALUES = "values"
    TROUBLE = "trouble"


@dataclass(frozen=True)
class AnswerStarted:
    """The coach begins an answer.

    Attributes:
        id: consecutive number of the answer.
        question: the user's question; empty for unasked advice.
        captured_at: when its frame was captured or the game question was asked, in seconds since the epoch.
        about: what the question is about; unasked advice is about the screen.
        more: whether the user wanted more than a nudge or hint.
    """

    id: int
    question: str
    captured_at: float
    about: AskAbout = "screen"
    more: bool = False


@dataclass(frozen=True)
class AnswerWords:
    """The next piece of an answer's English text."""

    id: int
    text: str


@dataclass(frozen=True)
class AnswerFinished:
    """An answer is complete and worth showing.

    Attributes:
        translating: whether AnswerTranslated follows.
        preferred: the move that the Q-network prefers; empty if it agrees or was not asked.
        unsure: whether the model itself is not sure of the move.
        place: where on the desktop the frame is in which the advice points; None if it must not or does not point.
    """

    id: int
    advice: Advice
    translating: bool = False
    preferred: str = ""
    unsure: bool = False
    place: Place | None = None


@dataclass(frozen=True)
class AnswerTranslated:
    """The translation has arrived, or failed: then ``advice.text_ja`` is None, and the English stays."""

    id: int
    advice: Advice


@dataclass(frozen=True)
class AnswerDropped:
    """An answer is not shown, or no longer; ``DropReason`` says why."""

    id: int
    reason: DropReason


@dataclass(frozen=True)
class SourceGone:
    """The watched source is gone or has been replaced; advice and notices about it are removed."""


@dataclass(frozen=True)
class SourceFound:
    """Frames arrive, at the start or again after the source was lost."""

    description: str


@dataclass(frozen=True)
class ProfileChosen:
    """Another game profile is in use; ``language`` is empty if it follows the settings, ``qnet`` if there is none."""

    id: str
    title: str
    language: Literal["", "en", "ja"] = ""
    qnet: str = ""


@dataclass(frozen=True)
class MemoryWanted:
    """A game started whose profile asks for the models' memory; ``title`` is the profile's."""

    title: str


@dataclass(frozen=True)
class QValuesRead:
    """The Q-values of the current frame changed."""

    values: QValues


@dataclass(frozen=True)
class PauseChanged:
    """The user paused or resumed unasked advice."""

    paused: bool


@dataclass(frozen=True)
class Notice:
    """A sentence for the user.

    Attributes:
        about: subject of the notice.
        message: what happened.
        remedy: what to do about it; may be empty.
        question: the question that failed; may be empty.
        action: name of an action that helps, one of ``coach_app.domain.actions.ACTIONS``; may be empty.
    """

    about: NoticeAbout
    message: str
    remedy: str = ""
    question: str = ""
    action: str = ""


@dataclass(frozen=True)
class NoticeOver:
    """The last notice about this subject no longer applies."""

    about: NoticeAbout


Event = (
    AnswerStarted
    | AnswerWords
    | AnswerFinished
    | AnswerTranslated
    | AnswerDropped
    | SourceGone
    | SourceFound
    | ProfileChosen
    | MemoryWanted
    | QValuesRead
    | PauseChanged
    | Notice
    | NoticeOver
)
"""Everything that a session tells, in one list; whoever takes events matches on these."""
