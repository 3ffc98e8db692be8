"""Playing a game by an agent's advice, and what came of it."""

import math
import statistics
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from pydantic import BaseModel, ConfigDict

from coach_app.domain.errors import CoachError
from coach_app.evaluation.agents import Agent, Decision
from coach_app.evaluation.recording import Recording
from coach_app.games.catalogue import teacher_of
from coach_app.games.game import Game, Size
from coach_app.games.images import Picture, action_names
from coach_app.games.positions import Position

Progress = Callable[[int, int], None]
"""Called with how many are done, and of how many."""

CHANCE = 0.05
"""Part of the moves in games without a teacher that are left to chance, as Mnih et al. (2015) evaluate: some games
begin only when somebody fires, and who always does what is best may never do."""


@dataclass(frozen=True)
class Step:
    """A moment of a game that is played.

    Attributes:
        episode: counted from 0.
        number: of the step in its episode, from 0.
        reward: of the episode so far.
        picture: what the agent saw.
        decision: what it wants to do about it.
        text_ja: its text in Japanese; empty where that is not wanted, or there is none.
    """

    episode: int
    number: int
    reward: float
    picture: Picture
    decision: Decision
    text_ja: str = ""


class PlayReport(BaseModel):
    """How an agent played; ``model_dump_json()`` is what ``coach play --json`` prints.

    Attributes:
        rewards: of every episode, undiscounted, in order; rounded to 1e-6.
        std_reward: standard deviation over episodes (of the population).
        optimal_move_rate: part of all moves that the teacher holds for best; None where the game has no teacher.
        chance: part of the moves that were left to chance, whatever the agent wanted; None is none.
        no_move: how often no move was named; such a move is drawn at random, and counts as not best.
        latency_ms_p50: median time of a decision that was really taken, not remembered.
        done: part of the episodes of each kind that ended with a reward, as far as the game has several kinds.
        achievements: part of the episodes in which each achievement of the game was reached; None if it has none.
        achievement_score: of these, in percent: exp of the mean of ln(1 + rate), less 1, as Hafner (2021,
            arXiv:2109.06780) scores an agent, so that what is rare counts; None if there are none.
    """

    model_config = ConfigDict(frozen=True)

    game: str
    agent: str
    model: str
    episodes: int
    seed: int
    mean_reward: float
    std_reward: float
    optimal_move_rate: float | None
    no_move: int
    rewards: list[float]
    latency_ms_p50: float
    chance: float | None = None
    done: dict[str, float] | None = None
    achievements: dict[str, float] | None = None
    achievement_score: float | None = None


async def play(
    game: Game,
    agent: Agent,
    episodes: int,
    seed: int,
    size: Size | None = None,
    on_progress: Progress | None = None,
    recording: Recording | None = None,
    max_steps: int | None = None,
    on_step: Callable[[Step], None] | None = None,
    translate: Callable[[str], Awaitable[str | None]] | None = None,
) -> PlayReport:
    """Let an agent play; the same arguments give the same report, latency apart.

    Args:
        game: what is played.
        agent: who plays.
        episodes: how many, at least one.
        seed: of the first episode; each further one takes the next number.
        size: of the maps; None is the game's default.
        on_progress: called after each episode.
        recording: gets every state with what was said about it.
        max_steps: an episode is broken off after so many; None plays it to its end.
        on_step: called after each decision, before the move is made.
        translate: gives Japanese for what the agent says, for ``recording`` and ``on_step``.

    Raises:
        CoachError: the game cannot be played, no episodes, or the agent cannot answer.
    """
    if episodes < 1:
        raise CoachError(f"{episodes} episodes cannot be played.", "Ask for one or more.")
    env = game.make(size)
    names = action_names(env)
    left_to_chance = 0.0 if game.teacher or agent.name == "random" else CHANCE
    rewards: list[float] = []
    latencies_ms: list[float] = []
    reached: Counter[str] = Counter()
    kinds: dict[str, list[bool]] = {}
    moves = optimal = no_move = 0
    for number in range(episodes):
        chance = np.random.default_rng([seed + number, 1])
        agent.begin(seed + number)
        picture, _ = env.reset(seed=seed + number)
        reward, steps, ended = 0.0, 0, False
        while not ended:
            decision = await agent.move(picture, env)
            moves += 1
            optimal += game.teacher is not None and decision.move in game.teacher(env)
            no_move += decision.move is None
            if decision.latency_ms is not None:
                latencies_ms.append(decision.latency_ms)
            japanese = (await translate(decision.text) or "") if translate else ""
            if recording is not None:
                recording.add(picture, decision.text, number, decision.values, japanese)
            if on_step is not None:
                on_step(Step(number, steps, reward, picture, decision, japanese))
            move = decision.move
            if move is None or (left_to_chance and chance.random() < left_to_chance):
                move = names[chance.integers(len(names))]
            picture, gained, terminated, truncated, _ = env.step(names.index(move))
            reward += float(gained)
            steps += 1
            ended = terminated or truncated or steps == max_steps
        rewards.append(round(reward, 6))
        if game.task is not None:
            kinds.setdefault(game.task(env), []).append(terminated and float(gained) > 0)
        if game.achievements is not None:
            reached.update({name: int(is_so) for name, is_so in game.achievements(env).items()})
        if recording is not None:
            recording.add(picture, f"Episode {number + 1}: reward {reward:+.2f}", episode=number)
        if on_progress is not None:
            on_progress(number + 1, episodes)
    env.close()
    rates = {name: round(count / episodes, 4) for name, count in reached.items()}
    return PlayReport(
        game=game.id,
        agent=agent.name,
        model=agent.model,
        episodes=episodes,
        seed=seed,
        mean_reward=statistics.fmean(rewards),
        std_reward=statistics.pstdev(rewards),
        optimal_move_rate=optimal / moves if game.teacher else None,
        no_move=no_move,
        rewards=rewards,
        latency_ms_p50=median(latencies_ms),
        chance=left_to_chance or None,
        done={kind: round(statistics.fmean(ends), 4) for kind, ends in sorted(kinds.items())} or None,
        achievements=rates or None,
        achievement_score=achievement_score(rates.values()) if rates else None,
    )


def achievement_score(rates: Iterable[float]) -> float:
    """The score of success rates (0 to 1) in percent, as in ``PlayReport``."""
    return round(math.expm1(statistics.fmean(math.log1p(100 * rate) for rate in rates)), 2)


class Mistake(BaseModel):
    """A position in which an agent's move was not a best one.

    Attributes:
        state: what is where, by name.
    """

    seed: int
    state: dict[str, Any]
    move: str | None
    text: str
    optimal_moves: tuple[str, ...]


class PositionsReport(BaseModel):
    """How often an agent's move was a best one; see PlayReport for the fields of the same name."""

    model_config = ConfigDict(frozen=True)

    game: str
    agent: str
    model: str
    positions: int
    optimal_move_rate: float
    no_move: int
    latency_ms_p50: float
    mistakes: list[Mistake]


async def score_positions(
    game: Game,
    agent: Agent,
    asked: Sequence[Position],
    picture_of: Callable[[Position], Awaitable[Picture]] | None = None,
    on_progress: Progress | None = None,
) -> PositionsReport:
    """Ask an agent about each position.

    Args:
        game: that the positions are of; it has a teacher.
        agent: whom to ask.
        asked: at least one position, as from ``coach_app.games.positions``.
        picture_of: what the agent is shown, uint8 RGB: for instance what a live capture of the position gives; the
            clean picture by default.
        on_progress: called after each position.

    Raises:
        CoachError: the game has no teacher, the agent cannot answer, or ``picture_of`` raises it.
    """
    best_moves = teacher_of(game)
    latencies_ms: list[float] = []
    mistakes: list[Mistake] = []
    for number, position in enumerate(asked):
        agent.begin(position.seed)
        picture = position.picture() if picture_of is None else await picture_of(position)
        decision = await agent.move(picture, position.env)
        if decision.latency_ms is not None:
            latencies_ms.append(decision.latency_ms)
        best = best_moves(position.env)
        if decision.move not in best:
            mistakes.append(
                Mistake(
                    seed=position.seed,
                    state=game.state(position.env) if game.state else {},
                    move=decision.move,
                    text=decision.text,
                    optimal_moves=best,
                )
            )
        if on_progress is not None:
            on_progress(number + 1, len(asked))
    return PositionsReport(
        game=game.id,
        agent=agent.name,
        model=agent.model,
        positions=len(asked),
        optimal_move_rate=(len(asked) - len(mistakes)) / len(asked),
        no_move=sum(mistake.move is None for mistake in mistakes),
        latency_ms_p50=median(latencies_ms),
        mistakes=mistakes,
    )


def median(values_ms: Sequence[float]) -> float:
    """Of latencies, to a microsecond; 0 if there are none."""
    return round(statistics.median(values_ms), 3) if values_ms else 0.0
