"""Splits advice into sentences, and checks that a translation looks Japanese.

Sentences recur, but whole advice seldom does, so translation and its memory work by sentences.
"""

import re
from typing import NamedTuple

from coach_app.domain.markdown import MARKER

# An end mark with its closing quotes, white space, then the beginning of a sentence. "e.g. the crate" and "4.5 steps"
# are not split, as no capital, digit after white space or opening quote follows.
_BOUNDARY = re.compile(r"(?<=[.!?])([\"')\]]*)\s+(?=[\"'(\[]?[A-Z0-9])")
_ABBREVIATION = re.compile(r"(?:\b(?:Mr|Mrs|Ms|Dr|St|vs|etc|approx|No)|\be\.g|\bi\.e|\b[A-Z])\.$")
_JAPANESE = re.compile(r"[\u3041-\u309f\u30a1-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uff66-\uff9d]")
_LATIN = re.compile(r"[A-Za-z]")
_FORBIDDEN = re.compile(r"[\x00-\x09\x0b-\x1f\x7f\ufffd]|</?[a-z]", re.IGNORECASE)


class Line(NamedTuple):
    """A line of text: the bullet or number of a list item, and its sentences."""

    marker: str
    sentences: list[str]


def split(text: str) -> list[Line]:
    """Split an English text into lines, without empty ones at its ends; white space in sentences is normalised."""
    lines = list[Line]()
    for line in text.strip().splitlines():
        marker = found[0] if (found := MARKER.match(line)) else ""
        lines.append(Line(marker, _split_line(" ".join(line[len(marker) :].split()))))
    return lines


def _split_line(line: str) -> list[str]:
    sentences: list[str] = []
    start = 0
    for boundary in _BOUNDARY.finditer(line):
        sentence = line[start : boundary.end(1)]
        if _ABBREVIATION.search(sentence):
            continue
        sentences.append(sentence)
        start = boundary.end()
    return sentences + ([line[start:]] if line[start:] else [])


def join(lines: list[Line]) -> str:
    """Join Japanese sentences, without spaces between them; lines and lists are kept."""
    return "\n".join(line.marker + "".join(sentence.strip() for sentence in line.sentences) for line in lines)


def holds_japanese(text: str) -> bool:
    """Whether a text contains any Japanese."""
    return bool(_JAPANESE.search(text))


def holds_latin(text: str) -> bool:
    """Whether anything in a text is written in Latin letters."""
    return bool(_LATIN.search(text))


def looks_japanese(english: str, japanese: str) -> bool:
    """Whether a text can be shown as the translation of ``english``.

    Services return error pages, the English itself, or nothing, and small models can loop; this catches whatever is
    visible without knowing the language. Names and keys may stay in Latin letters.
    """
    text = japanese.strip()
    written = len(_JAPANESE.findall(text))
    return (
        written > 0
        and len(text) <= 2 * len(english) + 20
        and len(_LATIN.findall(text)) <= 2 * written
        and not _FORBIDDEN.search(text)
    )
