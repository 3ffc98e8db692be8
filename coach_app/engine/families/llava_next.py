"""LLaVA-NeXT (v1.6), the family of the bundled coaches and of the article's model; optimised most."""

from pathlib import Path
from typing import Any

from coach_app.engine.families.anyres import Anyres
from coach_app.engine.families.fused import Fused, can_fuse
from coach_app.engine.families.pictures import quicken


class LlavaNext(Anyres):
    """A CLIP tower and a Mistral, Llama or another language model."""

    def processor(self, folder: Path, config: Any, quick: bool) -> Any:
        """See Family; the faster picture preparation has the same results."""
        processor = super().processor(folder, config, quick)
        if quick:
            quicken(processor)
        return processor

    def forward(self, model: Any, quick: bool, second_core: bool) -> Any:
        """The model itself, or its faster equivalent."""
        forward = super().forward(model, quick, second_core)
        return Fused(model, second_core) if quick and forward is not None and can_fuse(model) else forward
