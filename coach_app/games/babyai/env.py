"""BabyAI as a Gymnasium environment with pictures."""

import copy
from typing import Any

import numpy as np
from gymnasium import spaces

from coach_app.domain.pointing import Mark
from coach_app.games.babyai import describe
from coach_app.games.babyai.level import DISTRACTORS, Level
from coach_app.games.babyai.picture import UNIT_PX, draw
from coach_app.games.babyai.teacher import decide
from coach_app.games.babyai.view import (
    BOX,
    DOOR,
    FLOOR,
    KEY,
    PORTABLE,
    SIDE,
    STATES,
    STEPS,
    TASKS,
    UNITS,
    UNSEEN,
    Mission,
    Square,
    View,
)
from coach_app.games.babyai.words import MOVES, Decision
from coach_app.games.images import ImageEnv, Picture

_SIDE_PX = UNITS * UNIT_PX
_SCATTERED = 20


class BabyAIEnv(ImageEnv):
    """The five tasks of BALROG in BabyAI (Chevalier-Boisvert et al. 2019, arXiv:1810.08272) by Gymnasium's interface.

    Observations are what the player sees and what it is asked for, (288, 288, 3) uint8 RGB, laid out as in ``view``.
    The seed decides everything: seeds take turns with the tasks, and five at a time with and without eight things that
    no mission needs. Reward as minigrid gives it: 1 - 0.9 · steps / 128 for a mission that is done, which ends the
    episode, else 0. Truncated after 128 steps. ``toggle`` opens and closes what is ahead; a box vanishes.
    """

    metadata = {"render_modes": ["rgb_array"], "render_fps": 5}  # noqa: RUF012 (Gymnasium's own convention)
    action_names = MOVES

    def __init__(self) -> None:
        self.render_mode = "rgb_array"
        self.observation_space = spaces.Box(0, 255, (_SIDE_PX, _SIDE_PX, 3), np.uint8)
        self.action_space = spaces.Discrete(len(MOVES))  # type: ignore[assignment]
        self._begin(0)

    def _begin(self, seed: int) -> None:
        level: Any = Level(TASKS[seed % len(TASKS)], DISTRACTORS * (seed // len(TASKS) % 2))
        level.reset(seed=seed)
        self.inner = level
        self.done = False

    def reset(
        self, *, seed: int | None = None, options: dict[str, Any] | None = None
    ) -> tuple[Picture, dict[str, Any]]:
        """Begin an episode of the level of this seed, or of a random one."""
        super().reset(seed=seed)
        self._begin(int(self.np_random.integers(500_000)) if seed is None else seed)
        return self.render(), {}

    def step(self, action: int) -> tuple[Picture, float, bool, bool, dict[str, Any]]:
        """One step."""
        _, reward, self.done, truncated, _ = self.inner.step(int(action))
        return self.render(), float(reward), self.done, truncated and not self.done, {}

    def act(self, move: str) -> bool:
        """One step that nobody looks at; whether the episode has ended with it."""
        _, _, self.done, truncated, _ = self.inner.step(MOVES.index(move))
        return bool(self.done or truncated)

    def render(self) -> Picture:
        """The picture of the state as it is."""
        return draw(self.view())

    def copy(self) -> "BabyAIEnv":
        """Another one in the same state, that goes on alike from here on."""
        twin = copy.copy(self)
        twin.inner = copy.deepcopy(self.inner)
        twin._np_random = copy.deepcopy(self._np_random)
        return twin

    def scatter(self, seed: int) -> None:
        """Begin an episode of a seed, and make up to so many moves, some of them the teacher's; no box is opened."""
        rng = np.random.default_rng([seed, 2])
        steps = int(rng.integers(_SCATTERED))
        while True:
            self.reset(seed=seed)
            for _ in range(steps):
                moves = [move for move in self.possible_moves() if (move, self._ahead().kind) != ("toggle", BOX)]
                move = self.decision().move if rng.random() < 0.5 else moves[rng.integers(len(moves))]
                self.step(MOVES.index(move))
                if self.done:
                    break
            if not self.done:
                return
            steps //= 2

    def mission(self) -> str:
        """What the player is asked for, in a sentence."""
        mission: Mission = self.inner.asked
        return mission.sentence

    def task(self) -> str:
        """Of which kind the episode is."""
        return f"{self.inner.asked.task}, {self.inner.distractors} distractors"

    def decision(self) -> Decision:
        """What the teacher would do now, and why."""
        return decide(self.view())

    def best_moves(self) -> tuple[str, ...]:
        """The teacher's move, by its name; none once the mission is done."""
        return () if self.done else (self.decision().move,)

    def possible_moves(self) -> tuple[str, ...]:
        """Names of the moves that change something."""
        ahead, carried = self._ahead(), self.view().carried
        can = {
            "forward": ahead.kind == FLOOR or ahead.state == "open",
            "pick up": ahead.kind in PORTABLE and not carried,
            "drop": ahead.kind == FLOOR and carried is not None,
            "toggle": ahead.kind == BOX
            or (ahead.kind == DOOR and (ahead.state != "locked" or carried == Square(KEY, ahead.colour))),
        }
        return tuple(move for move in MOVES if can.get(move, True))

    def leads_to(self, move: str, label: str) -> tuple[Mark, ...]:
        """The squares in the picture with a thing of this name, or else the one ahead, unless the move is a turn."""
        view = self.view()
        places = [step for step, square in zip(STEPS, view.squares, strict=True) if square.name == label]
        if not places and not move.startswith("turn "):
            places = [(0, 1)]
        return tuple(Mark.at((UNITS / 2 + x) / UNITS, (SIDE - 0.5 - y) / UNITS) for x, y in places)

    def state(self) -> dict[str, Any]:
        """What is seen, by name; see ``describe.state``."""
        return describe.state(self.view())

    def describe(self) -> str:
        """What is seen, in words."""
        return describe.text(self.view())

    def view(self) -> View:
        """What the picture shows now."""
        grid, seen = self.inner.gen_obs_grid()
        places = [(x + SIDE // 2, SIDE - 1 - y) for x, y in STEPS]
        squares = [_square(grid.get(*place)) if seen[place] else Square(UNSEEN) for place in places]
        squares[STEPS.index((0, 0))] = Square(FLOOR)
        carried = self.inner.carrying
        return View(tuple(squares), _square(carried) if carried else None, self.inner.asked)

    def _ahead(self) -> Square:
        return self.view().at((0, 1))


def _square(thing: Any) -> Square:
    if thing is None:
        return Square(FLOOR)
    *_, state = thing.encode()
    return Square(thing.type, "" if thing.type == "wall" else thing.color, STATES[state] if thing.type == DOOR else "")
