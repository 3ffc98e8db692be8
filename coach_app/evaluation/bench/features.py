"""``coach bench features``: the article's way to a vision model's features of a game, and the coach's.

Both ways use the same weights on the frames of the same rollout, in turns, so that whatever else the machine does falls
on both alike.
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
        Features per second of each way: ``article``, ``uncached``, ``single`` (no cache, frame by frame), ``cached``;
        how many times the article's they are; how often the cache had them; and the largest difference between the
        article's logits and the coach's of the same frame.

    Raises:
        CoachError: the model is not there, or cannot be loaded.
    """
    entry = resolve(model)
    features = FeatureWays(entry, profile_of(showcase().id).prompt, ENVIRONMENTS)
    rounds = max(1, -(-steps // ENVIRONMENTS))
    clock = _Clock()
    difference = 0.0
    for number, pictures in enumerate(_rollout(rounds + 1)):
        frames = features.shrunk(pictures)
        if number == 0:  # memory and kernels get prepared
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
    """Seconds and frames of each way."""

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
    """Frames as the training of the shipped network sees them, once it plays well: environments side by side.

    There are as many levels for each frame as there, and as much is left to chance; all else is the teacher's, who
    stands in for the network.
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
