"""What a vision tower in training reads off pictures that it was never shown."""

from collections.abc import Sequence
from itertools import islice

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor, nn

from coach_app.games.lessons import Lessons
from coach_app.training.bundled.stream import Sample, SampleStream, pixels


def features(tower: nn.Module, views: npt.NDArray[np.uint8]) -> Tensor:
    """What the tower makes of the patches of views, (views, patches, width)."""
    last: Tensor = tower(pixels(views), output_hidden_states=True).hidden_states[-1]
    return last[:, 1:]


def unseen_samples(
    stream: SampleStream, lessons: Lessons, count: int, rng: np.random.Generator
) -> list[tuple[str, Sample]]:
    """Pictures of levels that no training sees, as captures give them, each with its kind."""
    return [(kind, stream.sample(scene, rng)) for kind, scene in islice(lessons.unseen_scenes(rng), count)]


def reading(tower: nn.Module, head: nn.Linear, lessons: Lessons, samples: Sequence[tuple[str, Sample]]) -> str:
    """How much of unseen pictures is read right, in words: by kind and label, and what is read worst.

    Counted are the patches that show something of the label.
    """
    parts, nowhere = [], np.array(lessons.NOWHERE)
    for kind in sorted({kind for kind, _ in samples}):
        these = [sample for each, sample in samples if each == kind]
        with torch.inference_mode():
            chunks = [
                head(features(tower, np.stack([s.views[0] for s in these[at : at + 50]])))
                for at in range(0, len(these), 50)
            ]
        split = [*map(len, lessons.LABELS.values()), lessons.MOVES]
        told = [part.argmax(-1).numpy() for part in torch.cat(chunks).split(split, -1)[:-1]]
        wanted = np.stack([sample.labels[0] for sample in these]).astype(np.int64)
        for number, (label, names) in enumerate(lessons.LABELS.items()):
            at = wanted[..., number] != nowhere[number]
            right, true = told[number][at] == wanted[..., number][at], wanted[..., number][at]
            rates = {names[value]: right[true == value].mean() for value in np.unique(true)}
            worst = sorted(rates, key=rates.__getitem__)[:3]
            says = ", ".join(f"{name} {rates[name]:.1%}" for name in worst)
            parts.append(f"{kind} {label} {right.mean():.2%} ({says})")
    return "; ".join(parts)
