"""Scenes of BabyAI to learn from: its levels, with the player anywhere, carrying anything, asked for anything."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from coach_app.games.babyai.env import BabyAIEnv
from coach_app.games.babyai.teacher import decide
from coach_app.games.babyai.view import COLOURS, DOOR, KEY, PORTABLE, TASKS, WALL, Mission, Square, View, Wanted
from coach_app.games.babyai.words import MOVES

TRAINING_SEEDS = 500_000
"""Levels of lower seeds are for training; those from here on are for measuring."""
UNSEEN_SEEDS = range(TRAINING_SEEDS, TRAINING_SEEDS + 100_000)

_OTHER_SHARE = 0.03
_OWN_MISSION = 0.5
_FACING = 0.4
_DOOR = 0.2  # of the levels are drawn again until there is a door
_SCENES_A_LEVEL = 8
_NOTHING_CARRIED = 0.6
_CARRIED_FITS = 0.8  # of what is carried
_IN_VIEW = 0.8  # of the things that a drawn mission is about, where there are any
_RARE = 0.6  # of the scenes are what has been decided least so far
_DRAWN = 40  # scenes that are drawn for one of these
_OPEN = TASKS[2]


def scenes(rng: np.random.Generator, tricky_share: float = 0.0) -> Iterator[View | None]:
    """Scenes to train on, without end; None stands for a picture of something else.

    What has to be done rarely, such as putting a thing down where it belongs, is shown nearly as often as the rest: a
    coach that has seldom seen it does all but the last step of such missions.

    Args:
        rng: draws everything, and may be used by others between two scenes.
        tricky_share: how many of the scenes have so many things that ways are blocked.
    """
    env, decided = BabyAIEnv(), Counter[tuple[str, str]]()
    while True:
        _begin(env, rng, range(TRAINING_SEEDS), tricky_share)
        for _ in range(_SCENES_A_LEVEL):
            if rng.random() < _OTHER_SHARE:
                yield None
                continue
            drawn = [_scene(env, rng) for _ in range(_DRAWN if rng.random() < _RARE else 1)]
            kinds = [(decision.goal_kind, decision.move) for decision in map(decide, drawn)]
            kind = min(kinds, key=decided.__getitem__)
            decided[kind] += 1
            yield drawn[kinds.index(kind)]


def unseen_scenes(rng: np.random.Generator) -> Iterator[tuple[str, View]]:
    """Scenes of levels that are never trained on, without end, and whether each has distractors."""
    env = BabyAIEnv()
    while True:
        _begin(env, rng, UNSEEN_SEEDS, 0.5)
        yield "with distractors" if env.inner.distractors else "without distractors", _scene(env, rng)


class OwnGames:
    """Games that a coach in training plays, in levels of training (see ``coach_app.games.lessons.OwnGames``).

    In each episode the teacher makes some of the moves, as many as chance says: from none, so that it is seen what the
    coach's mistakes lead to, to nearly all, so that missions come to their end.

    Args:
        rng: draws everything.
        count: how many games.
    """

    def __init__(self, rng: np.random.Generator, count: int) -> None:
        self._rng = rng
        self._games = [BabyAIEnv() for _ in range(count)]
        self._helped = [self._begin(env) for env in self._games]

    @property
    def scenes(self) -> list[View]:
        """What is seen in each game."""
        return [env.view() for env in self._games]

    def play(self, moves: Sequence[str]) -> None:
        """One step in each game, as the coach says; the teacher's where a name is none of a move."""
        for number, (env, move) in enumerate(zip(self._games, moves, strict=True)):
            helped = move not in MOVES or self._rng.random() < self._helped[number]
            if env.act(env.decision().move if helped else move):
                self._helped[number] = self._begin(env)

    def _begin(self, env: BabyAIEnv) -> float:
        """A new episode, and how much of it the teacher plays."""
        env.reset(seed=int(self._rng.integers(TRAINING_SEEDS)))
        return float(self._rng.random())


def _begin(env: BabyAIEnv, rng: np.random.Generator, seeds: range, full_share: float) -> None:
    """Begin an episode, with distractors as often as a share says, and otherwise as the seed has it."""
    full, door = rng.random() < full_share, rng.random() < _DOOR
    while True:
        env.reset(seed=int(rng.integers(seeds.start, seeds.stop)))
        if env.inner.distractors >= full and (env.inner.asked.task == _OPEN or not door):
            return


def _scene(env: BabyAIEnv, rng: np.random.Generator) -> View:
    """The player is put anywhere into its room, looking anywhere, but often at something."""
    level = env.inner
    top, size = level.room_from_pos(*level.agent_pos).top, level.room_size
    inner = [(x, y) for x in range(top[0] + 1, top[0] + size - 1) for y in range(top[1] + 1, top[1] + size - 1)]
    free = [place for place in inner if level.grid.get(*place) is None]
    poses = [(place, quarter, _ahead(env, place, quarter)) for place in free for quarter in range(4)]
    faced = sorted({kind for _, _, kind in poses if kind not in (None, WALL)})
    if faced and rng.random() < _FACING:
        kind = rng.choice(faced)
        poses = [pose for pose in poses if pose[2] == kind]
    level.agent_pos, level.agent_dir, _ = poses[rng.integers(len(poses))]
    view = env.view()
    mission = view.mission if rng.random() < _OWN_MISSION else _mission(view, rng)
    doors = [thing.color for thing in level.grid.grid if thing and thing.type == DOOR]
    return replace(view, mission=mission, carried=_carried(mission, doors or list(COLOURS), rng))


def _ahead(env: BabyAIEnv, place: tuple[int, int], quarter: int) -> str | None:
    """The kind of thing that is faced; None for a free square."""
    dx, dy = ((1, 0), (0, 1), (-1, 0), (0, -1))[quarter]
    thing = env.inner.grid.get(place[0] + dx, place[1] + dy)
    return thing and str(thing.type)


def _mission(view: View, rng: np.random.Generator) -> Mission:
    """Any mission, mostly about things in view."""
    task = str(rng.choice(TASKS))
    if task == _OPEN:
        return Mission(task, Wanted(DOOR, "" if rng.random() < 0.5 else str(rng.choice(COLOURS))))
    seen = [square for square in view.squares if square.kind in PORTABLE]

    def wanted() -> Wanted:
        if seen and rng.random() < _IN_VIEW:
            square = seen[int(rng.integers(len(seen)))]
            return Wanted(square.kind, square.colour)
        return Wanted(str(rng.choice(PORTABLE)), str(rng.choice(COLOURS)))

    first, second = wanted(), wanted()
    while second == first:
        second = wanted()
    return Mission(task, first, second if task in TASKS[3:] else None)


def _carried(mission: Mission, doors: list[str], rng: np.random.Generator) -> Square | None:
    """What matters for the mission, as often as anything else.

    Args:
        mission: for which something is carried.
        doors: colours that a key can have that matters.
        rng: draws it.
    """
    if rng.random() < _NOTHING_CARRIED:
        return None
    if rng.random() < _CARRIED_FITS:
        if mission.task != _OPEN:
            return Square(*mission.first)
        return Square(KEY, mission.first.colour or str(rng.choice(doors)))
    return Square(str(rng.choice(PORTABLE)), str(rng.choice(COLOURS)))
