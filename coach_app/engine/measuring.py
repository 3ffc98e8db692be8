"""Measures time and memory of an answer as the article generates it and as the coach does, with the same weights.

The article's method: processor, ``generate``, the whole answer decoded and shown at the end; nothing is cached for the
next question. Both methods get the same pictures, cut into the same tiles, and the same number of torch threads.
"""

import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import psutil
import torch
from PIL import Image
from transformers.generation.streamers import BaseStreamer

from coach_app.domain.detail import Detail
from coach_app.domain.elapsed import ms_since
from coach_app.domain.errors import CoachError
from coach_app.domain.words import plain
from coach_app.engine.answering import answer, model_inputs, warm_up
from coach_app.engine.loader import VisionModel, load_processor, load_vision, use_cores
from coach_app.engine.random_weights import llava_next_7b, write_random
from coach_app.models.catalogue import resolve
from coach_app.models.fit import ANSWER_TOKENS, PROCESS_BYTES, PROMPT_TOKENS, memory_for
from coach_app.models.memory import Memory, memory_of

SEED = 500_000
MAX_NEW_TOKENS = 100
"""As many as the article's 4.9 seconds are for."""
SHAPES = {"7b": (llava_next_7b, "llava-v1.6-mistral-7b")}
"""Dimensions, and the model of the catalogue that has them."""


@dataclass
class _Clock:
    """Records when the tokens of an answer were generated, and the memory used."""

    device: torch.device
    began_at: float = field(default_factory=time.perf_counter)
    stamps: list[float] = field(default_factory=list)
    memory_bytes: int = 0

    def __post_init__(self) -> None:
        if self.device.type == "cuda":
            torch.cuda.reset_peak_memory_stats(self.device)

    def stamp(self) -> None:
        self.stamps.append(time.perf_counter())
        if self.device.type == "cuda":
            self.memory_bytes = torch.cuda.max_memory_allocated(self.device)
        else:
            self.memory_bytes = max(self.memory_bytes, psutil.Process().memory_info().rss)

    def figures(self, tokens: int, text: str, first_word_ms: float | None = None) -> "Figures":
        """The measurements of an answer that has just ended."""
        whole_ms = ms_since(self.began_at)
        came = self.stamps[-tokens:]
        per_s = (tokens - 1) / (came[-1] - came[0]) if tokens > 1 else 0.0
        return Figures(
            whole_ms if first_word_ms is None else first_word_ms, whole_ms, tokens, per_s, self.memory_bytes, text
        )


@dataclass(frozen=True)
class Figures:
    """Measurements of one answer.

    Attributes:
        first_word_ms: time until its first word was visible.
        answer_ms: time until all of it was visible.
        tokens: number of tokens of the answer.
        tokens_per_s: rate between the first and the last token.
        peak_memory_bytes: peak memory of the card, or without one of the process.
        text: the answer.
    """

    first_word_ms: float
    answer_ms: float
    tokens: int
    tokens_per_s: float
    peak_memory_bytes: int
    text: str


class _Stamps(BaseStreamer):
    """Only reads the clock, so that the article's method is not slowed down."""

    def __init__(self, clock: _Clock) -> None:
        self._clock = clock

    def put(self, value: torch.Tensor) -> None:
        self._clock.stamp()

    def end(self) -> None:
        pass


@dataclass
class Ways:
    """A model loaded for both methods.

    Attributes:
        name: name of the model.
        bits: bits per weight of its language model.
        load_ms: time for loading it and for the first answer.
        memory: its memory requirements, from its files.
    """

    name: str
    bits: int
    load_ms: float
    memory: Memory
    _plain: VisionModel
    _vision: VisionModel

    @property
    def subject(self) -> dict[str, Any]:
        """Description of the model and the hardware."""
        return {
            "model": self.name,
            "bits": self.bits,
            "max_new_tokens": MAX_NEW_TOKENS,
            "load_average": [round(load, 1) for load in psutil.getloadavg()],
            **torch_in_use(),
        }

    def article(self, prompt: str, picture: Image.Image, detail: Detail) -> Figures:
        """One answer by the article's method."""
        return as_the_article(self._plain, prompt, picture, detail)

    def coach(self, prompt: str, picture: Image.Image, detail: Detail) -> Figures:
        """One answer by the coach's method."""
        return as_the_coach(self._vision, prompt, picture, detail)

    def look_ahead(self, picture: Image.Image, detail: Detail) -> None:
        """Encode a picture before anything is asked about it, as while the player is typing."""
        answer(self._vision, "", picture, 0, lambda words: None, lambda: False, detail)

    def picture_tokens(self) -> int:
        """Number of tokens of the last picture in the coach's method."""
        assert self._vision.look.ids is not None
        return int((self._vision.look.ids == self._vision.model.config.image_token_id).sum())


@contextmanager
def both_ways(model: str, shape: str, say: Callable[[str], None]) -> Iterator[Ways]:
    """Load a model for both methods.

    Args:
        model: name or folder of a vision model; on a card its language model gets 4 bits.
        shape: key of ``SHAPES`` for random weights with these dimensions instead; empty for ``model``.
        say: told how far it is.

    Raises:
        CoachError: the model is missing or cannot be loaded, or the shape needs a card and there is none.
    """
    use_cores()
    on_card = torch.cuda.is_available()
    with _checkpoint(model, shape, say) as (name, folder):
        memory = memory_of(folder, "vision")
        began = time.perf_counter()
        vision = load_vision(folder, four_bit=on_card)
        plain = _plain(vision, folder)
        warm_up(vision)
        load_ms = ms_since(began)
        say(f"{name} is loaded.")
        yield Ways(name, 4 if on_card else 32, load_ms, memory, plain, vision)


def torch_in_use() -> dict[str, Any]:
    """Description of torch and the hardware."""
    return {"torch": torch.__version__, "threads": torch.get_num_threads(), "on_card": torch.cuda.is_available()}


def _plain(vision: VisionModel, folder: Path) -> VisionModel:
    """The unoptimised model; loaded again only if its weights were given a new layout."""
    if vision.forward is not vision.model:
        return load_vision(folder, quick=False)
    return replace(vision, processor=load_processor(folder, vision.model.config, quick=False))


@contextmanager
def _checkpoint(model: str, shape: str, say: Callable[[str], None]) -> Iterator[tuple[str, Path]]:
    if not shape:
        entry = resolve(model)
        yield entry.name, entry.path()
        return
    if shape not in SHAPES:
        raise CoachError(f"“{shape}” is not a shape that can be measured.", f"Known shapes: {', '.join(SHAPES)}.")
    config, like = SHAPES[shape]
    require_card(like)
    with tempfile.TemporaryDirectory(prefix="coach-bench-") as temporary:
        folder = Path(temporary) / "model"
        write_random(folder, config(), say)
        yield f"random weights of the dimensions of {like}", folder


def require_card(like: str) -> None:
    """Raise if there is no card for a model in 4 bits with the finest pictures.

    Raises:
        CoachError: there is none; the sentence states the memory needed.
    """
    memory = memory_for(resolve(like))
    assert memory is not None
    tokens = memory.picture_tokens("full") + PROMPT_TOKENS + ANSWER_TOKENS
    needed = memory.weights(4) + tokens * memory.token + PROCESS_BYTES
    free = torch.cuda.mem_get_info()[0] if torch.cuda.is_available() else 0
    if free < needed:
        raise CoachError(
            f"This needs a graphics card with CUDA and {needed / 1e9:.1f} GB of free memory.",
            "Run it on a computer with one; without --shape the coach that answers here is measured.",
        )


def as_the_article(vision: VisionModel, prompt: str, picture: Image.Image, detail: Detail) -> Figures:
    """One answer by plain ``generate`` and the standard processor; its first word is visible only at the end."""
    tokenizer, clock = vision.processor.tokenizer, _Clock(vision.model.device)
    with torch.inference_mode(), vision.family.cut(vision.model, vision.processor, detail):
        inputs = model_inputs(vision, prompt, [picture])
        made = vision.model.generate(
            **inputs,
            max_new_tokens=MAX_NEW_TOKENS,
            do_sample=False,
            num_beams=1,
            pad_token_id=tokenizer.pad_token_id,
            streamer=_Stamps(clock),
        )
        new = made[0, inputs["input_ids"].shape[1] :]
        text = tokenizer.decode(new, skip_special_tokens=True, clean_up_tokenization_spaces=False)
    return clock.figures(len(new), plain(text))


def as_the_coach(
    vision: VisionModel, prompt: str, picture: Image.Image, detail: Detail, max_new_tokens: int | None = None
) -> Figures:
    """One answer as the engine generates it, with the last picture cached."""
    clock = _Clock(vision.model.device)

    def stopped() -> bool:
        clock.stamp()
        return False

    result = answer(vision, prompt, picture, max_new_tokens or MAX_NEW_TOKENS, lambda words: None, stopped, detail)
    return clock.figures(result.tokens, result.text, result.first_word_ms)
