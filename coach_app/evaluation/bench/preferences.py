"""How well a model learns what a player prefers, by each loss, where the player is a simple rule."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from coach_app.domain.moves import named_move
from coach_app.games.profiles import profile_of
from coach_app.training.experience.arguments import PREFERENCES, AdaptArgs

if TYPE_CHECKING:
    from coach_app.training.experience.adapting import Answered
    from coach_app.training.experience.examples import Asked

PROMPT: Final = "In one word: where to?"
"""What the player asks; the model has learned other questions, to which nothing else is to be answered than before."""
_LIKED, _DISLIKED = 7, 2


def bench_preferences(
    args: AdaptArgs, count: int, held_out: int, report: Callable[[str], None]
) -> dict[str, dict[str, Any]]:
    """Let a model learn from ratings by each loss. The player likes answers that are the move alone, and dislikes those
    that the model gives otherwise.

    Args:
        args: of both; each has a folder in ``args.out``.
        count: number of ratings to learn from.
        held_out: number of further ones, about levels that no training sees.
        report: gets each line.

    Returns:
        The reports of ``adapting.prefer`` by loss.

    Raises:
        CoachError: the model is not there.
    """
    from coach_app.training.experience.adapting import entry_of, prefer
    from coach_app.training.experience.examples import known_before

    entry = entry_of(args.base)
    learned = known_before(entry, True, count, args.seed)
    unseen = known_before(entry, True, held_out, args.seed, unseen=True)
    moves = [move for game in entry.games for move in profile_of(game).moves]
    answered = [*_rated(learned, moves, False), *_rated(unseen, moves, True)]
    found: dict[str, dict[str, Any]] = {}
    for loss in PREFERENCES:
        report(f"loss {loss}")
        found[loss] = prefer(replace(args, loss=loss, out=args.out / loss), answered, report)
    return found


def _rated(asked: "list[Asked]", moves: Sequence[str], held_out: bool) -> "Iterator[Answered]":
    """Ratings of answers that name a move."""
    from coach_app.training.experience.adapting import Answered

    for each in asked:
        if move := named_move(each.answer, moves):
            answers = replace(each, prompt=PROMPT, answer=f"{move.capitalize()}."), replace(each, prompt=PROMPT)
            yield Answered(answers, (_LIKED, _DISLIKED), held_out)
