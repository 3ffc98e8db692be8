"""Makes untrusted text safe to show: only visible characters remain."""

import re
import unicodedata
from typing import Final

LONGEST: Final = 100_000
"""Characters; no one reads longer texts, and they take long to lay out."""
MAX_QUESTION_LENGTH: Final = 2_000
LINE_ENDS: Final = re.compile("\r\n?|[\v\f\x85\u2028\u2029]")
_UNSEEN = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufff9-\ufffb]")


def plain(text: str) -> str:
    """Text on one line without control characters. The result for a prefix is a prefix of the result."""
    if text.isprintable():  # no control characters, and no white space but plain spaces
        return " ".join(text.split())
    visible = (" " if character.isspace() else character for character in text)
    return " ".join("".join(c for c in visible if c == " " or unicodedata.category(c)[0] != "C").split())


def printable(text: str, longest: int = LONGEST) -> str:
    """Untrusted text, safe to show: nothing in it can act on the screen or the terminal.

    Line breaks and tabs stay. Other control characters (including ESC), bidirectional controls and lone surrogates are
    left out.

    Args:
        text: any text.
        longest: maximum length in characters; longer text is cut, with an ellipsis.
    """
    if len(text) > longest:
        text = text[: longest - 1] + "…"
    text = LINE_ENDS.sub("\n", text)
    return _UNSEEN.sub("", text)


def question_of(text: str) -> str:
    """A question as it is sent: visible characters only, of limited length."""
    return printable(text, MAX_QUESTION_LENGTH)
