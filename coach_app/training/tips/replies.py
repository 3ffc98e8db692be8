"""Parses a teacher's replies into pairs of question and answer, each with its section."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from coach_app.knowledge.library import Lexicon, Library
from coach_app.knowledge.sections import Section
from coach_app.training.tips.pairs import Pair
from coach_app.training.tips.requests import Request
from coach_app.training.tips.similarity import content_words
from coach_app.training.tips.teacher import Reply


@dataclass(frozen=True)
class Reject:
    """A part of a reply that is not a pair, and the reason."""

    request: str
    text: str
    reason: str


def parse(request_id: str, reply: Reply) -> tuple[list[tuple[str, str]], list[Reject]]:
    """Parse the pairs of a reply strictly: blocks of a ``Q:`` and an ``A:``, separated by empty lines."""
    if reply.finish == "refusal":
        return [], [Reject(request_id, reply.text, "refused")]
    blocks = [block.strip() for block in re.split(r"\n\s*\n", reply.text.replace("\r\n", "\n")) if block.strip()]
    if not blocks:
        return [], [Reject(request_id, reply.text, "empty reply")]
    pairs: list[tuple[str, str]] = []
    rejects: list[Reject] = []
    for place, block in enumerate(blocks):
        if reply.finish == "length" and place == len(blocks) - 1:
            rejects.append(Reject(request_id, block, "cut off"))
        elif reason := _fault(block):
            rejects.append(Reject(request_id, block, reason))
        else:
            question, answer = re.split(r"\n\s*A:", block.removeprefix("Q:"), maxsplit=1)
            pairs.append((" ".join(question.split()), " ".join(answer.split())))
    return pairs, rejects


def _fault(block: str) -> str:
    questions = len(re.findall(r"^\s*Q:", block, re.MULTILINE))
    answers = len(re.findall(r"^\s*A:", block, re.MULTILINE))
    if not questions and not answers:
        return "neither Q: nor A:"
    if not block.startswith("Q:"):
        return "begins otherwise than with Q:"
    if questions > 1:
        return "two questions in one block"
    if answers != 1:
        return "no answer" if not answers else "two answers in one block"
    question, answer = re.split(r"\n\s*A:", block, maxsplit=1)
    return "" if question.removeprefix("Q:").strip() and answer.strip() else "empty question or answer"


def section_of(question: str, answer: str, sections: Sequence[Section], lexicon: Lexicon) -> Section:
    """The section that a pair is based on: the one with most of its words, weighted by rarity."""
    vocabularies = [content_words(f"{section.title} {section.text}", lexicon) for section in sections]
    wanted = content_words(f"{question} {answer}", lexicon)
    counts = {word: sum(word in vocabulary for vocabulary in vocabularies) for word in wanted}

    def fit(place: int) -> float:
        return sum(1.0 / counts[word] for word in sorted(wanted & vocabularies[place]))

    return sections[max(range(len(sections)), key=fit)]


def pairs_of(
    requests: Iterable[Request], replies: Mapping[str, Reply], library: Library
) -> tuple[list[Pair], list[Reject]]:
    """The pairs of all replies with their sections, and the rejects."""
    pairs: list[Pair] = []
    rejects: list[Reject] = []
    for request in requests:
        if request.id not in replies:
            continue
        sections = [section for section in library.sections if section.subject == request.subject]
        found, faulty = parse(request.id, replies[request.id])
        pairs += [
            Pair(question, answer, section_of(question, answer, sections, library.lexicon).id)
            for question, answer in found
        ]
        rejects += faulty
    return pairs, rejects
