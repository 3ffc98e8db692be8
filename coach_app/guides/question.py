"""What a player's question asks for: which characters, in which parts, and with which words."""

import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass

from coach_app.guides.library import Library

# Words of any question about any game: finding them in a guide means nothing.
STOP_WORDS = frozenset(
    re.findall(
        r"\w+",
        """
    a about above actually after against all also always am an and another any anyone anything are as at away back bad
    be beat beating because become been before being best better between both but by can cannot cant come could deal
    dealing did do does doing done dont down easily easy else ever every explain fight fighting find for from game
    general get gets getting give go going good got great guide guides had handle handling hard has have having he hello
    help her here him his how however i id if im in into is isnt it its just keep kind know knowing let like look lot
    main make makes many matter may maybe me mean means more most much must my myself need needs never no not now of off
    often ok on once one only option options or other our out over own play player playing plays please possible put
    question rather really right same say see she should show so some someone something start still stuff such sure take
    tell than that the their them then there these they thing things think this those through tip tips to too try trying
    up us use used useful using usually versus very vs want was way ways we well were what whats when where whether
    which while who whole whom whose why will with without work works would you your yourself
        """,
    )
)
# They name moves together with another word ("up air"); alone they are as common as the rest.
_DIRECTIONS = frozenset({"up", "down", "back", "forward", "neutral", "side"})

_OPPONENT_BEFORE = (
    r"against|versus|vs|v|into|fight(?:ing|s)?|beat(?:ing|s)?|face|facing|faces|deal(?:ing)? with|handl(?:e|ing)|"
    r"counter(?:ing)?|stop(?:ping)?|punish(?:ing)?|edge-?guard(?:ing)?|kill(?:ing)?|avoid(?:ing)?|escape|escaping|"
    r"defeat(?:ing)?|opposing|enemy|from|chase|chasing|combo(?:ing)?"
)
_OPPONENT_FOLLOWS = r" ?(?:vs|versus|v|against|into)\b"
_PLAYER_BEFORE = r"as|with|using|use|play(?:ing)?|main(?:ing)?|i'?m|be|for"


@dataclass(frozen=True)
class Question:
    """A question, taken apart.

    Args:
        words: what is searched for, in small letters: each a word or phrase, with other ways to say it.
        specific: whether one of them is a word of this game.
        player: the character that is played; empty where none is named.
        opponent: the one that is played against; empty where none is named.
        subjects: every character named, in the order of the text.
        others: named characters of the game that no guide is about.
    """

    words: tuple[tuple[str, ...], ...]
    specific: bool = False
    player: str = ""
    opponent: str = ""
    subjects: tuple[str, ...] = ()
    others: tuple[str, ...] = ()


def understand(text: str, library: Library) -> Question:
    """Take a player's free question apart; any text will do."""
    plain = _fold(text)
    names = _names(library)
    found: list[tuple[int, int, str]] = []
    for match in names.pattern.finditer(plain):
        found.append((match.start(), match.end(), names.meant[match[1].replace("'", "")]))
    rest = names.pattern.sub(" ", plain)
    covered = set(library.characters())
    subjects = tuple(dict.fromkeys(name for *_, name in found if name in covered))
    others = tuple(dict.fromkeys(name for *_, name in found if name not in covered))
    player, opponent = _roles(plain, [entry for entry in found if entry[2] in covered])
    words, specific = _words(rest, library)
    return Question(words, specific, player, opponent, subjects, others)


def _fold(text: str) -> str:
    """Small letters, with straight apostrophes and hyphens."""
    return re.sub(r"[\u2010-\u2014]", "-", text.replace("’", "'").replace("`", "'")).casefold()


@dataclass(frozen=True)
class _Names:
    pattern: re.Pattern[str]
    meant: Mapping[str, str]


@functools.lru_cache(maxsize=16)
def _names_of(entries: tuple[tuple[str, str], ...]) -> _Names:
    meant = {_fold(name).replace("'", ""): title for name, title in entries}
    longest_first = sorted({_fold(name) for name, _ in entries}, key=len, reverse=True)
    # "Peach's" and "Falcos" name Peach and Falco.
    choices = "|".join(re.escape(name) for name in longest_first) or r"(?!)"
    return _Names(re.compile(rf"(?<![\w-])({choices})(?:'s|'|s)?(?![\w])"), meant)


def _names(library: Library) -> _Names:
    subjects = [(name, title) for title, names in library.characters().items() for name in names]
    taken = {_fold(name) for name, _ in subjects}
    others = [(name, name) for name in library.lexicon.others if _fold(name) not in taken]
    return _names_of((*others, *subjects))


def _roles(plain: str, found: list[tuple[int, int, str]]) -> tuple[str, str]:
    """Who is played, and against whom."""
    names = list(dict.fromkeys(name for *_, name in found))
    player = opponent = ""
    for start, end, name in found:
        before = plain[:start].rstrip()
        before = re.sub(r"\b(?:a|an|the|any|good|bad|another)$", "", before).rstrip()
        if re.search(rf"\b(?:{_OPPONENT_BEFORE})\.?$", before):
            opponent = opponent or name
        elif re.search(rf"\b(?:{_PLAYER_BEFORE})$", before) or re.match(_OPPONENT_FOLLOWS, plain[end:]):
            player = player or name
        elif plain[start:end].endswith("'s") and len(names) > 1:
            opponent = opponent or name
    if len(names) == 1 and not (player or opponent):
        player = names[0]
    if len(names) >= 2:
        left = [name for name in names if name not in (player, opponent)]
        if not player and left:
            player = left.pop(0)
        if not opponent and left:
            opponent = left.pop(0)
    elif player == opponent and re.search(r"\b(?:mirror|ditto|dittos)\b", plain) is None:
        opponent = ""
    return player, opponent


def _words(rest: str, library: Library) -> tuple[tuple[tuple[str, ...], ...], bool]:
    """What to search for in a question without its names, and whether any of it is a word of this game."""
    lexicon = library.lexicon
    synonyms = {_fold(word): _fold(said) for word, said in lexicon.synonyms.items()}
    own = {_fold(word) for word in (*lexicon.moves, *lexicon.terms)} | synonyms.keys()
    chosen: dict[tuple[str, ...], None] = {}
    specific = False

    def choose(word: str) -> None:
        chosen[(word, synonyms[word]) if word in synonyms else (word,)] = None

    for phrase in sorted((word for word in own if re.search(r"\W", word)), key=len, reverse=True):
        spelled = r"[ -]".join(re.escape(part) for part in re.split(r"[ -]", phrase))
        rest, count = re.subn(rf"(?<!\w){spelled}s?(?!\w)", " ", rest)
        if count:
            choose(phrase)
            specific = True
    for word in re.findall(r"[\w']+", rest):
        word = re.sub(r"'s?$", "", word).replace("'", "")
        if word in own or word.removesuffix("s") in own:
            choose(word if word in own else word.removesuffix("s"))
            specific = True
        elif len(word) > 1 and word not in STOP_WORDS and word not in _DIRECTIONS:
            choose(word)
    return tuple(chosen), specific
