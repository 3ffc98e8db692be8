"""Finds a game's names in a text: an answer must not contain any that are in neither the question nor its sources."""

import functools
import re
from collections.abc import Iterator

from coach_app.knowledge.library import Library


def foreign_names(answer: str, known: str, library: Library) -> tuple[str, ...]:
    """Find names of the game that an answer makes up.

    Args:
        answer: the answer to check.
        known: text that it may refer to: the question and its sections, including titles.
        library: the guides, with the game's names.

    Returns:
        Each such name once, in the order of the answer.
    """
    plain = _plain(known)
    foreign: dict[str, None] = {}
    for name, spellings in _named(answer, library):
        if not any(re.search(rf"(?<!\w){re.escape(_plain(spelling))}", plain) for spelling in spellings):
            foreign[name] = None
    return tuple(foreign)


def _plain(text: str) -> str:
    return re.sub(r"[\s\-\u2010-\u2014]+", " ", text.replace("’", "'")).casefold()


def _named(text: str, library: Library) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The names in a text, each with all its spellings."""
    lexicon = library.lexicon
    spellings = {title: ways for title, ways in library.named().items() if title in lexicon.names}
    spellings |= {name: (name,) for name in lexicon.others}
    synonyms: dict[str, list[str]] = {}
    for word, synonym in lexicon.synonyms.items():
        synonyms.setdefault(synonym.casefold(), []).append(word)
    for move in lexicon.moves:
        spellings[move] = (move, *synonyms.get(move.casefold(), ()))
    written, any_case = _patterns(tuple((way, name) for name, ways in spellings.items() for way in ways))
    found = [
        (match.start(), match.end(), names[_plain(match[0])])
        for pattern, names in (written, any_case)
        for match in pattern.finditer(text)
    ]
    # A longer name is not a mention of its parts.
    for start, end, name in sorted(found, key=lambda entry: (entry[0], -entry[1])):
        if not any(a <= start and end <= b and b - a > end - start for a, b, _ in found):
            yield name, spellings[name]


@functools.lru_cache(maxsize=4)
def _patterns(entries: tuple[tuple[str, str], ...]) -> tuple[tuple[re.Pattern[str], dict[str, str]], ...]:
    """A case-sensitive and a case-insensitive pattern for spellings, each with the names that they stand for."""
    # A capitalised name counts only if capitalised: it may be a common word otherwise.
    groups = ([entry for entry in entries if entry[0][0].isupper()], [e for e in entries if not e[0][0].isupper()])
    made = []
    for group, flags in zip(groups, (re.NOFLAG, re.IGNORECASE), strict=True):
        ways = sorted((way for way, _ in group), key=len, reverse=True)
        spelled = "|".join(r"[ -]".join(re.escape(part) for part in re.split(r"[ -]", way)) for way in ways) or r"(?!)"
        names = {_plain(way): name for way, name in reversed(group)}
        made.append((re.compile(rf"(?<!\w)(?:{spelled})(?!\w)", flags), names))
    return tuple(made)
