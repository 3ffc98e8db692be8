"""Everything that the training of a bundled coach depends on."""

import os
from dataclasses import dataclass, field
from pathlib import Path

import torch

from coach_app.games.captures import INPUT_SIDE_PX
from coach_app.training.compiling import has_a_compiler
from coach_app.training.precision import multiplies_bfloat16


def _device() -> str:
    return "cuda" if torch.cuda.is_available() else "cpu"


@dataclass
class CoachArgs:
    """Everything that the training depends on; saved beside the weights."""

    out: Path = Path("out/train/coach/model")
    work: Path = Path("out/train/coach/work")  # checkpoints, to go on after a stop
    seed: int = 1
    start: Path | None = None  # a coach to go on from, which is only refined
    device: str = field(default_factory=_device)
    threads: int = field(default_factory=lambda: os.cpu_count() or 1)
    mixed: bool = field(default_factory=multiplies_bfloat16)  # bfloat16 where it is safe
    compiled: bool = field(default_factory=has_a_compiler)  # the tower, by TorchInductor: a quarter less time
    workers: int = 1  # processes that draw pictures; 0 draws them in this one
    input_side_px: int = INPUT_SIDE_PX  # pictures are shrunk to this, as the catalogue says of the coach
    side: int = 128  # pixels of a view
    patch: int = 16  # pixels of a patch
    width: int = 192  # of tower and language model
    heads: int = 6
    tower_layers: int = 6
    layers: int = 4  # of the language model
    vocabulary: int = 1024
    sentences: int = 20_000  # that the tokenizer is trained on
    buffer: int = 8192  # pictures kept to draw from
    reuse: int = 3  # how often a picture is used
    warm_up: int = 200  # steps
    look_steps: int = 2600
    look_batch: int = 32  # views
    look_rate: float = 1e-3
    look_floor: float = 0.3  # share of the rate at the end
    own_games: int = 8  # that the coach plays itself, where its lessons have such
    own_from: int = 600  # steps
    own_every: int = 2  # steps of refining from one move in them to the next: a move costs a fifth of a step
    look_test: int = 200  # unseen pictures that are read at every checkpoint
    speak_steps: int = 1500
    speak_batch: int = 24  # pictures with two questions each
    speak_rate: float = 1.5e-3
    speak_floor: float = 0.03
    refine_steps: int = 1500
    refine_rate: float = 5e-4
    refine_floor: float = 0.0
    refine_warm_up: int = 20
    refine_tricky_share: float = 0.7  # of the positions
    refine_weight: float = 4.0  # of the last words
    refine_pairs: int = 1  # of questions about a picture: a second one costs half as much as the first
    pointed_share: float = 0.0  # of the questions that ask to point, too
    keep: float = 1.0  # weight of seeing everything as the coach at the start did, but where it is asked to point
    keep_every: int = 2  # steps from one comparison with it to the next: it takes a quarter of a step
    tower_share: float = 0.0  # of the rate, at which the tower goes on learning with the words; 0: it rests
    look_weight: float = 0.0  # of what every patch shows, which it then goes on learning, too
    checkpoint_every: int = 200  # steps

    def __post_init__(self) -> None:
        if self.side % self.patch or self.width % (2 * self.heads):
            raise ValueError("side must be a multiple of patch, and width of twice the heads")
        for name in (
            "look_steps",
            "speak_steps",
            "refine_steps",
            "look_batch",
            "speak_batch",
            "reuse",
            "buffer",
            "checkpoint_every",
        ):
            if getattr(self, name) < 1:
                raise ValueError(f"{name} must be at least 1")
        self.out, self.work = Path(self.out), Path(self.work)
        self.start = Path(self.start) if self.start else None

    @property
    def grid(self) -> int:
        """Patches along a side of a view."""
        return self.side // self.patch
