"""Scenes of Crafter to learn seeing from: parts of its worlds with anything that can be in them."""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from coach_app.games.crafter.env import CrafterEnv
from coach_app.games.crafter.lessons.pictures import Scene
from coach_app.games.crafter.view import (
    ARROWS,
    CENTRE,
    COLUMNS,
    EDGE,
    FACINGS,
    ITEMS,
    LIGHTS,
    MATERIALS,
    MOST,
    NOTHING,
    OBJECTS,
    ROWS,
    UNSEEN,
    View,
)

TRAINING_SEEDS = 500_000
"""Worlds of lower seeds are for training; those from here on are for measuring."""
UNSEEN_SEEDS = range(TRAINING_SEEDS, TRAINING_SEEDS + 100_000)

_GROUNDS = tuple(name for name in MATERIALS if name not in (EDGE, UNSEEN))
_WALKABLE = ("grass", "sand", "path")
_RARE = ("sand", "path", "water", "lava", "coal", "iron", "diamond")
_OTHER_SHARE = 0.03
_POOL = 400
_SCENES_A_WORLD = 100
_DAY_STEPS = 300
_NIGHT = range(148, 273)  # of the steps of a day


def daylight(step: int) -> float:
    """Of a step of an episode, as ``crafter.Env`` counts it."""
    return float(1 - abs(np.cos(np.pi * ((step / _DAY_STEPS) % 1 + 0.3))) ** 3)


class _Worlds:
    """Maps of worlds, each of which costs more to make than many scenes of it."""

    def __init__(self, seeds: range) -> None:
        self._seeds, self._maps, self._drawn = seeds, list[npt.NDArray[np.str_]](), 0
        self._env = CrafterEnv(drawn=False)

    def one(self, rng: np.random.Generator) -> npt.NDArray[np.str_]:
        """A map, (64, 64) names of MATERIALS, columns first."""
        if self._drawn % _SCENES_A_WORLD == 0:
            self._env.reset(seed=int(rng.integers(self._seeds.start, self._seeds.stop)))
            made = self._env.map()
            if len(self._maps) < _POOL:
                self._maps.append(made)
            else:
                self._maps[int(rng.integers(_POOL))] = made
        self._drawn += 1
        return self._maps[int(rng.integers(len(self._maps)))]


def scenes(rng: np.random.Generator, tricky_share: float = 0.0) -> Iterator[Scene | None]:
    """Scenes to train on, without end; None stands for a picture of something else.

    Args:
        rng: draws everything, and may be used by others between two scenes.
        tricky_share: no scene misleads here.
    """
    del tricky_share
    return _scenes(rng, range(TRAINING_SEEDS), _OTHER_SHARE)


def unseen_scenes(rng: np.random.Generator) -> Iterator[tuple[str, Scene]]:
    """Scenes of worlds that are never trained on, without end, and whether each is by day, at night, or asleep."""
    for scene in _scenes(rng, UNSEEN_SEEDS, 0.0):
        if scene:
            yield "asleep" if scene.view.sleeping else "day" if scene.daylight >= 0.5 else "night", scene


def _scenes(rng: np.random.Generator, seeds: range, other_share: float) -> Iterator[Scene | None]:
    worlds = _Worlds(seeds)
    while True:
        yield None if rng.random() < other_share else _scene(worlds.one(rng), rng)


def _scene(world: npt.NDArray[np.str_], rng: np.random.Generator) -> Scene:
    grounds = _window(world, rng)
    share = float(rng.choice((0.0, 0.03, 0.15)))
    changed = (rng.random(grounds.shape) < share) & (grounds != EDGE)
    grounds[changed] = rng.choice(_GROUNDS, int(changed.sum()))
    if grounds[CENTRE] not in _WALKABLE:
        grounds[CENTRE] = rng.choice(_WALKABLE)
    things = np.full(grounds.shape, NOTHING, dtype="<U12")
    share = float(rng.choice((0.02, 0.08, 0.2)))
    for place in np.argwhere(np.isin(grounds, _WALKABLE) & (rng.random(grounds.shape) < share)):
        things[tuple(place)] = rng.choice(OBJECTS[1:]) if rng.random() < 0.7 else rng.choice(ARROWS)
    things[CENTRE] = NOTHING
    night = rng.random() < 0.45
    step = int(rng.integers(_NIGHT.start, _NIGHT.stop)) if night else int(rng.integers(_DAY_STEPS))
    light = daylight(step)
    view = View(
        materials=tuple(map(str, grounds.T.ravel())),
        objects=tuple(map(str, things.T.ravel())),
        facing="" if rng.random() < 0.12 else str(rng.choice(list(FACINGS))),
        inventory=_inventory(rng),
        light=min(LIGHTS - 1, int(light * LIGHTS)),
    )
    return Scene(view, light, (int(rng.integers(2**31)), step))


def _window(world: npt.NDArray[np.str_], rng: np.random.Generator) -> npt.NDArray[np.str_]:
    """What surrounds a place of the world, (9, 7) names; rare grounds and the edges of the world come often."""
    kind, (width, height) = rng.random(), world.shape
    middle = rng.integers((width, height))
    if kind < 0.15:
        axis = int(rng.integers(2))
        middle[axis] = rng.choice((int(rng.integers(4)), world.shape[axis] - 1 - int(rng.integers(4))))
    elif kind < 0.6 and len(places := np.argwhere(world == rng.choice(_RARE))):
        middle = np.clip(places[rng.integers(len(places))] + rng.integers(-3, 4, 2), 0, (width - 1, height - 1))
    around = np.full((width + 2 * CENTRE[0], height + 2 * CENTRE[1]), EDGE, dtype=world.dtype)
    around[CENTRE[0] : CENTRE[0] + width, CENTRE[1] : CENTRE[1] + height] = world
    x, y = int(middle[0]), int(middle[1])
    return around[x : x + COLUMNS, y : y + ROWS].copy()


def _inventory(rng: np.random.Generator) -> tuple[int, ...]:
    """How much there is of everything; more than two of a tool are rare, as in the game."""
    counts = rng.integers(0, MOST + 1, len(ITEMS))
    counts[:4] = np.maximum(counts[:4], rng.integers(0, MOST + 1, 4))
    counts[4:] *= rng.random(len(ITEMS) - 4) < rng.choice((0.15, 0.5, 0.9))
    tools = np.array([item.endswith(("pickaxe", "sword")) for item in ITEMS])
    if rng.random() < 0.7:
        counts[tools] = np.minimum(counts[tools], 1 + (rng.random(tools.sum()) < 0.1))
    counts[0] = max(counts[0], int(rng.random() < 0.98))
    return tuple(map(int, counts))
