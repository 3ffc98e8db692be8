"""Measures what a vision tower reads from unseen pictures."""

from collections.abc import Sequence
from itertools import islice

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor, nn

from coach_app.games.lessons import Lessons
from coach_app.training.bundled.stream import Sample, SampleStream, pixels


def features(tower: nn.Module, views: npt.NDArray[np.uint8]) -> Tensor:
    """The tower's features of the patches of views, (views, patches, width) float32."""
    device = next(tower.parameters()).device
    last: Tensor = tower(pixels(views).to(device), output_hidden_states=True).hidden_states[-1]
    return last[:, 1:]


def unseen_samples(
    stream: SampleStream, lessons: Lessons, count: int, rng: np.random.Generator
) -> list[tuple[str, Sample]]:
    """Captured pictures of levels that are never trained on, each with its kind."""
    return [(kind, stream.sample(scene, rng)) for kind, scene in islice(lessons.unseen_scenes(rng), count)]


def reading(tower: nn.Module, head: nn.Linear, lessons: Lessons, samples: Sequence[tuple[str, Sample]]) -> str:
    """A report on the accuracy for unseen pictures, by kind and label, with the worst confusions.

    Only patches for which the label applies are counted.
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
        predicted = [part.argmax(-1).cpu().numpy() for part in torch.cat(chunks).split(split, -1)[:-1]]
        wanted = np.stack([sample.labels[0] for sample in these]).astype(np.int64)
        for number, (label, names) in enumerate(lessons.LABELS.items()):
            at = wanted[..., number] != nowhere[number]
            right, true = predicted[number][at] == wanted[..., number][at], wanted[..., number][at]
            rates = {names[value]: right[true == value].mean() for value in np.unique(true)}
            worst = sorted(rates, key=rates.__getitem__)[:3]
            says = ", ".join(f"{name} {rates[name]:.1%}" for name in worst)
            parts.append(f"{kind} {label} {right.mean():.2%} ({says})")
    return "; ".join(parts)
