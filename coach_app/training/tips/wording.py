"""Says what the sentences of a guide say in other words, by rules of English: clauses change places or become
sentences, phrases synonyms.

What must stay, such as names, numbers and key facts, is never touched. A sentence that no rule fits stays as it is.
"""

import random
import re
from collections.abc import Callable, Iterable, Sequence

_PRONOUN = re.compile(r"\b(?:he|she|it|they|them|him|her|his|its|their|this|that|these|those|one)\b", re.IGNORECASE)
_MARKER = re.compile(r"\b(?:if|when|once|after|before|while|because|since|so|but|although|and|or)\b|[,;:]")
_SYNONYMS = (
    ("above all", "especially"),
    ("as well as", "and also"),
    ("begins", "starts"),
    ("cannot", "can't"),
    ("close to", "near"),
    ("do not", "don't"),
    ("does not", "doesn't"),
    ("from afar", "from a long way off"),
    ("from close up", "at close range"),
    ("from far away", "from a distance"),
    ("from nearly anywhere", "from almost anywhere"),
    ("hard to", "difficult to"),
    ("in time", "early enough"),
    ("instead of", "rather than"),
    ("is not", "isn't"),
    ("must not", "should not"),
    ("nearly", "almost"),
    ("often", "frequently"),
    ("opponents", "other players"),
    ("the opponent", "the other player"),
    ("seldom", "rarely"),
    ("strongest", "most powerful"),
    ("such as", "like"),
    ("the usual", "the standard"),
    ("until", "till"),
    ("very", "really"),
    ("whole cast", "entire cast"),
)
_ORDERS = frozenset(
    re.findall(
        r"[a-z-]+",
        "aim avoid ban bait block catch change choose come combine crouch dash drift drop end face fade finish float "
        "follow get give go grab hit hold interrupt jump keep kill land let look make meet mix move pick play practise "
        "press protect pull punish push put react recover return run save send shield shoot short-hop space stand "
        "start stay take tech throw time try turn use vary wait walk watch weave",
    )
)
"""Verbs that begin an order."""
_GOING_ON = frozenset(
    {"drift", "get", "go", "give", "have", "let", "make", "move", "return", "run", "send", "try", "walk"}
)
"""Those after which “to” tells no purpose: a place, somebody, or what is tried."""
_TURNED_RATE, _INSIDE_RATE = 0.8, 0.5
"""How often clauses change places, and phrases are exchanged."""

OWN_WORDS = frozenset(
    re.findall(
        r"[a-z']+",
        " ".join(to for _, to in _SYNONYMS).lower()
        + " because but yet if when once after before while since so and to against first second third",
    )
)
"""What rewording may add; all other words of an answer are the guide's, or the question's."""


class Wording:
    """Rewords sentences.

    Args:
        common: words that may begin a sentence and are no names, in lower case.
        names: names that keep their capital, such as those of moves that are common words otherwise.
    """

    def __init__(self, common: Iterable[str], names: Iterable[str] = ()) -> None:
        self._common = _ORDERS.union(common)
        self._names = tuple(f"{name} " for name in names if name[:1].isupper())

    def reworded(self, sentence: str, kept: Sequence[str], rng: random.Random) -> str:
        """The sentence in other words, or unchanged where no rule fits.

        Args:
            sentence: one sentence with its full stop.
            kept: phrases that stay as they are, in lower case.
            rng: chooses among the rules.
        """
        text = self._turned(sentence, rng) if rng.random() < _TURNED_RATE else sentence
        for phrase, other in rng.sample(_SYNONYMS, len(_SYNONYMS)):
            if rng.random() < _INSIDE_RATE and not any(phrase in fact for fact in kept):
                text = _exchanged(text, phrase, other)
        plain = text.lower()
        return text if all(fact in plain for fact in kept if fact in sentence.lower()) else sentence

    def listed(self, sentences: Sequence[str], rng: random.Random) -> str:
        """Sentences as a list, with numbers or dashes, one on each line."""
        dashes = rng.random() < 0.5
        return "\n".join(f"- {each}" if dashes else f"{number}. {each}" for number, each in enumerate(sentences, 1))

    def inside(self, text: str) -> str:
        """A text as it is written inside a sentence: a small letter where its first word is no name."""
        first = re.match(r"[A-Za-z'-]+", text)
        if not first or first[0].lower() not in self._common or f"{text} ".startswith(self._names):
            return text
        if re.match(r"[A-Z][\w'é-]+ (?:of )?[A-Z]", text):  # a name of several words
            return text
        return text[0].lower() + text[1:]

    def _turned(self, sentence: str, rng: random.Random) -> str:
        """The clauses of a sentence in another order, or apart, by the first rule that fits."""
        if not sentence.endswith("."):
            return sentence
        ways: list[Callable[[str], list[str]]] = [self._condition_first, self._condition_last, self._reason]
        ways += [self._reason_first, self._result, self._contrast, self._purpose, self._place, self._purpose_first]
        ways.append(self._halves)
        for way in ways:
            if found := way(sentence[:-1]):
                return rng.choice(found)
        return sentence

    def _condition_first(self, text: str) -> list[str]:
        found = re.fullmatch(r"(If|When|Once|After|Before|While) ([^,;:]+), ([^;:]+)", text)
        if not found or _MARKER.search(found[3]) or _PRONOUN.search(found[3]):
            return []
        return [f"{_capital(found[3])} {found[1].lower()} {found[2]}."]

    def _condition_last(self, text: str) -> list[str]:
        found = re.fullmatch(r"([^,;:]+?) (if|when|once|after|before|while) ([^,;:]+)", text)
        if not found or _MARKER.search(found[1]) or _MARKER.search(found[3]) or _PRONOUN.search(found[3]):
            return []
        return [f"{_capital(found[2])} {found[3]}, {self.inside(found[1])}."]

    def _reason(self, text: str) -> list[str]:
        found = re.fullmatch(r"([^;:]+?),? because (?!of\b)([^;:]+)", text)
        if not found or re.search(r"\b(?:is|are|only|just|not|mostly|partly)$", found[1]):
            return []
        return [f"{found[1]}, since {found[2]}."]

    def _reason_first(self, text: str) -> list[str]:
        found = re.fullmatch(r"(?:Because|Since) (?!of |then )([^,;:]+), ([^;:]+)", text)
        if not found or _MARKER.search(found[2]) or (_PRONOUN.match(found[2]) and not _PRONOUN.match(found[1])):
            return []
        return [f"{_capital(found[2])}, because {found[1]}.", f"{_capital(found[2])}, since {found[1]}."]

    def _result(self, text: str) -> list[str]:
        found = re.fullmatch(r"([^,;:]+), so (?!(?:that|as|far|many|much|long)\b)([^;:]+)", text)
        return [f"{found[1]}. So {found[2]}."] if found else []

    def _contrast(self, text: str) -> list[str]:
        found = re.fullmatch(r"([^,;:]+), but ([^;:]+)", text)
        if not found or _MARKER.match(found[1].lower()) or not _tells(found[2]):
            return []
        return [f"{found[1]}. But {found[2]}.", f"{found[1]}, yet {found[2]}."]

    def _purpose(self, text: str) -> list[str]:
        found = re.fullmatch(r"To ([^,;:]+), ([^;:,]+)", text)
        return [f"{_capital(found[2])} to {found[1]}."] if found and not _PRONOUN.search(found[2]) else []

    def _purpose_first(self, text: str) -> list[str]:
        found = re.fullmatch(r"([^,;:]+?) to (?!(?:the|an?|his|her|its|their|your|one)\b)([a-z]+ [^,;:]+)", text)
        first = found[1].partition(" ")[0].lower() if found else ""
        if not found or first not in _ORDERS - _GOING_ON:
            return []
        if _MARKER.search(found[1]) or _MARKER.search(found[2]) or re.search(r"\bto\b", found[2]):
            return []
        return [f"To {found[2]}, {_small(found[1])}."] if not _PRONOUN.search(found[2]) else []

    def _place(self, text: str) -> list[str]:
        found = re.fullmatch(r"(Against|Off|Near|At|On|From|In|Below|Above|After|Under) ([^,;:]+), ([^;:]+)", text)
        if not found or _MARKER.search(found[3]) or _PRONOUN.search(found[3]):
            return []
        return [f"{_capital(found[3])} {found[1].lower()} {found[2]}."]

    def _halves(self, text: str) -> list[str]:
        found = re.fullmatch(r"([^;:]+)[;:] ([^;:]+)", text)
        if not found or not re.match(r"(?:\S+ ){1,4}(?:is|are|has|have|can|does|will|must|do not)\b", found[2]):
            return []
        return [f"{found[1]}. {_capital(found[2])}."]


def _tells(clause: str) -> bool:
    """Whether a clause has a subject of its own: it begins with a pronoun, an article or a name."""
    return bool(re.match(r"(?:he|she|it|they|you|the|a|an|his|her|their|[A-Z]\w+)\b", clause))


def _exchanged(text: str, phrase: str, other: str) -> str:
    """A phrase replaced by another one, with its capital."""

    def put(found: re.Match[str]) -> str:
        return _capital(other) if found[0][0].isupper() else other

    return re.sub(rf"\b{re.escape(phrase)}\b", put, text, count=1, flags=re.IGNORECASE)


def _small(text: str) -> str:
    return text[:1].lower() + text[1:]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
