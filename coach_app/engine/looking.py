"""What a model has computed for the last picture, kept so that another question about it costs no second look."""

from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import blake2b
from typing import Any

import torch
from PIL import Image
from transformers import DynamicCache

from coach_app.domain.detail import Detail


class Look:
    """Keys and values of the last picture's tokens, and of what comes before them.

    Pictures come first in a prompt, so that all questions about one picture begin alike (prefix caching).

    Attributes:
        ids: (1, tokens) int64, the prompt up to the last token of the picture; None as long as nothing is kept of it.
        cache: to be given to the model's ``generate``.
    """

    def __init__(self) -> None:
        self._key = b""
        self.ids: torch.Tensor | None = None
        self.cache = DynamicCache()

    @contextmanager
    def at(self, image: Image.Image, model: Any, detail: Detail) -> Iterator["Look"]:
        """Look at a picture with a model of transformers; what was kept of another picture is given up.

        What the model adds behind the picture is taken away at the end, also where the answer was stopped.
        """
        key = blake2b(image.tobytes(), digest_size=16, key=repr((image.mode, image.size, detail)).encode()).digest()
        if key != self._key or self.ids is None:
            self._key, self.ids, self.cache = key, None, DynamicCache(config=model.config.get_text_config())
        try:
            yield self
        finally:
            self._keep_picture()

    def remember(self, input_ids: torch.Tensor, image_token: int) -> None:
        """Keep what ``generate`` is about to compute for a prompt, as far as its picture goes.

        Args:
            input_ids: (1, tokens) int64, the whole prompt.
            image_token: id of the picture's tokens.
        """
        last = int((input_ids[0] == image_token).nonzero().max())
        self.ids = input_ids[:, : last + 1]

    def _keep_picture(self) -> None:
        more = -1 if self.ids is None else self.cache.get_seq_length() - self.ids.shape[1]
        if more >= 0 and self.cache.is_croppable:
            self.cache.crop(-more)
        else:  # stopped before the picture was done, or of a kind that forgets its beginning
            self.ids = None
