"""``coach bench hedge``: measures how often second opinions are right, through a live capture."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from coach_app.evaluation.agents import BothAgent
from coach_app.evaluation.bench.report import Report, Row
from coach_app.evaluation.play import Progress
from coach_app.evaluation.stage import SCALES, Stage
from coach_app.games.catalogue import teacher_of
from coach_app.games.game import Game, Size
from coach_app.games.positions import Position, positions
from coach_app.session.values import hedge


@dataclass(frozen=True)
class Result:
    """The moves of coach and network for a position.

    Attributes:
        seed: seed of the position.
        coach: the advised move; None if none was named.
        network: the network's best move among those that it considers possible.
        hedge: the second opinion shown with the advice; empty for none.
        best: the optimal moves.
        possible: the possible moves.
    """

    seed: int
    coach: str | None
    network: str
    hedge: str
    best: tuple[str, ...]
    possible: tuple[str, ...]

    @property
    def differs(self) -> bool:
        """Whether the moves differ and are not both optimal."""
        both = self.coach in self.best and self.network in self.best
        return self.coach is not None and self.coach != self.network and not both


async def run(
    game: Game,
    agent: BothAgent,
    stage: Stage,
    count: int,
    seed: int,
    size: Size | None = None,
    scales: Sequence[float] = SCALES,
    on_progress: Progress | None = None,
) -> Report:
    """Ask coach and network about the same positions at every scale, captured from the screen.

    Args:
        game: a practice game with a teacher.
        agent: the coach and the network to compare.
        stage: shows and captures the positions.
        count: positions per scale, at least one.
        seed: of the first position's level; each further one takes the next number.
        size: of the maps; None is the game's default.
        scales: at least one.
        on_progress: called after each position of each scale.

    Returns:
        For each scale and in total: how often coach and network are right and differ, how often a hedge is shown, is
        impossible or right, and how often the coach is right when one is shown. The differences are in the details, by
        scale.

    Raises:
        CoachError: the game has no teacher, one of them cannot answer, or the window cannot be captured.
    """
    asked = positions(game, count, seed, size)
    results: dict[str, list[Result]] = {}
    for number, scale in enumerate(scales):
        here = results[f"{scale:g}×"] = []
        for place, position in enumerate(asked):
            here.append(await _hear(game, agent, stage, position, scale))
            if on_progress is not None:
                on_progress(number * count + place + 1, count * len(scales))
    every = {**results, "all": [one for here in results.values() for one in here]}
    return Report(
        name="hedge",
        subject={
            "game": game.id,
            "model": agent.coach.model,
            "checkpoint": agent.dqn.model,
            "seed": seed,
            "size": list(size) if size else None,
            "positions": count,
        },
        rows=tuple(row for of, here in every.items() for row in _rows(of, here)),
        details={
            "differences": {
                of: [asdict(one) for one in here if one.differs or one.hedge] for of, here in results.items()
            }
        },
    )


async def _hear(game: Game, agent: BothAgent, stage: Stage, position: Position, scale: float) -> Result:
    agent.begin(position.seed)
    env = position.env
    picture = await stage.picture(position, scale)
    advised, second = await agent.coach.move(picture, env), await agent.dqn.move(picture, env)
    values = second.values
    assert values
    possible = game.possible_moves(env) if game.possible_moves else values.moves
    hedged_move = hedge(values, advised.move, advised.text)
    return Result(position.seed, advised.move, values.best, hedged_move, teacher_of(game)(env), possible)


def _rows(of: str, results: Sequence[Result]) -> list[Row]:
    hedged = [one for one in results if one.hedge]
    return [
        Row(of, "positions", len(results)),
        Row(of, "coach right", sum(one.coach in one.best for one in results) / len(results), "share"),
        Row(of, "network right", sum(one.network in one.best for one in results) / len(results), "share"),
        Row(of, "they differ", sum(one.differs for one in results)),
        Row(of, "hedges shown", len(hedged)),
        Row(of, "hedges that name a wall", sum(one.hedge not in one.possible for one in hedged)),
        Row(of, "hedges that are right", sum(one.hedge in one.best for one in hedged)),
        Row(of, "coach right where hedged", sum(one.coach in one.best for one in hedged)),
    ]
