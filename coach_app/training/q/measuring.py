"""Measures a vision model's features as the article computes them and as the coach does, with the same weights."""

from collections.abc import Callable, Sequence
from typing import Any

import torch
from PIL import Image
from torch import Tensor

from coach_app.domain.frame import shrink
from coach_app.engine.answering import model_inputs
from coach_app.engine.loader import VisionModel, load_vision
from coach_app.engine.measuring import torch_in_use
from coach_app.models.catalogue import ModelEntry
from coach_app.qvalues.features import Features

ARTICLE_TOKENS = 50


class FeatureWays:
    """The methods of computing features; each discards its results, except the article's latest ones.

    Args:
        entry: the vision model.
        prompt: prompt for every frame.
        batch: batch size of the coach's method.

    Raises:
        CoachError: the model cannot be loaded.
    """

    def __init__(self, entry: ModelEntry, prompt: str, batch: int) -> None:
        self._vision = load_vision(entry.path())
        self._side_px = entry.input_side_px
        self._prompt = prompt

        def prepare(images: Any) -> Any:
            return model_inputs(self._vision, prompt, images)

        self._cached = Features(self._vision.model, prepare, batch=batch)
        self._uncached = Features(self._vision.model, prepare, cache_bytes=0, batch=batch)
        self._by_article: list[Tensor] = []
        self.ways: dict[str, Callable[[Sequence[Image.Image]], None]] = {
            "article": self._article,
            "uncached": self._in_one_pass,
            "cached": self._from_cache,
            "single": self._one_by_one,
        }

    @property
    def subject(self) -> dict[str, Any]:
        """Description of the features and the hardware."""
        return {"width": self._cached.width, "article_tokens": ARTICLE_TOKENS, **torch_in_use()}

    @property
    def hits(self) -> int:
        """Number of cache hits."""
        return self._cached.hits

    def shrunk(self, frames: Sequence[Image.Image]) -> list[Image.Image]:
        """As the model is given them."""
        return [shrink(frame, self._side_px) for frame in frames]

    def difference(self, frames: Sequence[Image.Image]) -> float:
        """The maximum difference between the article's logits of its last frames, ``frames``, and the coach's."""
        return float((torch.cat(self._by_article) - self._uncached.forward(list(frames))).abs().max())

    def _article(self, frames: Sequence[Image.Image]) -> None:
        self._by_article = [article_logits(self._vision, self._prompt, frame) for frame in frames]

    def _in_one_pass(self, frames: Sequence[Image.Image]) -> None:
        self._uncached.of(list(frames))

    def _from_cache(self, frames: Sequence[Image.Image]) -> None:
        self._cached.of(list(frames))

    def _one_by_one(self, frames: Sequence[Image.Image]) -> None:
        for frame in frames:
            self._uncached.of([frame])


def article_logits(vision: VisionModel, prompt: str, image: Image.Image) -> Tensor:
    """Features by the article's method: the first logits, (1, vocabulary), of 50 generated tokens."""
    with torch.inference_mode():
        made = vision.model.generate(
            **model_inputs(vision, prompt, [image]),
            max_new_tokens=ARTICLE_TOKENS,
            min_new_tokens=ARTICLE_TOKENS,
            do_sample=False,
            num_beams=1,
            output_logits=True,
            return_dict_in_generate=True,
            pad_token_id=vision.processor.tokenizer.pad_token_id,
        )
    logits: Tensor = made.logits[0].float()
    return logits
