"""Text of models and of others as the user sees it: nothing in it but what can be seen."""

import re
import unicodedata
from typing import Final

LONGEST: Final = 100_000
"""Characters; no one reads longer texts, and they take long to lay out."""
MAX_QUESTION_LENGTH: Final = 2_000
LINE_ENDS: Final = re.compile("\r\n?|[\v\f\x85\u2028\u2029]")
_UNSEEN = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufff9-\ufffb]")


def plain(text: str) -> str:
    """Text on one line without control characters. What is plain stays as it is when the text goes on."""
    if text.isprintable():  # nothing in it is a control character, and a plain space is the only one
        return " ".join(text.split())
    visible = (" " if character.isspace() else character for character in text)
    return " ".join("".join(c for c in visible if c == " " or unicodedata.category(c)[0] != "C").split())


def printable(text: str, longest: int = LONGEST) -> str:
    """A text of others as it may be shown: nothing in it acts on the screen or the terminal instead of being seen.

    Line breaks and tabs stay. Other control characters (ESC among them), characters that turn the direction of what
    follows, and halves of characters are left out.

    Args:
        text: any.
        longest: what is longer is cut, with an ellipsis.
    """
    if len(text) > longest:
        text = text[: longest - 1] + "…"
    text = LINE_ENDS.sub("\n", text)
    return _UNSEEN.sub("", text)


def question_of(text: str) -> str:
    """A question as it is asked: what can be seen of it, and not the book that was pasted with it."""
    return printable(text, MAX_QUESTION_LENGTH)
