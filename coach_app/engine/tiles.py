"""How finely a model of the LLaVA-NeXT kind looks at a picture: into how many squares it is cut.

Such a model sees the whole picture shrunk to one square of its vision tower and, beside it, an enlarged copy cut into
squares by one of several grids ("anyres", https://llava-vl.github.io/blog/2024-01-30-llava-next/). Each square takes
one more look of the tower, and its tokens one more part of the prompt. Models that cut nothing, but take a picture in
the size in which it comes (Qwen-VL, for instance), are given smaller pictures by the advisor instead.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import torch

from coach_app.domain.detail import Detail
from coach_app.models.memory import grids_for

_UNCUT = [[0, 0]]
"""A grid of no squares: transformers then counts the whole picture alone."""


@contextmanager
def cut(model: Any, processor: Any, detail: Detail) -> Iterator[None]:
    """Let pictures be cut by the grids of a detail, within the block; used by one thread at a time."""
    config, images = model.config, processor.image_processor
    own = getattr(config, "image_grid_pinpoints", None)
    if not own or not getattr(images, "image_grid_pinpoints", None):
        yield
        return
    side = config.vision_config.image_size
    own_of_images = images.image_grid_pinpoints
    left = grids_for(own, side, detail)
    # The processor cannot but cut: what it cut off is dropped again by ``only_whole``.
    config.image_grid_pinpoints, images.image_grid_pinpoints = left or _UNCUT, left or [[side, side]]
    try:
        yield
    finally:
        config.image_grid_pinpoints, images.image_grid_pinpoints = own, own_of_images


def only_whole(inputs: Any, model: Any) -> None:
    """Drop the squares that the processor has cut off, where the detail leaves only the whole picture.

    Args:
        inputs: of the processor, for one picture; changed in place.
        model: within ``cut``.
    """
    config = model.config
    if getattr(config, "image_grid_pinpoints", None) is not _UNCUT:
        return
    inputs["pixel_values"] = inputs["pixel_values"][:, :1]
    length = (config.vision_config.image_size // config.vision_config.patch_size) ** 2 + 1  # and the end of the line
    ids: torch.Tensor = inputs["input_ids"]
    at = (ids[0] == config.image_token_id).nonzero()
    if len(at) == length:
        return
    picture = ids.new_full((1, length), config.image_token_id)
    inputs["input_ids"] = torch.cat([ids[:, : int(at.min())], picture, ids[:, int(at.max()) + 1 :]], 1)
    inputs["attention_mask"] = torch.ones_like(inputs["input_ids"])
