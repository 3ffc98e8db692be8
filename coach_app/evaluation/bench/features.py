"""``coach bench features``: compares the article's method of computing a vision model's features with the coach's.

Both methods use the same weights on the frames of the same rollout, alternately, so that other load affects both alike.
"""

import time
from collections.abc import Callable, Iterator, Sequence

import numpy as np
from PIL import Image

from coach_app.evaluation.bench.report import Report, Row
from coach_app.games.catalogue import showcase, teacher_of
from coach_app.games.images import action_names
from coach_app.games.profiles import profile_of
from coach_app.models.catalogue import resolve
from coach_app.training.q.arguments import preset
from coach_app.training.q.measuring import FeatureWays

SEED = 500_000
ENVIRONMENTS = 16
_ARTICLE_EVERY = 8


def bench_features(model: str, steps: int, say: Callable[[str], None]) -> Report:
    """Measure features per second on a rollout of the showcase game.

    As in training, sixteen environments run in parallel on recurring levels, and torch uses every core. The coach's
    method computes the features of all sixteen frames of a step in one forward pass, with and without the cache; the
    article's method generates 50 tokens per frame. As that is slow, it is measured on every eighth frame only.

    Args:
        model: name or folder of the vision model.
        steps: frames of the rollout; rounded up to whole steps of all environments.
        say: told how far it is.

    Returns:
        Features per second by method: ``article``, ``uncached``, ``single`` (no cache, frame by frame), ``cached``; the
        ratios to the article's; the cache hits; and the maximum difference between the article's logits and the coach's
        for the same frame.

    Raises:
        CoachError: the model is missing or cannot be loaded.
    """
    entry = resolve(model)
    features = FeatureWays(entry, profile_of(showcase().id).prompt, ENVIRONMENTS)
    rounds = max(1, -(-steps // ENVIRONMENTS))
    clock = _Clock()
    difference = 0.0
    for number, pictures in enumerate(_rollout(rounds + 1)):
        frames = features.shrunk(pictures)
        if number == 0:  # warm-up
            features.ways["uncached"](frames)
            features.ways["article"](frames[:1])
            continue
        some = frames[number % _ARTICLE_EVERY :: _ARTICLE_EVERY]
        names = list(features.ways)
        for way in names if number % 2 else reversed(names):
            clock.measure(way, some if way in ("article", "single") else frames, features.ways[way])
        difference = max(difference, features.difference(some))
        if number % 5 == 0 or number == rounds:
            say(f"{number} of {rounds} steps of {ENVIRONMENTS} frames: {clock}")
    speed = clock.per_second()
    frames_seen = rounds * ENVIRONMENTS
    return Report(
        name="features",
        subject={
            "game": showcase().id,
            "seed": SEED,
            "model": entry.name,
            "frames": frames_seen,
            "batch": ENVIRONMENTS,
            "article_frames": clock.counts["article"],
            **features.subject,
        },
        rows=(
            *(Row(way, "features", round(per_s, 2), "/s") for way, per_s in speed.items()),
            Row("cached", "found in the cache", round(features.hits / frames_seen, 3), "share"),
            Row("all", "largest difference", difference),
        ),
        ratios=tuple(
            Row(f"{way} / article", "features", round(speed[way] / speed["article"], 1), "×")
            for way in ("cached", "uncached", "single")
        ),
    )


class _Clock:
    """Seconds and frames by method."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self.counts: dict[str, int] = {}

    def measure(self, way: str, frames: Sequence[Image.Image], make: Callable[[Sequence[Image.Image]], None]) -> None:
        began = time.perf_counter()
        make(frames)
        self.seconds[way] = self.seconds.get(way, 0.0) + time.perf_counter() - began
        self.counts[way] = self.counts.get(way, 0) + len(frames)

    def per_second(self) -> dict[str, float]:
        return {way: self.counts[way] / seconds for way, seconds in sorted(self.seconds.items())}

    def __str__(self) -> str:
        return ", ".join(f"{way} {per_s:.1f}/s" for way, per_s in self.per_second().items())


def _rollout(rounds: int) -> Iterator[list[Image.Image]]:
    """Frames as in the training of the bundled network once it plays well, from parallel environments.

    The number of levels per frame and the share of random moves match the training; the teacher stands in for the
    network.
    """
    game = showcase()
    best_moves = teacher_of(game)
    rng, plan = np.random.default_rng(SEED), preset(game.id)
    levels = max(1, rounds * ENVIRONMENTS * plan.levels // plan.steps)
    envs = [game.make() for _ in range(ENVIRONMENTS)]
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
