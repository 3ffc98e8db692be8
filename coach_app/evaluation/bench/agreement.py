"""``coach bench agreement``: how often the coach is right where a Q-network agrees with it, and where it does not."""

from collections.abc import Sequence
from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict

from coach_app.evaluation.agents import BothAgent
from coach_app.evaluation.play import Progress
from coach_app.games.catalogue import teacher_of
from coach_app.games.game import Game
from coach_app.games.positions import Position


class Part(BaseModel):
    """Some of the positions.

    Attributes:
        positions: how many.
        coach_right: part of them in which the coach's move is a best one; None where there are no positions.
        network_right: the same of the Q-network's best move.
    """

    model_config = ConfigDict(frozen=True)

    positions: int
    coach_right: float | None
    network_right: float | None


class AgreementReport(BaseModel):
    """What ``coach bench agreement --json`` prints.

    Attributes:
        model: of the coach.
        checkpoint: name of the Q-network.
        pictures: how many of the positions look different; the article's map has no more than 44.
        every: all positions.
        agree: where the Q-network values the coach's move as its best one, or nearly so: what the overlay goes by.
        disagree: where it does not.
        no_move: where the coach named no move, so that nothing can be compared.
    """

    model_config = ConfigDict(frozen=True)

    game: str
    model: str
    checkpoint: str
    seed: int
    pictures: int
    every: Part
    agree: Part
    disagree: Part
    no_move: Part


@dataclass(frozen=True)
class _Asked:
    """One position: whether they agree (None: no move was named), and who was right."""

    agree: bool | None
    coach_right: bool
    network_right: bool


async def run(
    game: Game, agent: BothAgent, asked: Sequence[Position], on_progress: Progress | None = None
) -> AgreementReport:
    """Ask both about each position.

    Args:
        game: that the positions are of; it has a teacher.
        agent: the coach, and the Q-network that it is compared with.
        asked: at least one position, as from ``coach_app.games.positions``.
        on_progress: called after each position.

    Raises:
        CoachError: the game has no teacher, or one of them cannot answer.
    """
    best_moves = teacher_of(game)
    pictures: set[bytes] = set()
    answers: list[_Asked] = []
    for number, position in enumerate(asked):
        env, picture, best = position.env, position.picture(), best_moves(position.env)
        pictures.add(picture.tobytes())
        advised, second = await agent.coach.move(picture, env), await agent.dqn.move(picture, env)
        assert second.values
        agree = None if advised.move is None else second.values.agrees_with(advised.move)
        answers.append(_Asked(agree, advised.move in best, second.move in best))
        if on_progress is not None:
            on_progress(number + 1, len(asked))
    return AgreementReport(
        game=game.id,
        model=agent.coach.model,
        checkpoint=agent.dqn.model,
        seed=asked[0].seed,
        pictures=len(pictures),
        every=_part(answers),
        agree=_part([answer for answer in answers if answer.agree is True]),
        disagree=_part([answer for answer in answers if answer.agree is False]),
        no_move=_part([answer for answer in answers if answer.agree is None]),
    )


def _part(answers: Sequence[_Asked]) -> Part:
    if not answers:
        return Part(positions=0, coach_right=None, network_right=None)
    return Part(
        positions=len(answers),
        coach_right=sum(answer.coach_right for answer in answers) / len(answers),
        network_right=sum(answer.network_right for answer in answers) / len(answers),
    )
