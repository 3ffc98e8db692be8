"""Crafter as a Gymnasium environment with pictures."""

import copy
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

import crafter
import numpy as np
import numpy.typing as npt
from crafter.objects import Arrow, Cow, Plant, Skeleton, Zombie
from gymnasium import spaces

from coach_app.domain.pointing import Mark
from coach_app.games.crafter import describe
from coach_app.games.crafter.teacher import decide
from coach_app.games.crafter.view import CENTRE, EDGE, FACINGS, ITEMS, LIGHTS, NOTHING, STEPS, UNITS, UNSEEN, View
from coach_app.games.crafter.words import ACHIEVEMENTS, MOVES, Decision
from coach_app.games.images import ImageEnv, Picture

UNIT_PX = 16
"""Of a unit, as large as the game's own sprites."""
_SIDE_PX = UNITS * UNIT_PX
_SCATTERED = 400
_MIN_SHOWN = 0.1  # of a square's colours, below which it is lost in the noise
_NAMES = {tuple(step): name for name, step in FACINGS.items()}


class _Crafter(crafter.Env):  # type: ignore[misc]
    """Crafter with chances that depend on the seed alone.

    The original takes noise for the picture from the same source as everything else that is left to chance, so that
    looking changes what happens, and picks who vanishes from a set without order. The odds are the same here.
    """

    def __deepcopy__(self, memo: dict[int, Any]) -> "_Crafter":
        memo[id(self._textures)] = self._textures  # the sprites never change
        twin = object.__new__(type(self))
        memo[id(self)] = twin
        twin.__dict__.update(copy.deepcopy(self.__dict__, memo))
        return twin

    def render(self) -> Picture:
        noise = np.random.RandomState((self._seed % 2**32, self._step))
        chance, self._world.random = self._world.random, noise
        drawn: Picture = super().render()
        self._world.random = chance
        return drawn

    def _obs(self) -> None:
        """Nobody looks unless ``render`` is called."""

    def _balance_chunk(self, chunk: tuple[int, ...], objs: Iterable[Any]) -> None:
        super()._balance_chunk(chunk, sorted(objs, key=lambda each: self._world._obj_map[tuple(each.pos)]))


@lru_cache(maxsize=8)
def _begun(seed: int) -> _Crafter:
    """The first episode of a seed; not to be changed. Making a world takes a second, copying it a thousandth."""
    inner = _Crafter(size=(_SIDE_PX, _SIDE_PX), seed=seed)
    inner._sem_view = dict  # the map from above, which nobody asks for, costs a tenth of a step
    inner.reset()
    return inner


class CrafterEnv(ImageEnv):
    """Crafter (Hafner 2021, arXiv:2109.06780) by Gymnasium's interface.

    Observations are the picture as a player sees it, (144, 144, 3) uint8 RGB, laid out as in ``view``. Reward: 1 in a
    step with an achievement that is new in the episode, and 0.1 for each point of health won or lost. An episode ends
    with the player's death, and is truncated after 10,000 steps. A seed gives the map and everything that follows.

    Args:
        drawn: whether ``reset`` and ``step`` draw; if not, they return one and the same black picture, which takes a
            third of the time. ``render`` always draws.
    """

    metadata = {"render_modes": ["rgb_array"], "render_fps": 5}  # noqa: RUF012 (Gymnasium's own convention)

    def __init__(self, drawn: bool = True) -> None:
        self.render_mode = "rgb_array"
        self.last_action = ""
        self._drawn = drawn
        self._inner = _begun(0)
        self.action_names = tuple(MOVES[action] for action in self._inner.action_names)
        self.observation_space = spaces.Box(0, 255, (_SIDE_PX, _SIDE_PX, 3), np.uint8)
        self.action_space = spaces.Discrete(len(self.action_names))  # type: ignore[assignment]

    def reset(
        self, *, seed: int | None = None, options: dict[str, Any] | None = None
    ) -> tuple[Picture, dict[str, Any]]:
        """Begin an episode in the world of this seed, or in a random one."""
        super().reset(seed=seed)
        self._inner = copy.deepcopy(_begun(int(self.np_random.integers(2**31 - 1)) if seed is None else seed))
        self.last_action = ""
        return self._picture(), {}

    def step(self, action: int) -> tuple[Picture, float, bool, bool, dict[str, Any]]:
        """One step; an episode that ends by time, not by death, is truncated."""
        self.last_action = self.action_names[action]
        _, reward, done, info = self._inner.step(action)
        dead = bool(info["discount"] == 0)
        return self._picture(), float(reward), done and dead, done and not dead, {}

    def render(self) -> Picture:
        """The picture of the state as it is."""
        return self._inner.render()

    def copy(self) -> "CrafterEnv":
        """Another one in the same state, that goes on alike from here on."""
        twin = copy.copy(self)
        twin._inner = copy.deepcopy(self._inner)
        return twin

    def scatter(self, seed: int) -> None:
        """Begin an episode of a seed, and play as the teacher does for up to so many steps as chance says."""
        steps = int(np.random.default_rng([seed, 2]).integers(_SCATTERED))
        while True:
            self.reset(seed=seed)
            drawn, self._drawn = self._drawn, False
            while self.alive and self.steps < steps:
                self.step(self.action_names.index(decide(self.view()).move))
            self._drawn = drawn
            if self.alive:
                return
            steps = self.steps - 1

    def change(self, counts: Mapping[str, int], steps: int | None = None) -> None:
        """Change how many of some of ITEMS the player has, and the time; for lessons, as nobody who plays can do that.

        Args:
            counts: of the items that are changed.
            steps: since the episode began; None leaves the time as it is.
        """
        self._inner._player.inventory.update(counts)
        if steps is not None:
            self._inner._step = steps
            self._inner._update_time()

    def decision(self) -> Decision:
        """What the teacher without a memory would do now, and why."""
        return decide(self.view())

    def best_moves(self) -> tuple[str, ...]:
        """The teacher's move, by its name; none once the player is dead."""
        return (self.decision().move,) if self.alive else ()

    def leads_to(self, move: str, label: str) -> tuple[Mark, ...]:
        """The squares in the picture with a thing of this name, or else the one that a step goes to."""
        view = self.view()
        places = [step for step in STEPS if label and label in (view.object(step), view.material(step))]
        if not places and move in FACINGS:
            places = [FACINGS[move]]
        return tuple(Mark.at((CENTRE[0] + x + 0.5) / UNITS, (CENTRE[1] + y + 0.5) / UNITS) for x, y in places)

    def state(self) -> dict[str, Any]:
        """What is seen, by name; see ``describe.state``."""
        return describe.state(self.view(), self.last_action)

    def describe(self) -> str:
        """What is seen, in words, as SmartPlay gives it."""
        return describe.text(self.view(), self.last_action)

    @property
    def steps(self) -> int:
        """Since the episode began."""
        return int(self._inner._step)

    @property
    def alive(self) -> bool:
        return bool(self._inner._player.health > 0)

    def achievements(self) -> dict[str, bool]:
        """Of each of ACHIEVEMENTS, whether it has been unlocked in this episode."""
        counts = self._inner._player.achievements
        return {name: counts[name.replace(" ", "_")] > 0 for name in ACHIEVEMENTS}

    @property
    def daylight(self) -> float:
        """From 0 to 1."""
        return float(self._inner._world.daylight)

    def map(self) -> npt.NDArray[np.str_]:
        """The ground of the whole world, (64, 64) names of MATERIALS, columns first; nobody who plays may know it."""
        world = self._inner._world
        names = np.array([EDGE if name is None else name for name in world._mat_names.values()])
        found: npt.NDArray[np.str_] = names[world._mat_map]
        return found

    def view(self, whole: bool = False) -> View:
        """What the picture shows now.

        Args:
            whole: with what the night hides, which no player can see.
        """
        player, world = self._inner._player, self._inner._world
        places = [(int(player.pos[0]) + x, int(player.pos[1]) + y) for x, y in STEPS]
        squares = [world[place] for place in places]
        night = frozenset[int]() if whole else hidden(self.daylight)
        return View(
            materials=tuple(
                UNSEEN if index in night else material or EDGE for index, (material, _) in enumerate(squares)
            ),
            objects=tuple(
                NOTHING if index in night else _object_name(thing) for index, (_, thing) in enumerate(squares)
            ),
            facing="" if player.sleeping else _NAMES[tuple(player.facing)],
            inventory=tuple(int(player.inventory[item]) for item in ITEMS),
            light=min(LIGHTS - 1, int(self.daylight * LIGHTS)),
        )

    def _picture(self) -> Picture:
        return self.render() if self._drawn else _BLACK


_BLACK: Picture = np.zeros((_SIDE_PX, _SIDE_PX, 3), np.uint8)
_OBJECT_NAMES: dict[type, str] = {Cow: "cow", Zombie: "zombie", Skeleton: "skeleton"}


def _object_name(thing: Any) -> str:
    if isinstance(thing, Arrow):
        return f"arrow {_NAMES[tuple(thing.facing)]}"
    if isinstance(thing, Plant):
        return "ripe plant" if thing.ripe else "sapling"
    return _OBJECT_NAMES.get(type(thing), NOTHING)


@lru_cache(maxsize=512)
def hidden(daylight: float) -> frozenset[int]:
    """The squares of which the night leaves nearly nothing, as ``crafter.engine.LocalView`` draws it."""
    noise = 2 * max(0.0, 0.5 - daylight)
    width, height = CENTRE[0] + 0.5, CENTRE[1] + 0.5
    far = (((x / width) ** 2 + (y / height) ** 2) / 0.5 for x, y in STEPS)
    return frozenset(index for index, each in enumerate(far) if noise * (1 - np.exp(-each)) > 1 - _MIN_SHOWN)
