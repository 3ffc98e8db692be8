"""Finds the move that a piece of advice names.

A direction word is not always a move: "the hole is right above you", "what is left", "the key is on the left", "never
go down". It counts where it is recommended (after a verb of motion, after "the best move is", or alone); any other word
counts unless it is a noun. Negated or excluded words never count.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

_DIRECTIONS: Final = {"left", "right", "up", "down"}
_VERB = (
    r"(?:go|goes|going|move|moves|moved|moving|step|steps|stepping|head|heads|heading|walk|walking|run|running|turn|turning"
    r"|steer|steering|slide|sliding|push|pushing|press|pressing|hit|hold|holding|swing|shift|shifted|shifting|climb|climbing"
    r"|jump|jumping|hop|crawl|swim|fly|drop|roll|dash|drive|travel|continue|proceed|bring|send|take|use|choose"
    r"|choosing|try|play|keep|stay|face|nudge|tap|go for|rather)"
)
_BETWEEN = (  # what may stand between a verb and where to
    r"(?:the|a|an|your|its|his|her|it|him|them|yourself|to|towards?|into|one|two|three|four|five|six|\d+|once|twice"
    r"|again|back|further|straight|all|way|more|still|directly|immediately|quickly|slowly|carefully|just|only|now"
    r"|step|steps|square|squares|cell|cells|tile|tiles|space|spaces|key|arrow|button|direction|going|moving|the:?"
    r"|cat|bar|paddle|player|agent|character|hero|elf|figure|piece|block|ball|ship|car|camera|joystick|stick|pad"
    r"|\w+(?='s)|'s)"
)
_MAX_BETWEEN = 5
_NAMED = (  # "The safest next move for the cat is (to the) left", "Next: left", "Answer = left"
    r"(?:moves?|directions?|actions?|answers?|choices?|options?|ways?|paths?|routes?|steps?|advice|next|key)"
    r"(?:\s+(?!is\b|are\b)\w+){0,6}?"
    r"(?:\s+(?:is|would be|will be|should be|must be|=)|\s*[:=\u2192])"
    r"\s*(?:now\s+|still\s+|simply\s+|to\s+|the\s+|go(?:ing)?\s+)*"
)
_RECOMMENDED_AFTER = (
    r"(?=\s+(?:is|looks|seems|would be)\s+(?:the\s+|your\s+|clearly\s+)*(?:best|better|safest|safer|right|correct))"
)
_COUNTED = re.compile(
    r"\b(?:no|one|two|three|four|five|\d+)\s+(?:more\s+)?(?:moves?|steps?|ways?|options?)\s+(?:is|are)\s*$", re.I
)
_RULED_OUT_BEFORE = re.compile(
    r"(?:\b(?:not|never|avoid|avoids|avoiding|without|instead of|rather than|than|neither|nor|stop|before|after|if"
    r"|cannot|unable|unless|when|against)\b|n['\u2019]t\b)[^,;:]*$",
    re.I,
)
_RULED_OUT_AFTER = re.compile(
    r"\s*(?:\w+\s+){0,3}?(?:is|are|would|will|leads?|could|can|might|may|has|was)\b\s*"
    r"(?:\w+\s+){0,3}?(?:blocked|closed|impossible|dangerous|unsafe|deadly|risky|wrong|worse|bad|not|never|n't|wall"
    r"|walls|hole|fall|lose|die|death|nothing|into|no)\b",
    re.I,
)
_NOT_THE_MOVE_AFTER: Final = {
    "left": (r"[-\s]+(?:of|over|behind|hand|side|edge|wall|corner|half|alone|the|a|before)\b|[-\s]+to\s+(?:do|go)\b"),
    "right": (
        r"[-\s]+(?:above|below|beside|behind|beneath|under|over|next to|here|there|away|after|before|in|on|at|by|near"
        r"|of|where|ahead|through|across|between|opposite|outside|inside|hand|side|edge|wall|corner|half|up|down"
        r"|moves?|ways?|choices?|answers?|directions?|paths?|times?|moment|one|thing|idea|order|track|place|spot)\b"
    ),
    "up": (
        r"[-\s]+(?:ahead|there|here|above|side|front|until|till|for grabs)\b"
        r"|\s+to\s+(?:you|now|date|\d+|one|two|three|four|five)\b"
    ),
    "down": r"[-\s]+(?:there|here|below|side|time)\b|\s+to\s+(?:you|\d+|one|two|three|four|five)\b",
}
_APPROACH = re.compile(r"\b(?:go|come|walk|run|get|close|sneak|creep|step)\s+(?:right\s+|straight\s+)?$", re.I)
_APPROACHED = re.compile(r"\s+to\s+(?:the|a|an|it|him|her|them|that|this|your|its)\b", re.I)
_PLACE_BEFORE = re.compile(
    r"\b(?:on|at|from|in|near|along)\s+(?:\w+['\u2019]s\s+)?(?:the|your|its|his|her|far|upper|lower|top|bottom|\s)*$",
    re.I,
)
_ALONE = re.compile(r"^[\W_]*(?:(?:now|so|then|next|first|ok|okay|yes|to the|again|go|just|and)[\W_]+)*$", re.I)
_NUMBER = re.compile(r"\b(?:one|two|three|four|five|six|seven|eight|nine|ten|\d+)\s+$", re.I)
_IN_ORDER = re.compile(r"\b(?:then|afterwards|after that|finally)\b|\n\W*\d+[.)]", re.I)
_A_NOUN = re.compile(r"\b(?:the|a|an|this|that|each|your|its)\s+(?:\w+\s+)?$", re.I)
_SENTENCES = re.compile(r"[^.!?;\n\u3002]+(?:\.(?=\w)[^.!?;\n\u3002]*)*")


@dataclass(frozen=True)
class NamedMove:
    """A move named in a text, and where.

    Attributes:
        move: its name in lower case.
        start: index of the first character of its word.
        end: index after the last character of its word.
    """

    move: str
    start: int
    end: int


def named_move(text: str, moves: Iterable[str]) -> str | None:
    """The name in lower case of the move that the advice recommends; see ``find_named_move``."""
    found = find_named_move(text, moves)
    return found.move if found else None


def find_named_move(text: str, moves: Iterable[str]) -> NamedMove | None:
    """Find the move that the advice recommends; None if it recommends none.

    The last sentence that names a move decides, as advice ends with what to do; in a sequence of moves, the first.

    Args:
        text: the advice, English.
        moves: move names of the profile, for instance ``("left", "down", "right", "up")``.
    """
    names = [move.lower() for move in moves]
    if not names:
        return None
    words = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    mentions: list[NamedMove] = []
    for sentence in _SENTENCES.finditer(text):
        for found in re.finditer(rf"(?<![\w-])(?:{words})(?!\w|-\w)", sentence[0], re.IGNORECASE):
            name, (start, end) = found[0].lower(), found.span()
            if _is_recommended(name, sentence[0][:start], sentence[0][end:], names):
                mentions.append(NamedMove(name, sentence.start() + start, sentence.start() + end))
    if not mentions:
        return None
    index = len(mentions) - 1
    while index and _IN_ORDER.search(text[mentions[index - 1].end : mentions[index].start]):
        index -= 1
    return mentions[index]


@dataclass(frozen=True)
class AvoidedMoves:
    """The moves that an answer must not recommend again.

    Attributes:
        moves: names of all moves of the game.
        tried: the moves to avoid.
    """

    moves: tuple[str, ...]
    tried: tuple[str, ...]

    def find_tried(self, text: str) -> NamedMove | None:
        """Find the move that an answer recommends if it is one of the tried ones; otherwise None."""
        mention = find_named_move(text, self.moves)
        return mention if mention and mention.move in self.tried else None


def _is_recommended(name: str, before: str, after: str, names: Sequence[str]) -> bool:
    """Whether a sentence recommends the move that it contains.

    Args:
        name: name of the move.
        before: the sentence up to the word.
        after: the rest of it.
        names: names of all moves.
    """
    if _RULED_OUT_BEFORE.search(before) or _RULED_OUT_AFTER.match(after):
        return False
    if name not in _DIRECTIONS:
        return not (_A_NOUN.search(before) and not _named(before, names))
    return _is_direction_to_go(name, before, after, names)


def _is_direction_to_go(name: str, before: str, after: str, names: Sequence[str]) -> bool:
    """Whether a direction word stands for a move, not for a place; the arguments are those of `_is_recommended`."""
    if re.match(_NOT_THE_MOVE_AFTER[name], after, re.I):
        return False
    commanded = _commanded(before, names)
    if name == "right" and not commanded and re.match(r"\s+now\b", after, re.I):
        return False
    if name in ("up", "down") and _APPROACH.search(before) and _APPROACHED.match(after):
        return False
    if _COUNTED.search(before) or _PLACE_BEFORE.search(before):
        return False
    return bool(
        commanded
        or _named(before, names)
        or re.match(_RECOMMENDED_AFTER, after, re.I)
        or (_ALONE.match(before) and not re.match(r"\s+(?:is|are|was|has)\b", after, re.I))
    )


def _commanded(before: str, names: Sequence[str]) -> bool:
    """Whether a verb of motion precedes the word, with nothing between but what is moved, and how far."""
    between = "|".join(
        [_BETWEEN, *(rf"{re.escape(name)}(?:\s*(?:,|or|/))?" for name in names if name not in _DIRECTIONS)]
    )
    verb = re.search(rf"\b{_VERB}\W+(?:(?:{between})\W+){{0,{_MAX_BETWEEN}}}$", before, re.I)
    return verb is not None and not _NUMBER.search(before[: verb.start()])  # "three steps up" is a location


def _named(before: str, names: Sequence[str]) -> bool:
    return re.search(rf"\b{_NAMED}[\W_]*$", before, re.I) is not None


def mentions_move(text: str, moves: Iterable[str]) -> bool:
    """Whether a text speaks of making one of the moves, be it recommended or ruled out.

    Stricter than `find_named_move`: other forms of the words count, too ("placing a stone").

    Args:
        text: the advice, English.
        moves: move names of the profile.
    """
    names = [move.lower() for move in moves]
    for sentence in _SENTENCES.findall(text):
        for name in names:
            for found in re.finditer(_any_form(name), sentence, re.IGNORECASE):
                before, after = sentence[: found.start()], sentence[found.end() :]
                if name in _DIRECTIONS:
                    meant = _commanded(before, names) or _is_direction_to_go(name, before, after, names)
                else:
                    meant = not _A_NOUN.search(before) or _commanded(before, names) or _named(before, names)
                if meant:
                    return True
    return False


def _any_form(name: str) -> str:
    """A pattern for a move in running text: its verb in other forms, with an article before its object."""
    first, *others = name.split()
    if name in _DIRECTIONS:
        return rf"(?<![\w-]){first}(?:wards?)?(?!\w|-\w)"
    stem = re.escape(first.removesuffix("e"))
    verb = rf"{stem}{re.escape(first[-1])}?(?:e|e?s|e?d|ing)?"
    objects = "".join(rf"\s+(?:(?:an?|the|your)\s+)?{re.escape(word)}" for word in others)
    return rf"(?<![\w-]){verb}{objects}(?!\w|-\w)"


_WALLS = re.compile(r"\b(?:walls? (?:is|are)|there (?:is a|are) walls?)\b(.*)", re.I | re.S)
_BESIDE: Final = {
    "up": r"above (?:you|it|the)|overhead",
    "down": r"(?:below|under) (?:you|it|the)",
    "left": r"(?:on|to) (?:your|its|the) left",
    "right": r"(?:on|to) (?:your|its|the) right",
}
_ONLY_FREE = re.compile(r"\bonly the way (\w+) (?:has no wall|is (?:free|open))", re.I)
_ONLY_WAY = re.compile(
    r"\bonly (?:(?:the|your|one|free|open|safe|good|other|possible)\s+)*(?:way|path|route|side|direction|move|exit)\b"
    r".*\b(?:left|right|up|down)\b",
    re.I | re.S,
)


def walled_off(text: str, moves: Iterable[str]) -> frozenset[str]:
    """The moves that the advice itself says are blocked by walls; advice to make one of them contradicts itself.

    Args:
        text: the advice, English.
        moves: move names of the profile; only directions can be blocked.
    """
    names = {move.lower() for move in moves} & _DIRECTIONS
    off: set[str] = set()
    for sentence in _SENTENCES.findall(text):
        if only := _ONLY_FREE.search(sentence):
            off |= names - {only[1].lower()}
        elif (walls := _WALLS.search(sentence)) and not re.search(r"\bsteps?\b|\bsquares?\b|\bno\b|\bnot\b", sentence):
            off |= {name for name in names if re.search(rf"\b(?:{_BESIDE[name]})\b", walls[1], re.I)}
    return frozenset(off)


def leaves_one_way(text: str, moves: Iterable[str]) -> bool:
    """Whether a text says that only one direction is open, and so tells the move without naming it.

    Args:
        text: the advice, English.
        moves: move names of the profile.
    """
    directions = {move.lower() for move in moves} & _DIRECTIONS
    return bool(directions) and (bool(_ONLY_WAY.search(text)) or len(directions - walled_off(text, directions)) == 1)


def spoken_move(move: str) -> str:
    """The shortest advice that names a move."""
    return f"Move {move}." if move in _DIRECTIONS else f"Next: {move}."
