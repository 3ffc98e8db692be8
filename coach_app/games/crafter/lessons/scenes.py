"""Scenes of Crafter to learn seeing from: parts of its worlds with anything that can be in them."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from coach_app.games.crafter.env import CrafterEnv
from coach_app.games.crafter.lessons.pictures import Scene
from coach_app.games.crafter.sight import LOW
from coach_app.games.crafter.teacher import decide
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
from coach_app.games.crafter.words import MOVES

TRAINING_SEEDS = 500_000
"""Worlds of lower seeds are for training; those from here on are for measuring."""
UNSEEN_SEEDS = range(TRAINING_SEEDS, TRAINING_SEEDS + 100_000)

_GROUNDS = tuple(name for name in MATERIALS if name not in (EDGE, UNSEEN))
_WALKABLE = ("grass", "sand", "path")
_RARE = ("sand", "path", "water", "lava", "coal", "iron", "diamond")
_OTHER_SHARE = 0.03
_PLAYED_SHARE = 0.7
_GAMES = 32
_SCENES_BETWEEN_GAMES = 16
_SLEPT_THROUGH = 0.9  # share of the steps of sleep, which all look alike
_LONGEST_BEFORE = 900  # steps that the teacher has played when a game is begun
_LONGEST = 10_000  # steps of any game
_BROKEN_OFF = 0.7  # share of the games that end early: most is reached on the first day, and most of a life is night
_FIRST_DAY = range(200, 450)  # steps after which they do
_EDITED = {True: 0.5, False: 0.25}  # share of the scenes that are edited: with a table in sight, and without
_AMISS = (0.0, 0.0, 0.05, 0.15, 0.3)  # shares of the moves of a game that chance draws
_HELPED = (0.0, 0.0, 0.05, 0.2)  # shares of the moves of a coach's own game that are the teacher's
_HELPED_OUT = 0.12  # the same where a move changed nothing: soon enough to go on, late enough to be learned
_STEPS_TO_TIRE = (5, 40)  # of the teacher, from one place where the player is made tired to the next
_TIRED_AT_NIGHT = 0.6  # share of them
_STEPS_TO_CLOSE = 30  # that it then has to close itself in
_MOVES = frozenset(MOVES.values())
_TOOLS = frozenset(item for item in ITEMS if item.endswith(("pickaxe", "sword")))
_SMITHY = 0.25  # share of the played scenes to which a table, a furnace or both are brought
_BROUGHT = {"table": 0.9, "furnace": 0.7}  # how often each of them is
_BESIDE = 0.85  # share of them that are near enough to work at
_SMITH_HAS = ((0.15, 0.45, 0.25, 0.15), 0.35, 0.9)  # chances of 0 to 3 wood, coal, iron; of iron tools, and of others
_EDITS = np.repeat((0.03, 0.08, 0.4 / 6), (4, 6, 6))  # chances of vitals, stock and tools to be edited
_ANY_MOVE = ("left", "right", "up", "down", "interact", "place stone")
_COMMON = frozenset((*_ANY_MOVE, "wait", "sleep"))
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
        tricky_share: share of scenes of a tired player, who has to be closed in.
    """
    return _scenes(rng, range(TRAINING_SEEDS), _OTHER_SHARE, tricky_share)


def made_scenes(rng: np.random.Generator) -> Iterator[Scene]:
    """Scenes that nobody played, of worlds for training, without end: with anything, and sooner than played ones."""
    worlds = _Worlds(range(TRAINING_SEEDS))
    while True:
        yield _scene(worlds.one(rng), rng)


def unseen_scenes(rng: np.random.Generator) -> Iterator[tuple[str, Scene]]:
    """Scenes of worlds that are never trained on, without end, and whether each is by day, at night, or asleep."""
    worlds, games = _Worlds(UNSEEN_SEEDS), Games(rng, UNSEEN_SEEDS)
    while True:
        played = rng.random() < 0.5
        scene = games.next() if played else _scene(worlds.one(rng), rng)
        kind = "asleep" if scene.view.sleeping else "day" if scene.daylight >= 0.5 else "night"
        yield f"played {kind}" if played else kind, scene


def _scenes(rng: np.random.Generator, seeds: range, other_share: float, tricky_share: float) -> Iterator[Scene | None]:
    worlds, games, tired = _Worlds(seeds), Games(rng, seeds, edited=True), Games(rng, seeds, tired=True)
    while True:
        if rng.random() < other_share:
            yield None
        elif rng.random() < tricky_share:
            yield tired.next()
        elif rng.random() < _PLAYED_SHARE:
            scene = games.next()
            yield in_smithy(scene, rng) if rng.random() < _SMITHY else scene
        else:
            yield _scene(worlds.one(rng), rng)


class _Game:
    """One episode after the other, in worlds of training, begun anywhere in an episode.

    Args:
        rng: draws the worlds, and how long the teacher has played before.
        seeds: of the worlds.
    """

    def __init__(self, rng: np.random.Generator, seeds: range) -> None:
        self._rng, self._seeds, self._env = rng, seeds, CrafterEnv(drawn=False)
        self._begin(int(rng.integers(_LONGEST_BEFORE)))

    def _begin(self, before: int = 0) -> None:
        early = self._rng.random() < _BROKEN_OFF
        self._last = int(self._rng.integers(_FIRST_DAY.start, _FIRST_DAY.stop)) if early else _LONGEST
        before = min(before, int(self._rng.integers(self._last)))
        self._seed = int(self._rng.integers(self._seeds.start, self._seeds.stop))
        self._env.reset(seed=self._seed)
        self._amiss = float(self._rng.choice(_AMISS))
        for _ in range(before):
            self.play(self.teacher)

    @property
    def scene(self) -> Scene:
        """What is seen now."""
        return Scene(self._env.view(whole=True), self._env.daylight, (self._seed, self._env.steps))

    @property
    def teacher(self) -> str:
        """The teacher's move."""
        return decide(self._env.view()).move

    def play(self, move: str) -> None:
        """One step: as said, or now and then as chance wants it, so that what comes of mistakes is seen, too."""
        if self._rng.random() < self._amiss:
            move = str(self._rng.choice(_ANY_MOVE))
        *_, dead, over, _ = self._env.step(self._env.action_names.index(move))
        if dead or over or self._env.steps >= self._last:
            self._begin()
        elif self._env.view().sleeping and self._rng.random() < _SLEPT_THROUGH:
            self.play("wait")


class _Tired(_Game):
    """Now and then in a game of the teacher the player is made tired, and has to be closed in, by day or by night.

    That is a few steps of a night, so that a coach that learns from whole games hardly sees it; and a shelter is what
    gets one through the night.
    """

    def __init__(self, rng: np.random.Generator, seeds: range) -> None:
        self._rng, self._whole = rng, _Game(rng, seeds)
        self._tire()

    def _tire(self) -> None:
        rng, whole = self._rng, self._whole
        for _ in range(int(rng.integers(*_STEPS_TO_TIRE))):
            whole.play(whole.teacher)
        while whole.scene.view.sleeping:
            whole.play(whole.teacher)
        self._seed, self._env, self._amiss = whole._seed, whole._env.copy(), float(rng.choice(_AMISS))
        view = self._env.view()
        enough = {item: max(view.count(item), int(rng.integers(LOW + 1, MOST + 1))) for item in ("food", "drink")}
        night = int(rng.integers(_NIGHT.start, _NIGHT.stop)) if rng.random() < _TIRED_AT_NIGHT else None
        few = {"energy": int(rng.integers(LOW + 1)), "stone": int(rng.integers(2, MOST + 1))}
        self._env.change({**enough, **few}, night)
        self._last = self._env.steps + _STEPS_TO_CLOSE

    def play(self, move: str) -> None:
        """One step; once the player sleeps, or does not come to it, another place is taken."""
        if self._rng.random() < self._amiss:
            move = str(self._rng.choice(_ANY_MOVE))
        *_, dead, over, _ = self._env.step(self._env.action_names.index(move))
        if dead or over or self._env.steps >= self._last or self._env.view().sleeping:
            self._tire()


class Games:
    """Several games at a time, played as the teacher plays.

    Args:
        rng: draws everything.
        seeds: of the worlds.
        edited: whether in some scenes the player has something else than in the game (see ``edited``).
        tired: whether the player is tired in all of them.
    """

    def __init__(self, rng: np.random.Generator, seeds: range, edited: bool = False, tired: bool = False) -> None:
        self._rng, self._seeds, self._edited = rng, seeds, edited
        self._kind, self._most = (_Tired, 1) if tired else (_Game, 4)
        self._games, self._drawn = list[_Game](), 0

    def next(self) -> Scene:
        """A scene some steps after the last one of its game, or as soon as something rare is to be done; one step after
        it where the player is tired."""
        if self._drawn % _SCENES_BETWEEN_GAMES == 0 and len(self._games) < _GAMES:
            self._games.append(self._kind(self._rng, self._seeds))
        self._drawn += 1
        game = self._games[int(self._rng.integers(len(self._games)))]
        for _ in range(int(self._rng.integers(1, self._most + 1))):
            game.play(game.teacher)
            if game.teacher not in _COMMON:
                break
        scene = game.scene
        if self._edited and self._rng.random() < _EDITED["table" in scene.view.materials]:
            return edited(scene, self._rng)
        return scene


def edited(scene: Scene, rng: np.random.Generator) -> Scene:
    """The same place, but the player has more or less of a few things, and may look elsewhere.

    What is best then is often something else. Without such pairs a coach learns what usually is done in a place like
    this, not what that depends on (counterfactually augmented data: Kaushik et al. 2020, arXiv:1909.12434).
    """
    view = scene.view
    if view.sleeping:
        return scene
    counts = list(view.inventory)
    for index in rng.choice(len(ITEMS), int(rng.integers(1, 4)), replace=False, p=_EDITS):
        tool = ITEMS[index] in _TOOLS
        counts[index] = int(not counts[index]) if tool else int(rng.integers(index == 0, MOST + 1))
        if index >= 4 and not tool and rng.random() < 0.6:
            counts[index] = int(rng.integers(3))
    facing = str(rng.choice(list(FACINGS))) if rng.random() < 0.3 else view.facing
    return replace(scene, view=replace(view, inventory=tuple(counts), facing=facing))


def in_smithy(scene: Scene, rng: np.random.Generator) -> Scene:
    """The same place with a table, a furnace or both, and a player who has about what iron tools take.

    A game has two such moments at most, too few to learn from when iron tools can be made and what they still lack.
    """
    view = scene.view
    if view.sleeping:
        return scene
    materials, (column, row) = list(view.materials), CENTRE
    for thing, share in _BROUGHT.items():
        if rng.random() >= share:
            continue
        reach = 1 if rng.random() < _BESIDE else 2
        around = [
            index
            for index in range(len(materials))
            if max(abs(index % COLUMNS - column), abs(index // COLUMNS - row)) == reach
            and materials[index] != "table"
            and view.objects[index] == NOTHING
        ]
        if around:
            materials[int(rng.choice(around))] = thing
    counts, (stock, iron, other) = list(view.inventory), _SMITH_HAS
    counts[ITEMS.index("stone")] = int(rng.integers(MOST + 1))
    for item in ("wood", "coal", "iron"):
        counts[ITEMS.index(item)] = int(rng.choice(len(stock), p=stock))
    for index, item in enumerate(ITEMS):
        if item in _TOOLS:
            counts[index] = int(rng.random() < (iron if item.startswith("iron") else other))
    return replace(scene, view=replace(view, materials=tuple(materials), inventory=tuple(counts)))


class OwnGames:
    """Games in which a coach in training decides: what it is led to by its own mistakes, it has to learn most.

    DAgger (Ross, Gordon and Bagnell 2011, arXiv:1011.0686); the teacher moves for it now and then, and where it does
    not get away from a place. In every second game the player is tired now and then.
    """

    def __init__(self, rng: np.random.Generator, count: int) -> None:
        kinds = [_Tired if number % 2 else _Game for number in range(count)]
        self._rng, self._games = rng, [kind(rng, range(TRAINING_SEEDS)) for kind in kinds]
        self._helped = rng.choice(_HELPED, count)
        self._before: list[View | None] = [None] * count

    @property
    def scenes(self) -> list[Scene]:
        """What is seen in each game."""
        return [game.scene for game in self._games]

    def play(self, moves: Sequence[str]) -> None:
        """One step in each game, as the coach says."""
        for number, (game, move) in enumerate(zip(self._games, moves, strict=True)):
            view = game.scene.view
            stuck = view == self._before[number] and not view.sleeping
            self._before[number] = view
            helped = move not in _MOVES or self._rng.random() < max(self._helped[number], _HELPED_OUT * stuck)
            game.play(game.teacher if helped else move)


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
    tools = np.array([item in _TOOLS for item in ITEMS])
    if rng.random() < 0.7:
        counts[tools] = np.minimum(counts[tools], 1 + (rng.random(tools.sum()) < 0.1))
    counts[0] = max(counts[0], int(rng.random() < 0.98))
    return tuple(map(int, counts))
