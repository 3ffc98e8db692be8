"""Views of Crafter made by hand."""

from collections.abc import Mapping
from types import MappingProxyType

from coach_app.games.crafter.view import CENTRE, COLUMNS, ITEMS, LIGHTS, NOTHING, View

_GROUND = {".": "grass", "_": "path", "~": "water", "T": "tree", "#": "stone", "I": "iron", "t": "table", "L": "lava"}
_THINGS = {"Z": "zombie", "S": "skeleton", "C": "cow", ">": "arrow right", "p": "sapling", "R": "ripe plant"}


def made(
    drawn: str, has: Mapping[str, int] = MappingProxyType({}), facing: str = "down", light: int = LIGHTS - 1
) -> View:
    """A view of seven rows of nine squares; things stand on grass, "@" is the player."""
    squares = "".join(drawn.split())
    assert squares.index("@") == CENTRE[1] * COLUMNS + CENTRE[0]
    vitals = {"health": 9, "food": 9, "drink": 9, "energy": 9}
    return View(
        tuple(_GROUND.get(square, "grass") for square in squares),
        tuple(_THINGS.get(square, NOTHING) for square in squares),
        facing,
        tuple({**vitals, **has}.get(item, 0) for item in ITEMS),
        light,
    )


MEADOW = """
.........
.........
.........
....@....
.........
.........
.........
"""
TOOLS = dict.fromkeys(("wood_pickaxe", "stone_pickaxe", "wood_sword", "stone_sword"), 1)
