"""The steps of an adaptation, kept from time to time: it goes on after an interruption as if there had been none."""

import itertools
import json
import math
import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from hashlib import blake2b
from pathlib import Path
from typing import Any, TypeVar

import torch
from torch import Tensor
from torch.optim.lr_scheduler import LambdaLR

from coach_app.training.experience.arguments import AdaptArgs, unfinished
from coach_app.training.experience.examples import IGNORED, Asked, Batch, Prepared
from coach_app.training.experience.losses import consolidation, distance, fisher
from coach_app.training.experience.measuring import losses_of, said

T = TypeVar("T")
_KEPT_IN_MIND = 4
"""Of so many questions in a step, it is measured at one example how far the model is from what it said."""
_NO_MATTER = ("out", "questions", "base", "threads", "measured", "merged", "saved_every_s")
"""Arguments that do not change what is learned, or tell it only by a path."""


@dataclass
class _Draw:
    """What a step learns from.

    Attributes:
        new: what is to be learned.
        old: what is repeated of what the model knew.
        few: examples of it that tell how far the model is from what it said.
    """

    new: Sequence[Any]
    old: Sequence[Asked] = field(default_factory=tuple)
    few: Sequence[Asked] = field(default_factory=tuple)


def fit(
    model: Any,
    prepared: Prepared,
    args: AdaptArgs,
    learned: Sequence[T],
    words: Sequence[str],
    loss: Callable[[Sequence[T]], Tensor],
    known: Sequence[Asked],
    report: Callable[[str], None],
) -> None:
    """Learn, by the method of the arguments; goes on where an earlier run with the same arguments and examples stopped.

    Args:
        model: with an adapter that changes nothing yet.
        prepared: puts examples into tokens.
        args: of the adaptation; the state is kept in ``args.out``, each ``args.saved_every_s`` and at the end.
        learned: what is to be learned.
        words: of each of these: a state is gone on with only if they are the same.
        loss: of some of these.
        known: what the model knew before.
        report: gets each line.
    """
    weights = [weight for weight in model.parameters() if weight.requires_grad]
    steps = max(1, math.ceil(len(learned) * args.epochs / args.batch))
    optimizer = torch.optim.AdamW(weights, args.rate, weight_decay=0.0)
    schedule = LambdaLR(optimizer, lambda step: min(1.0, (step + 1) / max(1, steps // 20)) * _cosine(step, steps))
    kept = _Kept(unfinished(args.out), _print(args, words), weights, optimizer, schedule)
    importance: dict[str, Tensor] = {}
    if args.method == "ewc" and args.weight:  # before anything changes
        report(f"What matters for {len(known):,} examples of what it knew is estimated.")
        importance = fisher(
            model.eval(), (batch for _, batch in prepared.sorted(known)), lambda batch: losses_of(model, batch)
        )
    if first := kept.restore():
        report(f"It goes on after step {first:,} of {steps:,}.")
    model.train()
    began, saved, each = time.perf_counter(), time.perf_counter(), max(1, steps // 20)
    for step, draw in enumerate(itertools.islice(_draws(args, learned, known), steps)):
        if step < first:
            continue
        total = 0.0
        if draw.new:
            one = loss(draw.new) * len(draw.new) / args.batch
            one.backward()
            total += float(one.detach())
        if draw.old:
            one = losses_of(model, prepared.batch(draw.old)).sum() / args.batch
            one.backward()
            total += float(one.detach())
        if importance:
            (args.weight * consolidation(model, importance)).backward()
        if draw.few:
            (args.weight * _away(model, prepared.batch(draw.few))).backward()
        torch.nn.utils.clip_grad_norm_(weights, 1.0)
        optimizer.step()
        schedule.step()
        optimizer.zero_grad(set_to_none=True)
        if step == first or (step + 1) % each == 0:
            left = (time.perf_counter() - began) / (step + 1 - first) * (steps - step - 1)
            report(f"step {step + 1:,}/{steps:,}  loss {total:.3f}  {left / 60:.1f} min left")
        if time.perf_counter() - saved >= args.saved_every_s or step + 1 == steps:
            kept.keep(step + 1)
            saved = time.perf_counter()
    model.eval()


def _draws(args: AdaptArgs, learned: Sequence[Any], known: Sequence[Asked]) -> Iterator[_Draw]:
    """What each step learns from: the same in every run."""
    rng, again, examples = random.Random(args.seed), _without_end(known, args.seed), _without_end(learned, args.seed)
    while True:
        repeats = 0
        if args.method == "replay":
            repeats = sum(rng.random() < args.weight / (1 + args.weight) for _ in range(args.batch))
        few = max(1, args.batch // _KEPT_IN_MIND) if args.method == "distill" else 0
        yield _Draw(
            list(itertools.islice(examples, args.batch - repeats)),
            list(itertools.islice(again, repeats)),
            list(itertools.islice(again, few)),
        )


@dataclass
class _Kept:
    """The state of an adaptation on disk."""

    file: Path
    of: str
    weights: Sequence[Tensor]
    optimizer: torch.optim.Optimizer
    schedule: LambdaLR

    def keep(self, step: int) -> None:
        """Keep the state after so many steps; an earlier one stays until this is complete."""
        state = {
            "of": self.of,
            "step": step,
            "weights": [weight.detach() for weight in self.weights],
            "optimizer": self.optimizer.state_dict(),
            "schedule": self.schedule.state_dict(),
            "chance": torch.get_rng_state(),
        }
        self.file.parent.mkdir(parents=True, exist_ok=True)
        partial = self.file.with_suffix(".part")
        torch.save(state, partial)
        partial.replace(self.file)

    def restore(self) -> int:
        """Go on with what was kept, if it is of this adaptation; the number of steps done."""
        if not self.file.is_file():
            return 0
        state = torch.load(self.file, map_location="cpu", weights_only=True)
        if state["of"] != self.of:
            return 0
        with torch.no_grad():
            for weight, was in zip(self.weights, state["weights"], strict=True):
                weight.copy_(was)
        self.optimizer.load_state_dict(state["optimizer"])
        self.schedule.load_state_dict(state["schedule"])
        torch.set_rng_state(state["chance"])
        return int(state["step"])


def _print(args: AdaptArgs, words: Sequence[str]) -> str:
    """What tells adaptations apart: all that changes what is learned."""
    values = {name: value for name, value in asdict(args).items() if name not in _NO_MATTER}
    told = json.dumps([values, Path(args.base).name, list(words)], default=str)
    return blake2b(told.encode(), digest_size=16).hexdigest()


def _cosine(step: int, steps: int) -> float:
    return 0.5 * (1 + math.cos(math.pi * step / steps))


def _without_end(examples: Sequence[T], seed: int) -> Iterator[T]:
    """Examples in random order, again and again."""
    rng = random.Random(seed)
    for _ in itertools.count():
        yield from rng.sample(examples, len(examples))


def _away(model: Any, batch: Batch) -> Tensor:
    """How far a model is from what it said before."""
    with torch.no_grad(), model.disable_adapter():
        before = said(model, batch)
    there = batch.labels != IGNORED
    return distance(said(model, batch)[there], before[there])
