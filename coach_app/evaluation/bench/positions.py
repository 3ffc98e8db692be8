"""Measures how often advice is right through a live capture: positions are shown in a real window and captured."""

from collections.abc import Sequence
from functools import partial

from coach_app.evaluation.agents import Agent
from coach_app.evaluation.bench.report import Report, Row
from coach_app.evaluation.play import Progress, score_positions
from coach_app.evaluation.stage import SCALES, Stage
from coach_app.games.game import Game, Size
from coach_app.games.positions import positions


async def run(
    game: Game,
    agent: Agent,
    stage: Stage,
    count: int,
    seed: int,
    size: Size | None = None,
    scales: Sequence[float] = SCALES,
    on_progress: Progress | None = None,
) -> Report:
    """Ask an agent about the same positions at every scale, captured from the screen.

    Args:
        game: a practice game with a teacher.
        agent: the agent to ask.
        stage: shows and captures the positions.
        count: positions per scale.
        seed: of the first position's level; each further one takes the next number.
        size: of the maps; None is the game's default.
        scales: at least one.
        on_progress: called after each position of each scale.

    Returns:
        The share of optimal moves at each scale and over ``all``; the mistakes are in the details, by scale.

    Raises:
        CoachError: the agent cannot answer, or the window cannot be captured.
    """
    asked = positions(game, count, seed, size)
    rows: list[Row] = []
    rates: list[float] = []
    mistakes: dict[str, list[object]] = {}
    for number, scale in enumerate(scales):

        def tell(done: int, _of: int, before: int = number * count) -> None:
            if on_progress is not None:
                on_progress(before + done, count * len(scales))

        score = await score_positions(game, agent, asked, partial(stage.picture, scale=scale), tell)
        rates.append(score.optimal_move_rate)
        of = f"{scale:g}×"
        rows += [
            Row(of, "optimal moves", score.optimal_move_rate, "share"),
            Row(of, "no move", score.no_move),
            Row(of, "answer, median", score.latency_ms_p50, "ms"),
        ]
        mistakes[of] = [mistake.model_dump(mode="json") for mistake in score.mistakes]
    return Report(
        name="positions",
        subject={
            "game": game.id,
            "agent": agent.name,
            "model": agent.model,
            "seed": seed,
            "size": list(size) if size else None,
            "positions": count,
        },
        rows=(*rows, Row("all", "optimal moves", sum(rates) / len(rates), "share")),
        details={"mistakes": mistakes},
    )
