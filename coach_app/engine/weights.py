"""Observes a model's weights while they are loaded."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import torch
from transformers import core_model_loading

from coach_app.models.checkpoint import weights_of

_loading: Any = core_model_loading

Watch = Callable[[float], None]
"""Told how much of a model has been loaded, 0 to 1; called in any thread, one call at a time."""


def ignore(share: float) -> None:
    """A `Watch` that does nothing."""


class Weights:
    """Findings about the weights read so far.

    Attributes:
        damaged: whether some are NaN or infinite.
    """

    def __init__(self, folder: Path, watch: Watch) -> None:
        self._total = max(1, sum(file.stat().st_size for file in weights_of(folder)))
        self._watch = watch
        self._read = 0
        self._lock = threading.Lock()
        self.damaged = False

    def look(self, tensor: torch.Tensor) -> None:
        """Inspect one more tensor."""
        damaged = not is_finite(tensor)
        with self._lock:
            self.damaged |= damaged
            self._read += tensor.nbytes
            self._watch(min(1.0, self._read / self._total))


@contextmanager
def watched(folder: Path, watch: Watch) -> Iterator[Weights]:
    """Inspect every tensor of a checkpoint as transformers reads it, before it is converted or quantised.

    transformers has no hook for that, and a second pass would read the files twice. One load at a time.
    """
    weights, materialize = Weights(folder, watch), _loading._materialize_copy

    def looked_at(tensor: Any, *args: Any, **options: Any) -> torch.Tensor:
        whole = tensor[...]
        weights.look(whole)
        placed: torch.Tensor = materialize(whole, *args, **options)
        return placed

    _loading._materialize_copy = looked_at
    try:
        yield weights
    finally:
        _loading._materialize_copy = materialize


def is_finite(tensor: torch.Tensor) -> bool:
    """Whether all values are finite. The sum shows it ten times as fast; each value is checked only if the sum
    overflows."""
    if not tensor.is_floating_point():
        return True
    if tensor.element_size() == 1:  # 8-bit types cannot be summed
        tensor = tensor.float()
    return bool(tensor.sum().isfinite()) or bool(tensor.isfinite().all())
