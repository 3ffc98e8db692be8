"""Loads one model in every weight layout of a CPU for measuring: packed 4-bit, plain 4-bit, full precision."""

import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import psutil
import torch
from PIL import Image

from coach_app.domain.errors import CoachError
from coach_app.engine.loader import VisionModel, load_vision, use_cores
from coach_app.engine.measuring import Figures, as_the_coach, torch_in_use
from coach_app.engine.packing import limit_packing
from coach_app.engine.random_weights import llava_next_small, write_random

PACKED: Final = "4 bits, packed"
USUAL: Final = "4 bits, usual layout"
WHOLE: Final = "32 bits"


class Layouts:
    """The same weights, loaded once for each layout.

    Args:
        models: the models by layout.
    """

    def __init__(self, models: Mapping[str, VisionModel]) -> None:
        self._models = dict(models)

    @property
    def names(self) -> tuple[str, ...]:
        """The layouts, the default 4-bit layout of this CPU first."""
        return tuple(self._models)

    @property
    def subject(self) -> dict[str, Any]:
        """Description of the model and the hardware."""
        from bitsandbytes.nn.modules import Linear4bit

        layers = [layer for layer in self._models[USUAL].model.modules() if isinstance(layer, Linear4bit)]
        return {
            "parameters": sum(weights.numel() for weights in self._models[WHOLE].model.parameters()),
            "in_4_bits": sum(layer.in_features * layer.out_features for layer in layers),
            "load_average": [round(load, 1) for load in psutil.getloadavg()],
            **torch_in_use(),
        }

    def ask(self, name: str, question: str, picture: Image.Image, max_new_tokens: int) -> Figures:
        """Measure an answer in one of the layouts."""
        return as_the_coach(self._models[name], question, picture, "full", max_new_tokens)

    def picture_tokens(self) -> int:
        """Number of tokens of the last picture."""
        vision = self._models[WHOLE]
        assert vision.look.ids is not None
        return int((vision.look.ids == vision.model.config.image_token_id).sum())


@contextmanager
def all_layouts(say: Callable[[str], None]) -> Iterator[Layouts]:
    """Load random weights in every layout of this CPU; packed only if bitsandbytes supports it.

    Args:
        say: called with progress messages.

    Raises:
        CoachError: a graphics card would be used, which has only one layout.
    """
    if torch.cuda.is_available():
        raise CoachError("This measures the processor, but a graphics card computes here.", "Hide it from CUDA.")
    use_cores()
    with tempfile.TemporaryDirectory(prefix="coach-bench-") as temporary:
        folder = Path(temporary) / "model"
        write_random(folder, llava_next_small(), say)
        models = {PACKED: load_vision(folder, four_bit=True)}
        if not any(getattr(layer, "support_avx512bf16_for_cpu", False) for layer in models[PACKED].model.modules()):
            del models[PACKED]
        models[USUAL] = load_vision(folder, four_bit=True)
        limit_packing(models[USUAL].model, trained=True)  # layers to be trained are never packed
        models[WHOLE] = load_vision(folder)
        yield Layouts(models)
