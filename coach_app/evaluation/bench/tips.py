"""``coach bench tips``: compares answers to game questions by base model and adapter, with and without passages."""

import json
import random
import statistics
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path

import psutil

from coach_app.advisor.text import MAX_NEW_TOKENS, TextAnswer, open_text_advisor, resolve_adapter
from coach_app.desktop.files import write_atomically
from coach_app.domain.errors import CoachError
from coach_app.domain.sampling import GREEDY
from coach_app.evaluation.bench.report import Report, Row
from coach_app.host.client import EngineClient
from coach_app.knowledge.prompt import build_chat, build_prompt
from coach_app.models.bases import base_of
from coach_app.training.tips.pairs import Pair, read_pairs, shipped_pairs

Say = Callable[[str], None]
Asked = Callable[[str], Awaitable[TextAnswer]]
_GRAM = 4


async def bench_tips(
    adapter: str,
    game: str,
    count: int,
    seed: int,
    say: Say,
    data: Path | None = None,
    kept: Path | None = None,
    only_adapter: bool = False,
) -> Report:
    """Ask questions that no adapter was trained on.

    Args:
        adapter: its name or folder.
        game: the game whose guides are searched.
        count: maximum number of held-out questions.
        seed: seed of their choice.
        say: told how far it is.
        data: questions and answers as JSON lines; None for the bundled set of the game.
        kept: file for the answers with passages, as JSON lines, to be checked or read; None keeps none.
        only_adapter: ask only the adapter, with passages, as the app does.

    Raises:
        CoachError: the adapter or the questions cannot be used.
    """
    pairs = [pair for pair in read_pairs(data or shipped_pairs(game)) if pair.split == "held-out"]
    pairs = random.Random(seed).sample(pairs, min(count, len(pairs)))
    entry = resolve_adapter(adapter)
    base = base_of(entry)
    rows: list[Row] = []
    told: list[bytes] = []

    def keep() -> None:
        if kept:
            write_atomically(kept, b"".join(told), "The answers")

    async with EngineClient() as client:
        asked = (("base", base.name, None), ("adapter", adapter, entry.path()))
        for who, name, folder in asked[only_adapter:]:
            advisor = await open_text_advisor(client, game, name)
            if advisor.only_quotes and advisor.note:
                raise CoachError(advisor.note)

            async def alone(question: str, folder: Path | None = folder, chats: bool = advisor.chats) -> TextAnswer:
                began, words = time.perf_counter(), list[float]()
                prompt, way = (build_chat(question), GREEDY) if chats else (build_prompt(question), None)
                answered = await client.ask_text(
                    prompt, folder, lambda _: words.append(time.perf_counter()), MAX_NEW_TOKENS, way
                )
                first = (words[0] if words else time.perf_counter()) - began
                return TextAnswer(answered.text, (), "", "", False, answered.tokens, first * 1000, answered.latency_ms)

            ways: tuple[tuple[bool, Asked], ...] = ((True, advisor.answer), (False, alone))
            for passages, ask in ways[: 1 if only_adapter else 2]:
                answers = []
                for number, pair in enumerate(pairs, 1):
                    answers.append(await ask(pair.question))
                    if passages:
                        told.append(_line(who, pair, answers[-1]))
                    if number % 20 == 0:
                        say(f"{who}, {'with' if passages else 'without'} passages: {number} of {len(pairs)}")
                        keep()
                rows += score(f"{who}, {'with' if passages else 'without'} passages", pairs, answers, passages)
            rows.append(Row(who, "memory of the engine", _engine_mb(client), "MB"))
    keep()
    return Report(
        name="tips",
        subject={"adapter": entry.name, "base": base.name, "game": game, "questions": len(pairs), "seed": seed},
        rows=tuple(rows),
    )


def _engine_mb(client: EngineClient) -> float | None:
    """What the engine's process has in memory; None where it has ended."""
    try:
        return round(psutil.Process(client.pid).memory_info().rss / 1e6) if client.pid else None
    except psutil.Error:
        return None


def _line(who: str, pair: Pair, answer: TextAnswer) -> bytes:
    """An answer as a line of JSON, with all that it may refer to."""
    passages = [f"{section.title}. {section.text}" for section in answer.sources]
    told = {"of": who, "question": pair.question, "answer": answer.text, "quoted": answer.quoted, "passages": passages}
    return json.dumps(told, ensure_ascii=False).encode() + b"\n"


def score(of: str, pairs: Sequence[Pair], answers: Sequence[TextAnswer], passages: bool) -> list[Row]:
    """Score the answers of one variant.

    Args:
        of: name of the variant.
        pairs: the questions with their reference answers.
        answers: the answer to each question.
        passages: whether passages were in the prompt, so that sources can be scored.

    Returns:
        ``facts``: share of key facts in the answers; ``facts in own words``: the same, counting none for answers
            replaced by a quotation; ``facts with the passage``: in the answers or in the passage that is folded below
            each; ``source right`` and ``source among``: share of questions whose section was found
            first, or at all; ``quoted``: share of answers replaced by a quotation; ``bleed``: share that continue with
            another question; ``repetition``: mean share of repeated four-word sequences; and median times.
    """
    both = list(zip(pairs, answers, strict=True))
    facts = sum(len(pair.facts) for pair in pairs) or 1
    had = [(answer, _told(pair, answer.text)) for pair, answer in both]
    found = [[section.id for section in answer.sources] for answer in answers]
    count = len(both) or 1
    shares: dict[str, float | None] = {
        "facts": sum(found for _, found in had) / facts,
        "facts in own words": sum(found for answer, found in had if not answer.quoted) / facts,
        "facts with the passage": sum(_told(pair, _with_passage(answer)) for pair, answer in both) / facts,
        "source right": sum(ids[:1] == [pair.section] for ids, pair in zip(found, pairs, strict=True)) / count,
        "source among": sum(pair.section in ids for ids, pair in zip(found, pairs, strict=True)) / count,
        "quoted": sum(answer.quoted for answer in answers) / count,
        "bleed": sum("Q:" in answer.text for answer in answers) / count,
        "repetition": statistics.fmean(repetition(answer.text) for answer in answers),
    }
    if not passages:
        shares |= {"facts with the passage": None, "source right": None, "source among": None}
    return [
        *(Row(of, name, value, "share") for name, value in shares.items()),
        Row(of, "first word", statistics.median(each.first_word_ms for each in answers), "ms"),
        Row(of, "whole answer", statistics.median(each.latency_ms for each in answers), "ms"),
    ]


def _told(pair: Pair, text: str) -> int:
    """How many of the key facts a text tells."""
    return sum(_plain(fact) in _plain(text) for fact in pair.facts)


def _with_passage(answer: TextAnswer) -> str:
    return " ".join((answer.text, *(section.text for section in answer.sources[:1])))


def _plain(text: str) -> str:
    """Normalise for comparing facts: a dash-dance is a dash dance."""
    return text.casefold().replace("-", " ")


def repetition(text: str) -> float:
    """The share of four-word sequences in a text that occurred before."""
    words = text.casefold().split()
    grams = Counter(tuple(words[at : at + _GRAM]) for at in range(len(words) - _GRAM + 1))
    return sum(times - 1 for times in grams.values()) / max(1, sum(grams.values()))
