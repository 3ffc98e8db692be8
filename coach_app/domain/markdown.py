"""Light Markdown, as models write it, as plain text.

Models answer in Markdown whether or not they were asked to. On the card, in the history, in files and for screen
readers an answer is plain text: list items begin with a bullet or their number, headings are on their own line, and the
marks of emphasis, code, links and tables are removed. HTML is not interpreted: it is left as written.

The rules are those of <https://spec.commonmark.org/0.31.2/>, with two exceptions. A single line break is kept, because
models and players intend it. And unclosed emphasis still counts as emphasis: a mark must not be shown before it is
clear whether it is closed, and answers are cut off.
"""

import re
from collections.abc import Callable
from typing import Final, Literal

from coach_app.domain.words import LINE_ENDS, plain

BULLET: Final = "•"
MARKER: Final = re.compile(rf" *(?:{BULLET}|\d{{1,3}}[.)]) +(?=\S)")
"""What a list item begins with, in the text that comes out."""
_INDENT = "  "
_DEEPEST = 3

_Block = Literal["text", "heading", "item", "row", "code"]

_FENCE = re.compile(r"(`{3,}|~{3,})[^`]*")
_RULE = re.compile(r"([-*_=])(?:\s*\1){2,}")
_HEADING = re.compile(r"#{1,6}\s+(.*)")
_HEADING_END = re.compile(r"(?:^|(?<=\s))#+\s*$")
_QUOTED = re.compile(r">(?:\s*>)*(?:\s+|$)")
_ITEM = re.compile(r"(?:[-*+•‣◦▪]|(\d{1,3}[.)]))\s+(.*)")
_ROW = re.compile(r"\|.*\|")
_BELOW_HEAD = re.compile(r"\|[\s|:=-]+\|")
_CELLS = re.compile(r"(?<!\\)\|")
_UNCLEAR = re.compile(r"#+|[-*+•‣◦▪]|\d{1,3}[.)]?|(?:>\s*)+|`{1,2}|`{3,}[^`]*|~+|~{3,}.*|\|.*|([-*_=])(?:\s*\1)*")
"""The beginning of a line that may become a mark of any kind."""

_TOKEN = re.compile(r"\\(?P<escaped>[!-/:-@\[-`{-~])|(?P<code>`+)|(?P<marks>\*+|_+|~+)|(?P<link>!?\[)")
_MAY_GO_ON = re.compile(r"(?:[*_~`]+|\\)\s?\Z|!\Z")
_LINK_TEXT = re.compile(r"!?\[((?:[^\[\]\\]|\\.|\[[^\[\]]*\])*)")
_LINK_TARGET = re.compile(r"\]\(\s*[^()\s]*(?:\([^()\s]*\)[^()\s]*)*(?:\s+[\"'(][^\"')]*[\"')])?\s*\)")
_MAX_LINK_LENGTH = 600
_NOT_EMPHASIZED = frozenset(".,:;!?/\\|-+=%&^@#$<>)]}~")
_OPENING = frozenset("([{\u201c\u2018\u300c\u300e\uff08")
_EAST_ASIAN = "\u3000"
"""Words of the scripts from here on have no spaces between them."""
_MANY = 4
"""So many marks in a row are a drawing, or stars."""
# A word is complete once a space follows; Japanese has no spaces, so each of its characters may be shown at once.
_COMPLETE = re.compile(r".*[\s\u3000-\u9fff\uff00-\uffef]", re.DOTALL)


def from_markdown(raw: str, last: bool = True) -> str:
    """Convert a model's answer to plain text, without leading or trailing white space.

    Args:
        raw: the answer, or its beginning.
        last: whether the answer is complete. If not, text whose meaning may still change is held back, so that the
            result is a prefix of every later one.
    """
    if not last:
        raw = raw.removesuffix("\r")  # a line feed may belong to it
    *lines, rest = LINE_ENDS.sub("\n", raw).split("\n")
    reader = _Reader()
    for line in lines:
        reader.read(line)
    reader.read(rest, whole=last)
    return reader.text


class _Reader:
    """Reads lines; see ``from_markdown``.

    Attributes:
        text: the plain text read so far.
    """

    def __init__(self) -> None:
        self.text = ""
        self._before: _Block = "text"
        self._blank = False
        self._fence = ""
        self._open: list[str] = []
        self._indents: list[int] = []

    def read(self, line: str, whole: bool = True) -> None:
        """Read the next line, or the beginning of the last one."""
        indent = len(line.expandtabs(4)) - len(line.expandtabs(4).lstrip())
        words = plain(line) if whole else plain(line + "_")[:-1]  # a space at its end tells what follows the last mark
        if self._fence:
            self._read_code(words.rstrip(), indent, whole)
            return
        if not whole and _UNCLEAR.fullmatch(words.rstrip()):
            return
        if quoted := _QUOTED.match(words):
            words = words[quoted.end() :]
            if not whole and _UNCLEAR.fullmatch(words.rstrip()):
                return
        if fence := _FENCE.fullmatch(words):
            self._fence = fence[1]
            self._end_paragraph()
        elif not words or _RULE.fullmatch(words) or _BELOW_HEAD.fullmatch(words):
            self._blank |= not _BELOW_HEAD.fullmatch(words)
            self._end_paragraph()
        elif heading := _HEADING.fullmatch(words):
            self._end_paragraph()
            self._add("heading", "", self._inline(_HEADING_END.sub("", heading[1]), whole))
        elif item := _ITEM.fullmatch(words):
            self._end_paragraph()
            self._add("item", _INDENT * self._depth(indent) + (item[1] or BULLET) + " ", self._inline(item[2], whole))
        elif _ROW.fullmatch(words):
            cells = (self._inline(cell.strip().replace("\\|", "|")) for cell in _CELLS.split(words[1:-1]))
            self._end_paragraph()
            self._add("row", "", " · ".join(cell for cell in cells if cell))
        else:
            self._add("text", "", self._inline(words, whole))

    def _read_code(self, words: str, indent: int, whole: bool) -> None:
        closing = words.startswith(self._fence) and not words.strip(self._fence[0])
        if closing and whole:
            self._fence = ""
        elif whole or words.strip(self._fence[0]):
            self._add("code", " " * indent, words)

    def _end_paragraph(self) -> None:
        self._open.clear()

    def _depth(self, indent: int) -> int:
        """Nesting depth of a list item, by the indents of the items above it."""
        if self._before != "item":
            self._indents.clear()
        while self._indents and indent < self._indents[-1]:
            self._indents.pop()
        if not self._indents or indent > self._indents[-1] + 1:
            self._indents.append(indent)
        return min(len(self._indents) - 1, _DEEPEST)

    def _add(self, block: _Block, prefix: str, words: str) -> None:
        """Add a line, preceded by an empty one where that separates blocks."""
        if not words:
            return
        apart = block == "heading" or (self._blank and block != "item" and self._before != "heading")
        if self.text:
            self.text += "\n\n" if apart else "\n"
        self.text += prefix + words
        self._before, self._blank = block, False

    def _inline(self, words: str, whole: bool = True) -> str:
        """The text of a line without its marks.

        Args:
            words: the line without its block marker.
            whole: whether the line is complete.
        """
        end = len(words)
        if not whole:
            end = found.start() if (found := _MAY_GO_ON.search(words)) else end
        elif words.endswith("\\") and not words.endswith("\\\\"):
            end -= 1  # a line break
        pieces, position = list[str](), 0
        while (token := _TOKEN.search(words, position)) and token.start() < end:
            pieces.append(words[position : token.start()])
            position = token.end()
            if token["escaped"]:
                pieces.append(token["escaped"])
            elif token["marks"]:
                pieces.append("" if self._is_mark(words, token) else token[0])
            else:
                read = _code if token["code"] else self._link
                if (found_text := read(words, token, end, whole)) is None:
                    return "".join(pieces).strip()
                pieces.append(found_text[0])
                position = found_text[1]
        pieces.append(words[position:end])
        return "".join(pieces).strip()

    def _link(self, words: str, token: re.Match[str], _: int, whole: bool) -> tuple[str, int] | None:
        """The text of a link or image and where it ends; None if that is not known yet."""
        text = _LINK_TEXT.match(words, token.start())
        assert text
        target = _LINK_TARGET.match(words, text.end())
        if target and target.end() - token.start() <= _MAX_LINK_LENGTH:
            return self._inline(text[1]), target.end()
        rest, so_far = words[text.end() :], len(words) - token.start()
        if not whole and so_far <= _MAX_LINK_LENGTH and (len(rest) < 2 or rest[0] == "[" or rest.startswith("](")):
            return None
        return token[0], token.end()

    def _is_mark(self, words: str, token: re.Match[str]) -> bool:
        """Whether asterisks, underscores or tildes open or close emphasis."""
        run, mark = token[0], token[0][0]
        before, after = words[: token.start()][-1:], words[token.end() :][:1]
        if mark in self._open and before.strip() and before not in _OPENING and not (mark == "_" and after.isalnum()):
            while self._open.pop() != mark:
                pass
            return True
        if not after:
            return 1 < len(run) < _MANY and not before.strip()  # cut off
        if after.isspace() or len(run) >= _MANY or (before.isdigit() and after.isdigit()):
            return False
        if mark == "~" and len(run) != 2:
            return False
        if mark == "_" and (before.isalnum() or after in _NOT_EMPHASIZED):
            return False
        if len(run) == 1:
            inner = words[token.end() :].lstrip("*_~`")
            if (before.isalnum() and before < _EAST_ASIAN) or after in _NOT_EMPHASIZED:
                return False
            if after in "*_" and not inner[:1].isalnum():
                return False
        self._open.append(mark)
        return True


def _code(words: str, token: re.Match[str], end: int, whole: bool) -> tuple[str, int] | None:
    """The text of inline code and where it ends; None if that is not known yet."""
    closing = re.compile(rf"(?<!`){token[0]}(?!`)").search(words, token.end(), end)
    if closing:
        return words[token.end() : closing.start()].strip(), closing.end()
    if words[token.end() :][:1].strip():
        return words[token.end() : end], end
    return (token[0], token.end()) if whole else None


class WholeWords:
    """Streams a growing answer as plain text, in whole words.

    Args:
        on_words: called with each new piece; all pieces together are ``text``.

    Attributes:
        text: the plain text passed on so far; see ``from_markdown``.
    """

    def __init__(self, on_words: Callable[[str], None]) -> None:
        self._on_words = on_words
        self.text = ""

    def show(self, raw: str, last: bool = False) -> None:
        """Pass on the complete words.

        Args:
            raw: the whole answer so far; begins with that of the previous call.
            last: whether the answer is complete, and with it the last word.
        """
        complete = None if last else _COMPLETE.match(raw)
        text = from_markdown(raw if last else complete.group() if complete else "", last)
        if len(text) > len(self.text):
            further, self.text = text[len(self.text) :], text
            self._on_words(further)
