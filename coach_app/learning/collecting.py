"""Plays episodes, and keeps them as experiences."""

import json
import math
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from coach_app.domain.errors import CoachError
from coach_app.games.game import Game, Size
from coach_app.games.images import ImageEnv, action_names
from coach_app.games.positions import rendered
from coach_app.games.seeds import check_seeds
from coach_app.games.what_if import changes
from coach_app.learning.choosing import Chooser
from coach_app.learning.experience import Ended, EpisodeKey, Experience, How, Store, packed_picture, size_name
from coach_app.learning.recorded import Heard, RecordedEpisode, Replay, heard_before

Progress = Callable[[int, int], None]
"""Called with the number of episodes (or steps, if their total is limited) done, and of all."""
OnEpisode = Callable[[Sequence[Experience]], object]


@dataclass(frozen=True)
class Collected:
    """What a collection brought.

    Attributes:
        episodes: number of new ones.
        known: number of those that were there before.
        steps: in the new ones.
        rewards: return of each new episode; none where nothing is known but pictures.
        reached: achievements unlocked in the new ones, in alphabetical order.
        won: number of new episodes that ended with a reward above 0 in their last step.
    """

    episodes: int
    known: int
    steps: int
    rewards: tuple[float, ...]
    reached: tuple[str, ...]
    won: int


_TRIED_S = 1.0
"""How long moves are tried to judge a collection by."""


@dataclass(frozen=True)
class Cost:
    """What a collection takes at most.

    Attributes:
        episodes: number of them that are to be played.
        steps: in these.
        seconds: for these, judged by the first moves.
        megabytes: on disk, judged by the last picture of them.
    """

    episodes: int
    steps: int
    seconds: float
    megabytes: float

    @property
    def text(self) -> str:
        """One sentence."""
        minutes = f"{self.seconds / 60:.0f} min" if self.seconds >= 90 else f"{self.seconds:.0f} s"
        return f"This takes up to {self.steps} steps, {minutes} and {max(1, round(self.megabytes))} MB."


def cost(
    game: Game,
    how: How,
    seeds: range,
    size: Size | None,
    most: int,
    chooser: Chooser,
    store: Store,
    total: int | None = None,
) -> Cost:
    """Estimate the cost of a collection by making its first moves.

    Args:
        game: the game.
        how: where the experiences come from.
        seeds: of the episodes.
        size: of the maps; None is the game's default.
        most: steps of an episode.
        chooser: plays.
        store: what it holds is not collected again.
        total: number of steps of all episodes together, if limited.

    Raises:
        CoachError: the seeds are kept for checks, or the game cannot be played.
    """
    check_seeds(seeds.start, len(seeds))
    missing = [seed for seed in seeds if not store.has(EpisodeKey(how, seed, size))]
    most = min(most, game.practice.max_steps) if game.practice else most
    steps = len(missing) * most
    if total is not None:
        keys = (EpisodeKey(how, seed, size) for seed in seeds)
        steps = min(steps, max(0, total - sum(store.steps(key) for key in keys if store.has(key))))
    if not steps:
        return Cost(0, 0, 0.0, 0.0)
    env = game.make(size)
    env.reset(seed=missing[0])
    chooser.begin(missing[0])
    took: list[float] = []
    packed, ended = 0, False
    while not ended and len(took) < most and sum(took) < _TRIED_S:
        began = time.perf_counter()
        chosen = chooser.choose(env)
        _, _, terminated, truncated, _ = env.step(action_names(env).index(chosen.move) if chosen else 0)
        packed, ended = len(packed_picture(rendered(env))), terminated or truncated
        took.append(time.perf_counter() - began)
    # The median, as the first move takes far longer than the others: libraries are loaded, tables are filled.
    return Cost(len(missing), steps, steps * statistics.median(took), steps * packed / 1e6)


def collect(
    game: Game,
    how: How,
    seeds: range,
    size: Size | None,
    most: int,
    chooser: Chooser,
    store: Store,
    on_progress: Progress | None = None,
    total: int | None = None,
    on_episode: OnEpisode = lambda steps: None,
) -> Collected:
    """Play an episode of each seed that the store does not hold yet. Whatever stops it, complete episodes are kept.

    Args:
        game: the game.
        how: where the experiences come from.
        seeds: of the episodes.
        size: of the maps; None is the game's default.
        most: steps of an episode, after which it is stopped.
        chooser: plays.
        store: receives the episodes.
        on_progress: called after each episode.
        total: number of steps of all episodes together, the known ones included, after which it ends.
        on_episode: called with each new episode.

    Raises:
        CoachError: the seeds are kept for checks, the space on disk is used up, or the game cannot be played.
    """
    check_seeds(seeds.start, len(seeds))
    new: list[tuple[Experience, ...]] = []
    known, left = 0, math.inf if total is None else total
    for number, seed in enumerate(seeds, 1):
        key = EpisodeKey(how, seed, size)
        if left <= 0:
            break
        if not store.has(key):
            store.check_space()
            chooser.begin(seed)
            steps = _episode(game, key, int(min(most, left)), chooser, store)
            if not steps:  # nothing is left to try
                break
            new.append(steps)
            on_episode(steps)
        else:
            known += 1
        left -= store.steps(key)
        if on_progress:
            on_progress(*((total - max(0, int(left)), total) if total else (number, len(seeds))))
    return summary(new, known)


def watch(
    game: Game,
    recorded: list[RecordedEpisode],
    size: Size | None,
    store: Store,
    on_progress: Progress | None = None,
    on_episode: OnEpisode = lambda steps: None,
    heard: Sequence[Heard] = (),
) -> Collected:
    """Keep recorded episodes that the store does not hold yet.

    Args:
        game: the game that was recorded.
        recorded: the episodes.
        size: of the maps; None is the game's default.
        store: receives them.
        on_progress: called after each episode.
        on_episode: called with each new episode.
        heard: what the coach advised meanwhile, in any order.

    Raises:
        CoachError: the recording is of another game, the seeds are kept for checks, or the space is used up.
    """
    new: list[tuple[Experience, ...]] = []
    advice = sorted(heard, key=lambda each: each.at)
    for number, episode in enumerate(recorded, 1):
        check_seeds(episode.seed, 1)
        key = EpisodeKey("watch", episode.seed, size, episode.take)
        if not store.has(key):
            store.check_space()
            _check(game, episode, size)
            told = partial(heard_before, advice, episode.times)
            new.append(_episode(game, key, len(episode.moves), Replay(episode), store, told))
            on_episode(new[-1])
        if on_progress:
            on_progress(number, len(recorded))
    return summary(new, len(recorded) - len(new))


def _check(game: Game, episode: RecordedEpisode, size: Size | None) -> None:
    """Raise unless the recorded moves earn the recorded rewards."""
    env = game.make(size)
    names = action_names(env)
    env.reset(seed=episode.seed)
    total, ended = 0.0, False
    for move, expected in zip(episode.moves, episode.rewards, strict=True):
        if move in names and not ended:
            _, reward, terminated, truncated, _ = env.step(names.index(move))
            total, ended = total + float(reward), terminated or truncated
            if abs(total - expected) < 1e-3:
                continue
        raise CoachError(
            f"The recording is not of {game.id}, or of another size.", "Name the game and the --size that was played."
        )


def _episode(
    game: Game,
    key: EpisodeKey,
    most: int,
    chooser: Chooser,
    store: Store,
    advised: Callable[[int], str] = lambda step: "",
) -> tuple[Experience, ...]:
    """Play one episode, and keep it."""
    env = game.make(key.size)
    names = action_names(env)
    env.reset(seed=key.seed)
    steps: list[Experience] = []
    before = _seen(game, env, store)
    done = _achieved(game, env)
    ended: Ended = ""
    while not ended and (chosen := chooser.choose(env)):
        _, reward, terminated, truncated, _ = env.step(names.index(chosen.move))
        ended = (
            "terminated" if terminated else "truncated" if truncated else "stopped" if len(steps) + 1 >= most else ""
        )
        after, now = _seen(game, env, store), _achieved(game, env)
        steps.append(
            Experience(
                game=game.id,
                how=key.how,
                seed=key.seed,
                size=size_name(key.size),
                step=len(steps),
                goal=chosen.goal,
                picture=before[0],
                description=before[1],
                state=before[2],
                action=chosen.move,
                why=chosen.why,
                reward=float(reward),
                ended=ended,
                changed=changes(before[1], after[1]),
                reached=tuple(sorted(now - done)),
                next_picture=after[0],
                next_description=after[1],
                next_state=after[2],
                advised=advised(len(steps)),
            )
        )
        before, done = after, now
    if steps:
        store.add(key, steps)
    return tuple(steps)


def _seen(game: Game, env: ImageEnv, store: Store) -> tuple[str, str, str]:
    """Picture, description and state."""
    state = json.dumps(game.state(env)) if game.state else ""
    return store.add_picture(rendered(env)), game.describe(env) if game.describe else "", state


def _achieved(game: Game, env: ImageEnv) -> frozenset[str]:
    return (
        frozenset(name for name, done in game.achievements(env).items() if done) if game.achievements else frozenset()
    )


def summary(new: Sequence[Sequence[Experience]], known: int) -> Collected:
    """What some new episodes brought, where so many were known before."""
    return Collected(
        len(new),
        known,
        sum(map(len, new)),
        tuple(round(sum(step.reward for step in steps), 6) for steps in new),
        tuple(sorted({name for steps in new for step in steps for name in step.reached})),
        sum(bool(steps) and steps[-1].ended == "terminated" and steps[-1].reward > 0 for steps in new),
    )
