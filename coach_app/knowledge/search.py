"""Finds the sections of the guides that answer a question.

SQLite's FTS5 ranks them by BM25 (Robertson and Zaragoza 2009), the title counting more than the text; then sections
about what the question names come first, by the game's own rules where it has match-ups.
An index of 150 sections is made anew in some hundredths of a second, so none is kept on the disk.
"""

import contextlib
import functools
import math
import re
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from coach_app.domain.errors import CoachError
from coach_app.knowledge import library as guides
from coach_app.knowledge.japanese import is_unspaced, spaced
from coach_app.knowledge.library import Lexicon, Library
from coach_app.knowledge.question import Question, understand
from coach_app.knowledge.sections import Section, slug

_TITLE_WEIGHT, _TEXT_WEIGHT = 6.0, 1.0
_NAMED = 6.0
"""What a section about a subject that is named is worth, in units of BM25; the best word is worth about 8."""
_TOPIC = 5.0
"""What a title of the kind that is asked for is worth."""
_NOBODY = 3.0
"""Where none is named: what a section about no subject is worth, and what one about a match-up loses."""


@dataclass(frozen=True)
class Passage:
    """A section that was found.

    Args:
        section: the section.
        score: how well it fits; comparable within one search only.
        covered: the part of the question's words (by weight) that it holds, 0 to 1.
        words: how many of the question's words it holds.
    """

    section: Section
    score: float
    covered: float
    words: int


def search(game: str, question: str, limit: int = 3) -> list[Passage]:
    """The sections that fit a question best, best first; none where nothing fits.

    Args:
        game: id of a game.
        question: free text of a player.
        limit: at most so many.

    Raises:
        CoachError: there are no guides for the game.
    """
    return find(loaded(game), question, limit)


def off_topic(game: str, question: str) -> bool:
    """Whether the guides of a game have nothing to say about a question.

    Raises:
        CoachError: there are no guides for the game.
    """
    return is_off_topic(loaded(game), question)


def in_a_language_of_the_guides(game: str, question: str) -> str | None:
    """A Japanese question as it is, where a guide in Japanese answers it; or its English, by the game's own words.

    Returns:
        None where the guides and their words do not know it, or there are none: a translator has to read it.
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
    """As `search`, in these guides."""
    return _ranked(library, understand(question, library))[:limit]


def is_off_topic(library: Library, question: str) -> bool:
    """As `off_topic`, for these guides.

    A question is on the topic where its words are those of the guides: of a question that names a subject or has a
    word that only this game has, one section has to hold half, or a quarter where it does both; of any other, nearly
    all, and more than one word unless it is what a kind of sections is about.
    A question that names nothing but what no guide is about is off the topic.
    Where nobody has said which words are the game's, and for the player's own guides, it is enough that a section holds
    two of the words, or half of them.
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
    covered = max(passage.covered for passage in passages)
    if asked.subjects and asked.specific:
        return covered < 0.25
    if asked.subjects or asked.specific:
        return covered < 0.5
    return covered < 0.9 or (len(asked.words) < 2 and not asked.topics)


@functools.lru_cache(maxsize=4)
def _library(game: str, stamp: tuple[tuple[str, int, int], ...]) -> Library:
    return guides.load(game)


def loaded(game: str) -> Library:
    """The guides of a game, read again when a file of theirs has changed.

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


@contextlib.contextmanager
def _index(sections: Sequence[Section]) -> Iterator[sqlite3.Connection]:
    with contextlib.closing(sqlite3.connect(":memory:")) as index:
        index.execute(
            "CREATE VIRTUAL TABLE sections USING fts5(title, text, tokenize = 'porter unicode61 remove_diacritics 2')"
        )
        index.executemany(
            "INSERT INTO sections (rowid, title, text) VALUES (?, ?, ?)",
            ((number, spaced(section.title), spaced(section.text)) for number, section in enumerate(sections)),
        )
        yield index


def _ranked(library: Library, asked: Question) -> list[Passage]:
    sections = library.sections
    scores = dict.fromkeys(range(len(sections)), 0.0)
    held = dict.fromkeys(range(len(sections)), 0.0)
    words = dict.fromkeys(range(len(sections)), 0)
    weights = 0.0
    with _index(sections) as index:
        for word in asked.words:
            rows = index.execute(
                "SELECT rowid, -bm25(sections, ?, ?) FROM sections WHERE sections MATCH ?",
                (_TITLE_WEIGHT, _TEXT_WEIGHT, " OR ".join(map(_quoted, word))),
            ).fetchall()
            # The weight of a word is its rarity; one that no section has weighs most.
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
    """What a section is worth for being about what the question names."""
    subject = section.subject
    rival = lexicon.match_ups.rival(section, slugs) if lexicon.match_ups else ""
    if not asked.subjects:
        return _NOBODY if subject not in slugs else -_NOBODY if rival else 0.0
    title = section.title.casefold().replace(subject.casefold(), " ")
    topic = _TOPIC if any(re.search(rf"\b{re.escape(topic)}", title) for topic in asked.topics) else 0.0
    if lexicon.match_ups:
        return lexicon.match_ups.bonus(subject, rival, asked.sides, _NAMED, topic)
    return _NAMED + topic if subject in asked.subjects else 0.0


def _quoted(word: str) -> str:
    """A word or phrase as a query of FTS5: nothing in it is an operator."""
    return '"' + spaced(word).replace('"', " ") + '"'
