"""Models that cut a picture into tiles ("anyres", https://llava-vl.github.io/blog/2024-01-30-llava-next/).

Such a model sees the whole picture shrunk to the input size of its vision tower and, in addition, an enlarged copy cut
into tiles by one of several grids. Every tile costs another pass of the tower and more tokens in the prompt. Its level
of detail is therefore a choice of grids.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import torch
from PIL import Image

from coach_app.domain.detail import Detail
from coach_app.engine.decoding import is_greedy
from coach_app.engine.families.family import Processor
from coach_app.engine.families.llava import Llava
from coach_app.models.memory import grids_for

_UNCUT = [[0, 0]]
"""A grid of no squares: transformers then counts the whole picture alone."""


class AnyresProcessor(Processor):
    """Drops the tiles that transformers always adds, if the detail allows only the whole picture.

    Attributes:
        whole_tokens: number of tokens of an uncut picture; None if pictures are cut.
    """

    whole_tokens: int | None = None

    def __call__(self, *args: Any, **options: Any) -> Any:
        """As in the base class, but for a single picture if it is not to be cut."""
        theirs: Any = super()
        inputs = theirs.__call__(*args, **options)
        if self.whole_tokens is None or "pixel_values" not in inputs:
            return inputs
        own: Any = self
        inputs["pixel_values"] = inputs["pixel_values"][:, :1]
        ids: torch.Tensor = inputs["input_ids"]
        at = (ids[0] == own.image_token_id).nonzero()
        picture = ids.new_full((1, self.whole_tokens), own.image_token_id)
        inputs["input_ids"] = torch.cat([ids[:, : int(at.min())], picture, ids[:, int(at.max()) + 1 :]], 1)
        inputs["attention_mask"] = torch.ones_like(inputs["input_ids"])
        return inputs

    def pictures(self, image: Image.Image) -> dict[str, Any]:
        """As in the base class."""
        prepared = super().pictures(image)
        if self.whole_tokens is not None:
            prepared["pixel_values"] = prepared["pixel_values"][:, :1]
        return prepared


class Anyres(Llava):
    """The common base of families that cut pictures this way; their positions simply count up."""

    kind = AnyresProcessor

    def forward(self, model: Any, quick: bool, second_core: bool) -> Any:
        """The model itself, unless its generation config needs more than greedy decoding."""
        del quick, second_core
        return model if is_greedy(model) else None

    @contextmanager
    def cut(self, model: Any, processor: Any, detail: Detail) -> Iterator[None]:
        """Cut pictures by the grids of a detail within the block."""
        config, images, sight = model.config, processor.image_processor, model.config.vision_config
        own, own_of_images = config.image_grid_pinpoints, images.image_grid_pinpoints
        left = grids_for(own, sight.image_size, detail)
        config.image_grid_pinpoints = left or _UNCUT
        images.image_grid_pinpoints = left or [[sight.image_size, sight.image_size]]
        # The tokens of the tower's patches, and one at the end of each row.
        processor.whole_tokens = None if left else (sight.image_size // sight.patch_size) ** 2 + 1
        try:
            yield
        finally:
            config.image_grid_pinpoints, images.image_grid_pinpoints = own, own_of_images
            processor.whole_tokens = None
