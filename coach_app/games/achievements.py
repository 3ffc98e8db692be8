"""How far somebody gets in a game with achievements."""

import math
import statistics
from collections.abc import Iterable


def achievement_score(rates: Iterable[float]) -> float:
    """The score of success rates in per cent: exp of the mean of ln(1 + rate), minus 1 (Hafner 2021, arXiv:2109.06780).

    Args:
        rates: how often each achievement was reached, 0 to 1.
    """
    return round(math.expm1(statistics.fmean(math.log1p(100 * rate) for rate in rates)), 2)


def entropy_bits(counts: Iterable[int]) -> float:
    """The entropy of the frequencies of moves, rounded to 1e-3."""
    counted = [count for count in counts if count]
    whole = sum(counted)
    return round(sum(count / whole * math.log2(whole / count) for count in counted), 3)
