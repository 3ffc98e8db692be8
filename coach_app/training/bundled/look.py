"""Stage 1 of a coach's training: its vision tower learns what every patch shows."""

import math
from collections.abc import Sequence
from functools import partial
from itertools import count

import numpy as np
import numpy.typing as npt
import torch
import torch.nn.functional as F
from torch import Tensor, nn
from transformers import LlavaNextForConditionalGeneration

from coach_app.games.lessons import Lessons
from coach_app.training.bundled.arguments import CoachArgs
from coach_app.training.bundled.reading import features, reading, unseen_samples
from coach_app.training.bundled.stages import Buffer, Report, is_over, mixed, optimise, steps_done
from coach_app.training.bundled.stream import Sample, SampleStream


def look(model: LlavaNextForConditionalGeneration, lessons: Lessons, args: CoachArgs, report: Report) -> None:
    """Stage 1: the vision tower learns what every patch shows."""
    tower = model.model.vision_tower
    checkpoint = args.work / "look.pt"
    if is_over({"tower": tower}, checkpoint, args.look_steps):
        return
    head = Head(lessons, args.width).to(args.device)
    place = nn.Linear(args.width, args.grid**2).to(args.device)
    buffer = Buffer(lessons, args, 1, steps_done(checkpoint))
    rng = np.random.default_rng([args.seed, 2, steps_done(checkpoint)])

    stream = SampleStream(lessons, (), args.side, args.grid, input_side_px=args.input_side_px)
    games = lessons.own_games(np.random.default_rng([args.seed, 13, steps_done(checkpoint)]), args.own_games)
    steps = count(steps_done(checkpoint))

    def loss_of() -> tuple[Tensor, str]:
        buffer.add(math.ceil(args.look_batch / args.reuse))
        if games and next(steps) >= args.own_from:
            own = [stream.clean_sample(scene) for scene in games.scenes]
            with mixed(args):
                moves = _moves(tower, head, lessons, own)
            games.play(moves)
            buffer.put(own)
        samples = buffer.draw(args.look_batch, rng)
        which = rng.integers(2, size=len(samples))
        views = np.stack([sample.views[i] for sample, i in zip(samples, which, strict=True)])
        labels = np.stack([sample.labels[i] for sample, i in zip(samples, which, strict=True)])
        with mixed(args):
            looked = features(tower, views)
            seen = head(looked)
        losses = head.losses(seen.float(), labels)
        lost = place_loss(place, looked.float())
        return losses.sum() + lost, " ".join(f"{part:.3f}" for part in (*losses.tolist(), lost.item()))

    modules = {"tower": tower, "head": head, "place": place}
    rates = (args.look_rate, args.look_floor, args.warm_up)
    unseen = unseen_samples(stream, lessons, args.look_test, np.random.default_rng([args.seed, 7]))
    measure = partial(reading, tower, head, lessons, unseen)
    optimise(modules, loss_of, checkpoint, *rates, args.look_steps, args.checkpoint_every, report, measure)


class Head(nn.Linear):
    """Tells by the features of a patch what it shows: every label, and which moves are best there.

    Args:
        lessons: lessons of the game.
        width: of the features.
    """

    def __init__(self, lessons: Lessons, width: int) -> None:
        self.split = (*map(len, lessons.LABELS.values()), lessons.MOVES)
        super().__init__(width, sum(self.split))

    def losses(self, seen: Tensor, labels: npt.NDArray[np.int8]) -> Tensor:
        """How wrong it is.

        Args:
            seen: what it tells, (views, patches, sum of the class counts) float32.
            labels: (views, patches, labels), from ``patch_labels``.

        Returns:
            float32: one for each label, and one for the best moves, which counts double.
        """
        return _look_losses(seen, torch.from_numpy(labels.astype(np.int64)).to(seen.device), self.split)


def _moves(tower: nn.Module, head: nn.Linear, lessons: Lessons, samples: Sequence[Sample]) -> list[str]:
    """The moves that a tower in training has read off these pictures, where it is surest of one."""
    with torch.inference_mode():
        seen = head(features(tower, np.stack([sample.views[0] for sample in samples])))
    names, at = list(lessons.LABELS), list(lessons.LABELS).index("move")
    logits = seen.split([len(lessons.LABELS[name]) for name in names] + [lessons.MOVES], -1)[at][..., :-1]
    found = logits.flatten(1).argmax(-1) % logits.shape[-1]
    return [lessons.LABELS["move"][number] for number in found.tolist()]


def place_loss(head: nn.Linear, seen: Tensor) -> Tensor:
    """How badly patches tell where in their view they are.

    A tower that is asked only what a patch shows forgets where that is; then a language model cannot tell one number
    of a panel from another, nor where a thing is.

    Args:
        head: tells the place of a patch by its features.
        seen: (views, patches, width) float32, features of all patches of each view.

    Returns:
        A scalar, float32.
    """
    places = torch.arange(seen.shape[1], device=seen.device).expand(seen.shape[:2])
    return F.cross_entropy(head(seen).flatten(0, 1), places.flatten())


def _look_losses(seen: Tensor, labels: Tensor, split: Sequence[int]) -> Tensor:
    """The losses of the looking stage.

    Args:
        seen: (views, patches, sum of the class counts) float32.
        labels: (views, patches, labels) int64, from ``patch_labels``.
        split: how many of ``seen`` belong to each label, and to the best moves.

    Returns:
        float32: one for each label, and one for the best moves.
    """
    *classes, best = seen.split(split, -1)
    losses = [_look_loss(c.flatten(0, 1), labels[..., i].flatten()) for i, c in enumerate(classes)]
    wanted = labels[..., len(classes) :].float()
    counts = (wanted >= 0).float()
    each = F.binary_cross_entropy_with_logits(best, wanted.clamp(min=0), reduction="none")
    return torch.stack([*losses, 2 * (each * counts).sum() / counts.sum().clamp(min=1)])


def _look_loss(seen: Tensor, labels: Tensor) -> Tensor:
    """Of one label, whose last value says that there is nothing of it.

    What a single patch of a picture shows (where the player looks, for instance) counts as much as what all show.
    """
    each, shown = F.cross_entropy(seen, labels, reduction="none"), labels != seen.shape[-1] - 1
    return each[shown].sum() / shown.sum().clamp(min=1) + each[~shown].sum() / len(each)
