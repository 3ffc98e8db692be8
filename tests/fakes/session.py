"""Fakes for everything that a session stands on."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field

from PIL import Image

from coach_app.capture.source import SourceLost
from coach_app.domain.advice import Advice, Source
from coach_app.domain.errors import CoachError
from coach_app.domain.frame import Frame
from coach_app.domain.moves import named_move
from coach_app.domain.pointing import Mark
from coach_app.domain.profile import GameProfile
from coach_app.domain.qvalues import QValues
from coach_app.domain.situation import Situation

PROFILE = GameProfile(id="maze", title="Maze", window="maze", prompt="Where to?", moves=("left", "right"), cooldown_s=0)
HEAVY = GameProfile(id="raid", title="Raid", window="raid", prompt="Where to?", unload_at_start=True)
OTHER = GameProfile(id="default", title="Any game", prompt="What first?")
SOURCE = Source("Mazes in general", "Keep a hand on the wall.")


def frame(shows: int, title: str = "maze 1", captured_at: float | None = None) -> Frame:
    """A one-colour picture; the fake gate tells frames apart by ``shows`` (0 to 255)."""
    picture = Image.new("RGB", (8, 8), (shows, 0, 0))
    return Frame(picture, title=title) if captured_at is None else Frame(picture, captured_at, title)


def shown(picture: Frame) -> int:
    """What a picture of ``frame`` shows."""
    return int(picture.image.getpixel((0, 0))[0])  # type: ignore[index]


class FakeFrames:
    """A one-slot mailbox that a test writes into."""

    def __init__(self) -> None:
        self._slot: asyncio.Queue[Frame | SourceLost] = asyncio.Queue()

    def put(self, seen: Frame | SourceLost) -> None:
        self._slot.put_nowait(seen)

    async def next(self) -> Frame | SourceLost:
        return await self._slot.get()


class FakeGate:
    """Every frame that shows something else than the last one is important at once."""

    def __init__(self) -> None:
        self._important: int | None = None

    def offer(self, picture: Frame, now_s: float) -> bool:
        important = shown(picture) != self._important
        self._important = shown(picture)
        return important

    def changed_since_advice(self, picture: Frame) -> bool:
        return self._important != shown(picture)

    def reset(self) -> None:
        self._important = None


@dataclass
class FakeAdvisor:
    """Answers when the test says so.

    Attributes:
        reads_japanese: see Advisor.
        marks: where each answer points.
        confidence: in each answer's move.
        asked: what each call showed, and its question.
        situations: of each call.
        cancelled: what was shown in the calls that were cancelled.
    """

    reads_japanese: bool = False
    marks: tuple[Mark, ...] = ()
    confidence: float | None = None
    asked: list[tuple[int, str]] = field(default_factory=list)
    situations: list[Situation] = field(default_factory=list)
    cancelled: list[int] = field(default_factory=list)
    _waiting: list[asyncio.Future[str]] = field(default_factory=list)

    def say(self, text: str) -> None:
        """Finish the call that waits."""
        self._waiting[-1].set_result(text)

    def fail(self, error: Exception) -> None:
        """Let the call that waits fail."""
        self._waiting[-1].set_exception(error)

    async def advise(self, situation: Situation, on_words: Callable[[str], None] | None = None) -> Advice:
        frame, question = situation.frame, situation.question
        self.situations.append(situation)
        self.asked.append((shown(frame), question))
        answer: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        self._waiting.append(answer)
        try:
            text = await answer
        except asyncio.CancelledError:
            self.cancelled.append(shown(frame))
            raise
        if on_words:
            for word in text.split():
                on_words(f"{word} ")
        move = named_move(text, situation.profile.moves)
        tokens = len(text.split())
        return Advice(
            *(text, move, "fake", frame.captured_at, 1.0, 0.5, tokens, question),
            marks=self.marks,
            confidence=self.confidence,
        )

    async def close(self) -> None:
        pass


@dataclass
class FakeGameQuestions:
    """Answers game questions when the test says so.

    Attributes:
        reads_japanese: see Advisor.
        tokens: of each answer.
        asked: the question of each call, and its profile's id.
        cancelled: the questions of the calls that were cancelled.
    """

    reads_japanese: bool = False
    tokens: int = 2
    asked: list[tuple[str, str]] = field(default_factory=list)
    cancelled: list[str] = field(default_factory=list)
    _waiting: list[asyncio.Future[str]] = field(default_factory=list)

    def say(self, text: str) -> None:
        """Finish the call that waits."""
        self._waiting[-1].set_result(text)

    def fail(self, error: Exception) -> None:
        """Let the call that waits fail."""
        self._waiting[-1].set_exception(error)

    async def answer(self, question: str, profile: GameProfile, on_words: Callable[[str], None]) -> Advice:
        self.asked.append((question, profile.id))
        answer: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        self._waiting.append(answer)
        try:
            text = await answer
        except asyncio.CancelledError:
            self.cancelled.append(question)
            raise
        for word in text.split():
            on_words(f"{word} ")
        return Advice(text, None, "text + fake", 100.0, 1.0, 0.5, self.tokens, question, sources=(SOURCE,))

    async def close(self) -> None:
        pass


class FakeTranslator:
    """Says it in capitals, and any question as “Where?”; None for what is in ``fails``."""

    sends_text_away = False

    def __init__(self, fails: tuple[str, ...] = ()) -> None:
        self.fails = fails

    async def translate(self, text: str) -> str | None:
        return None if text in self.fails else text.upper()

    async def to_english(self, question: str) -> str | None:
        return None if question in self.fails else "Where?"

    async def close(self) -> None:
        pass


def profile_for(game: str, title: str, program: str = "") -> GameProfile:
    """The maze and the raid for windows that are called so, and wherever they were chosen."""
    chosen = (known for known in (PROFILE, HEAVY) if game == known.id or (game == "auto" and known.matches(title)))
    return next(chosen, OTHER)


def refusal(profile: GameProfile, title: str) -> CoachError | None:
    """The fake model knows only the maze."""
    return None if profile.id == "maze" else CoachError("This coach knows only the maze.", "Choose another.")


def values(left: float, right: float, possible: tuple[bool, bool] = (True, True)) -> QValues:
    """Q-values of the maze."""
    return QValues(("left", "right"), (left, right), possible, "dqn-maze", 100.0)


class FakeReader:
    """Gives what it is told to; the same object again for the same picture, as the real one does."""

    def __init__(self, *given: QValues | CoachError) -> None:
        self.given = list(given)
        self.reads = 0

    async def read(self, frame: Frame, profile: GameProfile) -> QValues:
        self.reads += 1
        now = self.given[0] if len(self.given) == 1 else self.given.pop(0)
        if isinstance(now, CoachError):
            raise now
        return now
