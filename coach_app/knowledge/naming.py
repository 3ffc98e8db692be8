"""Which names of a game a text has: an answer may have none that is in neither the question nor its sources."""

import functools
import re
from collections.abc import Iterator

from coach_app.knowledge.library import Library


def foreign_names(answer: str, known: str, library: Library) -> tuple[str, ...]:
    """Names of the game that an answer brings in from nowhere.

    Args:
        answer: what is to be said.
        known: what it may speak about: the question and its sections, titles included.
        library: the guides, with the game's names.

    Returns:
        Their names, each once, in the order of the answer; empty where the answer stays with what is known.
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
    """What a text names, with every spelling of it."""
    lexicon = library.lexicon
    spellings = {title: ways for title, ways in library.named().items() if title in lexicon.names}
    spellings |= {name: (name,) for name in lexicon.others}
    synonyms: dict[str, list[str]] = {}
    for word, said in lexicon.synonyms.items():
        synonyms.setdefault(said.casefold(), []).append(word)
    for move in lexicon.moves:
        spellings[move] = (move, *synonyms.get(move.casefold(), ()))
    written, any_case = _patterns(tuple((way, name) for name, ways in spellings.items() for way in ways))
    found = [
        (match.start(), match.end(), meant[_plain(match[0])])
        for pattern, meant in (written, any_case)
        for match in pattern.finditer(text)
    ]
    # A longer name does not name what a part of it would.
    for start, end, name in sorted(found, key=lambda entry: (entry[0], -entry[1])):
        if not any(a <= start and end <= b and b - a > end - start for a, b, _ in found):
            yield name, spellings[name]


@functools.lru_cache(maxsize=4)
def _patterns(entries: tuple[tuple[str, str], ...]) -> tuple[tuple[re.Pattern[str], dict[str, str]], ...]:
    """What finds spellings as they are written, and what finds them in any letters; each with the names meant."""
    # A name with a capital letter is one only where it is written so: it may be a common word otherwise.
    groups = ([entry for entry in entries if entry[0][0].isupper()], [e for e in entries if not e[0][0].isupper()])
    made = []
    for group, flags in zip(groups, (re.NOFLAG, re.IGNORECASE), strict=True):
        ways = sorted((way for way, _ in group), key=len, reverse=True)
        spelled = "|".join(r"[ -]".join(re.escape(part) for part in re.split(r"[ -]", way)) for way in ways) or r"(?!)"
        meant = {_plain(way): name for way, name in reversed(group)}
        made.append((re.compile(rf"(?<!\w)(?:{spelled})(?!\w)", flags), meant))
    return tuple(made)
