"""The arguments of an adaptation, without torch."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal, get_args

from coach_app.domain.errors import CoachError

Method = Literal["plain", "ewc", "replay", "distill"]
"""How forgetting is kept small: not at all, by elastic weight consolidation, by repeating what was known, or by staying
close to what the model said before."""
METHODS: Final[tuple[Method, ...]] = get_args(Method)
_ALL_LINEAR = ("q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj")

Preference = Literal["margin", "dpo"]
"""How preferences are learned: by the margin loss of Stable Alignment, or direct preference optimization."""
PREFERENCES: Final[tuple[Preference, ...]] = get_args(Preference)


@dataclass
class AdaptArgs:
    """All arguments of an adaptation; saved beside the adapter. The defaults are the values of E2WM (Xiang et al. 2023,
    arXiv:2305.10626) but for the number of texts, which it has 20,000 of, and for its dropout of 0.1, which takes a
    third of the time of a small model.

    Attributes:
        game: that is learned.
        base: name or folder of a vision or text model.
        questions: folder of the questions, as ``coach learn GAME questions`` writes them.
        out: folder of the adapter.
        method: how forgetting is kept small.
        weight: of the term that does: λ of the Fisher term, share of repeated examples, or weight of the distance.
        loss: how preferences are learned.
        general: number of examples of what the model knew before, for learning.
        measured: maximum number of questions, and of general examples, that are measured.
        examples: maximum number of questions to learn from.
        batch: number of examples in a step.
        length: maximum tokens of an example.
        wide: of a model that sees, adapt all that it has, its eyes too, for a game that looks and sounds like none that
            it knows; its pictures are then seen again in each step.
        four_bit: quantise the base; None does so for large models if there is a card.
        merged: also save the base with the adapter in it, as a model of its own.
        threads: of the processor; 0 for all.
        saved_every_s: seconds between two states that are kept, to go on from after a stop.
    """

    game: str
    base: str
    questions: Path
    out: Path
    method: Method = "ewc"
    weight: float = 1.0
    loss: Preference = "margin"
    seed: int = 1
    rank: int = 8
    alpha: int = 32
    dropout: float = 0.0
    rate: float = 8e-4
    targets: tuple[str, ...] = _ALL_LINEAR
    wide: bool = False
    epochs: float = 1.0
    batch: int = 8
    general: int = 500
    measured: int = 200
    examples: int = 2_000
    length: int = 1_024
    four_bit: bool | None = None
    merged: bool = False
    threads: int = 0
    saved_every_s: float = 60.0

    def __post_init__(self) -> None:
        if self.loss not in PREFERENCES:
            raise CoachError(f"There is no loss “{self.loss}”.", f"Choose one of: {', '.join(PREFERENCES)}.")
        if min(self.rank, self.batch, self.general, self.measured, self.examples, self.length) < 1 or self.epochs <= 0:
            raise ValueError("rank, batch, general, measured, examples, length and epochs must be above 0")
        if self.weight < 0 or self.rate <= 0:
            raise ValueError("weight must not be below 0, and rate must be above it")


_RATED_STEPS = 160
"""Steps in which ratings are learned: after 64, a small model still says what it was sure of; after 120 no more."""


def epochs_of_ratings(count: int) -> float:
    """How often so many ratings are learned: few of them more often."""
    return max(1.0, _RATED_STEPS * AdaptArgs.batch / count)


def adapt_args(method: str, **given: Any) -> AdaptArgs:
    """The arguments of a method; None keeps a default.

    Raises:
        CoachError: there is no such method.
        ValueError: a value is invalid.
    """
    for known in METHODS:
        if known == method:
            return AdaptArgs(method=known, **{name: value for name, value in given.items() if value is not None})
    raise CoachError(f"There is no method “{method}”.", f"Choose one of: {', '.join(METHODS)}.")


def weights_of(words: Sequence[str]) -> dict[str, float]:
    """The weights of methods that are given as ``METHOD=NUMBER``.

    Raises:
        CoachError: there is no such method, or no number.
    """
    found = {}
    for word in words:
        method, _, number = word.partition("=")
        try:
            found[method] = float(number)
        except ValueError:
            raise CoachError(f"“{word}” is not a weight.", "Write it like ewc=100.") from None
        if method not in METHODS:
            raise CoachError(f"There is no method “{method}”.", f"Choose one of: {', '.join(METHODS)}.")
    return found


def folder_of(game: str, base: str, method: str) -> Path:
    """The folder of an adapter unless another one is named."""
    return Path("out/train") / f"{game}-{Path(base).name}-{method}"


def unfinished(folder: Path) -> Path:
    """The file with the state of an adaptation into a folder, from which it goes on. Delete it at the end."""
    return folder / "unfinished.pt"
