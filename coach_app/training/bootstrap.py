"""Whether a difference is more than chance."""

from collections.abc import Sequence

import numpy as np

_RESAMPLES = 10_000


def improvement(
    before: Sequence[float], after: Sequence[float], seeds: Sequence[int], seed: int = 0
) -> tuple[float, float, float]:
    """The mean improvement with its 95 % interval, by a paired bootstrap over episodes (Efron 1979).

    Args:
        before, after: scores of the same questions.
        seeds: the episode of each.
        seed: of the resampling.
    """
    episodes = sorted(set(seeds))
    numbers = {episode: number for number, episode in enumerate(episodes)}
    gained, count = np.zeros(len(episodes)), np.zeros(len(episodes))
    for old, new, episode in zip(before, after, seeds, strict=True):
        gained[numbers[episode]] += new - old
        count[numbers[episode]] += 1
    drawn = np.random.default_rng(seed).integers(len(episodes), size=(_RESAMPLES, len(episodes)))
    means = gained[drawn].sum(1) / count[drawn].sum(1)
    low, high = np.quantile(means, [0.025, 0.975])
    return float(gained.sum() / count.sum()), float(low), float(high)
