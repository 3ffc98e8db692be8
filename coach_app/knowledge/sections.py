"""Splits guides into sections, each with an id that an answer can cite.

Markdown is split at its headings: ``# Rook`` names the subject, ``## Endgame {#rook-end}`` begins a section whose id
follows its title, or is derived from it. For headings in plain text see ``plain_text``; HTML is first converted to
Markdown.
"""

import itertools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html.parser import HTMLParser

from coach_app.knowledge.plain_text import Heading, is_ruler
from coach_app.knowledge.plain_text import read as read_plain_text

PART_WORDS = 250
"""A section longer than this is cut into parts at its paragraphs: what is cited has to fit on a screen."""

_HEADING = re.compile(r"(#{1,6})[ \t]+(.+?)[ \t]*#*")
_WRITTEN_ID = re.compile(r"[ \t]*\{#([^\s{}]+)\}$")
_UNDERLINE = re.compile(r" {0,3}(?:={3,}|-{3,})")
_FENCE = re.compile(r"(```|~~~)")
_FRONT_MATTER = re.compile(
    r"\s*(?P<mark>---|\+\+\+)[ \t]*\n(?P<head>.{0,20000}?)^(?:(?P=mark)|\.\.\.)[ \t]*$", re.DOTALL | re.MULTILINE
)
_HEAD_LINE = re.compile(r"\s|#|- |[\w.\"' -]+\s*[:=]|\[|[\]})]")
_HEAD_TITLE = re.compile(
    r"^[\"']?title[\"']?\s*[:=]\s*(?:[|>][+-]?\s*\n\s+)?(?P<title>\S.*)$", re.MULTILINE | re.IGNORECASE
)
# Each of these has limited look-ahead, so that the time stays linear even for a file of nothing but marks.
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_PICTURE = re.compile(r"!\[[^\]]{0,300}\]\([^)]{0,1000}\)")
_LINK = re.compile(r"\[([^\]]{1,300})\]\([^)]{0,1000}\)")
_EMPHASIS = re.compile(r"(\*\*|__|`)(?=\S)(.{1,300}?)(?<=\S)\1")


@dataclass(frozen=True)
class Section:
    """A part of a guide.

    Args:
        id: unique within the guides of a game, for instance ``rook-end``.
        title: heading of the section.
        subject: what the whole guide is about, for instance a piece.
        text: its text; paragraphs are separated by an empty line.
        file: name of its file.
    """

    id: str
    title: str
    subject: str
    text: str
    file: str


def slug(text: str) -> str:
    """Convert a text to part of an id: lower-case letters of any script, digits and hyphens."""
    return re.sub(r"[\W_]+", "-", text.replace("'", "").replace("’", "").casefold()).strip("-")


def from_markdown(text: str, name: str) -> list[Section]:
    """Split a Markdown guide into sections.

    Args:
        text: the guide.
        name: its file's name; the subject if there is no heading of the first level.
    """
    titled, rest = _front_matter(text)
    return _cut(_of_markdown(_COMMENT.sub("", rest)), titled or _title_of(name), name)


def from_text(text: str, name: str) -> list[Section]:
    """Split a plain-text guide into sections at its headings, if any.

    Args:
        text: the guide.
        name: its file's name; the subject if the guide has no title.
    """
    titled, rest = _front_matter(text)
    return _cut(read_plain_text(rest), titled or _title_of(name), name)


def from_html(text: str, name: str) -> list[Section]:
    """Split a saved web page into sections, without menus, scripts and forms."""
    page = _Page()
    page.feed(text)
    page.close()
    return from_markdown(page.markdown(), name)


def _front_matter(text: str) -> tuple[str, str]:
    """The title in a page's front matter (YAML, or TOML between +++), if any, and the text without it."""
    text = text.replace("\r\n", "\n")
    head = _FRONT_MATTER.match(text)
    if not head or any(line and not _HEAD_LINE.match(line) for line in head["head"].splitlines()):
        return "", text
    title = _HEAD_TITLE.search(head["head"])
    return " ".join(title["title"].split()).strip("'\" ") if title else "", text[head.end() :]


def _of_markdown(text: str) -> Iterator[Heading | str]:
    fenced = False
    lines = text.splitlines()
    for line, after in itertools.pairwise([*lines, ""]):
        heading = _HEADING.fullmatch(line.rstrip())
        if _FENCE.match(line.lstrip()):
            fenced = not fenced
        elif fenced:
            yield line
        elif heading:
            yield Heading(len(heading[1]), heading[2])
        elif _UNDERLINE.fullmatch(after.rstrip()) and re.match(r" {0,3}[^\W_]", line):
            yield Heading(1 if after.lstrip().startswith("=") else 2, line.strip())
        elif not is_ruler(line):
            yield line


def _cut(pieces: Iterable[Heading | str], subject: str, name: str) -> list[Section]:
    """Split a guide whose headings are known."""
    parents: dict[int, str] = {}
    title, written_id, lines = subject, "", list[str]()
    found: list[Section] = []

    def close() -> None:
        found.extend(_parts(written_id, title, subject, "\n".join(lines), name))
        lines.clear()

    for piece in pieces:
        if isinstance(piece, str):
            lines.append(piece)
            continue
        close()
        identified = _WRITTEN_ID.search(piece.words)
        written_id = identified[1] if identified else ""
        words = _plain(_WRITTEN_ID.sub("", piece.words))
        if piece.level == 1:
            subject, title, parents = words, words, {}
        else:
            parents = {above: parents[above] for above in parents if above < piece.level} | {piece.level: words}
            title = ": ".join(parents.values())
    close()
    return _with_unique_ids(found)


def _title_of(name: str) -> str:
    stem = name.rpartition(".")[0] or name
    return re.sub(r"[-_\s]+", " ", stem).strip().title() or name


def _plain(text: str) -> str:
    """Remove Markdown marks except those of lists."""
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
    """Split paragraphs that are too long: some texts have no empty lines."""
    if len(paragraph.split()) <= PART_WORDS:
        yield paragraph
        return
    piece: list[str] = []
    count = 0
    for line in paragraph.splitlines():
        words = line.split()
        if piece and count + len(words) > PART_WORDS:
            yield "\n".join(piece)
            piece, count = [], 0
        while len(words) > PART_WORDS:
            yield " ".join(words[:PART_WORDS])
            words = words[PART_WORDS:]
            line = " ".join(words)
        piece.append(line)
        count += len(words)
    yield "\n".join(piece)


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


def _as_markdown(piece: Heading | str) -> str:
    """Convert a heading or a line to Markdown; lines that only look like headings are escaped."""
    if isinstance(piece, Heading):
        return f"\n{'#' * min(piece.level, 6)} {piece.words}\n"
    return f"\\{piece}" if piece.startswith("#") else piece


class _Page(HTMLParser):
    """Converts a web page to Markdown headings, paragraphs and lists."""

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
        self._drawn = 0

    def markdown(self) -> str:
        """The Markdown so far."""
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
            self._silent.clear()  # an unclosed head must not hide the page
        if self._BLOCKS.fullmatch(tag):
            self._end_line()
            if tag[0] == "h" and tag[1:].isdigit():
                self._prefix = "#" * int(tag[1:]) + " "
            elif tag == "li":
                self._prefix = "- "
        elif tag in ("td", "th") and any(word.strip() for word in self._words):
            self._words.append(" | ")
        self._drawn += tag == "pre"

    def handle_endtag(self, tag: str) -> None:
        if tag == "title" and self._title is not None:
            self._page_title, self._title = " ".join("".join(self._title).split()), None
        elif tag in self._silent:
            del self._silent[self._silent.index(tag) :]
        if self._BLOCKS.fullmatch(tag):
            self._end_line()
        if tag == "pre":
            self._drawn = max(self._drawn - 1, 0)

    def handle_data(self, data: str) -> None:
        if self._title is not None:
            self._title.append(data)
        elif not self._silent:
            self._words.append(data)

    def _end_line(self) -> None:
        text = "".join(self._words)
        line = " ".join(text.split())
        if self._drawn and "\n" in text.strip():
            self._lines.append("\n".join(_as_markdown(piece) for piece in read_plain_text(text)))
        elif line:
            self._lines.append(self._prefix + line if self._prefix else _as_markdown(line))
        self._words, self._prefix = [], ""
