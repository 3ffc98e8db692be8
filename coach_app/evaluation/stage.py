"""A game on the screen, captured as in live use."""

from typing import Protocol

from coach_app.domain.pointing import Box
from coach_app.evaluation.agents import Agent, Decision
from coach_app.games.images import ImageEnv, Picture
from coach_app.games.positions import Position

SCALES = (1.0, 1.5, 2.0, 2.5, 3.0, 4.0)
"""Physical pixels a pixel of the game."""


class Stage(Protocol):
    """A practice game's window on the screen, with its capture."""

    async def picture(self, position: Position, scale: float) -> Picture:
        """Show a position at a scale, and capture the window once it is visible.

        Returns:
            The window's client area, (height, width, 3) uint8 RGB.

        Raises:
            CoachError: the window cannot be captured.
        """

    def board(self) -> Box:
        """Where the game's own picture is in the window's client area now."""


class WatchingAgent:
    """Another agent that watches the game's window, at a scale that depends on the episode, and nothing else.

    Args:
        agent: decides.
        stage: shows the game and captures it.
    """

    def __init__(self, agent: Agent, stage: Stage) -> None:
        self.name = f"{agent.name} (live)"
        self.model = agent.model
        self._agent, self._stage, self._seed = agent, stage, 0

    def begin(self, seed: int) -> None:
        self._seed = seed
        self._agent.begin(seed)

    async def move(self, picture: Picture, env: ImageEnv) -> Decision:
        seen = await self._stage.picture(Position(self._seed, env), SCALES[self._seed % len(SCALES)])
        decision = await self._agent.move(seen, env)
        self.model = self._agent.model
        return decision
