"""Where a model points: read from its answer, and carried over to the picture that the frame holds.

A model may write ``[POINT:x,y:label]``: fractions of the picture that it saw, 0 to 1 from the top left, per cent, or
pixels of that picture; or squares of so many, such as ``2.5/6``. The boxes and points of Qwen's models are read, too:
``{"bbox_2d": [x1, y1, x2, y2], "label": "…"}`` and ``{"point_2d": [x, y]}``, in thousandths or pixels, see
<https://github.com/QwenLM/Qwen3-VL/blob/main/cookbooks/2d_grounding.ipynb>.

Where the player is always at the same place of a board, words are enough: "The tree is 2 left and 1 up.".
"""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from pydantic import BaseModel, ConfigDict

from coach_app.domain.words import plain

if TYPE_CHECKING:
    from coach_app.domain.board import Board

Box = tuple[float, float, float, float]
"""Left, top, right and bottom, as fractions of a picture; beyond 0 to 1 it goes on outside of it."""

POINT_AT_IT = "Point at it."
"""What follows the question where a practice coach is to point: it was taught to by these words."""

_MOST = 5
_LABEL_CHARACTERS = 40
_LONGEST = 1000
_NUMBER = r"\s*(\d+(?:\.\d+)?|\.\d+)\s*(%|/\s*[1-9]\d*)?\s*"
_POINT = re.compile(rf"\s*\[\s*POINT\s*:{_NUMBER},{_NUMBER}(?::([^\]\n]{{0,200}}))?\]", re.IGNORECASE)
_OBJECT = re.compile(r"\s*\{[^{}]*\"(?:bbox_2d|point_2d)\"[^{}]*\}")
_LEFT_OVER = re.compile(r"(?:```(?:json)?\s*)?\[[\s,]*\](?:\s*```)?")


@dataclass(frozen=True)
class Mark:
    """A place in a picture, with what is there.

    Attributes:
        box: the place; a point has no width and height.
        label: a few words; may be empty.
    """

    box: Box
    label: str = ""

    @classmethod
    def at(cls, x: float, y: float, label: str = "") -> Self:
        """A point."""
        return cls((x, y, x, y), label)

    @property
    def centre(self) -> tuple[float, float]:
        """Its middle, as fractions of the picture."""
        left, top, right, bottom = self.box
        return (left + right) / 2, (top + bottom) / 2

    def off(self, other: "Mark") -> float:
        """How far its middle is from another's, across or down, whichever is more; a share of the picture."""
        return max(abs(one - two) for one, two in zip(self.centre, other.centre, strict=True))


def read_marks(text: str, size: tuple[int, int], model: str = "") -> tuple[str, tuple[Mark, ...]]:
    """Take the marks out of a model's answer.

    Args:
        text: the answer, plain.
        size: width and height in pixels of the picture that the model saw.
        model: its name, by which Qwen's thousandths are told from pixels.

    Returns:
        The answer without them, or their labels if it is nothing else; and the marks.
    """
    marks: list[Mark] = []

    def take_point(found: "re.Match[str]") -> str:
        numbers, units = [float(found[1]), float(found[3])], (found[2] or "", found[4] or "")
        scale = (100.0, 100.0) if "%" in units else _scale(numbers, size, False)
        x, y = (
            number / (float(unit[1:]) if unit.startswith("/") else whole)
            for number, unit, whole in zip(numbers, units, scale, strict=True)
        )
        marks.append(Mark.at(x, y, _label(found[5])))
        return ""

    def take_object(found: "re.Match[str]") -> str:
        mark = _mark(found[0], size, "qwen" in model.lower() and "2.5" not in model)
        if mark is None:
            return found[0]
        marks.append(mark)
        return ""

    rest = _OBJECT.sub(take_object, _POINT.sub(take_point, text))
    if not marks:
        return text, ()
    rest = _LEFT_OVER.sub("", rest).strip()
    if not any(character.isalnum() for character in rest):
        rest = ", ".join(dict.fromkeys(mark.label for mark in marks if mark.label))
    inside = [mark for mark in marks if all(0 <= part <= 1 for part in mark.centre)]
    return rest, tuple(inside[:_MOST])


def written(mark: Mark, squares: tuple[int, int]) -> str:
    """The middle of a mark as a practice coach writes it: by the columns and rows of a board that fills the picture."""
    x, y = (f"{part * count:.1f}/{count}" for part, count in zip(mark.centre, squares, strict=True))
    return f"[POINT:{x},{y}:{mark.label}]"


class Bearings(BaseModel):
    """How places on a board are told from the player's own, which is always the same.

    Attributes:
        player: its column and row.
        steps: how many columns to the right and rows down a word means, such as "left", and where a move leads.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    player: tuple[int, int]
    steps: Mapping[str, tuple[int, int]]

    def places(self, text: str, move: str | None, board: "Board") -> tuple[Mark, ...]:
        """The squares that an answer tells in words, or else the one to which its move leads.

        Args:
            text: the answer, English.
            move: the move that it names, if any.
            board: fills the picture.
        """
        way = rf"(\d+) ({'|'.join(map(re.escape, self.steps))})"
        thing = rf"([^.,:;]{{1,{_LABEL_CHARACTERS}}}?)"
        marks: list[Mark] = []
        for label, *parts in re.findall(rf"\bthe (?:nearest )?{thing} is {way}(?: and {way})?\.", text, re.IGNORECASE):
            ways = [(int(far), self.steps[word.lower()]) for far, word in (parts[:2], parts[2:]) if word]
            right, down = (sum(far * step[axis] for far, step in ways) for axis in (0, 1))
            marks += self._square(right, down, label, board)
        if not marks and move and move in self.steps:
            marks = self._square(*self.steps[move], "here", board)
        return tuple(marks[:_MOST])

    def _square(self, right: int, down: int, label: str, board: "Board") -> list[Mark]:
        """The middle of a square so far from the player; nothing if it is not on the board."""
        column, row, rows = self.player[0] + right, self.player[1] + down, board.rows - board.panel
        on_board = 0 <= column < board.columns and 0 <= row < rows
        return [Mark.at((column + 0.5) / board.columns, (row + 0.5) / board.rows, label)] if on_board else []


def carried(marks: tuple[Mark, ...], view: Box) -> tuple[Mark, ...]:
    """Carry marks over to a larger picture; what is then outside of it is left out.

    Args:
        marks: in the picture that the model saw.
        view: where that picture lies in the larger one.
    """
    left, top, right, bottom = view
    width, height = right - left, bottom - top
    moved = [
        Mark((left + a * width, top + b * height, left + c * width, top + d * height), mark.label)
        for mark in marks
        for a, b, c, d in (mark.box,)
    ]
    return tuple(mark for mark in moved if all(0 <= part <= 1 for part in mark.centre))


class WithoutMarks:
    """Passes words on as they come, without marks: what may become one is held back.

    Args:
        on_words: called with each new piece of text.
    """

    def __init__(self, on_words: Callable[[str], None]) -> None:
        self._on_words = on_words
        self._raw = self._shown = ""

    def __call__(self, words: str) -> None:
        self._raw += words
        text = _LEFT_OVER.sub("", _OBJECT.sub("", _POINT.sub("", self._raw[: _open_bracket(self._raw)])))
        if text.startswith(self._shown) and len(text) > len(self._shown):
            new, self._shown = text[len(self._shown) :], text
            self._on_words(new)


def _open_bracket(text: str) -> int:
    """Where the outermost bracket that is still open begins, or the end; always before the space there."""
    open_at: list[int] = []
    for place, character in enumerate(text):
        if character in "[{":
            open_at.append(place)
        elif character in "]}" and open_at:
            open_at.pop()
    if open_at and len(text) - open_at[0] < _LONGEST:
        text = text[: open_at[0]]
    return len(text.rstrip())


def _mark(written: str, size: tuple[int, int], thousandths: bool) -> Mark | None:
    """A box or point of Qwen's; None if it is none."""
    try:
        read = json.loads(written)
        numbers = [float(number) for number in read.get("bbox_2d") or read.get("point_2d")]
    except (ValueError, TypeError, AttributeError):
        return None
    if len(numbers) not in (2, 4):
        return None
    scale = _scale(numbers, size, thousandths)
    x, y, right, bottom = [number / scale[place % 2] for place, number in enumerate((numbers * 2)[:4])]
    return Mark((min(x, right), min(y, bottom), max(x, right), max(y, bottom)), _label(read.get("label")))


def _scale(numbers: list[float], size: tuple[int, int], thousandths: bool) -> tuple[float, float]:
    """By what coordinates have to be divided to become fractions."""
    if max(numbers) <= 1:
        return 1.0, 1.0
    return (1000.0, 1000.0) if thousandths else (float(size[0]), float(size[1]))


def _label(written: object) -> str:
    words = plain(written).split() if isinstance(written, str) else []
    return " ".join(words)[:_LABEL_CHARACTERS]
