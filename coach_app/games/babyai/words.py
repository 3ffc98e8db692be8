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
    def text(self) -> str:
        """The way to the decision, step by step: at most 60 words of a small vocabulary."""
        ahead, left, right = self.around
        parts = [
            f"Mission: {self.mission.text}",
            f"Carrying {self.carried.name if self.carried else 'nothing'}",
            f"Ahead {ahead}, left {left}, right {right}",
            self.goal.removesuffix("."),
            *([f"{self.target[0].capitalize()} {away(self.target[1])}"] if self.target else []),
            *([f"{self.steps} steps"] if self.steps > 1 else []),
        ]
        return " ".join([*(f"{part}." for part in parts), told(self.move)])

    @property
    def answer(self) -> str:
        """What a player is told: what matters, and the move; at most MAX_CHARACTERS."""
        where = f" {self.target[0].capitalize()}: {away(self.target[1])}." if self.target and self.steps > 1 else ""
        return f"{self.goal}{where} {told(self.move)}"


def told(move: str) -> str:
    """A move as advice ends with it."""
    return f"Next: {move}."


def away(step: Step) -> str:
    """How far something is: "2 ahead 1 left"."""
    x, y = step
    parts = [(abs(y), "ahead" if y > 0 else "behind"), (abs(x), "right" if x > 0 else "left")]
    return " ".join(f"{number} {where}" for number, where in parts if number)
