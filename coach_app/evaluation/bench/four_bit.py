"""``coach bench four-bit``: measures answers with packed and plain 4-bit weights on this CPU."""

import statistics
from collections.abc import Callable

from PIL import Image

from coach_app.domain.frame import shrink
from coach_app.engine.layouts import PACKED, USUAL, Layouts, all_layouts
from coach_app.engine.measuring import Figures
from coach_app.evaluation.bench.report import Report, Row
from coach_app.games.catalogue import showcase
from coach_app.games.profiles import profile_of

SEED = 500_000
TOKENS = 32
_SIDE_PX = 224


def bench_four_bit(runs: int, say: Callable[[str], None]) -> Report:
    """Measure a small LLaVA-NeXT with random weights in every layout of this CPU, alternately.

    Args:
        runs: answers in each layout, each about another picture.
        say: told how far it is.

    Returns:
        Medians over the runs for each layout; and the ratios of packed to plain weights, if this CPU supports packing.

    Raises:
        CoachError: a graphics card would be used.
    """
    with all_layouts(say) as layouts:
        figures: dict[str, list[Figures]] = {name: [] for name in layouts.names}
        for run in range(-1, runs):  # warm-up, which also packs the weights
            _ask_all(layouts, SEED + run + 1, figures if run >= 0 else None)
            if run >= 0:
                say(f"Run {run + 1} of {runs}: {_seconds(figures)}.")
        subject = {"game": showcase().id, "seed": SEED, "runs": runs, **layouts.subject}
        tokens = Row("picture", "tokens of the picture", layouts.picture_tokens())
    return Report(
        name="four-bit",
        subject=subject,
        rows=(tokens, *(row for name, found in figures.items() for row in _rows(name, found))),
        ratios=_ratios(figures) if PACKED in figures else (),
    )


def _ask_all(layouts: Layouts, seed: int, figures: dict[str, list[Figures]] | None) -> None:
    picture = shrink(Image.fromarray(showcase().make().reset(seed=seed)[0]), _SIDE_PX)
    for name in layouts.names:
        found = layouts.ask(name, profile_of(showcase().id).prompt, picture, TOKENS)
        if figures is not None:
            figures[name].append(found)


def _seconds(figures: dict[str, list[Figures]]) -> str:
    return "; ".join(f"{name} {found[-1].answer_ms / 1000:.1f} s" for name, found in figures.items())


def _medians(found: list[Figures]) -> dict[str, float]:
    return {
        "first word": statistics.median(each.first_word_ms for each in found),
        "each further token": statistics.median(1000 / each.tokens_per_s for each in found),
        "whole answer": statistics.median(each.answer_ms for each in found),
    }


def _rows(name: str, found: list[Figures]) -> list[Row]:
    return [Row(name, what, round(value, 1), "ms") for what, value in _medians(found).items()]


def _ratios(figures: dict[str, list[Figures]]) -> tuple[Row, ...]:
    packed, usual = _medians(figures[PACKED]), _medians(figures[USUAL])
    return tuple(Row("packed to usual", what, round(usual[what] / packed[what], 2), "×") for what in packed)
