"""Converts questions and answers to tokens, for training a text adapter."""

import random
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from datasets import Dataset

from coach_app.domain.errors import CoachError
from coach_app.engine.answering import chat_ids
from coach_app.knowledge import search
from coach_app.knowledge.library import Library
from coach_app.knowledge.prompt import build_chat, build_prompt, cited, quotable
from coach_app.knowledge.sections import Section
from coach_app.training.tips.lessons import Lesson, kinds_of, make_lessons
from coach_app.training.tips.marks import IGNORED, labels_of
from coach_app.training.tips.pairs import Pair
from coach_app.training.tips.templates import load_templates

if TYPE_CHECKING:
    from coach_app.training.tips.adapter import TipsArgs


class Examples:
    """Converts pairs to examples: ``input_ids`` and ``labels``, lists of int of equal length.

    Args:
        tokenizer: of the base.
        args: of the training; with ``chat`` decided.
        held_out: pairs whose questions must not be learned.
        report: told how many lessons there are of each kind.

    Raises:
        CoachError: there are no guides, and passages are wanted.
    """

    def __init__(
        self, tokenizer: Any, args: "TipsArgs", held_out: Sequence[Pair], report: Callable[[str], None]
    ) -> None:
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
            count = len(pairs) if watched else self._args.lessons
            leaning = load_templates(self._args.game).leaning
            lessons = make_lessons(pairs, self._guides, self._held_out, count, seed, leaning)
            counts = ", ".join(f"{kind} {number:,}" for kind, number in kinds_of(lessons).items())
            self._report(f"lessons to {'watch' if watched else 'learn from'}: {counts}")
            rows = [self._taught(lesson) for lesson in lessons]
        else:
            rows = [self._example(pair) for pair in pairs]
        rows = [row for row in rows if len(row["input_ids"]) <= self._args.length]
        if not rows:
            raise CoachError(f"No question with its answer is as short as {self._args.length} tokens.")
        return Dataset.from_list(rows)

    def prompt(self, pair: Pair) -> str:
        """The prompt for a question with the right passage, if there are guides."""
        passage = self._passage(pair, sure=True)
        return (build_chat if self._args.chat else build_prompt)(pair.question, [passage] if passage else [])

    def _passage(self, pair: Pair, sure: bool = False) -> Section | None:
        """The passage for a question, if any; ``sure`` always selects the right section if there are guides."""
        if self._guides is None or not (sure or self._rng.random() < self._args.passages):
            return None
        section = self._guides.by_id().get(pair.section)
        if section is None or (not sure and self._rng.random() < self._args.wrong_passages):
            found = search.find(self._guides, pair.question, 1)
            section = found[0].section if found else section
        return section

    def _taught(self, lesson: Lesson) -> dict[str, list[int]]:
        asked = chat_ids(self._tokenizer, build_chat(lesson.question, lesson.passages, lesson.before))
        said = self._tokenizer(lesson.answer, add_special_tokens=False)["input_ids"]
        said = said + ([self._tokenizer.eos_token_id] if self._args.end_token else [])
        return {
            "input_ids": asked + said,
            "labels": ([IGNORED] * len(asked) if self._args.answer_only else asked) + said,
        }

    def _example(self, pair: Pair) -> dict[str, list[int]]:
        passage = self._passage(pair)
        asked = self._tokenizer(build_prompt(pair.question, [passage] if passage else []))["input_ids"]
        end = [self._tokenizer.eos_token_id] if self._args.end_token else []
        answer = cited(pair.answer, passage) if passage else pair.answer
        coded = self._tokenizer(answer, add_special_tokens=False, return_offsets_mapping=True)
        said = coded["input_ids"]
        # Quoted text need not be learned, only which sentence to cite and when to stop: see engine/quoting.py.
        quoted = quotable(answer).values() if passage else ()
        learned = [
            IGNORED if any(left < last and right > first for first, last in quoted) else token
            for token, (left, right) in zip(coded["input_ids"], coded["offset_mapping"], strict=True)
        ]
        unasked = labels_of(self._tokenizer, asked, said) if self._args.answer_only else asked
        return {"input_ids": asked + said + end, "labels": unasked + learned + end}
