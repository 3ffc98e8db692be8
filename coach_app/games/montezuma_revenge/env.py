"""Montezuma's Revenge as a Gymnasium environment whose pictures show what moves."""

import copy
from typing import Any, Self

import numpy as np
from gymnasium import spaces

from coach_app.games import atari
from coach_app.games.images import ImageEnv, Picture
from coach_app.games.montezuma_revenge.picture import SHAPE, draw
from coach_app.games.montezuma_revenge.search import Step, archive, plan, possible
from coach_app.games.montezuma_revenge.teacher import decide
from coach_app.games.montezuma_revenge.view import ACTIONS, MOVES, View, read
from coach_app.games.montezuma_revenge.words import Decision, describe, state

NAME = "ALE/MontezumaRevenge-v5"
FRAMES = 4
"""Of the emulator in a step."""
_MOST_NO_OPS = 30
_MOST_ASTRAY = 12  # moves


class MontezumaEnv(ImageEnv):
    """Montezuma's Revenge of the Atari 2600 in the Arcade Learning Environment, without sticky actions.

    Observations are drawn as ``picture`` explains, (160, 160, 3) uint8 RGB. Reward: the game's points, 100 for the
    first key, 300 for its door. An episode ends with the last life. The seed says how many steps, up to 30, nothing is
    done at first, as Mnih et al. (2015) evaluate, so that the skull is elsewhere; nothing else is left to chance.
    """

    metadata = {"render_modes": ["rgb_array"], "render_fps": 15}  # noqa: RUF012 (Gymnasium's own convention)
    action_names = MOVES

    def __init__(self) -> None:
        self.render_mode = "rgb_array"
        self.observation_space = spaces.Box(0, 255, SHAPE, np.uint8)
        self.action_space = spaces.Discrete(len(MOVES))  # type: ignore[assignment]
        self.view: View
        self._shown: Picture
        self._before: Picture | None
        self._plan: tuple[Step, ...]
        self._decision: Decision | None
        self._new = atari.make(NAME, FRAMES)
        self._new.reset(seed=0)
        self._begin(0)

    def reset(
        self, *, seed: int | None = None, options: dict[str, Any] | None = None
    ) -> tuple[Picture, dict[str, Any]]:
        """Begin an episode, after as many steps without a move as the seed says."""
        super().reset(seed=seed)
        self._begin(int(self.np_random.integers(_MOST_NO_OPS + 1)))
        return self.render(), {}

    def step(self, action: int) -> tuple[Picture, float, bool, bool, dict[str, Any]]:
        """One step."""
        reward = self.act(MOVES[action])
        return self.render(), reward, self.over, False, {}

    def act(self, move: str) -> float:
        """One step that nobody looks at; the points it earns."""
        self._before = self._shown
        self._shown, reward, self.over, _, _ = self.game.step(ACTIONS[move])
        self.view = read(self._shown, self.view, move)
        planned = bool(self._plan) and (self._plan[0].move, self._plan[0].view) == (move, self.view)
        self._plan, self._decision = self._plan[1:] if planned else (), None
        return reward

    def render(self) -> Picture:
        """The picture of the state as it is."""
        return draw(self._shown, self._before, self.view)

    def copy(self) -> Self:
        """Another one in the same state, that goes on alike from here on."""
        twin = copy.copy(self)
        twin.game = self.game.copy()
        twin._np_random = copy.deepcopy(self._np_random)
        return twin

    def scatter(self, seed: int) -> None:
        """Begin an episode of a seed, go to some place of the archive before the door, and then a little astray.

        Where the skull is elsewhere than when the place was found, a life may be lost on the way; then another one is
        gone to.
        """
        rng = np.random.default_rng([seed, 2])
        found = archive()
        cells = [cell for cell in found.places if cell[0] == "" and all(cell[-2:])]
        while True:
            self.reset(seed=seed)
            place = found.places[cells[int(rng.integers(len(cells)))]]
            moves = [MOVES[move] for move in found.moves_to(place)]
            for move in (*moves, *map(str, rng.choice(MOVES, size=int(rng.integers(_MOST_ASTRAY))))):
                self.act(move)
                if self.view.joe is None or self.is_done:
                    break
            else:
                return

    @property
    def is_done(self) -> bool:
        """Whether the teacher knows nothing more: the game is over, a door open, or the room left."""
        return self.over or bool(self.view.room) or not all(self.view.doors)

    def decision(self) -> Decision:
        """What the teacher would do now, and why; what it has planned, it goes on with."""
        if self._decision is None:
            self._plan = self._plan or plan(self.game, self.view)
            self._decision = decide(self.view, self._plan)
        return self._decision

    def best_moves(self) -> tuple[str, ...]:
        """The teacher's move, by its name; none once the game is over."""
        return () if self.over else (self.decision().move,)

    def possible_moves(self) -> tuple[str, ...]:
        """Names of the moves that can change something."""
        return possible(self.view)

    def state(self) -> dict[str, Any]:
        """What is seen, by name; see ``words.state``."""
        return state(self.view)

    def describe(self) -> str:
        """What is seen, in words."""
        return describe(self.view)

    def _begin(self, no_ops: int) -> None:
        self.game = self._new.copy()
        self._shown, self._before = self.game.render(), None
        for _ in range(no_ops):
            self._shown = self.game.step(0)[0]
        self.view = read(self._shown)
        self.over = False
        self._plan, self._decision = (), None
