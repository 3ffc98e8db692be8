"""Crafter in words for agents that read, in the form of SmartPlay (Wu et al. 2023, arXiv:2310.01557).

The nearest thing of each kind with steps and direction, what is faced, how the player is, and what the player has.
Directions are those of the moves, not of the compass, and every line is a sentence.
"""

from typing import Any

from coach_app.games.crafter.view import FACINGS, ITEMS, STEPS, UNSEEN, View

_VITALS = ITEMS[:4]
_DIRECTIONS = {
    (0, -1): "up",
    (0, 1): "down",
    (-1, 0): "left",
    (1, 0): "right",
    (-1, -1): "up and left",
    (1, -1): "up and right",
    (-1, 1): "down and left",
    (1, 1): "down and right",
}


def state(view: View, last_action: str) -> dict[str, Any]:
    """What is seen, as JSON can hold it.

    Returns:
        "action": the last one; "see": the nearest of each kind, columns to the right and rows down; "face": what is
        straight ahead; "status": how the player is; "inventory": what the player has.
    """
    ahead = FACINGS.get(view.facing)
    return {
        "action": last_action,
        "see": nearest(view),
        "face": (view.object(ahead) or view.material(ahead)) if ahead else "",
        "status": {item: view.count(item) for item in _VITALS},
        "inventory": {item.replace("_", " "): view.count(item) for item in ITEMS[4:] if view.count(item)},
    }


def nearest(view: View) -> dict[str, tuple[int, int]]:
    """How far the nearest of each kind of thing in the picture is: columns to the right, rows down."""
    found: dict[str, tuple[int, int]] = {}
    for step in sorted(STEPS, key=lambda step: abs(step[0]) + abs(step[1])):
        thing = view.object(step) or view.material(step)
        if step != (0, 0) and thing != UNSEEN:
            found.setdefault(thing, step)
    return found


def text(view: View, last_action: str) -> str:
    """The same in words."""
    seen = state(view, last_action)
    lines = [
        f"You took action {last_action}." if last_action else "You took no action yet.",
        *(_see(thing, step) for thing, step in seen["see"].items()),
        f"You face {seen['face']}." if seen["face"] else "You are asleep and face nothing.",
        *(["It is dark."] if view.dark else []),
        *(f"Status: {item} {number} of 9." for item, number in seen["status"].items()),
        *(f"Inventory: {number} {item}." for item, number in seen["inventory"].items()),
        *([] if seen["inventory"] else ["Inventory: nothing."]),
    ]
    return "\n".join(lines)


def _see(thing: str, step: tuple[int, int]) -> str:
    direction, steps = _DIRECTIONS[_sign(step[0]), _sign(step[1])], abs(step[0]) + abs(step[1])
    return f"You see {thing} 1 step {direction}." if steps == 1 else f"You see {thing} {steps} steps {direction}."


def _sign(number: int) -> int:
    return (number > 0) - (number < 0)
