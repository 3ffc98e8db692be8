"""The teacher's decision in words: how it was come to, step by step, and what a player is told."""

from dataclasses import dataclass

from coach_app.games.babyai.view import Mission, Square, Step

MAX_CHARACTERS = 200
"""Of what a player is told."""

MOVES = ("turn left", "turn right", "forward", "pick up", "drop", "toggle")
"""The game's actions, in minigrid's order; that has one more, which no mission needs."""


@dataclass(frozen=True)
class Decision:
    """What to do, and how that was decided.

    Attributes:
        mission: what is asked for.
        carried: what the player has.
        goal: what for: a sentence.
        target: what the goal is about, and where; None where that is not in view, or there is no such thing.
        around: what is ahead, to the left and to the right.
        steps: moves until the goal is reached, as far as that is known, this one among them; 0 where it is not.
        move: of MOVES.
    """

    mission: Mission
    carried: Square | None
    goal: str
    target: tuple[str, Step] | None
    around: tuple[str, str, str]
    steps: int
    move: str

    @property
    def where(self) -> str:
        """Where the target is; empty without one."""
        if not self.target:
            return ""
        thing, step = self.target
        return f"The {thing} is {away(step)}."

    @property
    def text(self) -> str:
        """The way to the decision, step by step: at most 70 words of a small vocabulary."""
        ahead, left, right = self.around
        carried = self.carried.name if self.carried else "nothing"
        parts = (
            self.mission.sentence,
            f"You carry {carried}.",
            f"Ahead {ahead}, left {left}, right {right}.",
            self.goal,
            self.where,
            f"That takes {self.steps} steps." if self.steps > 1 else "",
            told(self.move),
        )
        return " ".join(filter(None, parts))

    @property
    def answer(self) -> str:
        """What a player is told: what matters, and the move; at most MAX_CHARACTERS."""
        where = self.where if self.steps > 1 else ""
        return " ".join(filter(None, (self.goal, where, told(self.move))))

    @property
    def hint(self) -> str:
        """What to aim for, but not how."""
        start = self.goal_kind
        return _HINTS[start].format(name=self.goal.removeprefix(start).removesuffix("."))

    @property
    def goal_kind(self) -> str:
        """The beginning of the goal that tells its kind, of GOALS."""
        return next(start for start in GOALS if self.goal.startswith(start))

    @property
    def nudge(self) -> str:
        """What to look at."""
        if self.target:
            return f"Look at the {self.target[0]}."
        return "Mind what you carry." if self.carried else "Not all of the room is in view."


_HINTS = {
    "Go to the ": "You want to be beside the {name}.",
    "Pick up the ": "You need the {name}.",
    "Pick up a key": "You need a key.",
    "Open the ": "You want to get through the {name}.",
    "Put the ": "You want the {name}.",
    "Put down the ": "You do not need the {name} now.",
    "Clear the way": "Something is in the way.",
    "Make room": "There is no room yet.",
    "The ": "You need something that is not in view.",
}
"""What a player is told about each goal, by its beginning, where that must not say the move."""

GOALS = tuple(_HINTS)
"""The beginnings of all goals, each of its kind."""


def told(move: str) -> str:
    """A move as advice ends with it."""
    return f"Next: {move}."


def away(step: Step) -> str:
    """How far something is: "2 ahead and 1 left"."""
    x, y = step
    parts = [(abs(y), "ahead" if y > 0 else "behind"), (abs(x), "right" if x > 0 else "left")]
    return " and ".join(f"{number} {where}" for number, where in parts if number)
