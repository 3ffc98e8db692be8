"""Everything that the training of a text adapter depends on, and its presets.

The preset ``original`` has the values of the first public tips bot (docs/tips.md); ``default``, made for SmolLM2, also
trains the end token, computes the loss on answers only, adapts all linear layers, trains with passages as in use, and
stops early when the validation loss rises.
"""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import torch

from coach_app.domain.errors import CoachError
from coach_app.knowledge.library import default_game
from coach_app.models.catalogue import resolve
from coach_app.models.memory import memory_of
from coach_app.training.compiling import has_a_compiler

_ALL_LINEAR = ("q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj")


@dataclass
class TipsArgs:
    """All arguments of the training; saved beside the adapter. Created by ``preset``.

    Attributes:
        game: game whose guides provide the passages.
        base: name or folder of the base model.
        data: questions and answers as JSON lines; None for the bundled set of the game.
        out: folder of the adapter and of the state for resuming.
        answer_only: compute the loss on the tokens of answers only, not on questions and passages.
        end_token: whether to train the end token of an answer.
        chat: teach the base by lessons (tips/lessons.py) in its chat template; None does so if it has one.
        batch: rows in a step: examples, or as many lessons as a row has room for.
        lessons: number of lessons in an epoch.
        passages: share of the questions that get passages, if they are not taught as lessons.
        wrong_passages: share of these with the search result, right or wrong; the others get the right passage.
        validation: share of the meanings in the training set that are used for validation.
        patience: number of evaluations without progress before stopping early; 0 never stops.
        four_bit: quantise the base; None does so if there is a card.
        compiled: let the base compute by TorchInductor: half the time on a processor.
        saved_every_s: seconds between two checkpoints, to go on from after a stop.
    """

    game: str = field(default_factory=default_game)
    base: str = "smollm2"
    data: Path | None = None
    out: Path = Path("out/train/tips")
    seed: int = 1
    rank: int = 16
    alpha: int = 32
    dropout: float = 0.0
    targets: tuple[str, ...] = _ALL_LINEAR
    epochs: float = 1.0
    batch: int = 2
    pieces: int = 1
    rate: float = 5e-4
    length: int = 768
    answer_only: bool = True
    end_token: bool = True
    chat: bool | None = None
    lessons: int = 8_000
    passages: float = 1.0
    wrong_passages: float = 0.0
    validation: float = 0.05
    evaluations: int = 5
    patience: int = 3
    four_bit: bool | None = None
    compiled: bool = False
    saved_every_s: float = 240.0
    threads: int = 0

    def __post_init__(self) -> None:
        if (
            min(self.rank, self.alpha, self.batch, self.pieces, self.length, self.evaluations, self.lessons) < 1
            or self.epochs <= 0
        ):
            raise ValueError("rank, alpha, batch, pieces, length, evaluations, lessons and epochs must be above 0")
        if self.batch % self.pieces:
            raise ValueError("pieces must divide batch")
        if not 0 < self.validation < 1:
            raise ValueError("validation must be between 0 and 1")


_ORIGINAL: dict[str, Any] = {
    "rank": 64,
    "alpha": 16,
    "dropout": 0.3,
    "targets": ("q_proj", "v_proj"),
    "epochs": 3.0,
    "batch": 8,
    "rate": 2e-4,
    "length": 1_024,
    "answer_only": False,
    "end_token": False,
    "chat": False,
    "passages": 0.0,
    "patience": 0,
}
_LARGE: dict[str, Any] = {"rate": 2e-4, "pieces": 2}
"""For a base of billions of parameters: a smaller rate, and a batch in pieces that a card of 12 GB can hold."""
_LARGE_BYTES = 1e9
_SLOW_BYTES = 50e6
"""Compiling a smaller base would take longer than training on it."""


def preset(name: str = "default", **chosen: Any) -> TipsArgs:
    """The arguments of a preset (``default``, ``original``) with overrides; None keeps a value.

    Raises:
        CoachError: there is no such preset, or no such base.
        ValueError: a value is invalid.
    """
    given = {key: value for key, value in chosen.items() if value is not None}
    if name not in ("default", "original"):
        raise CoachError(f"There is no preset {name!r}.", "Presets: default, original.")
    values: dict[str, Any] = dict(_ORIGINAL) if name == "original" else {}
    base = resolve(given.get("base", TipsArgs.base), role="text")
    memory = base.memory or memory_of(base.path(), "text")
    if memory.bits16 > _LARGE_BYTES:
        values |= _LARGE if name == "default" else {"pieces": _ORIGINAL["batch"]}
    elif memory.bits16 > _SLOW_BYTES and name == "default" and not torch.cuda.is_available():
        values |= {"pieces": 2, "compiled": has_a_compiler()}  # a processor keeps all activations
    return TipsArgs(**values | given)
