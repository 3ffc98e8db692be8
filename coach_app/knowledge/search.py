"""Finds the sections of the guides that answer a question.

SQLite's FTS5 ranks them by BM25 (Robertson and Zaragoza 2009), with a higher weight for titles; sections about the
subjects of the question get a bonus, by the game's own rules if it has match-ups. Building an index of 150 sections
takes some hundredths of a second, so it is kept in memory only, with the guides.
"""

import contextlib
import functools
import math
import re
import sqlite3
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from coach_app.domain.errors import CoachError
from coach_app.knowledge import library as guides
from coach_app.knowledge.everyday_words import PLAYERS_WORDS
from coach_app.knowledge.japanese import is_unspaced, spaced
from coach_app.knowledge.library import Lexicon, Library
from coach_app.knowledge.question import Question, fold, understand
from coach_app.knowledge.sections import Section, slug

_TITLE_WEIGHT, _TEXT_WEIGHT = 6.0, 1.0
_NAMED = 6.0
"""What a section about a subject that is named is worth, in units of BM25; the best word is worth about 8."""
_TOPIC = 5.0
"""What a title of the kind that is asked for is worth."""
_KNOWN_WORDS = 2_000
_CALLED = 9.0
"""What a section that is called exactly what is asked about is worth."""
_ASIDE = 4.0
"""At most that, where the question is about a subject, too."""
_NOBODY = 3.0
"""Where none is named: what a section about no subject is worth, and what one about a match-up loses."""


@dataclass(frozen=True)
class Passage:
    """A search result.

    Args:
        section: the section.
        score: relevance; comparable only within one search.
        covered: weighted share of the question's words that it contains, 0 to 1.
        words: number of the question's words that it contains.
    """

    section: Section
    score: float
    covered: float
    words: int


def search(game: str, question: str, limit: int = 3) -> list[Passage]:
    """The most relevant sections for a question, best first; empty if none is relevant.

    Args:
        game: id of a game.
        question: a player's free text.
        limit: maximum number of results.

    Raises:
        CoachError: there are no guides for the game.
    """
    return find(loaded(game), question, limit)


def off_topic(game: str, question: str) -> bool:
    """Whether a question is not covered by the guides of a game.

    Raises:
        CoachError: there are no guides for the game.
    """
    return is_off_topic(loaded(game), question)


def in_a_language_of_the_guides(game: str, question: str) -> str | None:
    """Make a Japanese question searchable: unchanged if a Japanese guide answers it, or else English by the vocabulary.

    Returns:
        The question, or None if neither works, so that it has to be translated.
    """
    try:
        library = loaded(game)
    except CoachError:
        return None
    if any(is_unspaced(passage.section.text) for passage in find(library, question)) and not is_off_topic(
        library, question
    ):
        return question
    english = library.lexicon.japanese.in_english(question)
    return english if english and not is_off_topic(library, english) else None


def find(library: Library, question: str, limit: int = 3) -> list[Passage]:
    """Like `search`, in the given guides."""
    return _ranked(library, understand(question, library))[:limit]


def is_off_topic(library: Library, question: str) -> bool:
    """Like `off_topic`, for the given guides.

    A question that names subjects or words specific to the game is on topic unless as many of its other words are
    foreign: neither in the guides nor usual among players. Any other one is on topic if a single section contains
    nearly all of its words, and more than one word unless it is the topic of a kind of sections. A question that names
    only subjects that no guide covers is off topic. Without a vocabulary, and for the user's own guides, two of the
    words or half of them are enough.
    """
    asked = understand(question, library)
    if asked.others and not asked.subjects:
        return True
    passages = _ranked(library, asked)
    if not passages:
        return True
    if not asked.words:
        return not asked.subjects
    nameless = not (library.lexicon.names or library.lexicon.terms)
    generous = [passage.words for passage in passages if nameless or passage.section.id in library.own]
    if any(words >= 2 or 2 * words >= len(asked.words) for words in generous):
        return False
    if own := len(asked.subjects) + asked.specific:
        index = _index_of(library)
        foreign = [word for word in asked.words if PLAYERS_WORDS.isdisjoint(word) and not index.scores(word)]
        return len(foreign) >= own
    covered = max(passage.covered for passage in passages)
    return covered < 0.9 or (len(asked.words) < 2 and not asked.topics)


@functools.lru_cache(maxsize=4)
def _library(game: str, stamp: tuple[tuple[str, int, int], ...]) -> Library:
    return guides.load(game)


def loaded(game: str) -> Library:
    """The guides of a game, reloaded when one of their files has changed.

    Raises:
        CoachError: there are none.
    """
    stamp = []
    for folder in (guides.shipped_dir(game), guides.user_dir(game)):
        with contextlib.suppress(OSError):
            stamp += [(str(path), *_changed(path)) for path in sorted(folder.rglob("*"))]
    return _library(game, tuple(stamp))


def _changed(path: Path) -> tuple[int, int]:
    about = path.stat()
    return about.st_mtime_ns, about.st_size


class Index:
    """The full-text index of some guides; any thread may use it.

    Args:
        sections: of the guides.
    """

    def __init__(self, sections: Sequence[Section]) -> None:
        self._known: dict[tuple[str, ...], list[tuple[int, float]]] = {}
        self._database = sqlite3.connect(":memory:", check_same_thread=False)
        self._lock = threading.Lock()
        self._database.execute(
            "CREATE VIRTUAL TABLE sections USING fts5(title, text, tokenize = 'porter unicode61 remove_diacritics 2')"
        )
        self._database.executemany(
            "INSERT INTO sections (rowid, title, text) VALUES (?, ?, ?)",
            ((number, spaced(section.title), spaced(section.text)) for number, section in enumerate(sections)),
        )

    def __del__(self) -> None:
        self._database.close()

    def scores(self, word: tuple[str, ...]) -> list[tuple[int, float]]:
        """The numbers of the sections that contain a word or one of its synonyms, with their scores."""
        with self._lock:
            if word not in self._known:
                if len(self._known) >= _KNOWN_WORDS:
                    self._known.clear()
                self._known[word] = self._database.execute(
                    "SELECT rowid, -bm25(sections, ?, ?) FROM sections WHERE sections MATCH ?",
                    (_TITLE_WEIGHT, _TEXT_WEIGHT, " OR ".join(map(_quoted, word))),
                ).fetchall()
            return self._known[word]


@functools.lru_cache(maxsize=4)
def _index_of(library: Library) -> Index:
    return Index(library.sections)


def _ranked(library: Library, asked: Question) -> list[Passage]:
    sections, index = library.sections, _index_of(library)
    scores = dict.fromkeys(range(len(sections)), 0.0)
    held = dict.fromkeys(range(len(sections)), 0.0)
    words = dict.fromkeys(range(len(sections)), 0)
    weights = 0.0
    for word in asked.words:
        rows = index.scores(word)
        # The weight of a word is its rarity; a word that no section contains has the highest.
        weight = math.log(1 + len(sections) / (len(rows) + 0.5))
        weights += weight
        for number, score in rows:
            scores[number] += score
            held[number] += weight
            words[number] += 1
    about = {subject: slug(subject) for subject in library.named()}
    passages = []
    for number, section in enumerate(sections):
        covered = held[number] / weights if weights else 1.0
        score = scores[number] + _bonus(section, asked, library.lexicon, about)
        if scores[number] > 0 or section.subject in asked.subjects:
            passages.append(Passage(section, score, covered, words[number]))
    return sorted(passages, key=lambda passage: -passage.score)


def _bonus(section: Section, asked: Question, lexicon: Lexicon, slugs: Mapping[str, str]) -> float:
    """The bonus of a section for being about the subjects of the question."""
    subject = section.subject
    rival = lexicon.match_ups.rival(section, slugs) if lexicon.match_ups else ""
    title = section.title.casefold().replace(subject.casefold(), " ")
    topic = _TOPIC if any(re.search(rf"\b{re.escape(topic)}", title) for topic in asked.topics) else 0.0
    if subject not in slugs:
        naming = _naming(fold(section.title), asked)
        return min(naming, _ASIDE) if asked.subjects else _NOBODY + max(topic, naming)
    if not asked.subjects:
        return -_NOBODY if rival else 0.0
    if lexicon.match_ups:
        return lexicon.match_ups.bonus(subject, rival, asked.sides, _NAMED, topic)
    return _NAMED + topic if subject in asked.subjects else 0.0


def _naming(title: str, asked: Question) -> float:
    """What it is worth that a section is called what is asked about, or begins with that."""
    phrases = [phrase for word in asked.words for phrase in word]
    if title in phrases:
        return _CALLED
    begins = any(re.match(rf"{re.escape(phrase)}\w{{0,3}}\b", title) for phrase in phrases)
    holds = any(" " in phrase and phrase in title for phrase in phrases)
    return _TOPIC if begins or holds else 0.0


def _quoted(word: str) -> str:
    """Quote a word or phrase for FTS5, so that nothing in it is an operator."""
    return '"' + spaced(word).replace('"', " ") + '"'
