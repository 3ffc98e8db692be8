"""What a model has computed for the last picture, kept so that another question about it costs no second look."""

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
    """Keys and values of the last picture's tokens, and of what comes before them.

    Pictures come first in a prompt, so that all questions about one picture begin alike (prefix caching).

    Attributes:
        ids: (1, tokens) int64, the prompt up to the last token of the picture; None as long as nothing is kept of it.
        cache: to be given to the model, once ``begin`` was called for the picture.
    """

    def __init__(self) -> None:
        self._picture: tuple[Any, ...] = ()
        self.ids: torch.Tensor | None = None
        self.cache: Any = None

    @contextmanager
    def at(self, image: Image.Image, detail: Detail) -> Iterator["Look"]:
        """Look at a picture with a model of transformers; what was kept of another picture is given up.

        What the model adds behind the picture is taken away at the end, also where the answer was stopped.
        """
        picture = (detail, image.mode, image.size, image.tobytes())
        if picture != self._picture:
            self._picture, self.ids = picture, None
        try:
            yield self
        finally:
            self._keep_picture()

    def begin(self, input_ids: torch.Tensor, model: Any, alone: bool, answer_tokens: int = 0) -> int:
        """Keep what is about to be computed for a prompt, as far as its picture goes.

        Args:
            input_ids: (1, tokens) int64, the whole prompt.
            model: which computes it, into ``cache``.
            alone: see ``decoding.new_cache``.
            answer_tokens: how long the answer may become.

        Returns:
            so many tokens of the prompt are kept.
        """
        seen = int((input_ids[0] == model.config.image_token_id).nonzero().max()) + 1
        behind = input_ids.shape[1] - seen + answer_tokens
        self.cache = new_cache(model, seen + max(behind, _ROOM), alone, self.cache)
        self.ids = input_ids[:, :seen]
        return seen

    def has_room(self, tokens: int) -> bool:
        """Whether so many tokens behind the picture, which has been looked at, can be kept."""
        assert self.ids is not None
        return not isinstance(self.cache, StaticCache) or self.ids.shape[1] + tokens <= self.cache.get_max_length()

    def _keep_picture(self) -> None:
        more = -1 if self.ids is None else filled(self.cache) - self.ids.shape[1]
        if more < 0:  # stopped before the picture was done
            self.ids = None
        elif isinstance(self.cache, StaticCache):
            refill(self.cache, filled(self.cache) - more)
        elif self.cache.is_croppable:
            self.cache.crop(-more)
        else:  # of a kind that forgets its beginning
            self.ids = None
