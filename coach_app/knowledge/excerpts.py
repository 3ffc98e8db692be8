"""Chooses the sentences of sections that fit a question: what a small model is given to answer from.

A sentence fits by its words as a section does (BM25), by being about the kind of thing that is asked for, by warning
where a warning is asked for, and by standing beside one that fits, since guides go on about a thing in the next
sentence of a paragraph. What the title of a section says has chosen the section, and chooses no sentence of it. A
sentence that begins by referring to the one before ("She is light", "Throw them") is never told without it.
"""

import functools
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from coach_app.knowledge.library import Library
from coach_app.knowledge.prompt import sentences
from coach_app.knowledge.question import Question, fold, own_words, topics_in, understand
from coach_app.knowledge.search import Index
from coach_app.knowledge.sections import Section

SENTENCES = (6, 2)
"""How many are taken of the best section, and of the next: six hold nearly all that is asked for."""
_FROM_BEFORE, _FROM_AFTER = 0.4, 0.2
_KIND = 2.0
_ANSWERS = (
    (
        r"avoid|careful|mistakes?|never|beware|wrong|should ?n'?t|(?:should|must|to)(?: \w+)? not|not to|danger\w*"
        r"|risk\w*|worst|bad",
        r"do not|don't|must not|never|avoid|danger\w*|risk\w*|worst|bad|bans?",
    ),
    (
        r"how (?:long|fast|many|much|early|late|far)|frames?|percent",
        r"\w*\d\w*|once|twice|two|three|four|five|six|seven|eight|nine|ten",
    ),
)
"""What may be asked for in any game, a warning and a number, and what a sentence has that tells one."""
_SEVERAL = re.compile(r"\b(?:and|or)\b|,|/")
"""What a title has that names several things ("Wavedash and waveland"), each of which some sentences are about."""
_LEANS = re.compile(
    r"(?:\w+ (?:it|they|she|he|him|her|them|that)|it|they|she|he|its|their|her|his|this|that|these|those|then|there"
    r"|both|each|but|so|and|or|otherwise|instead|next|the (?:other|others|same|rest)|(?:\w+ ){1,5}also"
    r"|[^,.;:]* (?:is|are) the other)\b",
    re.IGNORECASE,
)
"""How a sentence begins that refers to the one before."""


def excerpts(library: Library, question: str, passages: Sequence[Section]) -> tuple[Section, ...]:
    """The first passages, each cut to the sentences that fit a question best, the fittest first.

    Args:
        library: the guides that the passages are of.
        question: a player's question.
        passages: sections, best first.
    """
    return tuple(
        replace(section, text=" ".join(sentence for sentence, _ in fitting(library, question, section)[:most]))
        for section, most in zip(passages, SENTENCES, strict=False)
    )


def fitting(library: Library, question: str, section: Section) -> list[tuple[str, float]]:
    """The sentences of a section and how well each fits a question, the fittest first; those alike as they stand, and
    those that refer to the sentence before right after that one."""
    asked, lines = understand(question, library), _lines(section)
    said = _said(library, asked, section)
    fits = list(said)
    for number, goes_on in enumerate(_goes_on(section)):
        fits[number + 1] += goes_on * _FROM_BEFORE * said[number]
        fits[number] += goes_on * _FROM_AFTER * said[number + 1]
    for tells in _kinds(library, asked, section):  # a kind that few sentences are of tells more
        for number, true in enumerate(tells):
            fits[number] += true * _KIND * math.log(1 + len(lines) / (1 + sum(tells)))
    return [(lines[number], fits[number]) for number in _in_turn(lines, fits)]


def _kinds(library: Library, asked: Question, section: Section) -> list[list[bool]]:
    """Which sentences are about each kind of thing that is asked for; not for the kind that the section is about."""
    lines, title = [fold(line) for line in _lines(section)], fold(section.title)
    called = topics_in(title, library.lexicon)
    topics = [topics_in(line, library.lexicon) for line in lines]
    kinds = [
        [topic in each for each in topics]
        for topic in asked.topics
        if topic not in called and not re.search(rf"\b{re.escape(topic)}", title)
    ]
    return kinds + [
        [bool(re.search(rf"\b(?:{answer})\b", line)) for line in lines]
        for question, answer in _ANSWERS
        if re.search(rf"\b(?:{question})\b", asked.plain)
    ]


def _in_turn(lines: Sequence[str], fits: Sequence[float]) -> list[int]:
    """The numbers of the sentences in the order in which they can be told."""
    leans = [number > 0 and bool(_LEANS.match(line)) for number, line in enumerate(lines)]
    turn: list[int] = []
    for fittest in sorted(range(len(lines)), key=lambda number: -fits[number]):
        first = fittest
        while leans[first]:
            first -= 1
        for number in range(first, fittest + 1):
            if number not in turn:
                turn.insert(turn.index(number - 1) + 1 if leans[number] else len(turn), number)
    return turn


@functools.lru_cache(maxsize=512)
def _lines(section: Section) -> tuple[str, ...]:
    return tuple(line for paragraph in _paragraphs(section) for line in paragraph)


def _goes_on(section: Section) -> list[bool]:
    """Whether each sentence after the first stands in the same paragraph as the one before."""
    return [number > 0 for paragraph in _paragraphs(section) for number in range(len(paragraph))][1:]


@functools.lru_cache(maxsize=512)
def _paragraphs(section: Section) -> tuple[list[str], ...]:
    return tuple(filter(None, map(sentences, re.split(r"\n\s*\n", section.text))))


@dataclass(frozen=True)
class _Indexed:
    """Indices of all sentences and of all titles of some guides, and the numbers of each section: that of its first
    sentence, and its own."""

    lines: Index
    titles: Index
    numbers: dict[str, tuple[int, int]]


@functools.lru_cache(maxsize=4)
def _indexed(library: Library) -> _Indexed:
    numbers: dict[str, tuple[int, int]] = {}
    lines: list[Section] = []
    for number, section in enumerate(library.sections):
        numbers[section.id] = len(lines), number
        lines += [replace(section, title="", text=line) for line in _lines(section)]
    return _Indexed(Index(lines), Index([replace(section, text="") for section in library.sections]), numbers)


def _said(library: Library, asked: Question, section: Section) -> list[float]:
    """How well each sentence fits by its words; a word of the game counts only where it stands by itself."""
    indexed, own = _indexed(library), _own(library, section)
    first, number = indexed.numbers[section.id]
    terms = frozenset(own_words(library.lexicon).phrases)
    one_thing = not _SEVERAL.search(fold(section.title))
    said = [0.0] * len(own)
    for word in asked.words:
        if one_thing and any(row == number for row, _ in indexed.titles.scores(word)):
            continue
        for row, score in indexed.lines.scores(word):
            if 0 <= row - first < len(said) and (terms.isdisjoint(word) or not own[row - first].isdisjoint(word)):
                said[row - first] += score
    return said


@functools.lru_cache(maxsize=512)
def _own(library: Library, section: Section) -> list[set[str]]:
    """The words of the game in each sentence."""
    find = own_words(library.lexicon).find
    return [{phrase for phrase, *_ in find(fold(line))} for line in _lines(section)]
