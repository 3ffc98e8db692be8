"""The arguments of a training, without torch."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from coach_app.domain.errors import CoachError

_ALL_LINEAR = ("q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj")


@dataclass
class ReadingArgs:
    """All arguments of a training; saved beside the adapter. Created by ``recipe``.

    Attributes:
        game: that is learned.
        base: name or folder of the text model.
        out: folder of the adapter, the lessons, and the state for resuming.
        episodes: games of the teacher that are learned from.
        steps: maximum length of each.
        noise: share of its moves that are random instead.
        examples: number of lessons in an epoch.
        balance: 1 takes every move equally often, 0 as often as the teacher makes it.
        short: whether the short prompt is learned, without the rules.
        varied: whether answers are learned in every form, or in that for playing only.
        form: the form for playing; empty for the game's first one.
        outdated: repeat the mistakes of the first recipe: see ``lessons``.
        answer_only: compute the loss on answers only, not on questions.
        pieces: number of pieces that a batch is split into.
        length: maximum tokens of question and answer.
        evaluations: how often it plays during the training.
        patience: number of these without a better reward before stopping early; 0 never stops.
        plays: number of games that it then plays.
        play_steps: maximum length of these.
        answer_tokens: maximum length of an answer in these.
    """

    game: str
    base: str = "smollm2"
    out: Path = Path("out/train/text")
    seed: int = 1
    episodes: int = 60
    steps: int = 1_000
    noise: float = 0.1
    examples: int = 20_000
    balance: float = 0.5
    short: bool = True
    varied: bool = True
    form: str = ""
    outdated: bool = False
    answer_only: bool = True
    rank: int = 16
    alpha: int = 32
    dropout: float = 0.05
    targets: tuple[str, ...] = _ALL_LINEAR
    epochs: float = 2.0
    batch: int = 16
    pieces: int = 1
    rate: float = 5e-4
    length: int = 1_024
    evaluations: int = 8
    patience: int = 3
    plays: int = 8
    play_steps: int = 100
    answer_tokens: int = 160
    threads: int = 0

    def __post_init__(self) -> None:
        positive = self.episodes, self.steps, self.examples, self.rank, self.batch, self.pieces, self.evaluations
        if min(*positive, self.plays, self.play_steps) < 1 or self.epochs <= 0:
            raise ValueError("episodes, steps, examples, rank, batch, pieces, plays and epochs must be above 0")
        if self.batch % self.pieces:
            raise ValueError("pieces must divide batch")


_ORIGINAL: dict[str, Any] = {
    "noise": 0.0,
    "balance": 0.0,
    "short": False,
    "varied": False,
    "outdated": True,
    "answer_only": False,
    "rank": 64,
    "alpha": 16,
    "targets": ("q_proj", "v_proj"),
    "epochs": 3.0,
    "rate": 2e-4,
    "patience": 0,
}


def recipe(name: str, game: str, **chosen: Any) -> ReadingArgs:
    """The arguments of a recipe with overrides; None keeps a value.

    Args:
        name: ``default``, or ``original`` for the mistakes that made the first one collapse (docs/reading.md).
        game: that is learned.
        chosen: further fields of ReadingArgs.

    Raises:
        CoachError: there is no such recipe.
        ValueError: a value is invalid.
    """
    if name not in ("default", "original"):
        raise CoachError(f"There is no recipe {name!r}.", "Recipes: default, original.")
    given = {key: value for key, value in chosen.items() if value is not None}
    return ReadingArgs(**{"game": game, **(_ORIGINAL if name == "original" else {}), **given})
