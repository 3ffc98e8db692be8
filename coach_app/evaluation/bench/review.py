"""Measures whether a review finds what was wrong, and nothing else: mistakes planted in episodes of the teacher."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np

from coach_app.evaluation.bench.report import Report, Row
from coach_app.games.catalogue import copier_of, teacher_of
from coach_app.games.game import Game, Size
from coach_app.games.images import ImageEnv, action_names
from coach_app.learning.recorded import RecordedEpisode
from coach_app.review.practice import review_practice

_NEAR: Final = 5
"""Moves within which the teacher earns something, where a mistake is planted: what it costs is plain there."""
_EARNED: Final = 0.5
_CHANCE: Final = 0.5


@dataclass(frozen=True)
class Planted:
    """An episode of the teacher with mistakes.

    Attributes:
        episode: as the practice window would have recorded it.
        mistakes: the numbers of the moves that are mistakes.
    """

    episode: RecordedEpisode
    mistakes: frozenset[int]


def run(
    game: Game, count: int, seed: int, size: Size | None = None, report: Callable[[str], None] = lambda line: None
) -> Report:
    """Plant mistakes, and review them.

    Args:
        game: has a teacher, and can be copied.
        count: number of mistakes, at least one.
        seed: of the first episode; each further one takes the next number.
        size: of the maps; None is the game's default.
        report: told how far it is.

    Raises:
        CoachError: the game has no teacher, or cannot be copied.
    """
    found = invented = moves = episodes = 0
    missed: list[object] = []
    left = count
    while left:
        planted = plant(game, seed + episodes, left, size)
        review = review_practice(game, [planted.episode], size)
        told = {moment.step for moment in review.moments}
        found += len(told & planted.mistakes)
        invented += len(told - planted.mistakes)
        missed += [{"seed": seed + episodes, "move": step} for step in sorted(planted.mistakes - told)]
        moves += len(planted.episode.moves)
        episodes += 1
        left -= len(planted.mistakes)
        report(f"{found} of {count - left} found, {invented} invented")
    return Report(
        name="review",
        subject={"game": game.id, "seed": seed, "size": list(size) if size else None, "episodes": episodes},
        rows=(
            Row("review", "moves", moves),
            Row("review", "planted mistakes", count),
            Row("review", "found", found),
            Row("review", "invented", invented),
        ),
        details={"missed": missed},
    )


def plant(game: Game, seed: int, most: int, size: Size | None = None, steps: int = 300) -> Planted:
    """Let the teacher play an episode, with a move now and then after which what it is about to earn comes later or
    never. This is told by the number of moves to it alone, not by what a review goes by.

    Args:
        game: has a teacher, and can be copied.
        seed: of the episode, and of chance.
        most: mistakes.
        size: of the map; None is the game's default.
        steps: after so many the episode is broken off.
    """
    best_moves, copied = teacher_of(game), copier_of(game)
    rng, env = np.random.default_rng([seed, 6]), game.make(size)
    names = action_names(env)
    env.reset(seed=seed)
    moves, rewards, mistakes, reward, ended = list[str](), list[float](), set[int](), 0.0, False
    while not ended and len(moves) < steps:
        best = best_moves(env)
        move = best[rng.integers(len(best))]
        if len(mistakes) < most and rng.random() < _CHANCE:
            soon = _moves_to_reward(game, copied(env), best[0], _NEAR)
            others = [name for name in names if name not in best]
            other = others[rng.integers(len(others))] if others else ""
            if soon and other and _moves_to_reward(game, copied(env), other, soon) is None:
                move = other
                mistakes.add(len(moves))
        _, gained, terminated, truncated, _ = env.step(names.index(move))
        reward, ended = reward + float(gained), terminated or truncated
        moves.append(move)
        rewards.append(reward)
    return Planted(RecordedEpisode(seed, 0, tuple(moves), tuple(rewards)), frozenset(mistakes))


def _moves_to_reward(game: Game, env: ImageEnv, move: str, most: int) -> int | None:
    """How many moves it takes to earn something, from this one on; None if more than so many. Uses up the copy."""
    names, best_moves = action_names(env), teacher_of(game)
    for count in range(1, most + 1):
        _, reward, terminated, truncated, _ = env.step(names.index(move))
        if float(reward) >= _EARNED:
            return count
        if terminated or truncated:
            return None
        move = best_moves(env)[0]
    return None
