"""The teacher of the Grid world: optimal moves of every square, by value iteration with the true slip probability."""

from functools import lru_cache

import numpy as np
import numpy.typing as npt

from coach_app.games.grid.level import Cell, Level, Move, Tile

STEP_REWARD = -0.04
CRATE_REWARD = 1.0
TRAP_REWARD = -1.0
DISCOUNT = 0.99
_TIE = 1e-6


def end_rewards(level: Level) -> dict[Cell, float]:
    """What the squares earn on which an episode ends."""
    return {level.crate: CRATE_REWARD, **dict.fromkeys(level.traps, TRAP_REWARD)}


@lru_cache(maxsize=4096)
def action_values(level: Level, discount: float = DISCOUNT) -> dict[Cell, npt.NDArray[np.float64]]:
    """Optimal action values of every free square.

    Value iteration (Sutton & Barto, chapter 4.4), finished by solving for the values of the greedy policy once it is
    stable: squares from which nothing can be reached would otherwise take thousands of sweeps.

    Returns:
        For each free square, (4,) float64 indexed by Move.
    """
    free = [
        (x, y)
        for y in range(level.height)
        for x in range(level.width)
        if level.tile((x, y)) in (Tile.FLOOR, Tile.START)
    ]
    index = {cell: i for i, cell in enumerate(free)}
    ends = end_rewards(level)
    reached = [[level.neighbour(cell, move) for move in Move] for cell in free]
    reward = np.array([[ends.get(cell, STEP_REWARD) for cell in row] for row in reached])
    follow = np.array([[index.get(cell, len(free)) for cell in row] for row in reached])
    slip = (1 - level.move_prob) / 2
    values = np.zeros(len(free) + 1)  # the last one: the episode has ended
    policy = np.full(len(free), -1)
    while True:
        landed = reward + discount * values[follow]
        q = level.move_prob * landed + slip * (np.roll(landed, 1, axis=1) + np.roll(landed, -1, axis=1))
        change = np.abs(q.max(axis=1) - values[:-1]).max()
        values[:-1] = q.max(axis=1)
        if change < 1e-9:
            return {cell: q[i] for cell, i in index.items()}
        if (policy == (policy := q.argmax(axis=1))).all():
            values[:-1] = _policy_values(policy, reward, follow, level.move_prob, discount)


def _policy_values(
    policy: npt.NDArray[np.intp],
    reward: npt.NDArray[np.float64],
    follow: npt.NDArray[np.intp],
    prob: float,
    discount: float,
) -> npt.NDArray[np.float64]:
    """Exact values of a policy: the solution of its linear Bellman equations; shape (squares,)."""
    squares = np.arange(len(policy))
    left, right = (policy + 1) % len(Move), (policy - 1) % len(Move)
    chances = ((policy, prob), (left, (1 - prob) / 2), (right, (1 - prob) / 2))
    equations = np.eye(len(policy), len(policy) + 1)
    for move, chance in chances:
        np.subtract.at(equations, (squares, follow[squares, move]), discount * chance)
    expected = sum(chance * reward[squares, move] for move, chance in chances)
    return np.asarray(np.linalg.solve(equations[:, :-1], expected), np.float64)


def optimal_moves(level: Level, cell: Cell) -> tuple[Move, ...]:
    """All moves of a square with the highest value (within 1e-6)."""
    q = action_values(level)[cell]
    return tuple(move for move in Move if q[move] >= q.max() - _TIE)
