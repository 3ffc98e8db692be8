"""``coach bench features``: the article's way to a vision model's features of a game, and the coach's.

Both ways use the same weights on the frames of the same rollout, in turns, so that whatever else the machine does falls
on both alike. It is here and not in ``evaluation`` because models are only ever in the engine process and in training.
"""

import os
import platform
import time
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import torch
from PIL import Image
from torch import Tensor

from coach_app.domain.frame import shrink
from coach_app.engine.answering import model_inputs
from coach_app.engine.loader import VisionModel, load_vision
from coach_app.games.catalogue import showcase, teacher_of
from coach_app.games.images import action_names
from coach_app.games.profiles import profile_of
from coach_app.models.catalogue import resolve
from coach_app.qvalues.features import Features
from coach_app.training.q.arguments import preset

SEED = 500_000
ARTICLE_TOKENS = 50
_ENVIRONMENTS = 16
_ARTICLE_EVERY = 8


def bench_features(model: str, steps: int, say: Callable[[str], None]) -> dict[str, Any]:
    """Measure features per second on a rollout of the game that benchmarks show.

    Sixteen environments are played side by side on levels that come again, as in a training, and torch uses every
    core, as there. The coach's way makes the features of all sixteen frames of a step in one pass of the model, once
    with the cache and once without; the article's way generates 50 tokens for a frame. As that takes long, it is
    measured on every eighth frame only.

    Args:
        model: name or folder of the vision model.
        steps: frames of the rollout; rounded up to whole steps of all environments.
        say: told how far it is.

    Returns:
        ``article_per_s``, ``uncached_per_s``, ``single_per_s`` (no cache, frame by frame) and ``cached_per_s``:
        features per second; ``ratio_…``: how many times the article's; ``largest_difference`` between the article's
        logits and the coach's of the same frame; what was measured, on which machine.

    Raises:
        CoachError: the model is not there, or cannot be loaded.
    """
    entry = resolve(model)
    vision = load_vision(entry.path())
    prompt = profile_of(showcase().id).prompt

    def prepare(images: Any) -> Any:
        return model_inputs(vision, prompt, images)

    cached = Features(vision.model, prepare, batch=_ENVIRONMENTS)
    uncached = Features(vision.model, prepare, cache_bytes=0, batch=_ENVIRONMENTS)
    rounds = max(1, -(-steps // _ENVIRONMENTS))
    clock = _Clock()
    difference = 0.0
    for number, frames in enumerate(_rollout(rounds + 1)):
        frames = [shrink(frame, entry.input_side_px) for frame in frames]
        if number == 0:  # memory and kernels get prepared
            uncached.of(frames)
            article_logits(vision, prompt, frames[0])
            continue
        some = frames[number % _ARTICLE_EVERY :: _ARTICLE_EVERY]
        by_article: list[Tensor] = []
        ways: list[tuple[str, list[Image.Image], Callable[[list[Image.Image]], Any]]] = [
            ("article", some, lambda some: [article_logits(vision, prompt, frame) for frame in some]),
            ("uncached", frames, uncached.of),
            ("cached", frames, cached.of),
            ("single", some, lambda some: [uncached.of([frame]) for frame in some]),
        ]
        for way, seen, make in ways if number % 2 else reversed(ways):
            made = clock.measure(way, seen, make)
            if way == "article":
                by_article = made
        difference = max(difference, float((torch.cat(by_article) - uncached.forward(some)).abs().max()))
        if number % 5 == 0 or number == rounds:
            say(f"{number} of {rounds} steps of {_ENVIRONMENTS} frames: {clock}")
    speed = clock.per_second()
    return {
        "game": showcase().id,
        "model": entry.name,
        "width": cached.width,
        "frames": rounds * _ENVIRONMENTS,
        "batch": _ENVIRONMENTS,
        "article_tokens": ARTICLE_TOKENS,
        "article_frames": clock.counts["article"],
        **{f"{way}_per_s": round(per_s, 2) for way, per_s in speed.items()},
        **{f"ratio_{way}": round(speed[way] / speed["article"], 1) for way in ("cached", "uncached", "single")},
        "cache_hit_rate": round(cached.hits / (rounds * _ENVIRONMENTS), 3),
        "largest_difference": difference,
        "machine": _machine(),
    }


def article_logits(vision: VisionModel, prompt: str, image: Image.Image) -> Tensor:
    """Features as the article makes them: the first logits, (1, vocabulary), of 50 generated tokens."""
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


class _Clock:
    """Seconds and frames of each way."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self.counts: dict[str, int] = {}

    def measure(self, way: str, frames: list[Image.Image], make: Callable[[list[Image.Image]], Any]) -> Any:
        began = time.perf_counter()
        made = make(frames)
        self.seconds[way] = self.seconds.get(way, 0.0) + time.perf_counter() - began
        self.counts[way] = self.counts.get(way, 0) + len(frames)
        return made

    def per_second(self) -> dict[str, float]:
        return {way: self.counts[way] / seconds for way, seconds in sorted(self.seconds.items())}

    def __str__(self) -> str:
        return ", ".join(f"{way} {per_s:.1f}/s" for way, per_s in self.per_second().items())


def _rollout(rounds: int) -> Iterator[list[Image.Image]]:
    """Frames as the training of the shipped network sees them, once it plays well: environments side by side.

    There are as many levels for each frame as there, and as much is left to chance; all else is the teacher's, who
    stands in for the network.
    """
    game = showcase()
    best_moves = teacher_of(game)
    rng, plan = np.random.default_rng(SEED), preset(game.id)
    levels = max(1, rounds * _ENVIRONMENTS * plan.levels // plan.steps)
    envs = [game.make() for _ in range(_ENVIRONMENTS)]
    frames = [env.reset(seed=SEED + int(rng.integers(levels)))[0] for env in envs]
    for _ in range(rounds):
        yield [Image.fromarray(frame) for frame in frames]
        for at, env in enumerate(envs):
            names = action_names(env)
            best = names.index(sorted(best_moves(env))[0])
            move = int(rng.integers(len(names))) if rng.random() < plan.epsilon else best
            frames[at], _, terminated, truncated, _ = env.step(move)
            if terminated or truncated:
                frames[at], _ = env.reset(seed=SEED + int(rng.integers(levels)))


def _machine() -> str:
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    where = torch.cuda.get_device_name() if torch.cuda.is_available() else f"{usable} cores"
    threads = f"{torch.get_num_threads()} threads of torch {torch.__version__}"
    return f"{platform.system()} {platform.machine()}, {where}, {threads}"
