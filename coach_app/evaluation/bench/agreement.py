"""``coach bench agreement``: how often the coach is right where a Q-network agrees with it, and where it does not."""

from collections.abc import Sequence
from dataclasses import dataclass

from coach_app.evaluation.agents import BothAgent
from coach_app.evaluation.bench.report import Report, Row
from coach_app.evaluation.play import Progress
from coach_app.games.catalogue import teacher_of
from coach_app.games.game import Game
from coach_app.games.positions import Position


@dataclass(frozen=True)
class _Asked:
    """One position: whether coach and network agree (None if no move was named), and who was right."""

    agree: bool | None
    coach_right: bool
    network_right: bool


async def run(game: Game, agent: BothAgent, asked: Sequence[Position], on_progress: Progress | None = None) -> Report:
    """Ask both about each position.

    Args:
        game: the game, which has a teacher.
        agent: the coach and the Q-network to compare.
        asked: at least one position, as from ``coach_app.games.positions``.
        on_progress: called after each position.

    Returns:
        How often each was right: over ``all`` positions, where the network agrees with the coach's move by the
        overlay's criterion (``agree``), where it does not (``disagree``), and where the coach named ``no move``. The
        subject's ``pictures`` is the number of distinct pictures.

    Raises:
        CoachError: the game has no teacher, or one of them cannot answer.
    """
    best_moves = teacher_of(game)
    pictures: set[bytes] = set()
    answers: list[_Asked] = []
    for number, position in enumerate(asked):
        env, picture, best = position.env, position.picture(), best_moves(position.env)
        pictures.add(picture.tobytes())
        agent.begin(position.seed)
        advised, second = await agent.coach.move(picture, env), await agent.dqn.move(picture, env)
        assert second.values
        agree = None if advised.move is None else second.values.agrees_with(advised.move)
        answers.append(_Asked(agree, advised.move in best, second.move in best))
        if on_progress is not None:
            on_progress(number + 1, len(asked))
    parts = {
        "all": answers,
        "agree": [answer for answer in answers if answer.agree is True],
        "disagree": [answer for answer in answers if answer.agree is False],
        "no move": [answer for answer in answers if answer.agree is None],
    }
    return Report(
        name="agreement",
        subject={
            "game": game.id,
            "model": agent.coach.model,
            "checkpoint": agent.dqn.model,
            "seed": asked[0].seed,
            "pictures": len(pictures),
        },
        rows=tuple(row for name, part in parts.items() for row in _rows(name, part)),
    )


def _rows(name: str, part: Sequence[_Asked]) -> list[Row]:
    right = {
        "coach right": [answer.coach_right for answer in part],
        "network right": [answer.network_right for answer in part],
    }
    return [
        Row(name, "positions", len(part)),
        *(Row(name, who, sum(each) / len(each) if each else None, "share") for who, each in right.items()),
    ]
