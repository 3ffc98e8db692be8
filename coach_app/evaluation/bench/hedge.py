"""``coach bench hedge``: whether what is said beside the advice is true, read off the screen."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from coach_app.evaluation.agents import BothAgent
from coach_app.evaluation.bench.positions import SCALES, Stage
from coach_app.evaluation.bench.report import Report, Row
from coach_app.evaluation.play import Progress
from coach_app.games.catalogue import teacher_of
from coach_app.games.game import Game, Size
from coach_app.games.positions import Position, positions
from coach_app.session.values import hedge


@dataclass(frozen=True)
class Heard:
    """What coach and network said about a position.

    Attributes:
        seed: of the position.
        coach: the move that was advised; None where none was named.
        network: the move that the network holds for best, of those that it holds for possible.
        hedge: what is said beside the advice; empty is nothing.
        best: the best moves.
        possible: the moves that can be made.
    """

    seed: int
    coach: str | None
    network: str
    hedge: str
    best: tuple[str, ...]
    possible: tuple[str, ...]

    @property
    def differs(self) -> bool:
        """Whether they say different things, of which not both are best."""
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
    """Ask coach and network about the same positions at every scale, each read off the screen.

    Args:
        game: a practice game with a teacher.
        agent: the coach, and the network that it is compared with.
        stage: shows and captures the positions.
        count: positions a scale, at least one.
        seed: of the first position's level; each further one takes the next number.
        size: of the maps; None is the game's default.
        scales: at least one.
        on_progress: called after each position of each scale.

    Returns:
        For each scale, and for all together: how often coach and network are right, how often they differ, how often
        a hedge is shown, how often it names a move that cannot be made, or is right, and how often the coach is right
        where one is shown. The differences are in the details, by scale.

    Raises:
        CoachError: the game has no teacher, one of them cannot answer, or the window cannot be captured.
    """
    asked = positions(game, count, seed, size)
    heard: dict[str, list[Heard]] = {}
    for number, scale in enumerate(scales):
        here = heard[f"{scale:g}×"] = []
        for place, position in enumerate(asked):
            here.append(await _hear(game, agent, stage, position, scale))
            if on_progress is not None:
                on_progress(number * count + place + 1, count * len(scales))
    every = {**heard, "all": [one for here in heard.values() for one in here]}
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
            "differences": {of: [asdict(one) for one in here if one.differs or one.hedge] for of, here in heard.items()}
        },
    )


async def _hear(game: Game, agent: BothAgent, stage: Stage, position: Position, scale: float) -> Heard:
    agent.begin(position.seed)
    env = position.env
    picture = await stage.picture(position, scale)
    advised, second = await agent.coach.move(picture, env), await agent.dqn.move(picture, env)
    values = second.values
    assert values
    possible = game.possible_moves(env) if game.possible_moves else values.moves
    said = hedge(values, advised.move, advised.text)
    return Heard(position.seed, advised.move, values.best, said, teacher_of(game)(env), possible)


def _rows(of: str, heard: Sequence[Heard]) -> list[Row]:
    hedged = [one for one in heard if one.hedge]
    return [
        Row(of, "positions", len(heard)),
        Row(of, "coach right", sum(one.coach in one.best for one in heard) / len(heard), "share"),
        Row(of, "network right", sum(one.network in one.best for one in heard) / len(heard), "share"),
        Row(of, "they differ", sum(one.differs for one in heard)),
        Row(of, "hedges shown", len(hedged)),
        Row(of, "hedges that name a wall", sum(one.hedge not in one.possible for one in hedged)),
        Row(of, "hedges that are right", sum(one.hedge in one.best for one in hedged)),
        Row(of, "coach right where hedged", sum(one.coach in one.best for one in hedged)),
    ]
