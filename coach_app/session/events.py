"""What a session tells the rest of the app: facts, in the order in which they happen, through one callback."""

from dataclasses import dataclass
from enum import Enum
from typing import Literal

from coach_app.domain.advice import Advice
from coach_app.domain.policy import DropReason
from coach_app.domain.profile import AskAbout
from coach_app.domain.qvalues import QValues


class NoticeAbout(Enum):
    """The subject of a notice; a newer notice about the same subject replaces the older one."""

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
        id: of this answer; each answer takes the next number.
        question: the user's question, empty for unasked advice.
        captured_at: when its frame was captured, or a game question was asked; seconds since the epoch.
        about: what the question is about; unasked advice is about the screen.
    """

    id: int
    question: str
    captured_at: float
    about: AskAbout = "screen"


@dataclass(frozen=True)
class AnswerWords:
    """The next piece of an answer's English text."""

    id: int
    text: str


@dataclass(frozen=True)
class AnswerFinished:
    """An answer is complete and worth showing.

    Attributes:
        translating: AnswerTranslated follows.
        preferred: what the Q-network would do instead; empty where it agrees, or was not asked.
    """

    id: int
    advice: Advice
    translating: bool = False
    preferred: str = ""


@dataclass(frozen=True)
class AnswerTranslated:
    """The translation is there, or ``advice.text_ja`` is None: it failed, and the English stays."""

    id: int
    advice: Advice


@dataclass(frozen=True)
class AnswerDropped:
    """An answer is not shown, or not any longer; ``DropReason`` says why."""

    id: int
    reason: DropReason


@dataclass(frozen=True)
class SourceGone:
    """What was watched is not in sight any more: closed, or another is there. What was told of it goes with it."""


@dataclass(frozen=True)
class SourceFound:
    """Frames arrive, at the start or again after the source was lost."""

    description: str


@dataclass(frozen=True)
class ProfileChosen:
    """Another game profile is in use; ``language`` is empty where it follows the settings, ``qnet`` where none is."""

    id: str
    title: str
    language: Literal["", "en", "ja"] = ""
    qnet: str = ""


@dataclass(frozen=True)
class MemoryWanted:
    """A game began whose profile asks for the models' memory; ``title`` is the profile's."""

    title: str


@dataclass(frozen=True)
class QValuesRead:
    """The Q-values of the frame in sight changed."""

    values: QValues


@dataclass(frozen=True)
class PauseChanged:
    """The user paused or resumed unasked advice."""

    paused: bool


@dataclass(frozen=True)
class Notice:
    """A sentence for the user.

    Attributes:
        about: its subject.
        message: what happened.
        remedy: what to do about it; may be empty.
        question: the one that failed; likewise.
        action: name of what the user can do about it, one of ``coach_app.domain.actions.ACTIONS``; likewise.
    """

    about: NoticeAbout
    message: str
    remedy: str = ""
    question: str = ""
    action: str = ""


@dataclass(frozen=True)
class NoticeOver:
    """The last notice about this no longer holds."""

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
