"""Plans for games whose rewards are far away: an archive of the places that were reached, and how.

After Go-Explore (Ecoffet et al. 2021, arXiv:2004.12919), in its form with saved states: return to a place of the
archive, explore from there at random, and keep every place that is new, or that was reached with more reward or sooner.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from heapq import heappop, heappush
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from coach_app.desktop.files import write_atomically
from coach_app.domain.errors import CoachError
from coach_app.games.catalogue import copier_of
from coach_app.games.game import LOST, Cell, Game
from coach_app.games.images import Picture, action_names
from coach_app.games.positions import rendered

VISIT_STEPS = 100
"""Of a visit to a place."""
STICKY = 0.9
"""How probable it is that a move is made again while exploring, so that ways are walked to their ends."""
_SAVED_STATES = 4_000
_COLUMNS, _ROWS, _GREYS = 11, 8, 8  # those of the paper
_FORMAT = 1


@dataclass
class Place:
    """A place of the archive.

    Attributes:
        trail: how it was reached: the place's number before, and the moves from there.
        reward: earned on the way.
        steps: of the way.
        visits: how often it was returned to since that last led to something new.
    """

    trail: int
    reward: float
    steps: int
    visits: int = 0


@dataclass(frozen=True)
class Trail:
    """Moves that follow another trail; the beginning has no moves."""

    before: int
    moves: tuple[int, ...]


@dataclass
class Archive:
    """The places of one episode's game that were reached. All chance comes from the seed: the same budget, in one piece
    or in several, finds the same.

    Attributes:
        game: its id.
        seed: of the episode.
        places: by their cells.
        trails: that the places refer to.
        ways: from cell to cell, and in how many steps at best; to None where they earned a reward.
        earned: most reward, and the soonest way to it; it may end there, as a place cannot.
        steps: that were made in copies.
        milestones: rewards that were reached first, and after so many steps in copies.
        rng: draws everything.
    """

    game: str
    seed: int
    places: dict[Cell, Place] = field(default_factory=dict)
    trails: list[Trail] = field(default_factory=lambda: [Trail(0, ())])
    ways: dict[tuple[Cell, Cell | None], int] = field(default_factory=dict)
    earned: Place | None = None
    steps: int = 0
    milestones: list[tuple[int, float]] = field(default_factory=list)
    rng: np.random.Generator = field(default_factory=lambda: np.random.default_rng(0))

    @classmethod
    def begun(cls, game: Game, seed: int) -> "Archive":
        """A new one."""
        return cls(game.id, seed, rng=np.random.default_rng([seed, 5]))

    @classmethod
    def read(cls, file: Path) -> "Archive":
        """Read one from disk.

        Raises:
            CoachError: it is damaged, or cannot be read.
        """
        try:
            data = json.loads(file.read_text(encoding="utf-8"))
            if data["format"] != _FORMAT:
                raise ValueError("another format")
            cells = [tuple(cell) for cell in data["cells"]]
            archive = cls(data["game"], data["seed"], steps=data["steps"])
            archive.places = {cells[number]: Place(*place) for number, place in enumerate(data["places"])}
            archive.trails = [Trail(before, tuple(moves)) for before, moves in data["trails"]]
            archive.ways = {
                (cells[start], None if end is None else cells[end]): steps for start, end, steps in data["ways"]
            }
            archive.earned = data["earned"] and Place(*data["earned"])
            archive.milestones = [(steps, reward) for steps, reward in data["milestones"]]
            archive.rng.bit_generator.state = data["rng"]
        except (OSError, ValueError, KeyError, TypeError, IndexError) as error:
            raise CoachError(f"The archive {file.name} is damaged.", f"Delete {file}; it is made again.") from error
        return archive

    def write(self, file: Path) -> None:
        """Write it to disk.

        Raises:
            CoachError: that failed.
        """
        trails, numbers = self._trails_in_use()
        ends = (cell for way in self.ways for cell in way if cell is not None)
        cells = list(dict.fromkeys([*self.places, *ends]))
        number_of = {cell: number for number, cell in enumerate(cells)}
        data = {
            "format": _FORMAT,
            "game": self.game,
            "seed": self.seed,
            "steps": self.steps,
            "milestones": self.milestones,
            "rng": self.rng.bit_generator.state,
            "cells": [list(cell) for cell in cells],
            "places": [[numbers[p.trail], p.reward, p.steps, p.visits] for p in self.places.values()],
            "earned": self.earned and [numbers[self.earned.trail], self.earned.reward, self.earned.steps],
            "trails": [[numbers[trail.before], list(trail.moves)] for trail in trails],
            "ways": [
                [number_of[start], None if end is None else number_of[end], steps]
                for (start, end), steps in self.ways.items()
            ],
        }
        text = json.dumps(data, separators=(",", ":"))
        write_atomically(file, text.encode(), "The archive", private=True)

    @property
    def best(self) -> Place:
        """What was reached with most reward, the soonest; without any, what is furthest away."""
        return self.earned or max(self.places.values(), key=lambda place: place.steps)

    @property
    def summary(self) -> dict[str, Any]:
        """What it holds, as JSON can hold it."""
        milestones = [{"reward": reward, "steps": steps} for steps, reward in self.milestones]
        return {"steps": self.steps, "places": len(self.places), "milestones": milestones}

    def moves_to(self, place: Place) -> list[int]:
        """All moves from the beginning of the episode to a place."""
        moves: list[int] = []
        number = place.trail
        while number:
            moves[:0] = self.trails[number].moves
            number = self.trails[number].before
        return moves

    def steps_to_reward(self) -> dict[Cell, int]:
        """For each cell how many steps there are at least from it to the next reward, as far as it is known."""
        into: dict[Cell | None, list[tuple[Cell, int]]] = {}
        for (start, end), steps in self.ways.items():
            into.setdefault(end, []).append((start, steps))
        left: dict[Cell, int] = {}
        queue: list[tuple[int, int, Cell | None]] = [(0, 0, None)]
        count = 0
        while queue:
            steps, _, cell = heappop(queue)
            if cell is not None and left.setdefault(cell, steps) < steps:
                continue
            for start, more in into.get(cell, ()):
                if start not in left:
                    count += 1
                    heappush(queue, (steps + more, count, start))
        return left

    def _trails_in_use(self) -> tuple[list[Trail], dict[int, int]]:
        """Those that lead to a place, and their new numbers."""
        used = {0}
        for place in [*self.places.values(), *([self.earned] if self.earned else [])]:
            number = place.trail
            while number not in used:
                used.add(number)
                number = self.trails[number].before
        numbers = {old: new for new, old in enumerate(sorted(used))}
        return [self.trails[number] for number in sorted(used)], numbers


class Expedition:
    """Extends an archive.

    Args:
        game: a game that can be copied.
        archive: of an episode of it.

    Raises:
        CoachError: the game cannot be copied.
    """

    def __init__(self, game: Game, archive: Archive) -> None:
        self.archive = archive
        self._copied, self._cell = copier_of(game), game.cell or (lambda env: downscaled(rendered(env)))
        self._start: Any = game.make()
        self._start.reset(seed=archive.seed)
        self._actions = len(action_names(self._start))
        self._saved: dict[int, Any] = {0: self._start}
        if not archive.places:
            archive.places[self._cell(self._start) or ("beginning",)] = Place(0, 0.0, 0)

    def go_on(self, budget: int, on_steps: Callable[[int], object] = lambda steps: None) -> None:
        """Explore.

        Args:
            budget: steps in copies; whole visits are made, so that it may be a few more.
            on_steps: called after each visit with how many were made.
        """
        begun = self.archive.steps
        while self.archive.steps - begun < budget:
            self._visit(self._chosen())
            on_steps(min(budget, self.archive.steps - begun))

    def _chosen(self) -> Cell:
        """The cell to return to: the more probable, the fewer visits there were since something new was found."""
        cells = list(self.archive.places)
        weights = np.array([1 / (place.visits + 1) for place in self.archive.places.values()])
        return cells[int(self.archive.rng.choice(len(cells), p=weights / weights.sum()))]

    def _visit(self, cell: Cell) -> None:
        """Return to a cell, and explore from there."""
        archive, rng = self.archive, self.archive.rng
        begun = archive.places[cell]
        begun.visits += 1
        env, trail, reward, steps = self._copied(self._state(begun.trail)), begun.trail, begun.reward, begun.steps
        made: list[int] = []
        since = 0
        move = int(rng.integers(self._actions))
        for _ in range(VISIT_STEPS):
            if rng.random() > STICKY:
                move = int(rng.integers(self._actions))
            _, gained, terminated, truncated, _ = env.step(move)
            made.append(move)
            archive.steps, reward, steps, since = archive.steps + 1, reward + float(gained), steps + 1, since + 1
            if gained > 0:
                self._note(cell, None, since)
                self._earn(trail, made, reward, steps)
                if reward > max((known for _, known in archive.milestones), default=0.0):
                    archive.milestones.append((archive.steps, reward))
            now = LOST if terminated or truncated else self._cell(env)
            if now == LOST:
                return
            if now is None or now == cell:
                continue
            if gained <= 0:
                self._note(cell, now, since)
            cell, since = now, 0
            if self._is_better(now, reward, steps):
                archive.trails.append(Trail(trail, tuple(made)))
                trail, made = len(archive.trails) - 1, []
                known = archive.places.get(now)
                archive.places[now] = Place(trail, reward, steps, known.visits if known else 0)
                if known is None:
                    begun.visits = 0
                if len(self._saved) < _SAVED_STATES:
                    self._saved[trail] = self._copied(env)

    def _earn(self, trail: int, made: list[int], reward: float, steps: int) -> None:
        """Keep the way to a reward, if it is the best one."""
        known = self.archive.earned
        if known is None or (reward, -steps) > (known.reward, -known.steps):
            self.archive.trails.append(Trail(trail, tuple(made)))
            self.archive.earned = Place(len(self.archive.trails) - 1, reward, steps)

    def _note(self, start: Cell, end: Cell | None, steps: int) -> None:
        """Remember a way, if it is the shortest between two cells."""
        ways = self.archive.ways
        ways[start, end] = min(steps, ways.get((start, end), steps))

    def _is_better(self, cell: Cell, reward: float, steps: int) -> bool:
        """Whether this way to a cell is worth keeping."""
        known = self.archive.places.get(cell)
        return known is None or (reward, -steps) > (known.reward, -known.steps)

    def _state(self, trail: int) -> Any:
        """The game at the end of a trail; made again by its moves where it was not saved."""
        missing: list[int] = []
        while trail not in self._saved:
            missing.append(trail)
            trail = self.archive.trails[trail].before
        env = self._saved[trail]
        for number in reversed(missing):
            env = self._copied(env)
            for move in self.archive.trails[number].moves:
                env.step(move)
            if len(self._saved) < _SAVED_STATES:
                self._saved[number] = env
        return env


def downscaled(picture: Picture) -> Cell:
    """A picture as a cell: 11 x 8 pixels of 8 greys, as in the paper."""
    small = Image.fromarray(picture).convert("L").resize((_COLUMNS, _ROWS), Image.Resampling.BOX)
    return ((np.asarray(small) // (256 // _GREYS)).astype(np.uint8).tobytes().hex(),)
