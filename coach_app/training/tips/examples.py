"""Converts questions and answers to tokens, for training a text adapter.

A row may hold several examples with a common beginning: each goes on from the beginning as if it were alone, so that
what they have in common is computed once (``parts``, and the mask that ``collate`` makes of it).
"""

import random
from collections.abc import Callable, Sequence
from typing import Any

import torch
from datasets import Dataset

from coach_app.domain.errors import CoachError
from coach_app.engine.answering import chat_ids
from coach_app.knowledge import search
from coach_app.knowledge.excerpts import excerpts
from coach_app.knowledge.library import Library
from coach_app.knowledge.prompt import build_chat, build_prompt
from coach_app.knowledge.sections import Section
from coach_app.training.rows import IGNORED
from coach_app.training.tips.arguments import TipsArgs
from coach_app.training.tips.lessons import Lesson, kinds_of, make_lessons
from coach_app.training.tips.pairs import Pair

_COMMON, _PADDED = 0, -1
"""Parts of a row: its beginning, and what fills it up; its examples count from 1."""
_WATCHED = 64
"""Lessons that are watched: more would take longer than they tell."""


class Examples:
    """Converts pairs to rows: ``input_ids``, ``labels``, ``position_ids`` and ``parts``, lists of int of equal length.

    Args:
        tokenizer: of the base.
        args: of the training; with ``chat`` decided.
        held_out: pairs whose questions must not be learned.
        report: told how many lessons there are of each kind.

    Raises:
        CoachError: there are no guides, and passages are wanted.
    """

    def __init__(self, tokenizer: Any, args: TipsArgs, held_out: Sequence[Pair], report: Callable[[str], None]) -> None:
        self._tokenizer, self._args, self._held_out, self._report = tokenizer, args, held_out, report
        self._guides: Library | None = search.loaded(args.game) if args.chat or args.passages else None
        self._rng = random.Random(args.seed)

    def of(self, pairs: Sequence[Pair], seed: int, watched: bool = False) -> Dataset:
        """The examples of pairs: lessons where the base chats, else one of each pair.

        Raises:
            CoachError: there are none that are short enough.
        """
        self._rng = random.Random(seed)
        if self._args.chat:
            assert self._guides
            count = min(len(pairs), _WATCHED) if watched else self._args.lessons
            lessons = make_lessons(pairs, self._guides, self._held_out, count, seed)
            counts = ", ".join(f"{kind} {number:,}" for kind, number in kinds_of(lessons).items())
            self._report(f"lessons to {'watch' if watched else 'learn from'}: {counts}")
            rows = self._packed([self._taught(lesson) for lesson in lessons])
        else:
            rows = [_row([], [self._example(pair)]) for pair in pairs]
        rows = [row for row in rows if 0 < len(row["input_ids"]) <= self._args.length]
        if not rows:
            raise CoachError(f"No question with its answer is as short as {self._args.length} tokens.")
        return Dataset.from_list(rows)

    def prompt(self, pair: Pair) -> str:
        """The prompt for a question with the right passage, if there are guides."""
        passage = self._passage(pair, sure=True)
        passages = (passage,) if passage else ()
        if self._args.chat:
            return build_chat(pair.question, excerpts(self._guides, pair.question, passages) if self._guides else ())
        return build_prompt(pair.question, passages)

    def _passage(self, pair: Pair, sure: bool = False) -> Section | None:
        """The passage for a question, if any; ``sure`` always selects the right section if there are guides."""
        if self._guides is None or not (sure or self._rng.random() < self._args.passages):
            return None
        section = self._guides.by_id().get(pair.section)
        if section is None or (not sure and self._rng.random() < self._args.wrong_passages):
            found = search.find(self._guides, pair.question, 1)
            section = found[0].section if found else section
        return section

    def _packed(self, taught: Sequence[tuple[list[int], list[int]]]) -> list[dict[str, list[int]]]:
        """Rows of as many lessons as there is room for; those too long for a row are left out."""
        # The last token of a prompt stays in its example: it is what the first one of the answer is learned at.
        common = _beginning([asked[:-1] for asked, _ in taught])
        rows: list[list[tuple[list[int], list[int]]]] = [[]]
        room = most = self._args.length - len(common)
        for asked, said in taught:
            own = asked[len(common) :]
            if len(own) + len(said) > most:
                continue
            if len(own) + len(said) > room:
                rows.append([])
                room = most
            room -= len(own) + len(said)
            rows[-1].append((own + said, ([IGNORED] * len(own) if self._args.answer_only else own) + said))
        return [_row(common, row) for row in rows]

    def _taught(self, lesson: Lesson) -> tuple[list[int], list[int]]:
        asked = chat_ids(self._tokenizer, build_chat(lesson.question, lesson.passages, lesson.before))
        return asked, self._said(lesson.answer)

    def _example(self, pair: Pair) -> tuple[list[int], list[int]]:
        passage = self._passage(pair)
        asked = self._tokenizer(build_prompt(pair.question, [passage] if passage else []))["input_ids"]
        said = self._said(pair.answer)
        return asked + said, ([IGNORED] * len(asked) if self._args.answer_only else asked) + said

    def _said(self, answer: str) -> list[int]:
        said: list[int] = self._tokenizer(answer, add_special_tokens=False)["input_ids"]
        return said + ([self._tokenizer.eos_token_id] if self._args.end_token else [])


def _beginning(rows: Sequence[Sequence[int]]) -> list[int]:
    """What all rows begin with."""
    together = list(zip(*rows, strict=False))
    end = next((place for place, tokens in enumerate(together) if len(set(tokens)) > 1), len(together))
    return [tokens[0] for tokens in together[:end]]


def _row(common: list[int], examples: Sequence[tuple[list[int], list[int]]]) -> dict[str, list[int]]:
    """A row of examples that go on from a common beginning; empty without examples."""
    row: dict[str, list[int]] = {"input_ids": [], "labels": [], "position_ids": [], "parts": []}
    for part, (ids, labels) in enumerate([(common, [IGNORED] * len(common)), *examples] if examples else []):
        first = len(common) if part else 0
        if first:
            labels = [IGNORED, *labels[1:]]  # in the row, its neighbour's last token comes before it
        row["input_ids"] += ids
        row["labels"] += labels
        row["position_ids"] += range(first, first + len(ids))
        row["parts"] += [part] * len(ids)
    return row


def collate(rows: Sequence[dict[str, list[int]]], padding: int, step: int = 1) -> dict[str, torch.Tensor]:
    """A batch of rows, as the model takes it.

    Args:
        rows: see ``Examples``.
        padding: token that fills up shorter rows.
        step: the length is a multiple of this.

    Returns:
        ``input_ids``, ``labels`` and ``position_ids``, (rows, tokens) int64; and ``attention_mask``,
        (rows, 1, tokens, tokens) bool: who reads whom. An example reads itself and the beginning, not its neighbours.
    """
    tokens = -(-max(len(row["input_ids"]) for row in rows) // step) * step
    fill = {"input_ids": padding, "labels": IGNORED, "position_ids": 0, "parts": _PADDED}
    batch = {
        name: torch.tensor([row[name] + [value] * (tokens - len(row[name])) for row in rows])
        for name, value in fill.items()
    }
    parts = batch.pop("parts")
    reads = (parts[:, :, None] == parts[:, None, :]) | (parts[:, None, :] == _COMMON)
    batch["attention_mask"] = reads.tril()[:, None]
    return batch
