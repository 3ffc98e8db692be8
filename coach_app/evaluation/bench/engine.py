"""``coach bench engine``: compares answers by the article's method and the coach's, with the same weights,
alternately."""

import statistics
from collections.abc import Callable
from dataclasses import dataclass, field

from PIL import Image

from coach_app.domain.detail import Detail
from coach_app.domain.frame import shrink
from coach_app.engine.measuring import Figures, Ways, both_ways
from coach_app.evaluation.bench.report import Report, Row
from coach_app.games.catalogue import showcase
from coach_app.games.profiles import profile_of

SEED = 500_000
FOLLOW_UP = "Where am I"


@dataclass
class _Level:
    """Measurements at one detail."""

    detail: Detail
    picture_tokens: int = 0
    article: list[Figures] = field(default_factory=list)
    coach: list[Figures] = field(default_factory=list)
    follow_up: list[Figures] = field(default_factory=list)
    looked_ahead: list[Figures] = field(default_factory=list)


def bench_engine(model: str, shape: str, runs: int, say: Callable[[str], None]) -> Report:
    """Measure both methods at every detail of the model.

    Args:
        model: name or folder of a vision model; on a card its language model gets 4 bits.
        shape: key of ``SHAPES`` for random weights with these dimensions instead; empty for ``model``.
        runs: answers by each method at each detail, each about another picture.
        say: told how far it is.

    Returns:
        For each detail, medians over the runs for both methods; for the coach also the first word for another question
        about the same picture (``further question``), and for a question about a picture that was encoded in advance,
        as while the player is typing (``looked at before``); and their ratios.

    Raises:
        CoachError: the model is missing or cannot be loaded, or the shape needs a card and there is none.
    """
    with both_ways(model, shape, say) as ways:
        levels = [_level(ways, detail, runs, say) for detail in ways.memory.details]
        subject = {"game": showcase().id, "seed": SEED, "runs": runs, **ways.subject}
        loading = Row("model", "loading and first answer", round(ways.load_ms), "ms")
    return Report(
        name="engine",
        subject=subject,
        rows=(loading, *(row for level in levels for row in _rows(level))),
        ratios=tuple(row for level in levels for row in _ratios(level)),
    )


def _level(ways: Ways, detail: Detail, runs: int, say: Callable[[str], None]) -> _Level:
    prompt = profile_of(showcase().id).prompt
    side = 336 * ways.memory.enlargement(detail)
    level = _Level(detail)
    for run in range(-1, runs):  # warm-up
        picture, shown = (
            _picture(seed, side, square=len(ways.memory.details) > 1) for seed in (SEED + run, SEED + runs + run + 1)
        )
        if run % 2:
            by_article = ways.article(prompt, picture, detail)
        by_coach = ways.coach(prompt, picture, detail)
        further = ways.coach(FOLLOW_UP, picture, detail)
        ways.look_ahead(shown, detail)
        looked = ways.coach(prompt, shown, detail)
        if not run % 2:
            by_article = ways.article(prompt, picture, detail)
        if run < 0:
            continue
        level.article.append(by_article)
        level.coach.append(by_coach)
        level.follow_up.append(further)
        level.looked_ahead.append(looked)
        say(
            f"{detail} pictures, run {run + 1} of {runs}: {by_article.answer_ms:.0f} ms as the article does; "
            f"first word {by_coach.first_word_ms:.0f} ms, of a further question {further.first_word_ms:.0f} ms, "
            f"of one about a picture looked at before {looked.first_word_ms:.0f} ms."
        )
    level.picture_tokens = ways.picture_tokens()
    return level


def _picture(seed: int, side: int, square: bool) -> Image.Image:
    """A picture of the game; square if its shape would affect the number of tiles."""
    frame = Image.fromarray(showcase().make().reset(seed=seed)[0])
    return frame.resize((side, side)) if square else shrink(frame, side)


def _rows(level: _Level) -> list[Row]:
    same = sum(a.text == b.text for a, b in zip(level.article, level.coach, strict=True))
    coach = f"{level.detail}, coach"
    return [
        Row(level.detail, "tokens of the picture", level.picture_tokens),
        Row(level.detail, "same answers", same),
        *_way(f"{level.detail}, article", level.article),
        *_way(coach, level.coach),
        Row(coach, "first word, further question", _first_word_ms(level.follow_up), "ms"),
        Row(coach, "first word, looked at before", _first_word_ms(level.looked_ahead), "ms"),
    ]


def _way(of: str, figures: list[Figures]) -> list[Row]:
    answer_ms = statistics.median(each.answer_ms for each in figures)
    tokens = statistics.median(each.tokens for each in figures)
    tokens_per_s = statistics.median(each.tokens_per_s for each in figures)
    memory_gb = max(each.peak_memory_bytes for each in figures) / 1e9
    return [
        Row(of, "first word", _first_word_ms(figures), "ms"),
        Row(of, "whole answer", round(answer_ms, 1), "ms"),
        Row(of, "tokens", round(tokens, 1)),
        Row(of, "speed", round(tokens_per_s, 1), "tokens/s"),
        Row(of, "peak memory", round(memory_gb, 3), "GB"),
    ]


def _ratios(level: _Level) -> list[Row]:
    article_ms = statistics.median(each.answer_ms for each in level.article)
    coach_ms = statistics.median(each.answer_ms for each in level.coach)
    article_speed, coach_speed = (
        statistics.median(each.tokens_per_s for each in way) for way in (level.article, level.coach)
    )
    first_ms = _first_word_ms(level.coach)
    ratios = {
        "first word": article_ms / first_ms,
        "first word, looked at before": article_ms / _first_word_ms(level.looked_ahead),
        "whole answer": article_ms / coach_ms,
        "speed": coach_speed / max(article_speed, 1e-9),
        "first word, further question to first": first_ms / _first_word_ms(level.follow_up),
    }
    return [Row(level.detail, name, round(value, 2), "×") for name, value in ratios.items()]


def _first_word_ms(figures: list[Figures]) -> float:
    return round(statistics.median(each.first_word_ms for each in figures), 1)
