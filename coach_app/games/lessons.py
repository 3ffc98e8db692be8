"""What a game teaches a coach that is made for it: pictures, what they show, and what is said about them.

A game that has lessons gives a module with these names (``Game.lessons``). It knows no model: training asks it.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt
from PIL import Image

from coach_app.domain.advice import Level
from coach_app.domain.board import Layout
from coach_app.domain.moves import AvoidedMoves
from coach_app.domain.pointing import Mark


@dataclass(frozen=True)
class Sentence:
    """One sentence in both languages."""

    en: str
    ja: str


@dataclass(frozen=True)
class Exchange:
    """A question about a picture, and the teacher's answer.

    Attributes:
        question: in English.
        answer: its sentences.
        place: what the answer is about, as fractions of the game's own picture; None if it is about no place.
        squares: columns and rows of the board, in which the place is written; None if it is about no place.
        level: whether it is a nudge or a hint only.
    """

    question: str
    answer: tuple[Sentence, ...]
    place: Mark | None = None
    squares: tuple[int, int] | None = None
    level: Level = "answer"

    @property
    def text(self) -> str:
        return " ".join(sentence.en for sentence in self.answer)

    @property
    def text_ja(self) -> str:
        return "".join(sentence.ja for sentence in self.answer)


class Ask(Protocol):
    """A coach's answers."""

    def __call__(
        self, pictures: Sequence[Image.Image], questions: Sequence[str], avoided: Sequence[AvoidedMoves] = ()
    ) -> list[str]:
        """Answer a question about each picture, and recommend none of the moves to be avoided there, if any."""


class OwnGames(Protocol):
    """Games that a coach in training plays, as it would advise to (see ``Lessons.own_games``)."""

    @property
    def scenes(self) -> Sequence[Any]:
        """What is seen in each game."""

    def play(self, moves: Sequence[str]) -> None:
        """One step in each game; the teacher's where a name is none of a move."""


class Lessons(Protocol):
    """The lessons of one game. A scene is a state of the game; None is a picture of something else.

    Everything random comes from the given generator alone, so that a training can be repeated to the bit.
    """

    @property
    def ARGS(self) -> Mapping[str, Any]:
        """How a coach is trained on them: what differs from the defaults of ``training.bundled.coach.CoachArgs``."""

    @property
    def BOARD(self) -> Layout | None:
        """What the game's profile looks for in a picture of a window."""

    @property
    def LABELS(self) -> Mapping[str, tuple[str, ...]]:
        """What is said of a square, by name, and the names of the values that each can have."""

    @property
    def MOVES(self) -> int:
        """How many labels follow that say of a move whether it is a best one: 1, 0, or -1 for nothing to choose."""

    @property
    def NOWHERE(self) -> tuple[int, ...]:
        """The labels of a place outside of the board."""

    @property
    def QUESTIONS(self) -> tuple[str, ...]:
        """Every question that is put word by word."""

    @property
    def NEVER_SAID(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """English that the coach never says: nearly its own words, and about something else."""

    def scenes(self, rng: np.random.Generator, tricky_share: float) -> Iterator[Any]:
        """Scenes to train on, without end; a share of them such as are hard, or rare in the game."""

    def own_games(self, rng: np.random.Generator, count: int) -> OwnGames | None:
        """So many games for the coach itself to play while it learns to look, in worlds of training.

        Where there are any, ``LABELS["move"]`` says which move is best; a coach is taught what its own mistakes lead
        to. None where the scenes alone are enough.
        """

    def unseen_scenes(self, rng: np.random.Generator) -> Iterator[tuple[str, Any]]:
        """Scenes of levels that no training sees, without end, each with the name of the kind that it is of."""

    def picture(self, scene: Any) -> npt.NDArray[np.uint8]:
        """The game's own picture of a scene, (height, width, 3) uint8 RGB."""

    def labels(self, scene: Any) -> npt.NDArray[np.int64]:
        """What every square of a scene shows: (rows, columns, labels) int64, as LABELS and MOVES count them."""

    def move_exchange(self, scene: Any, rng: np.random.Generator) -> Exchange:
        """A question for the next move."""

    def other_exchange(self, scene: Any, rng: np.random.Generator) -> Exchange:
        """Any other question."""

    def sentences(self, rng: np.random.Generator) -> Iterator[Sentence]:
        """Sentences of answers without end, the rare ones as often as others."""

    def training_answers(self, levels: int, rng: np.random.Generator) -> Iterator[tuple[Sentence, ...]]:
        """Answers about every scene of so many levels, for the translator."""

    def unseen_answers(self, number: int) -> Iterator[tuple[Sentence, ...]]:
        """So many answers about levels that no training sees, always the same."""

    def measure(self, ask: Ask, seed: int, report: Callable[[str], None]) -> dict[str, Any]:
        """All figures of a coach on levels that no training sees."""

    def card(self, metrics: dict[str, Any], parameters: int) -> str:
        """The model card (Markdown) of a coach with these figures and so many parameters."""
