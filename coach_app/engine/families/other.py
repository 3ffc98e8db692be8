"""Vision models without special support: answered by ``generate`` of transformers."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from coach_app.domain.detail import Detail
from coach_app.engine.families.family import load


class Other:
    """The default family, and the base of the others."""

    wide: tuple[str, ...] = (
        *("model.vision_tower", "model.vision_model", "model.visual"),
        *("model.multi_modal_projector", "model.connector"),
        "lm_head",
    )

    def processor(self, folder: Path, config: Any, quick: bool) -> Any:
        """As in transformers, without the video processor."""
        del quick
        return load(folder, config)

    def forward(self, model: Any, quick: bool, second_core: bool) -> Any:
        """None: decoding may not be greedy, and positions may not simply count up."""
        del model, quick, second_core

    @contextmanager
    def cut(self, model: Any, processor: Any, detail: Detail) -> Iterator[None]:
        """No effect: the advisor sends smaller pictures instead."""
        del model, processor, detail
        yield
