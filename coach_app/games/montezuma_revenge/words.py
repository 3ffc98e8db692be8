"""The teacher's decision in words."""

from dataclasses import dataclass
from typing import Any

from coach_app.games.montezuma_revenge.view import AIR, DOORS, FLOOR_BOTTOM, KEY, TOP, Place, View

DOOR = "door"
DODGES = OVER, PASS = "over", "pass"
"""What can be done about the skull: jump over it, or let it pass."""
_UNIT_PX = 16
_NEAR_PX = 40  # the skull matters from there on


@dataclass(frozen=True)
class Decision:
    """What to do, and why.

    Attributes:
        view: what is seen.
        move: of ``view.MOVES``.
        goal: KEY or DOOR; empty in other rooms, and where no way is known.
        next_area: where Joe comes next on the way, one of ``view.AREAS``, or the goal itself; empty if there is no way.
        leaps: whether he gets there by a jump.
        dodges: what is done about the skull until then, one of DODGES; empty if it is not in the way.
        steps: moves to the goal; 0 if there is no way.
        best: all moves that are as good, this one first.
    """

    view: View
    move: str
    goal: str = ""
    next_area: str = ""
    leaps: bool = False
    dodges: str = ""
    steps: int = 0
    best: tuple[str, ...] = ()

    @property
    def aim(self) -> str:
        """What for."""
        if self.goal:
            return "Get the key." if self.goal == KEY else "Open a door with the key."
        if self.view.room:
            return "This room is unknown: stay alive."
        return "Stay alive." if all(self.view.doors) else "A door is open: go through."

    @property
    def way(self) -> str:
        """Where to go next, and how."""
        if self.view.joe is None:
            return "A life is lost: wait."
        if not self.next_area:
            return ""
        if self.dodges == PASS:
            return "Let the skull pass."
        if self.dodges == OVER:
            return "Jump over the skull."
        if self.view.area == AIR:
            return f"Joe is in the air, on his way to the {self.next_area}."
        if self.next_area in (KEY, DOOR):
            return f"Jump for the {self.next_area}." if self.leaps else f"Go to the {self.next_area}."
        return f"Jump to the {self.next_area}." if self.leaps else f"Go to the {self.next_area}."

    @property
    def answer(self) -> str:
        """What a player is told: what for, where to go, and the move."""
        return " ".join(filter(None, (self.aim, self.way, told(self.move))))

    @property
    def hint(self) -> str:
        """What to aim for, but not how."""
        if not self.goal:
            return self.aim
        if self.next_area in ("", KEY, DOOR):
            return f"You want the {self.goal}."
        return f"You want the {self.goal}: next comes the {self.next_area}."

    @property
    def nudge(self) -> str:
        """What to look at."""
        if self.dodges:
            return "Watch the skull."
        return f"Look at the {self.next_area or self.goal}." if self.goal else "Watch out."

    @property
    def text(self) -> str:
        """The way to the decision, step by step."""
        view, parts = self.view, list[str]()
        parts.append(joe_is(view))
        if view.joe_before and view.joe and (heading := moved(view.joe_before, view.joe)):
            parts.append(f"He moves {heading}.")
        if view.joe and view.skull and not view.room:
            parts.append(f"The skull is {off(view.skull.x - view.joe.x)}.")
            parts.append(rolling(view))
        if not view.room:
            parts.append("The key is there." if view.key else "The key is taken.")
        parts.extend(filter(None, (self.aim, self.way)))
        if self.steps:
            left = -(-self.steps // 10) * 10
            parts.append(f"About {left} steps are left.")
        return " ".join(filter(None, [*parts, told(self.move)]))


def told(move: str) -> str:
    """A move as advice ends with it."""
    return f"Next: {move}."


def joe_is(view: View) -> str:
    """Where Joe is, in a sentence."""
    if view.joe is None:
        return "Joe is lost."
    if view.room:
        return "Joe is in another room."
    return "Joe is in the air." if view.area == AIR else f"Joe is on the {view.area}."


def moved(before: Place, now: Place) -> str:
    """How something moves; empty if it does not."""
    across = "left" if now.x < before.x else "right" if now.x > before.x else ""
    along = "up" if now.y < before.y else "down" if now.y > before.y else ""
    return " and ".join(filter(None, (along, across)))


def rolling(view: View) -> str:
    """Which way the skull rolls, in a sentence; empty if that is not seen."""
    if not view.skull or not view.skull_before or view.skull.x == view.skull_before.x:
        return ""
    return "It rolls left." if view.skull.x < view.skull_before.x else "It rolls right."


def off(x: float) -> str:
    """How far something is to the side, in units of 16 px."""
    units = round(abs(x) / _UNIT_PX)
    return f"{units} {'left' if x < 0 else 'right'}" if units else "here"


def is_near(view: View) -> bool:
    """Whether the skull can reach Joe soon, or he it."""
    joe, skull = view.joe, view.skull
    return bool(joe and skull and joe.y > FLOOR_BOTTOM - 30 and abs(joe.x - skull.x) <= _NEAR_PX)


def state(view: View) -> dict[str, Any]:
    """What is seen, by name, as JSON can hold it: places in the emulator's pixels from the room's upper left corner."""
    found: dict[str, Any] = {"joe": _place(view.joe), "hats": view.hats, "carried": list(view.items)}
    if view.room:
        found["room"] = view.room
    else:
        shut = [name for name, is_shut in zip(DOORS, view.doors, strict=True) if is_shut]
        found |= {"skull": _place(view.skull), "key": view.key, "doors": shut}
    if view.last:
        found |= {"last move": view.last, "before": {"joe": _place(view.joe_before)}}
        if not view.room:
            found["before"]["skull"] = _place(view.skull_before)
    return found


def describe(view: View) -> str:
    """The same in words."""
    joe, skull, joe_before, skull_before = map(_place, (view.joe, view.skull, view.joe_before, view.skull_before))
    lines = [f"Joe is at {joe[0]}, {joe[1]}." if joe else "Joe is lost."]
    if view.room:
        lines.append(f"He is in another room, {view.room}.")
    else:
        lines.append(f"Where that is: {view.area}.")
        lines.append(f"The skull is at {skull[0]}, {skull[1]}." if skull else "There is no skull.")
        lines.append("The key is there." if view.key else "The key is not there.")
        shut = [name for name, is_shut in zip(DOORS, view.doors, strict=True) if is_shut]
        doors = ", ".join(shut) or "none"
        lines.append(f"Shut doors: {doors}.")
    items = ", ".join(view.items) or "nothing"
    lines.append(f"Carried: {items}.")
    lines.append(f"Hats left: {view.hats}.")
    if view.last:
        lines.append(f"Last move: {view.last}.")
        if joe_before:
            lines.append(f"Before it Joe was at {joe_before[0]}, {joe_before[1]}.")
        if skull_before:
            lines.append(f"Before it the skull was at {skull_before[0]}, {skull_before[1]}.")
    return "\n".join(lines)


def _place(place: Place | None) -> list[int] | None:
    return [place.x, place.y - TOP] if place else None
