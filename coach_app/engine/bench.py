"""``coach bench engine``: an answer as the article makes it against the coach's, by the same weights, in turns.

The article's way: processor, ``generate``, the whole answer decoded and shown at its end; nothing is kept for the next
question. Both ways are given the same pictures, cut into the same squares, and torch has the same threads.
"""

import os
import platform
import statistics
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
from coach_app.domain.frame import shrink
from coach_app.domain.words import plain
from coach_app.engine.answering import answer, model_inputs, warm_up
from coach_app.engine.loader import VisionModel, load_processor, load_vision, use_cores
from coach_app.engine.random_weights import llava_next_7b, write_random
from coach_app.engine.tiles import cut, only_whole
from coach_app.games.catalogue import showcase
from coach_app.games.profiles import profile_of
from coach_app.models.catalogue import resolve
from coach_app.models.fit import ANSWER_TOKENS, PROCESS_BYTES, PROMPT_TOKENS, memory_for
from coach_app.models.memory import Memory, memory_of

SEED = 500_000
FOLLOW_UP = "Where is the hole"
MAX_NEW_TOKENS = 100
"""As many as the article's 4.9 seconds are for."""
SHAPES = {"7b": (llava_next_7b, "llava-v1.6-mistral-7b")}
"""Dimensions, and the model of the catalogue that has them."""


@dataclass
class _Clock:
    """When the tokens of one answer came, and what memory was taken then."""

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

    def figures(self, tokens: int, text: str, first_word_ms: float | None = None) -> "_Figures":
        """Of an answer that has just ended; the tokens' stamps are the last ones."""
        whole_ms = ms_since(self.began_at)
        came = self.stamps[-tokens:]
        per_s = (tokens - 1) / (came[-1] - came[0]) if tokens > 1 else 0.0
        return _Figures(
            whole_ms if first_word_ms is None else first_word_ms, whole_ms, tokens, per_s, self.memory_bytes, text
        )


@dataclass(frozen=True)
class _Figures:
    first_word_ms: float
    answer_ms: float
    tokens: int
    tokens_per_s: float
    peak_memory_bytes: int
    text: str


class _Stamps(BaseStreamer):
    """Only looks at the clock, so that the article's way is not slowed down."""

    def __init__(self, clock: _Clock) -> None:
        self._clock = clock

    def put(self, value: torch.Tensor) -> None:
        self._clock.stamp()

    def end(self) -> None:
        pass


def bench_engine(model: str, shape: str, runs: int, say: Callable[[str], None]) -> dict[str, Any]:
    """Measure both ways at every detail that the model knows.

    Args:
        model: name or folder of a vision model; on a card its language model gets 4 bits.
        shape: measure random weights of these dimensions instead: a key of ``SHAPES``; empty measures ``model``.
        runs: answers of each way at each detail, each about another picture.
        say: told how far it is.

    Returns:
        For each detail, medians over the runs: of the article's way and the coach's ``first_word_ms``, ``answer_ms``,
        ``tokens_per_s`` (between the first token and the last) and ``peak_memory_bytes`` (of a card's memory; without
        one of the process's), ``follow_up_first_word_ms`` (another question about the same picture),
        ``looked_ahead_first_word_ms`` (a question about a new picture that was looked at before it was asked, as
        while somebody writes it), and their ratios; and what was measured on which machine.

    Raises:
        CoachError: the model is not there or cannot be loaded, or the shape needs a card that is not there.
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
        levels = [_level(plain, vision, memory, detail, runs, say) for detail in memory.details]
    return {
        "model": name,
        "bits": 4 if on_card else 32,
        "load_ms": round(load_ms),
        "runs": runs,
        "max_new_tokens": MAX_NEW_TOKENS,
        "details": levels,
        "machine": machine(),
        "load_average": [round(load, 1) for load in psutil.getloadavg()],
    }


def _plain(vision: VisionModel, folder: Path) -> VisionModel:
    """The same model as it comes; loaded once more only where its weights were laid out anew."""
    if vision.forward is not vision.model:
        return load_vision(folder, quick=False)
    return replace(vision, processor=load_processor(folder, vision.model.config))


@contextmanager
def _checkpoint(model: str, shape: str, say: Callable[[str], None]) -> Iterator[tuple[str, Path]]:
    if not shape:
        entry = resolve(model)
        yield entry.name, entry.path()
        return
    if shape not in SHAPES:
        raise CoachError(f"“{shape}” is no shape that can be measured.", f"Known shapes: {', '.join(SHAPES)}.")
    config, like = SHAPES[shape]
    require_card(like)
    with tempfile.TemporaryDirectory(prefix="coach-bench-") as temporary:
        folder = Path(temporary) / "model"
        write_random(folder, config(), say)
        yield f"random weights of the dimensions of {like}", folder


def require_card(like: str) -> None:
    """Refuse where there is no card for a model in 4 bits with the finest pictures.

    Raises:
        CoachError: naming the memory that is needed.
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


def _level(
    plain: VisionModel, vision: VisionModel, memory: Memory, detail: Detail, runs: int, say: Callable[[str], None]
) -> dict[str, Any]:
    prompt = profile_of(showcase().id).prompt
    side = 336 * memory.enlargement(detail)
    article: list[_Figures] = []
    coach: list[_Figures] = []
    follow: list[_Figures] = []
    ahead: list[_Figures] = []
    for run in range(-1, runs):  # the first one prepares memory and kernels
        picture, shown = (
            _picture(seed, side, square=len(memory.details) > 1) for seed in (SEED + run, SEED + runs + run + 1)
        )
        if run % 2:
            by_article = as_the_article(plain, prompt, picture, detail)
        by_coach = as_the_coach(vision, prompt, picture, detail)
        further = as_the_coach(vision, FOLLOW_UP, picture, detail)
        answer(vision, "", shown, 0, lambda words: None, lambda: False, detail)
        looked = as_the_coach(vision, prompt, shown, detail)
        if not run % 2:
            by_article = as_the_article(plain, prompt, picture, detail)
        if run < 0:
            continue
        article.append(by_article)
        coach.append(by_coach)
        follow.append(further)
        ahead.append(looked)
        say(
            f"{detail} pictures, run {run + 1} of {runs}: {by_article.answer_ms:.0f} ms as the article does; "
            f"first word {by_coach.first_word_ms:.0f} ms, of a further question {further.first_word_ms:.0f} ms, "
            f"of one about a picture looked at before {looked.first_word_ms:.0f} ms."
        )
    theirs, ours = _medians(article), _medians(coach)
    further_ms = round(statistics.median(figures.first_word_ms for figures in follow), 1)
    ahead_ms = round(statistics.median(figures.first_word_ms for figures in ahead), 1)
    assert vision.look.ids is not None
    return {
        "detail": detail,
        "picture_px": list(picture.size),
        "picture_tokens": int((vision.look.ids == vision.model.config.image_token_id).sum()),
        "article": theirs,
        "coach": ours | {"follow_up_first_word_ms": further_ms, "looked_ahead_first_word_ms": ahead_ms},
        "ratios": {
            "first_word": round(theirs["answer_ms"] / ours["first_word_ms"], 1),
            "looked_ahead_first_word": round(theirs["answer_ms"] / ahead_ms, 1),
            "answer": round(theirs["answer_ms"] / ours["answer_ms"], 2),
            "tokens_per_s": round(ours["tokens_per_s"] / max(theirs["tokens_per_s"], 1e-9), 2),
            "follow_up_first_word": round(ours["first_word_ms"] / further_ms, 1),
        },
        "same_answers": sum(a.text == b.text for a, b in zip(article, coach, strict=True)),
    }


def as_the_article(vision: VisionModel, prompt: str, picture: Image.Image, detail: Detail) -> _Figures:
    """One answer by plain ``generate`` and the processor as it comes; its first word is seen when all of it is."""
    tokenizer, clock = vision.processor.tokenizer, _Clock(vision.model.device)
    with torch.inference_mode(), cut(vision.model, vision.processor, detail):
        inputs = model_inputs(vision, prompt, [picture])
        only_whole(inputs, vision.model)
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


def as_the_coach(vision: VisionModel, prompt: str, picture: Image.Image, detail: Detail) -> _Figures:
    """One answer as the engine gives it; the last picture is remembered."""
    clock = _Clock(vision.model.device)

    def stopped() -> bool:
        clock.stamp()
        return False

    said = answer(vision, prompt, picture, MAX_NEW_TOKENS, lambda words: None, stopped, detail)
    return clock.figures(said.tokens, said.text, said.first_word_ms)


def machine() -> str:
    """Where it was measured."""
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    where = torch.cuda.get_device_name() if torch.cuda.is_available() else f"{usable} cores"
    threads = f"{torch.get_num_threads()} threads of torch {torch.__version__}"
    return f"{platform.system()} {platform.machine()}, {where}, {threads}"


def _picture(seed: int, side: int, square: bool) -> Image.Image:
    """A picture of the game; a square one where its shape decides about the squares that it is cut into."""
    frame = Image.fromarray(showcase().make().reset(seed=seed)[0])
    return frame.resize((side, side)) if square else shrink(frame, side)


def _medians(figures: list[_Figures]) -> dict[str, Any]:
    def median(name: str) -> float:
        return float(statistics.median(getattr(each, name) for each in figures))

    return {
        "first_word_ms": round(median("first_word_ms"), 1),
        "answer_ms": round(median("answer_ms"), 1),
        "tokens": round(median("tokens"), 1),
        "tokens_per_s": round(median("tokens_per_s"), 1),
        "peak_memory_bytes": round(max(each.peak_memory_bytes for each in figures)),
    }
