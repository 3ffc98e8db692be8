"""What the stages of a training have in common: a buffer of pictures, the optimiser, and checkpoints to go on from."""

import math
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.utils.data import DataLoader

from coach_app.games.lessons import Lessons
from coach_app.training.bundled.arguments import CoachArgs
from coach_app.training.bundled.stream import Sample, SampleStream

Report = Callable[[str], None]


def mixed(args: CoachArgs) -> torch.autocast:
    """Lets the model compute in bfloat16, where the arguments say so."""
    return torch.autocast(args.device, torch.bfloat16, enabled=args.mixed)


class Buffer:
    """The last pictures of a stream: drawing a new one costs more than learning from an old one again."""

    def __init__(self, lessons: Lessons, args: CoachArgs, *salt: int, tricky_share: float = 0.0) -> None:
        stream = SampleStream(
            lessons, (args.seed, *salt), args.side, args.grid, tricky_share, input_side_px=args.input_side_px
        )
        ahead = 128 if args.workers else None
        loader = DataLoader(stream, batch_size=None, num_workers=args.workers, prefetch_factor=ahead)
        self._stream: Iterator[Sample] = iter(loader)
        self._samples: list[Sample] = []
        self._room, self._at = args.buffer, 0
        self.add(min(256, args.buffer))

    def add(self, count: int) -> None:
        """Get so many new samples."""
        self.put([next(self._stream) for _ in range(count)])

    def put(self, samples: Sequence[Sample]) -> None:
        """Keep these instead of the oldest."""
        for sample in samples:
            if len(self._samples) < self._room:
                self._samples.append(sample)
            else:
                self._samples[self._at % self._room] = sample
            self._at += 1

    def draw(self, count: int, rng: np.random.Generator) -> list[Sample]:
        """So many samples by chance, some perhaps twice."""
        return [self._samples[i] for i in rng.integers(len(self._samples), size=count)]


def _schedule(step: int, steps: int, floor: float, warm_up: int) -> float:
    """Share of the full learning rate: a linear start, then half a cosine down to ``floor``."""
    if step < warm_up:
        return (step + 1) / warm_up
    return floor + (1 - floor) * 0.5 * (1 + math.cos(math.pi * min(1.0, step / steps)))


def steps_done(checkpoint: Path) -> int:
    """Where the run that left this checkpoint had come to; 0 without one."""
    return int(torch.load(checkpoint, weights_only=True)["step"]) if checkpoint.is_file() else 0


def is_over(modules: Mapping[str, nn.Module], checkpoint: Path, steps: int) -> bool:
    """Whether a stage was finished by an earlier run; its modules are then as it left them."""
    if steps_done(checkpoint) < steps:
        return False
    state = torch.load(checkpoint, map_location="cpu", weights_only=True)
    for name, module in modules.items():
        module.load_state_dict(state[name])
    return True


def optimise(
    modules: dict[str, nn.Module],
    loss_of: Callable[[], tuple[Tensor, str]],
    checkpoint: Path,
    rate: float,
    floor: float,
    warm_up: int,
    steps: int,
    every: int,
    report: Report,
    measure: Callable[[], str] = str,
    slow: nn.Module | None = None,
    slow_share: float = 1.0,
) -> None:
    """AdamW with a warm-up and a cosine, going on where the last checkpoint stopped.

    Args:
        modules: what the checkpoint holds; trained as far as it requires gradients.
        loss_of: draws a batch; the loss, and words for the report.
        every: steps from checkpoint to checkpoint.
        measure: what is reported at every checkpoint.
        slow: a part that was trained before, and learns at a share of the rate.
        slow_share: that share.
    """
    parameters = [p for module in modules.values() for p in module.parameters() if p.requires_grad]
    apart = {id(p) for p in slow.parameters()} if slow else set()
    groups = [
        {"params": [p for p in parameters if id(p) not in apart], "share": 1.0},
        {"params": [p for p in parameters if id(p) in apart], "share": slow_share},
    ]
    optimiser = torch.optim.AdamW([g for g in groups if g["params"]], lr=rate, betas=(0.9, 0.98), weight_decay=0.01)
    first = steps_done(checkpoint)
    if first:
        state = torch.load(checkpoint, map_location="cpu", weights_only=True)
        for name, module in modules.items():
            module.load_state_dict(state[name])
        optimiser.load_state_dict(state["optimiser"])
        report(f"{checkpoint.stem} goes on at step {first}")
    began = time.monotonic()
    for step in range(first, steps):
        for group in optimiser.param_groups:
            group["lr"] = group["share"] * rate * _schedule(step, steps, floor, warm_up)
        loss, words = loss_of()
        if not torch.isfinite(loss):
            raise FloatingPointError(f"the loss of step {step} is not a number; the last checkpoint is {checkpoint}")
        optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(parameters, 1.0)
        optimiser.step()
        if step % 50 == 0 or step == steps - 1:
            left = (time.monotonic() - began) / (step - first + 1) * (steps - step - 1)
            report(f"{checkpoint.stem} {step + 1}/{steps}  loss {loss.item():.4f}  {words}  {left / 60:.0f} min left")
        if (step + 1) % every == 0 or step == steps - 1:
            checkpoint.parent.mkdir(parents=True, exist_ok=True)
            whole = {name: module.state_dict() for name, module in modules.items()}
            partial = checkpoint.with_suffix(".part")
            torch.save({**whole, "optimiser": optimiser.state_dict(), "step": step + 1}, partial)
            partial.replace(checkpoint)
            if measured := measure():
                report(f"{checkpoint.stem} {step + 1}/{steps}  {measured}")
