"""How well questions about a game are answered: the base against an adapter, with and without passages of guides."""

import random
import statistics
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from coach_app.advisor.text import MAX_NEW_TOKENS, TextAnswer, open_text_advisor, resolve_adapter
from coach_app.host.client import EngineClient
from coach_app.knowledge.prompt import build_prompt, without_marks
from coach_app.models.catalogue import base_of
from coach_app.training.tips.pairs import Pair, read_pairs, shipped_pairs

Report = Callable[[str], None]
Asked = Callable[[str], Awaitable[TextAnswer]]
_GRAM = 4


class TipsScore(BaseModel):
    """What came of all questions, asked in one way. Shares are from 0 to 1.

    Attributes:
        who: ``base`` or ``adapter``.
        passages: whether passages of the guides were in the prompt.
        facts: share of the questions' key facts that the answers have.
        facts_own_words: the same, where an answer that was replaced by a quotation has none.
        source_right: share of the questions whose section was cited first; None without passages.
        source_among: share of those whose section was cited at all.
        quoted: share of the answers that were replaced by the guide's own words.
        bleed: share of the answers that go on with a next question.
        repetition: mean share of an answer's runs of four words that it had said before.
        first_word_ms: median time to the first word.
        answer_ms: median time to the last one.
    """

    who: str
    passages: bool
    facts: float
    facts_own_words: float
    source_right: float | None
    source_among: float | None
    quoted: float
    bleed: float
    repetition: float
    first_word_ms: float
    answer_ms: float


class TipsReport(BaseModel):
    """All ways to ask, on the same questions."""

    adapter: str
    base: str
    questions: int
    scores: tuple[TipsScore, ...]


async def bench_tips(
    adapter: str, game: str, count: int, seed: int, report: Report, data: Path | None = None
) -> TipsReport:
    """Ask questions that no adapter was trained on.

    Args:
        adapter: its name or folder.
        game: whose guides are searched.
        count: at most so many of the held-out questions.
        seed: of their choice.
        report: told of the progress.
        data: questions and answers as JSON lines; None is the shipped set of the game.

    Raises:
        CoachError: the adapter or the questions cannot be used.
    """
    pairs = [pair for pair in read_pairs(data or shipped_pairs(game)) if pair.split == "held-out"]
    pairs = random.Random(seed).sample(pairs, min(count, len(pairs)))
    entry = resolve_adapter(adapter)
    base = base_of(entry)
    scores = []
    async with EngineClient() as client:
        for who, name, folder in (("base", base.name, None), ("adapter", adapter, entry.path())):
            advisor = await open_text_advisor(client, game, name)

            async def alone(question: str, folder: Path | None = folder) -> TextAnswer:
                began, words = time.perf_counter(), list[float]()
                said = await client.ask_text(
                    build_prompt(question), folder, lambda _: words.append(time.perf_counter()), MAX_NEW_TOKENS
                )
                first = (words[0] if words else time.perf_counter()) - began
                text = without_marks(said.text)
                return TextAnswer(text, (), "", "", False, said.tokens, first * 1000, said.latency_ms)

            ways: tuple[tuple[bool, Asked], ...] = ((True, advisor.answer), (False, alone))
            for passages, ask in ways:
                answers = []
                for number, pair in enumerate(pairs, 1):
                    answers.append(await ask(pair.question))
                    if number % 20 == 0:
                        report(f"{who}, {'with' if passages else 'without'} passages: {number} of {len(pairs)}")
                scores.append(score(who, passages, pairs, answers))
    return TipsReport(adapter=entry.name, base=base.name, questions=len(pairs), scores=tuple(scores))


def score(who: str, passages: bool, pairs: Sequence[Pair], answers: Sequence[TextAnswer]) -> TipsScore:
    """What came of questions that were asked in one way."""
    both = list(zip(pairs, answers, strict=True))
    facts = sum(len(pair.facts) for pair in pairs) or 1
    had = [(answer, sum(_plain(fact) in _plain(answer.text) for fact in pair.facts)) for pair, answer in both]
    cited = [[section.id for section in answer.sources] for answer in answers]
    count = len(both) or 1
    return TipsScore(
        who=who,
        passages=passages,
        facts=sum(found for _, found in had) / facts,
        facts_own_words=sum(found for answer, found in had if not answer.quoted) / facts,
        source_right=sum(ids[:1] == [pair.section] for ids, pair in zip(cited, pairs, strict=True)) / count
        if passages
        else None,
        source_among=sum(pair.section in ids for ids, pair in zip(cited, pairs, strict=True)) / count
        if passages
        else None,
        quoted=sum(answer.quoted for answer in answers) / count,
        bleed=sum("Q:" in answer.text for answer in answers) / count,
        repetition=statistics.fmean(repetition(answer.text) for answer in answers),
        first_word_ms=statistics.median(answer.first_word_ms for answer in answers),
        answer_ms=statistics.median(answer.latency_ms for answer in answers),
    )


def _plain(text: str) -> str:
    """As facts are compared: a dash-dance is a dash dance."""
    return text.casefold().replace("-", " ")


def repetition(text: str) -> float:
    """The share of a text's runs of four words that are in it before."""
    words = text.casefold().split()
    grams = Counter(tuple(words[at : at + _GRAM]) for at in range(len(words) - _GRAM + 1))
    return sum(times - 1 for times in grams.values()) / max(1, sum(grams.values()))


def table(report: TipsReport) -> list[dict[str, Any]]:
    """Rows of a table for people."""
    rows = []
    for way in report.scores:
        share = {name: getattr(way, name) for name in ("facts", "source_right", "quoted", "bleed", "repetition")}
        texts = {name: "-" if value is None else f"{value:.1%}" for name, value in share.items()}
        asked = f"{way.who}, {'with' if way.passages else 'without'} passages"
        rows.append({"asked": asked, **texts, "first word": f"{way.first_word_ms:.0f} ms"})
    return rows
