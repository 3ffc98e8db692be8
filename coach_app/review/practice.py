"""Reviews the player's own play in a practice game, from its recording."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from coach_app.domain.errors import CoachError
from coach_app.games.game import Game, Size
from coach_app.games.images import ImageEnv, action_names
from coach_app.games.positions import rendered
from coach_app.games.profiles import action_meant, profile_of
from coach_app.learning.recorded import Heard, RecordedEpisode, heard_before
from coach_app.review.judging import Judge
from coach_app.review.review import LEAST, Advised, Moment, Played, Review, trends

PAUSE_S: Final = 1800.0
"""Between two sessions, at least."""
_SAME_REWARD: Final = 1e-3

Progress = Callable[[int, int], None]
"""Called with how many moves are judged, and of how many."""


def last_session(episodes: Sequence[RecordedEpisode]) -> list[RecordedEpisode]:
    """The latest episodes between which there was no pause of half an hour; all of them if times are unknown."""
    session = list(episodes[-1:])
    for earlier, later in reversed(list(pairwise(episodes))):
        if earlier.times and later.times and later.times[0] - earlier.times[-1] > PAUSE_S:
            break
        session.insert(0, earlier)
    return session


def review_practice(
    game: Game,
    episodes: Sequence[RecordedEpisode],
    size: Size | None = None,
    heard: Sequence[Heard] = (),
    least: float = LEAST,
    source: str = "",
    on_progress: Progress | None = None,
) -> Review:
    """Judge every move of recorded episodes.

    Args:
        game: the practice game.
        episodes: at least one, as from ``learning.recorded.read``.
        size: of the maps, where the recording does not say it.
        heard: advice that was given meanwhile, in any order.
        least: from this cost on a move is a mistake.
        source: what the episodes were read from.
        on_progress: called after each move.

    Raises:
        CoachError: the game has no teacher or cannot be copied, or the recording is of another game.
    """
    judge, advice = Judge(game), sorted(heard, key=lambda each: each.at)
    played: list[Played] = []
    mistakes: list[Moment] = []
    advised: list[Advised] = []
    done, total = 0, sum(len(episode.moves) for episode in episodes)
    for number, episode in enumerate(episodes):
        env = game.make(episode.size or size)
        names = action_names(env)
        env.reset(seed=episode.seed)
        costs, reward, ended = list[float | None](), 0.0, False
        for step, move in enumerate(episode.moves):
            if move not in names or ended:
                raise _of_another(game)
            verdict = judge.judge(env, move)
            costs.append(verdict.cost)
            wanted = action_meant(heard_before(advice, episode.times, step) or None, names) or ""
            if wanted:
                advised.append(Advised(wanted == move, verdict.cost))
            if verdict.kind and verdict.cost >= least:
                at = episode.times[step] if episode.times else 0.0
                why = game.explain(env) if game.explain else ""
                moment = Moment(number, step, at, move, verdict.best, verdict.cost, verdict.kind, why)
                mistakes.append(replace(moment, advised=wanted, picture=rendered(env)))
            _, gained, terminated, truncated, _ = env.step(names.index(move))
            reward, ended = reward + float(gained), terminated or truncated
            if abs(reward - episode.rewards[step]) > _SAME_REWARD:
                raise _of_another(game)
            done += 1
            if on_progress:
                on_progress(done, total)
        began_at = episode.times[0] if episode.times else 0.0
        played.append(
            Played(episode.seed, began_at, episode.moves, tuple(costs), round(reward, 6), episode.size or size)
        )
    return Review(
        game=game.id,
        title=profile_of(game.id).title,
        source=source,
        by=judge.by,
        least=least,
        episodes=tuple(played),
        moments=tuple(sorted(mistakes, key=lambda moment: moment.cost or 0.0, reverse=True)),
        trends=trends(played, mistakes, advised),
    )


def position(game: Game, review: Review, moment: Moment) -> ImageEnv:
    """The game in the very state of a moment, for another try.

    Args:
        game: the reviewed game.
        review: of its practice.
        moment: one of its moments.
    """
    episode = review.episodes[moment.episode]
    env = game.make(episode.size)
    names = action_names(env)
    env.reset(seed=episode.seed)
    for move in episode.moves[: moment.step]:
        env.step(names.index(move))
    return env


def _of_another(game: Game) -> CoachError:
    return CoachError(
        f"The recording is not of {game.id}, or of another size.", "Name the game and the --size that was played."
    )
