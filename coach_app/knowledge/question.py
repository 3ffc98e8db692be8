"""Parses a player's question: its subjects, the kinds of sections it asks for, and its search terms."""

import functools
import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from coach_app.knowledge.everyday_words import PLAYERS_WORDS, STOP_WORDS
from coach_app.knowledge.japanese import is_unspaced, unspaced_words
from coach_app.knowledge.library import Lexicon, Library
from coach_app.knowledge.match_ups import NOBODY, Sides
from coach_app.knowledge.spelling import corrected, words_of


@dataclass(frozen=True)
class Question:
    """A parsed question.

    Args:
        words: search terms in lower case: each a word or phrase with its synonyms.
        specific: how much of it belongs to this game: one for each of its words, two for a phrase.
        sides: the player's side and the opponent, in a game with match-ups.
        subjects: the subjects named, in the order of the text.
        others: names that no guide covers.
        topics: kinds of sections that it asks for, as beginnings of words in their titles.
        plain: its text in lower case, with mistyped words corrected.
        called: the names in it, in lower case, as they are written.
    """

    words: tuple[tuple[str, ...], ...]
    specific: int = 0
    sides: Sides = NOBODY
    subjects: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    plain: str = ""
    called: tuple[str, ...] = ()


def understand(text: str, library: Library) -> Question:
    """Parse a player's question; accepts any text."""
    plain = corrected(fold(text), *_vocabulary(library), STOP_WORDS)
    names = _names(library)
    covered = set(library.named())
    # A name inside a term of the game ("Queen's Gambit") is not a mention.
    own = [(start, end) for _, start, end in own_words(library.lexicon).find(plain)]
    found: list[tuple[int, int, str]] = []
    called: list[str] = []
    rest = plain
    for match in names.pattern.finditer(plain):
        meant = names.meant[match[1].replace("'", "")]
        if covered.issuperset(meant) or not any(start <= match.start() and match.end() <= end for start, end in own):
            found += [(match.start(), match.end(), name) for name in meant]
            called.append(match[1])
            rest = rest[: match.start()] + " " * len(match[0]) + rest[match.end() :]
    subjects = tuple(dict.fromkeys(name for *_, name in found if name in covered))
    others = tuple(dict.fromkeys(name for *_, name in found if name not in covered))
    match_ups = library.lexicon.match_ups
    # A name for several subjects ("spacies") means any one of them.
    one_each = {entry[:2]: entry for entry in reversed(found) if entry[2] in covered}
    sides = match_ups.sides(plain, sorted(one_each.values())) if match_ups else NOBODY
    words, specific = _words(rest, library)
    return Question(words, specific, sides, subjects, others, topics_in(plain, library.lexicon), plain, tuple(called))


_USUAL = 4
"""A word in so many sections is one that players of the game use."""
_VOICED = "\u3099\u309a"
"""The marks that make another letter of a kana."""


@functools.lru_cache(maxsize=4)
def _vocabulary(library: Library) -> tuple[frozenset[str], frozenset[str]]:
    """The words that are known to be correct, and the possible corrections of mistyped ones."""
    lexicon = library.lexicon
    names = [name for ways in library.named().values() for name in ways]
    own = (*names, *lexicon.others, *lexicon.moves, *lexicon.terms, *lexicon.synonyms, *lexicon.synonyms.values())
    asked = (*lexicon.stop_words, *(way for ways in lexicon.topics.values() for way in ways))
    meant = words_of(map(fold, (*own, *asked, lexicon.title))) | STOP_WORDS
    counts = Counter(
        word for section in library.sections for word in words_of([fold(f"{section.title} {section.text}")])
    )
    written = PLAYERS_WORDS.union(counts)
    usual = {word for word, sections in counts.items() if sections >= _USUAL} | words_of(
        fold(section.title) for section in library.sections
    )
    # Without a vocabulary, all words of the guides are possible corrections; with one, those that they often use.
    nameless = not (lexicon.names or lexicon.terms)
    return frozenset(meant | written), frozenset(meant | (written if nameless else usual))


def fold(text: str) -> str:
    """Normalise to lower case without accents, with straight apostrophes and hyphens."""
    letters = unicodedata.normalize("NFKD", text)
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter) or letter in _VOICED)
    plain = unicodedata.normalize("NFC", plain)
    return re.sub(r"[\u2010-\u2014]", "-", plain.replace("’", "'").replace("`", "'")).casefold()


@dataclass(frozen=True)
class _Names:
    pattern: re.Pattern[str]
    meant: Mapping[str, tuple[str, ...]]


@functools.lru_cache(maxsize=16)
def _names_of(entries: tuple[tuple[str, str], ...]) -> _Names:
    meant: dict[str, tuple[str, ...]] = {}
    for name, title in entries:
        key = fold(name).replace("'", "")
        meant[key] = tuple(dict.fromkeys((*meant.get(key, ()), title)))
    longest_first = sorted({fold(name) for name, _ in entries}, key=len, reverse=True)
    # "Rook's" and "rooks" are mentions of the rook.
    choices = "|".join(re.escape(name) for name in longest_first) or r"(?!)"
    return _Names(re.compile(rf"(?<![\w-])({choices})(?:'s|'|s)?(?![\w])"), meant)


def _names(library: Library) -> _Names:
    subjects = [(name, title) for title, names in library.named().items() for name in names]
    taken = {fold(name) for name, _ in subjects}
    others = [(name, name) for name in library.lexicon.others if fold(name) not in taken]
    return _names_of((*others, *subjects))


@dataclass(frozen=True)
class _Phrases:
    """Finds words and phrases, inflected or not; the longest if several begin together."""

    pattern: re.Pattern[str]
    phrases: tuple[str, ...]

    def find(self, text: str) -> list[tuple[str, int, int]]:
        """The phrases in a text, each with its start and end."""
        return [
            (self.phrases[match.lastindex - 1], match.start(), match.end())
            for match in self.pattern.finditer(text)
            if match.lastindex
        ]


@functools.lru_cache(maxsize=32)
def _finder(spellings: tuple[str, ...]) -> _Phrases:
    phrases = tuple(sorted(dict.fromkeys(map(fold, spellings)), key=lambda phrase: (-len(phrase), phrase)))
    alternatives = "|".join(f"({_inflected(phrase)})" for phrase in phrases) or r"(?!)"
    return _Phrases(re.compile(rf"(?<![\w-])(?:{alternatives})(?![\w-])"), phrases)


def _inflected(phrase: str) -> str:
    """A regular expression for a phrase and its inflections: "dash dancing" for "dash dance", "grabbed" for "grab"."""
    spelled = r"[ -]".join(re.escape(part) for part in re.split(r"[ -]", phrase))
    if len(phrase) < 3 or not phrase[-1].isalpha():
        return spelled
    stem = spelled.removesuffix("e") + ("e?" if phrase[-1] == "e" else f"{phrase[-1]}?")
    return rf"{stem}(?:s|es|d|ed|ing)?"


def own_words(lexicon: Lexicon) -> _Phrases:
    """The words of a game; "off the stage" is one, and "stage" inside it none."""
    return _finder((*lexicon.moves, *lexicon.terms, *lexicon.synonyms))


def topics_in(plain: str, lexicon: Lexicon) -> tuple[str, ...]:
    """The kinds of sections that a folded text is about."""
    topics = {fold(phrase): topic for topic, phrases in lexicon.topics.items() for phrase in phrases}
    return tuple(dict.fromkeys(topics[phrase] for phrase, *_ in _finder(tuple(topics)).find(plain)))


@functools.lru_cache(maxsize=4)
def _spellings(library: Library) -> tuple[Mapping[str, str], frozenset[str], str]:
    """The synonyms, the words specific to the game, and its title, all folded."""
    lexicon = library.lexicon
    synonyms = {fold(word): fold(alternatives) for word, alternatives in lexicon.synonyms.items()}
    return synonyms, frozenset(fold(word) for word in (*lexicon.moves, *lexicon.terms)), fold(lexicon.title)


def _words(rest: str, library: Library) -> tuple[tuple[tuple[str, ...], ...], int]:
    """The search terms of a question without its names, and how specific to this game they are."""
    lexicon = library.lexicon
    synonyms, own, title = _spellings(library)
    chosen: dict[tuple[str, ...], None] = {}
    titles: dict[tuple[str, ...], None] = {}
    specific: dict[str, int] = {}
    ignored = STOP_WORDS.union(lexicon.stop_words, lexicon.halves)
    for phrase, start, end in own_words(lexicon).find(rest):
        rest = rest[:start] + " " * (end - start) + rest[end:]
        alternatives = (phrase, synonyms[phrase]) if phrase in synonyms else (phrase,)
        if not own.isdisjoint(alternatives):
            specific[phrase] = 2 if re.search("[ -]", phrase) else 1
        named = any(re.search(rf"\b{re.escape(phrasing)}\b", title) for phrasing in alternatives)
        (titles if named else chosen)[alternatives] = None
    for word in re.findall(r"[\w']+", rest):
        if is_unspaced(word):
            chosen |= dict.fromkeys((part,) for part in unspaced_words(word))
            continue
        word = re.sub(r"'s?$", "", word).replace("'", "")
        if len(word) > 1 and word not in ignored:
            chosen[(word,)] = None
    # The game's own name does not discriminate between sections: it is used only if there is nothing else.
    return tuple(chosen or titles), sum(specific.values())
