"""Features of pictures by a vision-language model: its output for the game's prompt, in one forward pass.

The article on DQN_LM lets the model generate 50 tokens at every step and uses the logits of the first one. A single
forward pass over the prompt gives the same values.
"""

from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from hashlib import blake2b
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from PIL import Image
from torch import Tensor

from coach_app.qvalues.checkpoint import FeatureKind

Prepare = Callable[[Sequence[Image.Image]], Mapping[str, Tensor]]
"""Turns pictures of one size, with the prompt, into what the model takes."""

FeatureRows = npt.NDArray[np.float16]

_CACHE_BYTES = 256 * 1024**2
_ENTRY_BYTES = 400
"""What remembering a picture takes beside its features: key, array, place in the dictionary."""


class Features:
    """Computes features of pictures, with a cache by picture content.

    * ``logits``: logits of the first answer token, as in the article; as many as the vocabulary has entries.
    * ``hidden``: last hidden states, averaged over all positions of prompt and picture.

    Args:
        model: an image-text-to-text model of transformers, in eval mode. Adapters are disabled for features.
        prepare: converts pictures and prompt into model inputs.
        kind: kind of features.
        cache_bytes: maximum size of the cache (least recently used are dropped); 0 for none.
        batch: number of pictures per forward pass.

    Attributes:
        hits: number of cache hits so far.
    """

    def __init__(
        self,
        model: Any,
        prepare: Prepare,
        kind: FeatureKind = "logits",
        cache_bytes: int = _CACHE_BYTES,
        batch: int = 16,
    ) -> None:
        self._model, self._prepare, self.kind = model, prepare, kind
        self._room = cache_bytes // (2 * self.width + _ENTRY_BYTES)
        self._batch = batch
        self.hits = 0
        self._kept: OrderedDict[bytes, FeatureRows] = OrderedDict()

    @property
    def width(self) -> int:
        """Number of features of a picture."""
        text = self._model.config.get_text_config()
        return int(text.vocab_size if self.kind == "logits" else text.hidden_size)

    def of(self, pictures: Sequence[Image.Image]) -> FeatureRows:
        """The features of pictures.

        Args:
            pictures: RGB, of any sizes.

        Returns:
            (pictures, width) float16, identical whether cached or not.
        """
        keys = [_key(picture) for picture in pictures]
        rows = {key: row for key in keys if (row := self._kept.get(key)) is not None}
        self.hits += sum(key in rows for key in keys)
        new = {key: picture for key, picture in zip(keys, pictures, strict=True) if key not in rows}
        sizes: dict[tuple[int, int], list[bytes]] = {}
        for key, picture in new.items():
            sizes.setdefault(picture.size, []).append(key)  # pictures of equal size need no padding
        for same in sizes.values():
            for start in range(0, len(same), self._batch):
                some = same[start : start + self._batch]
                made = self.forward([new[key] for key in some]).cpu().half().numpy()
                rows.update(zip(some, (row.copy() for row in made), strict=True))  # a view would keep all of them alive
        for key in rows:
            self._kept[key] = rows[key]
            self._kept.move_to_end(key)
        while len(self._kept) > self._room:
            self._kept.popitem(last=False)
        if not keys:
            return np.zeros((0, self.width), np.float16)
        return np.stack([rows[key] for key in keys])

    def forward(self, pictures: Sequence[Image.Image]) -> Tensor:
        """Compute the features of pictures of equal size: (pictures, width) float32 on the model's device."""
        with torch.inference_mode(), _without_adapters(self._model):
            inputs = self._prepare(pictures)
            if self.kind == "logits":
                made = self._model(**inputs, use_cache=False, logits_to_keep=1).logits[:, -1]
            else:
                made = self._model.model(**inputs, use_cache=False).last_hidden_state.float().mean(1)
        features: Tensor = made.float()
        return features


def _key(picture: Image.Image) -> bytes:
    return blake2b(picture.tobytes(), digest_size=16, key=repr((picture.mode, picture.size)).encode()).digest()


@contextmanager
def _without_adapters(model: Any) -> Iterator[None]:
    """Disable adapters, so that features match those of the training."""
    if not getattr(model, "_hf_peft_config_loaded", False):
        yield
        return
    model.disable_adapters()
    try:
        yield
    finally:
        model.enable_adapters()
