"""Plays a game with an agent, and reports the result."""

import statistics
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from pydantic import BaseModel, ConfigDict

from coach_app.domain.errors import CoachError
from coach_app.evaluation.agents import Agent, Decision
from coach_app.evaluation.recording import Recording
from coach_app.games.achievements import achievement_score, entropy_bits
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
    """One step of a game being played.

    Attributes:
        episode: index of the episode, from 0.
        number: index of the step in its episode, from 0.
        reward: return of the episode so far.
        picture: what the agent saw.
        decision: the agent's decision.
        text_ja: Japanese translation of its text; empty if not wanted or not available.
    """

    episode: int
    number: int
    reward: float
    picture: Picture
    decision: Decision
    text_ja: str = ""


class PlayReport(BaseModel):
    """The result of an agent; ``coach play --json`` prints ``model_dump_json()``.

    Attributes:
        rewards: undiscounted return of every episode, in order; rounded to 1e-6.
        std_reward: population standard deviation over episodes.
        optimal_move_rate: share of moves that are optimal by the teacher; None if there is no teacher, or it was not
            asked.
        chance: share of moves replaced by random ones; None for none.
        commonest_move: the move that was made most often; a share near 1 and an entropy near 0 are the mark of an
            agent that has collapsed.
        commonest_share: its share of all moves.
        entropy_bits: entropy of the moves.
        no_move: how often no move was named; such a move is drawn at random, and counts as not optimal.
        latency_ms_p50: median time of decisions that were not cached.
        done: share of episodes of each kind that ended with a reward, if the game has several kinds.
        achievements: share of episodes in which each achievement was unlocked; None if the game has none.
        achievement_score: their score in per cent: exp of the mean of ln(1 + rate), minus 1 (Hafner 2021,
            arXiv:2109.06780), which emphasises rare achievements; None if there are none.
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
    commonest_move: str = ""
    commonest_share: float = 0.0
    entropy_bits: float = 0.0
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
    on_outcome: Callable[[Decision, float, bool], None] | None = None,
    judged: bool = True,
) -> PlayReport:
    """Let an agent play; the same arguments give the same report, except for latencies.

    Args:
        game: the game to play.
        agent: the agent.
        episodes: number of episodes, at least one.
        seed: of the first episode; each further one takes the next number.
        size: of the maps; None is the game's default.
        on_progress: called after each episode.
        recording: receives every state with the agent's text.
        max_steps: maximum length of an episode; None for no limit.
        on_step: called after each decision, before the move is made.
        translate: translates the agent's texts into Japanese, for ``recording`` and ``on_step``.
        on_outcome: called after each move with its decision, its reward, and whether the episode ended with it.
        judged: whether each move is compared with those of the game's teacher, which may have to search for them.

    Raises:
        CoachError: the game cannot be played, there are no episodes, or the agent cannot answer.
    """
    if episodes < 1:
        raise CoachError(f"{episodes} episodes cannot be played.", "Ask for one or more.")
    env = game.make(size)
    names = action_names(env)
    left_to_chance = 0.0 if game.teacher or agent.name == "random" else CHANCE
    rewards: list[float] = []
    latencies_ms: list[float] = []
    reached: Counter[str] = Counter()
    made: Counter[str] = Counter()
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
            optimal += judged and game.teacher is not None and decision.move in game.teacher(env)
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
            made[move] += 1
            picture, gained, terminated, truncated, _ = env.step(names.index(move))
            reward += float(gained)
            steps += 1
            ended = terminated or truncated or steps == max_steps
            if on_outcome is not None:
                on_outcome(decision, float(gained), ended)
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
    commonest, times = made.most_common(1)[0]
    rates = {name: round(count / episodes, 4) for name, count in reached.items()}
    return PlayReport(
        game=game.id,
        agent=agent.name,
        model=agent.model,
        episodes=episodes,
        seed=seed,
        mean_reward=statistics.fmean(rewards),
        std_reward=statistics.pstdev(rewards),
        optimal_move_rate=optimal / moves if game.teacher and judged else None,
        no_move=no_move,
        rewards=rewards,
        latency_ms_p50=median(latencies_ms),
        commonest_move=commonest,
        commonest_share=round(times / moves, 4),
        entropy_bits=entropy_bits(made.values()),
        chance=left_to_chance or None,
        done={kind: round(statistics.fmean(ends), 4) for kind, ends in sorted(kinds.items())} or None,
        achievements=rates or None,
        achievement_score=achievement_score(rates.values()) if rates else None,
    )


class Mistake(BaseModel):
    """A position in which an agent's move was not optimal.

    Attributes:
        state: positions of objects, by name.
    """

    seed: int
    state: dict[str, Any]
    move: str | None
    text: str
    optimal_moves: tuple[str, ...]


class PositionsReport(BaseModel):
    """How often an agent's move was optimal; see PlayReport for fields of the same name."""

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
        picture_of: returns the picture for the agent, uint8 RGB, for instance a live capture; by default the clean
            picture.
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
    """Median of latencies, rounded to microseconds; 0 if there are none."""
    return round(statistics.median(values_ms), 3) if values_ms else 0.0
