"""What a session tells the rest of the app: facts, in the order in which they happened, through one callback."""

from dataclasses import dataclass
from enum import Enum
from typing import Literal

from coach_app.domain.advice import Advice
from coach_app.domain.policy import DropReason
from coach_app.domain.profile import AskAbout
from coach_app.domain.qvalues import QValues


class NoticeAbout(Enum):
    """What a notice is about; a newer notice about the same thing replaces the older one."""

    SOURCE = "source"
    ENGINE = "engine"
    SCOPE = "scope"
    ANSWER = "answer"
    VALUES = "values"
    TROUBLE = "trouble"


@dataclass(frozen=True)
class AnswerStarted:
    """The coach begins to answer.

    Attributes:
        id: of this answer; grows by one with each.
        question: the user's question, empty for unasked advice.
        captured_at: when its frame was captured, or the question in general asked, seconds since the epoch.
        about: what the question is about; unasked advice is about the screen.
    """

    id: int
    question: str
    captured_at: float
    about: AskAbout = "screen"


@dataclass(frozen=True)
class AnswerWords:
    """Further English text of an answer."""

    id: int
    text: str


@dataclass(frozen=True)
class AnswerFinished:
    """An answer is complete and still true.

    Attributes:
        translating: AnswerTranslated follows.
        rather: what the Q-network would do instead; empty where it agrees, or nobody asked it.
    """

    id: int
    advice: Advice
    translating: bool = False
    rather: str = ""


@dataclass(frozen=True)
class AnswerTranslated:
    """The translation came, or ``advice.text_ja`` is None: it could not be had and the English stays."""

    id: int
    advice: Advice


@dataclass(frozen=True)
class AnswerDropped:
    """An answer is not worth reading any more: it was overtaken, is too old, doubted or not wanted, or failed."""

    id: int
    reason: DropReason


@dataclass(frozen=True)
class SourceFound:
    """Pictures come, after the start or after a loss."""

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
    """A game began whose profile wants the memory of the models; ``title`` is the profile's."""

    title: str


@dataclass(frozen=True)
class QValuesRead:
    """The Q-values of what is on the screen changed."""

    values: QValues


@dataclass(frozen=True)
class PauseChanged:
    """The user paused or resumed unasked advice."""

    paused: bool


@dataclass(frozen=True)
class Notice:
    """A sentence for the user, with what to do about it (may be empty)."""

    about: NoticeAbout
    message: str
    remedy: str = ""


@dataclass(frozen=True)
class NoticeOver:
    """What the last notice about this said is over."""

    about: NoticeAbout


Event = (
    AnswerStarted
    | AnswerWords
    | AnswerFinished
    | AnswerTranslated
    | AnswerDropped
    | SourceFound
    | ProfileChosen
    | MemoryWanted
    | QValuesRead
    | PauseChanged
    | Notice
    | NoticeOver
)
