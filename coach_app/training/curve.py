"""Draws learning curves."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

_SIZE = (960, 540)
_COLOURS = ("#0b6e99", "#c2571a", "#3f7d20")


def draw_curves(curves: Mapping[str, Sequence[tuple[float, float]]], title: str, file: Path) -> None:
    """Draw values over the steps of a training as a 960 × 540 PNG.

    Args:
        curves: points of step and value, by the curve's name; at least one point in total.
        title: title above the curves.
        file: the PNG file, overwritten.
    """
    width, height = _SIZE
    left, top, right, bottom = 90, 60, width - 40, height - 60
    picture = Image.new("RGB", _SIZE, "white")
    pen = ImageDraw.Draw(picture)
    font = ImageFont.load_default(17)
    last = max(1.0, *(step for points in curves.values() for step, _ in points))
    values = [value for points in curves.values() for _, value in points]
    low, high = min(values), max(values)
    low, high = low - 0.08 * (high - low or 1), high + 0.08 * (high - low or 1)

    def at(step: float, value: float) -> tuple[float, float]:
        return left + (right - left) * step / last, bottom - (bottom - top) * (value - low) / (high - low)

    for part in range(6):
        value = low + (high - low) * part / 5
        y = at(0, value)[1]
        pen.line([(left, y), (right, y)], fill="#dddddd")
        pen.text((left - 10, y), f"{value:.2f}", fill="#444444", font=font, anchor="rm")
        step = last * part / 5
        pen.text((at(step, low)[0], bottom + 10), f"{step:,.0f}", fill="#444444", font=font, anchor="mt")
    for number, (name, points) in enumerate(curves.items()):
        colour = _COLOURS[number % len(_COLOURS)]
        places = [at(step, value) for step, value in points]
        if len(places) > 1:
            pen.line(places, fill=colour, width=3)
        for x, y in places:
            pen.ellipse([x - 4, y - 4, x + 4, y + 4], fill=colour)
        if len(curves) > 1:
            pen.text((right, top + 24 * number), name, fill=colour, font=font, anchor="rm")
    pen.text((left, 22), title, fill="black", font=font)
    pen.text(((left + right) / 2, height - 12), "steps", fill="#444444", font=font, anchor="ms")
    picture.save(file)
