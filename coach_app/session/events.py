"""What a session tells the rest of the app: facts, in the order in which they happened, through one callback."""

from dataclasses import dataclass
from enum import Enum
from typing import Literal

from coach_app.domain.advice import Advice


class NoticeAbout(Enum):
    """What a notice is about; a newer notice about the same thing replaces the older one."""

    SOURCE = "source"
    ENGINE = "engine"
    SCOPE = "scope"
    ANSWER = "answer"
    TROUBLE = "trouble"


@dataclass(frozen=True)
class AnswerStarted:
    """The coach begins to answer.

    Attributes:
        id: of this answer; grows by one with each.
        question: the user's question, empty for unasked advice.
        captured_at: when its frame was captured, seconds since the epoch.
    """

    id: int
    question: str
    captured_at: float


@dataclass(frozen=True)
class AnswerWords:
    """Further English text of an answer."""

    id: int
    text: str


@dataclass(frozen=True)
class AnswerFinished:
    """An answer is complete and still true; ``translating`` says that AnswerTranslated follows."""

    id: int
    advice: Advice
    translating: bool = False


@dataclass(frozen=True)
class AnswerTranslated:
    """The translation came, or ``advice.text_ja`` is None: it could not be had and the English stays."""

    id: int
    advice: Advice


@dataclass(frozen=True)
class AnswerDropped:
    """An answer is not worth reading any more: a newer frame, a question, too old, paused, or it failed."""

    id: int
    reason: Literal["newer", "question", "changed", "old", "paused", "failed"]


@dataclass(frozen=True)
class SourceFound:
    """Pictures come, after the start or after a loss."""

    description: str


@dataclass(frozen=True)
class ProfileChosen:
    """Another game profile is in use; ``language`` is empty where it follows the settings."""

    id: str
    title: str
    language: Literal["", "en", "ja"] = ""


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
    | PauseChanged
    | Notice
    | NoticeOver
)
