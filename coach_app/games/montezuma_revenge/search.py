"""Looks for the way to the key and to a door in copies of the emulator's state.

Which places lie on the way, and how far they are from the next points, an archive of planning has found
(``archive.json``, see ``games.archive``). From the present state, wherever that is, the moves towards them are searched
for (weighted A*), so that each of them is what the game itself does.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from heapq import heappop, heappush
from itertools import count

from coach_app.domain.resources import game_dir
from coach_app.games.archive import Archive
from coach_app.games.atari_env import AtariEnv
from coach_app.games.game import LOST, Cell
from coach_app.games.montezuma_revenge.view import (
    ACTIONS,
    FLOOR_MIDDLE,
    LADDERS,
    MOVES,
    ROPE,
    View,
    read,
)
from coach_app.games.montezuma_revenge.words import is_near

MOST_STEPS = 3_000
"""In copies, for one plan."""
AHEAD = 32
"""A plan may end so much nearer to the goal."""
_WEIGHT = 4.0
_LONGEST_FLIGHT = 30
_LADDER_PX = 10  # so near a ladder, up and down do something
_WALKING = ("left", "right", "jump left", "jump right", "jump", "wait")
_HANGING = ("up", "down", "jump left", "jump right", "wait")
_CLIMBING = ("up", "down", "wait")


@dataclass(frozen=True)
class Step:
    """A move of a plan, and what is seen after it."""

    move: str
    view: View


@dataclass(frozen=True)
class _Node:
    game: AtariEnv
    view: View
    left: int = 0
    """Steps to the next points from where Joe last stood."""
    steps: int = 0
    before: "_Node | None" = None
    move: str = ""


@cache
def archive() -> Archive:
    """What planning has found; not to be changed."""
    return Archive.read(game_dir("montezuma-revenge") / "archive.json")


@cache
def ways() -> Mapping[Cell, int]:
    """For each known cell the steps from it to the next points."""
    return archive().steps_to_reward()


def plan(game: AtariEnv, view: View) -> tuple[Step, ...]:
    """The moves to the next points, or so far towards them as is looked ahead; empty where no way is known.

    Args:
        game: the emulator's game; it is not changed.
        view: what its picture shows.
    """
    first = _landed(_Node(game, view))
    landed = first.view
    known = {cell: steps for cell, steps in ways().items() if (cell[0], cell[3:]) == (landed.room, landed.have)}
    if landed.joe is None or landed.room or not all(landed.doors) or not known:
        return _path(first)
    best = replace(first, left=known.get(landed.cell or LOST, max(known.values())))
    target, tie, seen, made = best.left - AHEAD, count(), {_same(landed)}, 0
    queue = [(_WEIGHT * best.left, next(tie), best)]
    while queue and made < MOST_STEPS and best.left > target:
        _, _, node = heappop(queue)
        if node.left < best.left and not node.view.flies and not is_near(node.view):
            best = node
        for move in possible(node.view):
            if move == "jump" or (move == "wait" and not _skull_matters(node.view) and not node.view.flies):
                continue  # neither leads anywhere
            after, reward = _moved(node, move)
            made += 1
            if reward > 0:
                return _path(after)
            now = after.view
            if now.joe is None or now.room or (same := _same(now)) in seen:
                continue
            seen.add(same)
            after = replace(after, left=known.get(now.cell or LOST, node.left))
            heappush(queue, (after.steps + _WEIGHT * after.left, next(tie), after))
    return _path(best)


def _landed(node: _Node) -> _Node:
    """Joe where he comes to stand, as nothing can be done about it."""
    for _ in range(_LONGEST_FLIGHT):
        if not node.view.flies:
            break
        node, _ = _moved(node, "wait")
    return node


def _moved(node: _Node, move: str) -> tuple[_Node, float]:
    """A move in a copy, and what it earns."""
    game = node.game.copy()
    picture, reward, _, _, _ = game.step(ACTIONS[move])
    return _Node(game, read(picture, node.view, move), node.left, node.steps + 1, node, move), reward


def possible(view: View) -> tuple[str, ...]:
    """The moves that can change something, where Joe is."""
    if view.joe is None or view.flies:
        return ("wait",)
    if view.room:
        return MOVES
    area = view.area
    if area in LADDERS:
        return _CLIMBING
    if area == ROPE:
        return _HANGING
    at_ladder = any(abs(view.joe.x - middle) <= _LADDER_PX for middle in LADDERS.values())
    return ("up", "down", *_WALKING) if at_ladder else _WALKING


def _same(view: View) -> tuple[object, ...]:
    """What has to be the same for two states to be taken for the same; from high above, the skull does not matter."""
    skull = (view.skull, view.skull_before) if _skull_matters(view) else None
    return view.joe, view.joe_before if view.flies else None, skull, view.items


def _skull_matters(view: View) -> bool:
    return view.joe is not None and view.joe.y > FLOOR_MIDDLE


def _path(node: _Node | None) -> tuple[Step, ...]:
    steps = []
    while node and node.before:
        steps.append(Step(node.move, node.view))
        node = node.before
    return tuple(reversed(steps))
