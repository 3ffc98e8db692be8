"""Finds headings in plain text, in the traditional styles of players' FAQs.

    ==============================          THE OLD MILL         -=[ Shops ]=-
     II. Walkthrough      [02.00]           ------------
    ==============================

As in reStructuredText, styles have no fixed meaning: each is a level, in order of first appearance.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

_DRAWN = r"=\-_*~#^+|\\/<>:.,'`\"()\[\]{}•·\u2013\u2014\u2500-\u259f"
_RULER = re.compile(rf"[oO0]?[\s{_DRAWN}]{{3,}}[oO0]?")
_LETTER = re.compile(r"[^\W_]")
_BAR = re.compile(r"[|│║]")
_EDGES = re.compile(r"([|│║*#=~:+/\\])\s+(.*?)\s*\1")
_FRAMED = re.compile(r"([=\-~*_#<:+]{2,})\s*[\[({<]?\s*([^\W_].*?)\s*[\])}>]?\s*([=\-~*_#>:+]{2,}|$)")
_TAG = re.compile(r"\s*[\[({]\s*#?(?=[^\])}\s]*\d)[\w.\-]{1,12}\s*[\])}]\s*")
_NUMBER = re.compile(
    r"(?:(?:[IVXLC]+|[A-Z]|\d+(?:\.\d+)*)[.):-]+|\d+(?:\.\d+)+|(?:chapter|part|section)\s+\w+\s*[:.-])\s*(?=\S)",
    re.IGNORECASE,
)
_LEADER = re.compile(r"\.{4,}|(?:\.\s){4,}|(?:\s-){4,}")
_CONTENTS = re.compile(r"\W*(?:table\s+of\s+)?contents\W*", re.IGNORECASE)
_ITEM = re.compile(r"(?:[-*•·+>]|\(?\d{1,3}[.)]|\(?[a-z][.)])\s")
_COLUMNS = re.compile(r"\S(?:\s{3,}|\t)\S")
_LONGEST, _BOX_LINES = 200, 8
"""What is drawn is no longer, and a box with a title no higher."""
_WRAPPED = 45
"""A line of so many characters is likely to go on in the next one."""


class Heading(NamedTuple):
    """A heading: its level, 1 for the title of the whole guide, and its text."""

    level: int
    words: str


class _Found(NamedTuple):
    style: str
    words: str


def read(text: str) -> Iterator[Heading | str]:
    """Iterate over the headings and lines of a plain text, without rulers, boxes and tables of contents.

    Args:
        text: any text; one without headings yields its lines.
    """
    found = list(_scan([line.rstrip() for line in text.expandtabs().splitlines()]))
    styles = Counter(piece.style for piece in found if isinstance(piece, _Found))
    levels = {style: level for level, style in enumerate(styles, 2)}
    first = next(filter(None, found), "")
    if isinstance(first, _Found) and styles[first.style] == 1 and len(styles) > 1:
        # The title of the guide: the first line, in a style of its own.
        levels = {style: level - 1 for style, level in levels.items()}
    for piece in _unwrapped(found):
        yield Heading(levels[piece.style], piece.words) if isinstance(piece, _Found) else piece


def is_ruler(line: str) -> bool:
    """Whether a line is a ruler, not text."""
    line = line.strip()
    return len(line) <= _LONGEST and bool(_RULER.fullmatch(line)) and len(line.strip(".\"'() ")) >= 3


def _scan(lines: Sequence[str]) -> Iterator[_Found | str]:
    place = 0
    while place < len(lines):
        line = lines[place]
        if len(line) > _LONGEST:
            yield line
        elif is_ruler(line):
            boxed = _in_box(lines, place)
            if boxed:
                end, (title, *rest) = boxed
                yield _Found(_style(line) + _style(lines[end]), _title(title))
                yield from rest
                place = end
        elif heading := _heading(lines, place):
            yield heading
        elif not _is_contents(lines, place):
            yield _line(line)
        place += 1


def _in_box(lines: Sequence[str], start: int) -> tuple[int, list[str]] | None:
    """The end and contents of a box that a ruler begins; None if it is not the box of a heading."""
    for end in range(start + 1, min(start + _BOX_LINES, len(lines))):
        inner = [inside for line in lines[start + 1 : end] if (inside := _inside(line))]
        if inner and is_ruler(lines[end]):
            title = len(inner) <= 3 and _is_title(inner[0]) and not any(_BAR.search(line) for line in inner)
            return (end, inner) if title else None
        if inner and not lines[end].strip():
            return None
    return None


def _heading(lines: Sequence[str], place: int) -> _Found | None:
    """The heading in a line, by its own style or the line below; None if it is not a heading."""
    line, before, after = lines[place], _at(lines, place - 1), _at(lines, place + 1)
    inside = line.strip()
    framed = _FRAMED.fullmatch(inside)
    if framed and (framed[3] or len(framed[1]) > 3) and _is_title(framed[2]):
        return _Found(f"framed {framed[1][0]}", _title(framed[2]))
    alone = not before or is_ruler(before)
    if not (alone and _is_title(inside)):
        return None
    if is_ruler(after) and not _in_box(lines, place + 1):
        return _Found(f"under {_style(after)}", _title(inside))
    if _is_contents(lines, place):
        return None
    if _TAG.search(inside) and not _LETTER.search(_TAG.split(inside)[-1]):
        return _Found("tagged", _title(inside))
    if _is_shouted(inside) and not _is_shouted(after):
        return _Found("capitals", _title(inside))
    if after and not is_ruler(after):
        return None
    following = next((other.strip() for other in lines[place + 1 : place + 4] if other.strip()), "")
    preceding = next((other.strip() for other in lines[max(place - 3, 0) : place][::-1] if other.strip()), "")
    if _NUMBER.match(inside) and not (_NUMBER.match(following) or _NUMBER.match(preceding)):
        return _Found("numbered", _title(inside))
    return None


def _is_shouted(line: str) -> bool:
    letters = "".join(_LETTER.findall(line))
    return len(letters) > 3 and letters.isupper() and not line.endswith("!")


def _is_title(line: str) -> bool:
    words = _TAG.sub(" ", line).strip()
    return (
        bool(_LETTER.search(words))
        and len(words) <= 70
        and len(words.split()) <= 12
        and not words.endswith((".", ",", ";"))
        and not (_BAR.search(words) or _COLUMNS.search(words) or _LEADER.search(words))
        and not re.match(r"[-*•·+>]\s", words)
    )


def _title(line: str) -> str:
    words = " ".join(_TAG.sub(" ", line).split())
    return _NUMBER.sub("", words, count=1).rstrip(":").strip() or words


def _is_contents(lines: Sequence[str], place: int) -> bool:
    """Whether a line belongs to a table of contents."""
    line = lines[place]
    if _CONTENTS.fullmatch(line) or (_LEADER.search(line) and re.search(r"[\d\])}]\s*$", line)):
        return True
    neighbours = (_at(lines, place - 1), _at(lines, place + 1))
    return _ends_tagged(line) and any(_ends_tagged(other) for other in neighbours)


def _ends_tagged(line: str) -> bool:
    return bool(_LETTER.search(line)) and bool(re.search(_TAG.pattern + "$", line))


def _at(lines: Sequence[str], place: int) -> str:
    return lines[place].strip() if 0 <= place < len(lines) else ""


def _style(ruler: str) -> str:
    return Counter(ruler.replace(" ", "").strip("|oO0+")).most_common(1)[0][0] if ruler.strip(" |oO0+") else "|"


def _inside(line: str) -> str:
    """Strip the edges of a box from a line."""
    edged = _EDGES.fullmatch(line.strip()) if len(line) <= _LONGEST else None
    return " ".join(edged[2].split()) if edged and not _BAR.search(edged[2]) else "" if is_ruler(line) else line.strip()


def _line(line: str) -> str:
    """Convert a line of text or a row of a table."""
    return " ".join(line.split()) if _BAR.search(line) and _inside(line) == line.strip() else _inside(line)


def _unwrapped(found: Sequence[_Found | str]) -> Iterator[_Found | str]:
    """Join the lines of paragraphs that were wrapped at a margin."""
    open_line, going_on = "", False
    for piece in [*found, ""]:
        joins = isinstance(piece, str) and piece and going_on and not _is_row(piece) and not _ITEM.match(piece)
        if joins:
            going_on = len(str(piece)) >= _WRAPPED
            open_line = f"{open_line} {piece}"
            continue
        if open_line:
            yield open_line
            open_line = ""
        if isinstance(piece, str) and piece:
            open_line, going_on = piece, len(piece) >= _WRAPPED and not _is_row(piece)
        else:
            going_on = False
            yield piece


def _is_row(line: str) -> bool:
    return bool(_BAR.search(line) or _COLUMNS.search(line))
