"""Cleans pairs written by a teacher, in the order of the first public tips bot (see docs/tips.md).

Question form, covered subject, mentions of the guide, outside entities, duplicates: each step is a function of the
pairs alone, reports what it dropped and why, and needs no teacher.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from coach_app.domain.errors import CoachError
from coach_app.knowledge.library import Library
from coach_app.knowledge.naming import foreign_names
from coach_app.knowledge.question import understand
from coach_app.training.tips.pairs import Pair
from coach_app.training.tips.similarity import jaccard, similar, words

Judge = Callable[[Pair], bool]
"""Votes on a pair: whether it stays with what its section is about."""

NEAR = 0.85
SAME_ANSWER = 0.5
"""Questions about one section that share so much of their words, and so much of their answers, are duplicates."""
SAMPLES = 5


@dataclass(frozen=True)
class Dropped:
    """A dropped pair and the reason."""

    pair: Pair
    reason: str


@dataclass(frozen=True)
class Step:
    """The result of one cleaning step.

    Args:
        name: of the step.
        kept: the remaining pairs, in their order.
        dropped: the dropped pairs.
        changed: number of kept pairs that were rewritten.
    """

    name: str
    kept: tuple[Pair, ...]
    dropped: tuple[Dropped, ...]
    changed: int = 0


def _sift(name: str, pairs: Sequence[Pair], reason: Callable[[Pair], str]) -> Step:
    """Drop the pairs for which ``reason`` is not empty."""
    reasons = [reason(pair) for pair in pairs]
    kept = tuple(pair for pair, why in zip(pairs, reasons, strict=True) if not why)
    dropped = tuple(Dropped(pair, why) for pair, why in zip(pairs, reasons, strict=True) if why)
    return Step(name, kept, dropped)


_MARK = re.compile(r"(?:^|\s)[QA]\s*:", re.IGNORECASE)
_ASKING = re.compile(
    r"(?:[^:]{1,60}: )?(how|what|when|where|which|who|whom|whose|why|is|are|was|were|do|does|did|can|could|should|"
    r"would|will|may|must|has|have|am|in|as|against|on|at|for|to|from|if|with|after|before|during|under|between|explain|"
    r"describe|tell|name|give|list)\b",
    re.IGNORECASE,
)


def question_form(pairs: Sequence[Pair]) -> Step:
    """Keep pairs in the form of a question and an answer."""

    def reason(pair: Pair) -> str:
        question, answer = pair.question.strip(), pair.answer.strip()
        if not question or not answer:
            return "empty"
        if _MARK.search(question) or _MARK.search(answer):
            return "another question inside"
        if not question.endswith("?") and not _ASKING.match(question):
            return "not a question"
        if len(words(question)) < 3 or len(words(answer)) < 3:
            return "too short"
        if answer.endswith("?"):
            return "answered by a question"
        if answer[-1] not in ".!)”\"'’":
            return "cut off"
        return ""

    return _sift("question form", pairs, reason)


def names_a_subject(pairs: Sequence[Pair], library: Library) -> Step:
    """Keep pairs that name one of the lexicon's subjects in any spelling, or come from a guide about none of them."""
    sections, names = library.by_id(), library.lexicon.names

    def reason(pair: Pair) -> str:
        section = sections.get(pair.section)
        if not names or (section and section.subject not in names):
            return ""
        found = understand(f"{pair.question} {pair.answer}", library).subjects
        return "" if found else "no covered subject"

    return _sift("subject", pairs, reason)


_SOURCE = (
    r"(?:the|this|that|our|your)\s+(?:\w+\s+)?(?:guide|text|passage|article|author|excerpt|document|section above|"
    r"provided (?:text|information))(?:'s)?"
)
_SAYS = (
    r"(?:says?|states?|mentions?|recommends?|suggests?|explains?|notes?|advises?|describes?|points out|emphasi[sz]es|"
    r"highlights?|stresses)"
)
_BY = r"(?:according to|based on|as (?:\w+ )?(?:in|by))"
_REWRITES = (
    (
        rf"\bwhat does {_SOURCE} (?:say|state|mention|recommend|suggest|explain) (?:about|on|for)\b",
        "what is known about",
    ),
    (rf"\bhow does {_SOURCE} (?:describe|explain)\b", "what is known about"),
    (rf"^(?:{_BY}|following|in|from|per)\s+{_SOURCE}\s*,?\s*", ""),
    (rf"^(?:as )?{_SOURCE}\s+{_SAYS}(?:\s+that|\s*,)?\s+", ""),
    (rf"\s*[,(]?\s*\b{_BY}\s+{_SOURCE}\s*[,)]?", ""),
    (rf"\s*,?\s*\bas\s+{_SOURCE}\s+{_SAYS}\s*,?", ""),
    (rf"\s*\b(?:in|from|by)\s+{_SOURCE}", ""),
)
_MENTION = re.compile(
    r"\b(?:(?:guide|passage|excerpt|document)s?|the (?:\w+ )?(?:text|article|author)|provided (?:text|information))\b",
    re.IGNORECASE,
)


def without_guide_mentions(pairs: Sequence[Pair]) -> Step:
    """Rewrite mentions of the guide to be about the game; drop pairs with remaining mentions."""
    rewritten = [replace(pair, question=_rewrite(pair.question), answer=_rewrite(pair.answer)) for pair in pairs]

    def reason(pair: Pair) -> str:
        return "speaks of the guide" if _MENTION.search(f"{pair.question} {pair.answer}") else ""

    step = _sift("guide mentions", rewritten, reason)
    kept = set(map(id, step.kept))
    changed = sum(new != old and id(new) in kept for new, old in zip(rewritten, pairs, strict=True))
    return replace(step, changed=changed)


def _rewrite(text: str) -> str:
    if not _MENTION.search(text):
        return text
    for pattern, new in _REWRITES:
        text = re.sub(pattern, new, text, flags=re.IGNORECASE)
    text = re.sub(r"\s+([,.?!])", r"\1", re.sub(r"\s{2,}", " ", text)).strip(" ,")
    return text[:1].upper() + text[1:]


def rule_judges(library: Library) -> tuple[Judge, ...]:
    """The judges that need no teacher.

    One looks for names that no guide is about, one for capitalised names that no guide has, one for names, moves
    and numbers that are neither in the question nor in the section.
    """
    sections = library.by_id()
    known = {word for section in library.sections for word in words(f"{section.title} {section.text}")}
    known |= {word for names in library.named().values() for name in names for word in words(name)}
    known |= {
        word for term in (*library.lexicon.terms, *library.lexicon.moves, library.lexicon.title) for word in words(term)
    }

    def source(pair: Pair) -> str:
        section = sections.get(pair.section)
        return f"{pair.question} {section.subject} {section.title} {section.text}" if section else pair.question

    def no_outsider(pair: Pair) -> bool:
        text = f"{pair.question} {pair.answer}"
        return not any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text) for name in library.lexicon.others)

    def no_unknown_name(pair: Pair) -> bool:
        inside = re.findall(r"(?<=[\w,;:] )[A-Z][\w'’]+", f"{pair.question} {pair.answer}")
        return all(set(words(name)) <= known for name in inside)

    def nothing_brought_in(pair: Pair) -> bool:
        text = source(pair)
        numbers = set(re.findall(r"\d+", pair.answer)) - set(re.findall(r"\d+", text))
        return not numbers and not foreign_names(pair.answer, text, library)

    return no_outsider, no_unknown_name, nothing_brought_in


def outside_entities(pairs: Sequence[Pair], judges: Sequence[Judge]) -> Step:
    """Keep pairs that most judges pass."""

    def reason(pair: Pair) -> str:
        against = sum(not judge(pair) for judge in judges)
        return f"{against} of {len(judges)} votes against it" if 2 * against > len(judges) else ""

    return _sift("outside entities", pairs, reason)


def without_duplicates(pairs: Sequence[Pair]) -> Step:
    """Keep the first of equal questions, and of similar questions about one section with similar answers."""
    dropped: dict[int, str] = {}
    first: dict[tuple[str, ...], int] = {}
    sections: dict[str, list[int]] = {}
    for item, pair in enumerate(pairs):
        if first.setdefault(tuple(words(pair.question)), item) != item:
            dropped[item] = "same question"
        else:
            sections.setdefault(pair.section, []).append(item)
    for items in sections.values():
        questions = [frozenset(words(pairs[item].question)) for item in items]
        answers = [frozenset(words(pairs[item].answer)) for item in items]
        for earlier, later in sorted(similar(questions, NEAR)):
            if items[earlier] not in dropped and jaccard(answers[earlier], answers[later]) >= SAME_ANSWER:
                dropped.setdefault(items[later], "nearly the same question")
    kept = tuple(pair for item, pair in enumerate(pairs) if item not in dropped)
    return Step("duplicates", kept, tuple(Dropped(pairs[item], why) for item, why in sorted(dropped.items())))


def before_votes(pairs: Sequence[Pair], library: Library) -> list[Step]:
    """The steps before voting; the pairs kept by the last one need votes."""
    steps = [question_form(pairs)]
    steps.append(names_a_subject(steps[-1].kept, library))
    steps.append(without_guide_mentions(steps[-1].kept))
    return steps


def clean(pairs: Sequence[Pair], library: Library, judges: Sequence[Judge] = ()) -> list[Step]:
    """Run all steps in order; the result is what the last one kept.

    Args:
        pairs: the teacher's pairs with their sections.
        library: the guides.
        judges: additional votes on outside entities, for instance a teacher's, besides `rule_judges`.

    Raises:
        CoachError: no pair is left.
    """
    steps = before_votes(pairs, library)
    steps.append(outside_entities(steps[-1].kept, (*rule_judges(library), *judges)))
    steps.append(without_duplicates(steps[-1].kept))
    if not steps[-1].kept:
        counts = ", ".join(f"{step.name} {len(step.dropped)}" for step in steps)
        raise CoachError(
            f"Of {len(pairs)} pairs none is left after cleaning (dropped: {counts}).",
            "Try another teacher, or longer guides.",
        )
    return steps


def report(steps: Sequence[Step]) -> list[dict[str, Any]]:
    """What each step kept, changed and dropped, with reasons and samples."""
    return [
        {
            "step": step.name,
            "kept": len(step.kept),
            "dropped": len(step.dropped),
            "changed": step.changed,
            "reasons": _counts(step.dropped),
            "samples": [asdict(dropped) for dropped in step.dropped[:SAMPLES]],
        }
        for step in steps
    ]


def _counts(dropped: Sequence[Dropped]) -> Mapping[str, int]:
    counts: dict[str, int] = {}
    for one in dropped:
        counts[one.reason] = counts.get(one.reason, 0) + 1
    return counts
