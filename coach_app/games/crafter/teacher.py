"""The teacher of Crafter: what to do next, from what the picture shows."""

from functools import lru_cache

from coach_app.games.crafter.explore import explore
from coach_app.games.crafter.land import Land
from coach_app.games.crafter.rules import RULES
from coach_app.games.crafter.sight import Choice, Sight
from coach_app.games.crafter.view import View
from coach_app.games.crafter.words import Decision, in_words


@lru_cache(maxsize=64)
def decide(view: View) -> Decision:
    """What to do next, from one picture alone: the first rule that applies; where none does, look around."""
    sight = Sight(view, Land.of(view), explore)
    return in_words(sight, choose(sight))


def choose(sight: Sight) -> Choice:
    """What to do next, from what is known."""
    return next((choice for rule in RULES if (choice := rule(sight))), None) or sight.explorer(sight)
