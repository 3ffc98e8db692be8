"""Agents that play a game: the coach by its advice, a Q-network, the teacher, or at random."""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from hashlib import blake2b
from typing import Protocol, Self

import numpy as np
from PIL import Image

from coach_app.advisor.advisor import Advisor
from coach_app.advisor.values import QReader
from coach_app.domain.certainty import Likelihood
from coach_app.domain.elapsed import ms_since
from coach_app.domain.errors import CoachError
from coach_app.domain.frame import Frame
from coach_app.domain.moves import spoken_move
from coach_app.domain.profile import GameProfile
from coach_app.domain.qvalues import QValues
from coach_app.domain.situation import Situation
from coach_app.domain.trail import Trail
from coach_app.games.catalogue import teacher_of
from coach_app.games.game import Game
from coach_app.games.images import ImageEnv, Picture, action_names
from coach_app.games.profiles import action_meant
from coach_app.knowledge.remembered import Recalled

AGENTS = ("coach", "dqn", "coach+dqn", "teacher", "random", "text", "text-tuned")
"""What ``--agent`` takes."""

Recall = Callable[[Frame, str], Recalled]
"""Returns what is remembered of situations like that of a picture and some words about it."""


@dataclass(frozen=True)
class Decision:
    """An agent's decision.

    Attributes:
        move: name of an action of the game; None if the agent named none.
        text: its explanation in English.
        latency_ms: time for the decision; None if it was cached.
        values: Q-values, if a Q-network was asked.
        recalled: ids of the memories that it is based on.
        confidence: probability that the move is right, as the advice tells it; None if it does not.
        likelihood: how likely the move was to the model; None if it does not tell it.
    """

    move: str | None
    text: str
    latency_ms: float | None
    values: QValues | None = None
    recalled: tuple[int, ...] = ()
    confidence: float | None = None
    likelihood: Likelihood | None = None

    def remembered(self) -> Self:
        """The same decision, marked as cached."""
        return replace(self, latency_ms=None)


class Agent(Protocol):
    """Plays a game from its pictures.

    Attributes:
        name: value of ``--agent``.
        model: name of the model that decides; empty if there is none.
    """

    name: str
    model: str

    def begin(self, seed: int) -> None:
        """Begin an episode; all randomness depends on the seed."""

    async def move(self, picture: Picture, env: ImageEnv) -> Decision:
        """Decide on a move.

        Args:
            picture: what the player sees, (height, width, 3) uint8 RGB.
            env: the game itself, for agents that may inspect its state; must not be changed.

        Raises:
            CoachError: the agent cannot answer.
        """


class TeacherAgent:
    """Always makes an optimal move by the game's teacher. Inspects the state.

    Args:
        game: the game to play.

    Raises:
        CoachError: the game has no teacher.
    """

    name = "teacher"
    model = ""

    def __init__(self, game: Game) -> None:
        self._best_moves, self._explain = teacher_of(game), game.explain

    def begin(self, seed: int) -> None:
        """Deterministic: ignores the seed."""

    async def move(self, picture: Picture, env: ImageEnv) -> Decision:
        began = time.perf_counter()
        move = self._best_moves(env)[0]
        return Decision(move, self._explain(env) if self._explain else spoken_move(move), ms_since(began))


class PlayerAgent:
    """One of the game's own players.

    Args:
        game: the game to play.
        name: key in ``Game.players``.
    """

    model = ""

    def __init__(self, game: Game, name: str) -> None:
        self.name = name
        self._new_player = game.players[name]

    def begin(self, seed: int) -> None:
        """Forget the last episode."""
        self._player = self._new_player()

    async def move(self, picture: Picture, env: ImageEnv) -> Decision:
        began = time.perf_counter()
        explained = self._player(env)
        return Decision(explained.move, explained.text, ms_since(began))


class RandomAgent:
    """Moves uniformly at random."""

    name = "random"
    model = ""

    def __init__(self) -> None:
        self.begin(0)

    def begin(self, seed: int) -> None:
        self._rng = np.random.default_rng(seed)

    async def move(self, picture: Picture, env: ImageEnv) -> Decision:
        began = time.perf_counter()
        names = action_names(env)
        move = names[self._rng.integers(len(names))]
        return Decision(move, spoken_move(move), ms_since(began))


class CoachAgent:
    """Follows the coach's advice about the picture, and nothing else.

    Advice is decoded greedily, so answers are cached by picture for the agent's lifetime; but when the path leads back
    to a place, the coach is asked for another move, as in live use, and so it is when a move has changed nothing.

    Args:
        advisor: the advisor; not closed here.
        profile: profile of the game, for the prompt and the names of moves.
        recall: returns what is remembered of situations like that of a picture, given the words said last.
    """

    name = "coach"

    def __init__(self, advisor: Advisor, profile: GameProfile, recall: Recall | None = None) -> None:
        self.model = ""
        self._advisor = advisor
        self._profile = profile
        self._recall = recall
        self._remembered: dict[tuple[bytes, tuple[str, ...], Recalled], Decision] = {}
        self._trail = Trail(followed=True)
        self._words = ""

    def begin(self, seed: int) -> None:
        """Deterministic: ignores the seed."""
        self._trail.clear()
        self._words = ""

    async def move(self, picture: Picture, env: ImageEnv) -> Decision:
        frame = Frame(Image.fromarray(picture))
        tried = self._trail.tried(frame)
        recalled = self._recall(frame, self._words) if self._recall else Recalled()
        key = _key(picture), tried, recalled
        if known := self._remembered.get(key):
            decision = known.remembered()
        else:
            situation = Situation(
                frame, self._profile, tried=tried, remembered=recalled.texts, shunned=recalled.shunned
            )
            advice = await self._advisor.advise(situation)
            self.model = advice.model
            move = action_meant(advice.move, action_names(env))
            self._remembered[key] = decision = Decision(
                move,
                advice.text,
                advice.latency_ms,
                recalled=recalled.ids,
                confidence=advice.confidence,
                likelihood=advice.likelihood,
            )
        self._words = decision.text
        if decision.move:
            self._trail.add(frame, decision.move)
        return decision


class DqnAgent:
    """Makes the possible move with the highest Q-value, using the picture alone.

    Args:
        reader: reads the Q-values; not closed here.
        profile: of the game.
    """

    name = "dqn"

    def __init__(self, reader: QReader, profile: GameProfile) -> None:
        self.model = ""
        self._reader, self._profile = reader, profile
        self._remembered: dict[bytes, Decision] = {}

    def begin(self, seed: int) -> None:
        """Deterministic: ignores the seed."""

    async def move(self, picture: Picture, env: ImageEnv) -> Decision:
        key = _key(picture)
        if known := self._remembered.get(key):
            return known.remembered()
        began = time.perf_counter()
        values = await self._reader.read(Frame(Image.fromarray(picture)), self._profile)
        self.model = values.checkpoint
        if set(values.moves) != set(names := action_names(env)):
            raise CoachError(
                f"The Q-network {values.checkpoint} knows {len(values.moves)} moves ({', '.join(values.moves)}), "
                f"but this game has {len(names)} ({', '.join(names)}).",
                "Name another one with --checkpoint.",
            )
        self._remembered[key] = decision = Decision(values.best, spoken_move(values.best), ms_since(began), values)
        return decision


class BothAgent:
    """Follows the coach's advice, unless the Q-network rates it clearly worse than its own best move.

    "Clearly" means by more than the reward of one step, as less can be an error of either.

    Attributes:
        coach: gives the advice.
        dqn: gives the second opinion.
    """

    name = "coach+dqn"
    _CLEARLY = 0.04

    def __init__(self, coach: CoachAgent, dqn: DqnAgent) -> None:
        self.model = ""
        self.coach, self.dqn = coach, dqn

    def begin(self, seed: int) -> None:
        """Let both begin."""
        self.coach.begin(seed)
        self.dqn.begin(seed)

    async def move(self, picture: Picture, env: ImageEnv) -> Decision:
        advised, second = await self.coach.move(picture, env), await self.dqn.move(picture, env)
        self.model = f"{self.coach.model} + {self.dqn.model}"
        values = second.values
        assert values
        worth = dict(zip(values.moves, values.values, strict=True))
        follow = advised.move is not None and worth[advised.move] >= worth[values.best] - self._CLEARLY
        times = [decision.latency_ms for decision in (advised, second) if decision.latency_ms is not None]
        move = advised.move if follow else values.best
        return Decision(move, advised.text, sum(times) if times else None, values, advised.recalled)


def _key(picture: Picture) -> bytes:
    return blake2b(picture.tobytes(), digest_size=16, key=repr(picture.shape).encode()).digest()


def make_agent(
    name: str,
    game: Game,
    advisor: Advisor | None = None,
    profile: GameProfile | None = None,
    reader: QReader | None = None,
    recall: Recall | None = None,
) -> Agent:
    """Create an agent by name.

    Args:
        name: one of AGENTS, or one of the game's own players.
        game: the game to play.
        advisor: needed by the coach.
        profile: profile of the game, needed by the coach and the Q-network.
        reader: needed by the Q-network.
        recall: the coach's memory, if it is to use one.

    Raises:
        CoachError: there is no such agent, or it lacks something that it needs.
    """
    if name == "teacher":
        return TeacherAgent(game)
    if name == "random":
        return RandomAgent()
    if name in game.players:
        return PlayerAgent(game, name)
    if name not in AGENTS:
        raise CoachError(f'There is no agent "{name}".', f"Choose one of: {', '.join((*AGENTS, *game.players))}.")
    if profile is None or ("coach" in name and advisor is None):
        raise CoachError("The coach cannot play without a model and a game profile.", "Name a model with --model.")
    if "dqn" in name and reader is None:
        raise CoachError("The dqn agent cannot play without a Q-network.", "Name one with --checkpoint.")
    coach = CoachAgent(advisor, profile, recall) if advisor else None
    dqn = DqnAgent(reader, profile) if reader else None
    if coach and dqn and name == "coach+dqn":
        return BothAgent(coach, dqn)
    agent = coach if name == "coach" else dqn
    assert agent
    return agent
