"""Chooses the sentences of sections that fit a question: what a small model is given to answer from.

A sentence fits by its words as a section does (BM25), by being about the kind of thing that is asked for, by telling
what is asked for in any game (a warning, a number, a weakness), and by standing beside one that fits, since guides go
on about a thing in the next sentence of a paragraph. What the title of a section says has chosen the section, and
chooses no sentence of it. A sentence that refers to the one before ("She is light", "Throw them") is never told
without it, nor one that is announced ("There are two ways").
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

SENTENCES, WORDS = (6, 2), 120
"""How many sentences are taken of the best section, and of the next: six hold 98 % of what is asked for. No more words
of each, unless its first sentence alone has more: nobody reads that beside a game."""
_FROM_BEFORE, _FROM_AFTER, _FROM_PARAGRAPH = 0.4, 0.2, 0.1
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
    (
        r"weak\w*|bad at|watch out|struggles?|downsides?|disadvantages?|lose to",
        r"weak\w*|poor\w*|slow|(?:is|are|too|very) (?:light|short)|struggles?|lacks?|cannot|seldom|dies?|easy to"
        r"|hard to|no (?:good|fast|safe)",
    ),
    (r"kill\w*|finish\w*|tak(?:e|es|ing) (?:\S+ ){0,3}(?:life|lives|stocks?)", r"kill\w*|finish\w*|ends? the \w+"),
)
"""What may be asked for in any game (warning, number, weakness, end), and what a sentence has that tells it."""
_SEVERAL = re.compile(r"\b(?:and|or)\b|,|/")
"""What a title has that names several things ("Wavedash and waveland"), each of which some sentences are about."""
_LEANS = re.compile(
    r"(?:\w+ (?:it|they|she|he|him|her|them|that)|it|they|she|he|its|their|her|his|this|that|these|those|then|there"
    r"|both|each|but|so|and|or|otherwise|instead|next|the (?:other|others|same|rest)|(?:\w+ ){1,5}also"
    r"|[^,.;:]* (?:is|are) the other|[^,.;:]* (?:do|does|did) (?:it|so)"
    r"|(?:[\w-]+ ){2,4}(?:out of|into|from|with) it)\b",
    re.IGNORECASE,
)
"""How a sentence begins that refers to the one before."""
_ANNOUNCES = re.compile(r"\b(?:are|has|have) (two|three|four|five|six) (?:[a-z-]+ )?[a-z]+s(?: to \w+)?\.$")
"""How a sentence ends that announces so many others."""
_NUMBERS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6}


def excerpts(library: Library, question: str, passages: Sequence[Section]) -> tuple[Section, ...]:
    """The first passages, each cut to the sentences that fit a question best.

    They come paragraph by paragraph, that with the fittest one first, and in each as the guide has them.

    Args:
        library: the guides that the passages are of.
        question: a player's question.
        passages: sections, best first.
    """
    return tuple(
        replace(section, text=" ".join(_excerpt(library, question, section, most)))
        for section, most in zip(passages, SENTENCES, strict=False)
    )


def _excerpt(library: Library, question: str, section: Section, most: int) -> list[str]:
    lines = _lines(section)
    chosen: list[int] = []
    left = WORDS
    for number in _in_turn(section, _fits(library, question, section))[:most]:
        left -= len(lines[number].split())
        if chosen and left < 0:
            break  # the next one may refer to this one
        chosen.append(number)
    paragraphs = [number for number, paragraph in enumerate(_paragraphs(section)) for _ in paragraph]
    first = {paragraphs[number]: at for at, number in reversed(list(enumerate(chosen)))}
    return [lines[number] for number in sorted(chosen, key=lambda number: (first[paragraphs[number]], number))]


def fitting(library: Library, question: str, section: Section) -> list[tuple[str, float]]:
    """The sentences of a section and how well each fits a question, the fittest first; those alike as they stand, and
    those that refer to the sentence before right after that one."""
    lines, fits = _lines(section), _fits(library, question, section)
    return [(lines[number], fits[number]) for number in _in_turn(section, fits)]


def _fits(library: Library, question: str, section: Section) -> list[float]:
    """How well each sentence fits a question."""
    asked, lines = understand(question, library), _lines(section)
    said = _said(library, asked, section)
    for tells in _kinds(library, asked, section):  # a kind that few sentences are of tells more
        for number, true in enumerate(tells):
            said[number] += true * _KIND * math.log(1 + len(lines) / (1 + sum(tells)))
    fits, first = list(said), 0
    for paragraph in _paragraphs(section):
        numbers = range(first, first := first + len(paragraph))
        most = max(said[number] for number in numbers)
        for number in numbers:
            fits[number] += _FROM_PARAGRAPH * (most - said[number])
            if number > numbers[0]:
                fits[number] += _FROM_BEFORE * said[number - 1]
                fits[number - 1] += _FROM_AFTER * said[number]
    return fits


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


def _in_turn(section: Section, fits: Sequence[float]) -> list[int]:
    """The numbers of the sentences in the order in which they can be told."""
    leaning, announced = _leaning(section)
    turn: list[int] = []
    for fittest in sorted(range(len(fits)), key=lambda number: -fits[number]):
        first = fittest
        while first in leaning:
            first -= 1
        for number in (*range(first, fittest + 1), *announced.get(fittest, ())):
            if number not in turn:
                turn.insert(turn.index(number - 1) + 1 if number in leaning else len(turn), number)
    return turn


@functools.lru_cache(maxsize=512)
def _leaning(section: Section) -> tuple[frozenset[int], dict[int, range]]:
    """The numbers of the sentences that refer to the one before in their paragraph, and of those that are announced."""
    leaning: list[int] = []
    announced, first = dict[int, range](), 0
    for paragraph in _paragraphs(section):
        end = first + len(paragraph)
        for number, line in enumerate(paragraph, first):
            if number > first and _LEANS.match(line):
                leaning.append(number)
            if announces := _ANNOUNCES.search(line):
                announced[number] = range(number + 1, min(end, number + 1 + _NUMBERS[announces[1]]))
                leaning += announced[number]
        first = end
    return frozenset(leaning), announced


@functools.lru_cache(maxsize=512)
def _lines(section: Section) -> tuple[str, ...]:
    return tuple(line for paragraph in _paragraphs(section) for line in paragraph)


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
    for word in (*asked.words, *((name,) for name in asked.called)):
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
