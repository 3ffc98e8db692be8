"""Whether a model that learned a game plays it better than before: both play the same episodes."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from coach_app.assembly.engine_room import chosen_coach
from coach_app.assembly.once import opened_room
from coach_app.domain.errors import CoachError
from coach_app.evaluation.agents import make_agent
from coach_app.evaluation.play import PlayReport, Progress, play
from coach_app.evaluation.playing import profile_to_play
from coach_app.games.game import Game, Size
from coach_app.learning.learned import Learned
from coach_app.settings.schema import Settings
from coach_app.training.bootstrap import improvement

_MOST_SAME = 0.9
"""Share of the commonest move above which a model has collapsed."""


async def tried_out(
    settings: Settings,
    game: Game,
    base: str,
    model: Path,
    episodes: int,
    seed: int,
    report: Callable[[str], None],
    on_progress: Progress | None = None,
    size: Size | None = None,
) -> Learned:
    """Let a model play before and after it learned.

    Args:
        settings: of the user.
        game: the game.
        base: name or folder of the model before.
        model: folder of the model that learned.
        episodes: number of episodes.
        seed: of the first one.
        report: gets a line for each of the two.
        on_progress: called after each episode.
        size: of the maps; None is the game's default.

    Raises:
        CoachError: one of them cannot play.
    """
    before = await played(settings, game, base, episodes, seed, size, on_progress)
    report(f"Before: mean reward {before.mean_reward:+.3f} in {episodes} episodes.")
    after = await played(settings, game, str(model), episodes, seed, size, on_progress)
    report(f"After: mean reward {after.mean_reward:+.3f}.")
    return judged(before, after, base, model)


def judged(before: PlayReport, after: PlayReport, base: str, model: Path) -> Learned:
    """Judge a model by how it played.

    Args:
        before: how the model before played.
        after: how it plays, in the same episodes.
        base: name of the model before.
        model: its folder.
    """
    seeds = range(before.seed, before.seed + before.episodes)
    _, low, high = improvement(before.rewards, after.rewards, seeds)
    return Learned(
        str(model.absolute()),
        base,
        round(before.mean_reward, 4),
        round(after.mean_reward, 4),
        round(low, 4),
        round(high, 4),
        before.episodes,
        before.seed,
        round(after.commonest_share, 4),
        after.commonest_share > _MOST_SAME,
    )


async def played(
    settings: Settings,
    game: Game,
    model: str,
    episodes: int,
    seed: int,
    size: Size | None = None,
    on_progress: Progress | None = None,
) -> PlayReport:
    """Let a model play, even if it was made for other games.

    Args:
        settings: of the user.
        game: the game.
        model: name or folder.
        episodes: number of episodes.
        seed: of the first one.
        size: of the maps; None is the game's default.
        on_progress: called after each episode.

    Raises:
        CoachError: it cannot play.
    """
    coach, profile = chosen_coach(settings, model), profile_to_play(game)
    if coach.server:
        raise CoachError("Only models on this computer learn.", "Name one of them.")
    anywhere = replace(coach, entry=coach.entry.model_copy(update={"games": ()}))
    async with opened_room(anywhere) as room:
        advisor = room.advisor()
        try:
            agent = make_agent("coach", game, advisor, profile)
            return await play(game, agent, episodes, seed, size, on_progress)
        finally:
            await advisor.close()
