"""Text of a model as the user sees it: plain, on one line, and in whole words while it comes."""

import re
import unicodedata
from collections.abc import Callable

# A word is complete where a space follows; Japanese has no spaces, and each of its characters may be shown by itself.
_COMPLETE = re.compile(r".*[\s\u3000-\u9fff\uff00-\uffef]", re.DOTALL)


def plain(text: str) -> str:
    """Text on one line without control characters. What is plain stays as it is when the text goes on."""
    visible = (" " if character.isspace() else character for character in text)
    return " ".join("".join(c for c in visible if c == " " or unicodedata.category(c)[0] != "C").split())


class WholeWords:
    """Passes on a text that grows, in whole words.

    Args:
        on_words: gets each further piece; all pieces together are ``text``.

    Attributes:
        text: what was passed on so far, plain.
    """

    def __init__(self, on_words: Callable[[str], None]) -> None:
        self._on_words = on_words
        self.text = ""

    def show(self, raw: str, last: bool = False) -> None:
        """Pass on what is complete.

        Args:
            raw: all of the text so far, and more of it than at the call before.
            last: nothing follows, so that the last word is complete too.
        """
        complete = None if last else _COMPLETE.match(raw)
        text = plain(raw if last else complete.group() if complete else "")
        if len(text) > len(self.text):
            further, self.text = text[len(self.text) :], text
            self._on_words(further)
