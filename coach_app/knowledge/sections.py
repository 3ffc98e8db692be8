"""Guides are cut into sections, each with an id that an answer can cite.

Markdown is cut at its headings: ``# Rook`` names the subject, ``## Endgame {#rook-end}`` begins a section whose id
is written behind its title, or is made from it. Plain text has no headings, and HTML is first turned into Markdown.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser

PART_WORDS = 250
"""A section longer than this is cut into parts at its paragraphs: what is cited has to fit on a screen."""

_HEADING = re.compile(r"(#{1,6})[ \t]+(.+?)[ \t]*#*")
_WRITTEN_ID = re.compile(r"[ \t]*\{#([^\s{}]+)\}$")
_FENCE = re.compile(r"(```|~~~)")
# Each of these looks only so far ahead: the time for a file of nothing but marks stays in proportion to its size.
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_PICTURE = re.compile(r"!\[[^\]]{0,300}\]\([^)]{0,1000}\)")
_LINK = re.compile(r"\[([^\]]{1,300})\]\([^)]{0,1000}\)")
_EMPHASIS = re.compile(r"(\*\*|__|`)(?=\S)(.{1,300}?)(?<=\S)\1")


@dataclass(frozen=True)
class Section:
    """A part of a guide.

    Args:
        id: unique within the guides of a game, for instance ``rook-end``.
        title: its heading.
        subject: what the whole guide is about, for instance a piece.
        text: what it says; paragraphs are separated by an empty line.
        file: name of the file that it is from.
    """

    id: str
    title: str
    subject: str
    text: str
    file: str


def slug(text: str) -> str:
    """A text as part of an id: small letters, digits and hyphens (letters of any script are kept)."""
    return re.sub(r"[\W_]+", "-", text.replace("'", "").replace("’", "").casefold()).strip("-")


def from_markdown(text: str, name: str) -> list[Section]:
    """The sections of a Markdown guide.

    Args:
        text: the guide.
        name: its file's name; names the subject where no heading of the first level does.
    """
    subject = _title_of(name)
    parents: dict[int, str] = {}
    title, written_id, lines = subject, "", list[str]()
    found: list[Section] = []

    def close() -> None:
        found.extend(_parts(written_id, title, subject, "\n".join(lines), name))
        lines.clear()

    fenced = False
    for line in _COMMENT.sub("", text).splitlines():
        if _FENCE.match(line.lstrip()):
            fenced = not fenced
            continue
        heading = None if fenced else _HEADING.fullmatch(line.rstrip())
        if heading is None:
            lines.append(line)
            continue
        close()
        level, words = len(heading[1]), heading[2]
        identified = _WRITTEN_ID.search(words)
        written_id = identified[1] if identified else ""
        words = _plain(_WRITTEN_ID.sub("", words))
        if level == 1:
            subject, title, parents = words, words, {}
        else:
            parents = {above: parents[above] for above in parents if above < level} | {level: words}
            title = ": ".join(parents.values())
    close()
    return _with_unique_ids(found)


def from_text(text: str, name: str) -> list[Section]:
    """The sections of a guide without headings: parts of whole paragraphs."""
    title = _title_of(name)
    return _with_unique_ids(list(_parts("", title, title, text, name)))


def from_html(text: str, name: str) -> list[Section]:
    """The sections of a saved web page: its headings and paragraphs, without menus, scripts and forms."""
    page = _Page()
    page.feed(text)
    page.close()
    return from_markdown(page.markdown(), name)


def _title_of(name: str) -> str:
    stem = name.rpartition(".")[0] or name
    return re.sub(r"[-_\s]+", " ", stem).strip().title() or name


def _plain(text: str) -> str:
    """Markdown without its marks, except those of lists."""
    text = _LINK.sub(r"\1", _PICTURE.sub("", text))
    return _EMPHASIS.sub(r"\2", text).strip()


def _parts(written_id: str, title: str, subject: str, text: str, name: str) -> Iterator[Section]:
    base = written_id or _made_id(subject, title)
    paragraphs = [_plain(paragraph) for paragraph in re.split(r"\n\s*\n", text) if paragraph.strip()]
    part: list[str] = []
    words = number = 0
    for paragraph in (piece for whole in paragraphs if whole for piece in _pieces(whole)):
        count = len(paragraph.split())
        if part and words + count > PART_WORDS:
            number += 1
            yield Section(_numbered(base, number), title, subject, "\n\n".join(part), name)
            part, words = [], 0
        part.append(paragraph)
        words += count
    if part:
        yield Section(_numbered(base, number + 1), title, subject, "\n\n".join(part), name)


def _pieces(paragraph: str) -> Iterator[str]:
    """A paragraph, or its pieces where it is too long: texts without a single empty line exist."""
    words = paragraph.split()
    if len(words) <= PART_WORDS:
        yield paragraph
        return
    for start in range(0, len(words), PART_WORDS):
        yield " ".join(words[start : start + PART_WORDS])


def _numbered(base: str, number: int) -> str:
    return base if number == 1 else f"{base}-{number}"


def _made_id(subject: str, title: str) -> str:
    start, end = slug(subject), slug(title)
    return end if not start or end == start or end.startswith(f"{start}-") else f"{start}-{end}".rstrip("-")


def _with_unique_ids(sections: list[Section]) -> list[Section]:
    taken: set[str] = set()
    unique = []
    for section in sections:
        number, chosen = 1, section.id
        while chosen in taken:
            number += 1
            chosen = _numbered(section.id, number)
        taken.add(chosen)
        unique.append(Section(chosen, section.title, section.subject, section.text, section.file))
    return unique


class _Page(HTMLParser):
    """Turns a web page into Markdown headings, paragraphs and lists."""

    _SILENT = re.compile(r"script|style|noscript|template|svg|nav|header|footer|aside|form|button|select|textarea|head")
    _BLOCKS = re.compile(r"p|div|section|article|main|blockquote|pre|table|tr|[uod]l|d[td]|li|[bh]r|h[1-6]|body")

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._lines: list[str] = []
        self._words: list[str] = []
        self._prefix = ""
        self._silent: list[str] = []
        self._title: list[str] | None = None
        self._page_title = ""

    def markdown(self) -> str:
        """What was read so far."""
        self._end_line()
        if self._page_title and not any(line.startswith("# ") for line in self._lines):
            self._lines.insert(0, f"# {self._page_title}")
        return "\n\n".join(self._lines)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "title":
            self._title = []
        elif self._SILENT.fullmatch(tag):
            self._silent.append(tag)
        elif tag == "body":
            self._silent.clear()  # an unclosed head must not silence the page
        if self._BLOCKS.fullmatch(tag):
            self._end_line()
            if tag[0] == "h" and tag[1:].isdigit():
                self._prefix = "#" * int(tag[1:]) + " "
            elif tag == "li":
                self._prefix = "- "

    def handle_endtag(self, tag: str) -> None:
        if tag == "title" and self._title is not None:
            self._page_title, self._title = " ".join("".join(self._title).split()), None
        elif tag in self._silent:
            del self._silent[self._silent.index(tag) :]
        if self._BLOCKS.fullmatch(tag):
            self._end_line()

    def handle_data(self, data: str) -> None:
        if self._title is not None:
            self._title.append(data)
        elif not self._silent:
            self._words.append(data)

    def _end_line(self) -> None:
        line = " ".join("".join(self._words).split())
        if line:
            # A line of the page that only looks like a heading is none.
            self._lines.append(self._prefix + (line if self._prefix or not line.startswith("#") else f"\\{line}"))
        self._words, self._prefix = [], ""
