"""BabyAI in words for agents that read, as BabyAI-Text has it (Carta et al. 2023, arXiv:2302.02662)."""

from typing import Any

from coach_app.games.babyai.view import FLOOR, STEPS, UNSEEN, WALL, Step, View


def state(view: View) -> dict[str, Any]:
    """What is seen, as JSON can hold it.

    Returns:
        "mission": what is asked for; "carry": what the player has; "see": things by name, each with its places: steps
        to the right and ahead; of walls the nearest ahead, to the left and to the right.
    """
    return {
        "mission": view.mission.sentence,
        "carry": view.carried.name if view.carried else "nothing",
        "see": _things(view),
    }


def text(view: View) -> str:
    """The same in words."""
    carried = view.carried.name if view.carried else "nothing"
    seen = [_seen(thing, step) for thing, steps in _things(view).items() for step in steps]
    return "\n".join(["This is your mission.", view.mission.sentence, f"You carry {carried}.", *seen])


def _seen(thing: str, step: Step) -> str:
    (x, y), left = step, -step[0]
    if not x:
        return f"You see {thing}: {y} ahead."
    if not y:
        return f"You see {thing}: {x} to the right." if x > 0 else f"You see {thing}: {left} to the left."
    if x > 0:
        return f"You see {thing}: {y} ahead and {x} to the right."
    return f"You see {thing}: {y} ahead and {left} to the left."


def _things(view: View) -> dict[str, list[Step]]:
    found: dict[str, list[Step]] = {}
    for step in sorted(STEPS, key=lambda step: (abs(step[0]) + step[1], step)):
        square = view.at(step)
        if square.kind not in (UNSEEN, FLOOR, WALL):
            found.setdefault(square.name, []).append(step)
    for ahead in ((0, 1), (-1, 0), (1, 0)):
        line = ((ahead[0] * steps, ahead[1] * steps) for steps in range(1, 7))
        wall = next((step for step in line if view.at(step).kind == WALL), None)
        if wall:
            found.setdefault(WALL, []).append(wall)
    return found
