"""What the coach has said in a session, and what it has held back of it."""

from collections import deque
from dataclasses import dataclass
from typing import Final

from coach_app.domain.advice import Advice
from coach_app.domain.errors import CoachError
from coach_app.domain.frame import Frame
from coach_app.domain.ladder import next_level, told
from coach_app.domain.policy import Question, Turn
from coach_app.domain.trail import Trail

_REMEMBERED_ADVICE: Final = 5
_REMEMBERED_ANSWERS: Final = 4
"""Of which one can ask for more: the one on the card, and those that it may keep meanwhile."""


@dataclass(frozen=True)
class _Answer:
    """An answer as it was shown, and in full."""

    id: int
    turn: Turn
    shown: Advice
    full: Advice


class Said:
    """Remembers the latest answers of a session."""

    def __init__(self) -> None:
        self._advised: deque[tuple[str, Advice]] = deque(maxlen=_REMEMBERED_ADVICE)
        self._answers: deque[_Answer] = deque(maxlen=_REMEMBERED_ANSWERS)
        self._trail = Trail()

    def before(self, game: str) -> tuple[Advice, ...]:
        """The latest advice in a game as it was shown, newest last."""
        return tuple(advice for of, advice in self._advised if of == game)

    def tried(self, frame: Frame) -> tuple[str, ...]:
        """The moves advised at this place before the player came back to it; see `Trail`."""
        return self._trail.tried(frame)

    def add(self, turn: Turn, shown: Advice, full: Advice) -> None:
        """Remember an answer. A move that was held back counts as not advised.

        Args:
            turn: the turn that it belongs to.
            shown: as it was shown.
            full: as the model wrote it.
        """
        self._answers.append(_Answer(turn.id, turn, shown, full))
        if turn.frame:
            self._advised.append((turn.profile.id, shown))
            if not turn.is_question and (shown.move or full.move):
                self._trail.add(turn.frame, shown.move or "")

    def more(self, answer_id: int) -> Question:
        """What to ask to get more on the situation of an answer: the same picture, at the next level that says more.

        Raises:
            CoachError: there is nothing more to say about it.
        """
        said = next((answer for answer in self._answers if answer.id == answer_id), None)
        if said is None or said.turn.frame is None:
            raise CoachError("There is no nudge or hint to say more about.", "Ask a question instead.")
        level, known = next_level(said.shown.level), said.full if said.full.level == "answer" else None
        while level and known and told(known, level, said.turn.profile.moves).text == said.shown.text:
            level = next_level(level)
        if level is None:
            raise CoachError("This is the whole answer already.", "Ask a question to learn more.")
        return Question("", said.turn.frame, level=level, known=known)

    def forget_source(self) -> None:
        """The source is gone: what was advised on its pictures no longer counts."""
        self._advised.clear()
        self._trail.clear()
        self._answers.clear()
