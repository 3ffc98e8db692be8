"""The cache for the last picture, so that another question about it needs no second encoding."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import torch
from PIL import Image
from transformers import StaticCache

from coach_app.domain.detail import Detail
from coach_app.engine.decoding import filled, new_cache, refill

_ROOM = 384
"""So many tokens of question and answer have room behind a picture, where room is limited."""


class Look:
    """Keys and values of the last picture's tokens, and of the tokens before them.

    Pictures come first in a prompt, so that all questions about one picture share a prefix (prefix caching).

    Attributes:
        ids: (1, tokens) int64, the prompt up to the last token of the picture; None if nothing is cached.
        cache: to be passed to the model, once ``begin`` was called for the picture.
    """

    def __init__(self) -> None:
        self._picture: tuple[Any, ...] = ()
        self.ids: torch.Tensor | None = None
        self.cache: Any = None

    @contextmanager
    def at(self, image: Image.Image, detail: Detail) -> Iterator["Look"]:
        """Use the cache for a picture; the cache of another picture is dropped.

        At the end the tokens after the picture are removed, even if the answer was stopped.
        """
        picture = (detail, image.mode, image.size, image.tobytes())
        if picture != self._picture:
            self._picture, self.ids = picture, None
        try:
            yield self
        finally:
            self._keep_picture()

    def begin(self, input_ids: torch.Tensor, model: Any, alone: bool, answer_tokens: int = 0) -> int:
        """Prepare to cache the computation for a prompt, up to the end of its picture.

        Args:
            input_ids: (1, tokens) int64, the whole prompt.
            model: computes it, into ``cache``.
            alone: see ``decoding.new_cache``.
            answer_tokens: maximum length of the answer.

        Returns:
            Number of tokens of the prompt that are cached.
        """
        seen = int((input_ids[0] == model.config.image_token_id).nonzero().max()) + 1
        behind = input_ids.shape[1] - seen + answer_tokens
        self.cache = new_cache(model, seen + max(behind, _ROOM), alone, self.cache)
        self.ids = input_ids[:, :seen]
        return seen

    def has_room(self, tokens: int) -> bool:
        """Whether the cache has capacity for this many tokens after the picture."""
        assert self.ids is not None
        return not isinstance(self.cache, StaticCache) or self.ids.shape[1] + tokens <= self.cache.get_max_length()

    def _keep_picture(self) -> None:
        more = -1 if self.ids is None else filled(self.cache) - self.ids.shape[1]
        if more < 0:  # stopped before the picture was finished
            self.ids = None
        elif isinstance(self.cache, StaticCache):
            refill(self.cache, filled(self.cache) - more)
        elif self.cache.is_croppable:
            self.cache.crop(-more)
        else:  # a sliding window forgets the beginning
            self.ids = None
