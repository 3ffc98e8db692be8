"""Vision models of which nothing is known but what transformers knows: they are asked by ``generate``."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from coach_app.domain.detail import Detail
from coach_app.engine.families.family import load


class Other:
    """The family of all others, and what families have in common."""

    wide: tuple[str, ...] = (
        *("model.vision_tower", "model.vision_model", "model.visual"),
        *("model.multi_modal_projector", "model.connector"),
        "lm_head",
    )

    def processor(self, folder: Path, config: Any, quick: bool) -> Any:
        """As transformers has it, without the part for videos."""
        del quick
        return load(folder, config)

    def forward(self, model: Any, quick: bool, second_core: bool) -> Any:
        """None: more may be wanted than the likeliest token, and positions may not simply be counted."""
        del model, quick, second_core

    @contextmanager
    def cut(self, model: Any, processor: Any, detail: Detail) -> Iterator[None]:
        """No choice: the advisor gives smaller pictures instead."""
        del model, processor, detail
        yield
