"""What collects experiences: something that chooses one move after the other, and says why."""

from dataclasses import dataclass
from typing import Protocol

from coach_app.games.game import Game
from coach_app.games.images import ImageEnv, action_names


@dataclass(frozen=True)
class Chosen:
    """A move, and why.

    Attributes:
        move: name of the action.
        why: in a few words.
        goal: what it is for; empty if for nothing in particular.
    """

    move: str
    why: str
    goal: str = ""


class Chooser(Protocol):
    """Plays episodes to learn from them."""

    def begin(self, seed: int) -> None:
        """Begin an episode; all randomness depends on the seed."""

    def choose(self, env: ImageEnv) -> Chosen | None:
        """The next move; None to end the episode here.

        Args:
            env: the game; must not be changed.

        Raises:
            CoachError: it cannot choose.
        """


def moves_of(game: Game, env: ImageEnv) -> tuple[str, ...]:
    """The moves worth trying in a state: those that change something, where the game knows them."""
    possible = game.possible_moves(env) if game.possible_moves else ()
    return possible or action_names(env)
