"""Playing a game by an agent's advice, and what came of it."""

import statistics
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

import numpy as np
from pydantic import BaseModel, ConfigDict

from coach_app.domain.errors import CoachError
from coach_app.evaluation.agents import Agent, Decision
from coach_app.evaluation.recording import Recording
from coach_app.games import practice
from coach_app.games.grid.env import GridEnv
from coach_app.games.grid.level import DEFAULT_SIZE, Cell, Level, Move
from coach_app.games.grid.sprites import Picture, draw
from coach_app.games.images import action_names, make_image_env

Progress = Callable[[int, int], None]
"""Called with how many are done, and of how many."""

CHANCE = 0.05
"""Part of the moves in games without a teacher that are left to chance, as Mnih et al. (2015) evaluate: Breakout begins
only when somebody fires, and who always does what is best may never do."""


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


async def play(
    game: str,
    agent: Agent,
    episodes: int,
    seed: int,
    size: tuple[int, int] = DEFAULT_SIZE,
    on_progress: Progress | None = None,
    recording: Recording | None = None,
    most_steps: int | None = None,
    on_step: Callable[[Step], None] | None = None,
    translate: Callable[[str], Awaitable[str | None]] | None = None,
) -> PlayReport:
    """Let an agent play; the same arguments give the same report, latency apart.

    Args:
        game: as ``coach_app.games.images.make_image_env`` takes it.
        agent: who plays.
        episodes: how many, at least one.
        seed: of the first episode; each further one takes the next number.
        size: columns and rows of random levels, border included.
        on_progress: called after each episode.
        recording: gets every state with what was said about it.
        most_steps: an episode is broken off after so many; None plays it to its end.
        on_step: called after each decision, before the move is made.
        translate: gives Japanese for what the agent says, for ``recording`` and ``on_step``.

    Raises:
        CoachError: no such game, no episodes, or the agent cannot answer.
    """
    if episodes < 1:
        raise CoachError(f"{episodes} episodes cannot be played.", "Ask for one or more.")
    env = practice.make(game, size) if game in practice.TITLES else make_image_env(game)
    names = action_names(env)
    taught = isinstance(env, GridEnv)
    left_to_chance = 0.0 if taught or agent.name == "random" else CHANCE
    rewards: list[float] = []
    latencies_ms: list[float] = []
    moves = optimal = no_move = 0
    for number in range(episodes):
        chance = np.random.default_rng([seed + number, 1])
        agent.begin(seed + number)
        picture, _ = env.reset(seed=seed + number)
        reward, steps, ended = 0.0, 0, False
        while not ended:
            decision = await agent.move(picture, env)
            moves += 1
            optimal += isinstance(env, GridEnv) and decision.move in env.optimal_moves()
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
            ended = terminated or truncated or steps == most_steps
        rewards.append(round(reward, 6))
        if recording is not None:
            recording.add(picture, f"Episode {number + 1}: reward {reward:+.2f}", episode=number)
        if on_progress is not None:
            on_progress(number + 1, episodes)
    env.close()
    return PlayReport(
        game=game,
        agent=agent.name,
        model=agent.model,
        episodes=episodes,
        seed=seed,
        mean_reward=statistics.fmean(rewards),
        std_reward=statistics.pstdev(rewards),
        optimal_move_rate=optimal / moves if taught else None,
        no_move=no_move,
        rewards=rewards,
        latency_ms_p50=median(latencies_ms),
        chance=left_to_chance or None,
    )


@dataclass(frozen=True)
class Position:
    """A state of a game to ask an agent about.

    Attributes:
        seed: what it was drawn from.
    """

    seed: int
    level: Level
    cat: Cell
    facing: Move

    def picture(self) -> Picture:
        """The game's own clean picture, (height · 32, width · 32, 3) uint8 RGB."""
        return draw(self.level, self.cat, self.facing)


def positions(game: str, count: int, seed: int, size: tuple[int, int] = DEFAULT_SIZE) -> list[Position]:
    """A position of each of ``count`` levels from a seed on: on a random square for the cat, facing any way.

    Raises:
        CoachError: no such game, or fewer than one position.
    """
    if count < 1:
        raise CoachError(f"{count} positions cannot be scored.", "Ask for one or more.")
    env = practice.make(game, size)
    drawn = []
    for number in range(seed, seed + count):
        env.reset(seed=number)
        rng = np.random.default_rng([number, 2])
        cells = env.level.cat_cells
        drawn.append(Position(number, env.level, cells[rng.integers(len(cells))], Move(int(rng.integers(len(Move))))))
    return drawn


class Mistake(BaseModel):
    """A position in which an agent's move was not a best one."""

    seed: int
    cat: Cell
    facing: str
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
    game: str,
    agent: Agent,
    asked: Sequence[Position],
    picture_of: Callable[[Position], Awaitable[Picture]] | None = None,
    on_progress: Progress | None = None,
) -> PositionsReport:
    """Ask an agent about each position.

    Args:
        game: the game that the positions are of.
        agent: whom to ask.
        asked: at least one position, as from ``positions``.
        picture_of: what the agent is shown, uint8 RGB: for instance what a live capture of the position gives; the
            clean picture by default.
        on_progress: called after each position.

    Raises:
        CoachError: the agent cannot answer, or ``picture_of`` raises it.
    """
    env = practice.make(game)
    latencies_ms: list[float] = []
    mistakes: list[Mistake] = []
    for number, position in enumerate(asked):
        env.place(position.level, position.cat, position.facing)
        agent.begin(position.seed)
        picture = position.picture() if picture_of is None else await picture_of(position)
        decision = await agent.move(picture, env)
        if decision.latency_ms is not None:
            latencies_ms.append(decision.latency_ms)
        best = env.optimal_moves()
        if decision.move not in best:
            mistakes.append(
                Mistake(
                    seed=position.seed,
                    cat=position.cat,
                    facing=position.facing.name.lower(),
                    move=decision.move,
                    text=decision.text,
                    optimal_moves=best,
                )
            )
        if on_progress is not None:
            on_progress(number + 1, len(asked))
    return PositionsReport(
        game=game,
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
