"""Reviews of pictures: opens the coach that is asked about them."""

import asyncio
import contextlib
import functools
import io
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from PIL import Image

from coach_app.advisor.advisor import Advisor
from coach_app.advisor.japanese import in_japanese
from coach_app.advisor.prompts import COMPARING
from coach_app.assembly.engine_room import Coach, chosen_coach
from coach_app.assembly.once import opened_room
from coach_app.domain.advice import Advice
from coach_app.domain.errors import CoachError
from coach_app.domain.moves import named_move
from coach_app.domain.profile import GameProfile
from coach_app.domain.situation import Situation
from coach_app.games import profiles
from coach_app.games.fair_play import profile_kept
from coach_app.games.seen_moves import bundled
from coach_app.learning.moves import move_between
from coach_app.review.judging import Opinion
from coach_app.review.practice import Progress
from coach_app.review.review import Review
from coach_app.review.situations import Judges, Kept, ReadMove, Seen, kept_in, review_situations, seen_in, with_moves
from coach_app.review.sources import Source, opened_history
from coach_app.settings.schema import Settings


def pictures(path: Path, game: str, settings: Settings, model: str, japanese: bool) -> Source:
    """A recording in pictures.

    Args:
        path: a GIF, a video, or a folder of PNG files.
        game: id of its profile.
        settings: the user's.
        model: of the coach; empty is what the settings say.
        japanese: whether what the coach says is translated.

    Raises:
        CoachError: there is no such game.
    """
    profile = profiles.find(game or profiles.DEFAULT_ID)

    def seen(on_progress: Progress) -> Sequence[Seen]:
        return seen_in(path, profile, settings.gate.rules(), _read_move(profile), on_progress)

    return _asked(f"The recording {path.name}.", profile, seen, settings, model, japanese)


def kept(settings: Settings, model: str, japanese: bool) -> list[Source]:
    """What was kept of games that are review only, the latest first.

    Args:
        settings: the user's.
        model: of the coach; empty is what the settings say.
        japanese: whether what the coach says is translated.

    Raises:
        CoachError: the history cannot be read.
    """
    with opened_history(settings.history) as history:
        sessions = kept_in(history.search(limit=-1)) if history else []
    return [_kept(session, settings, model, japanese) for session in sessions]


def _kept(session: Kept, settings: Settings, model: str, japanese: bool) -> Source:
    def seen(on_progress: Progress) -> Sequence[Seen]:
        with opened_history(settings.history) as history:
            if history is None:
                return []
            found = [(entry.at - session.entries[0].at, history.picture(entry.id)) for entry in session.entries]
        pictures = [Seen(at, Image.open(io.BytesIO(jpeg)).convert("RGB")) for at, jpeg in found if jpeg]
        return with_moves(pictures, _read_move(profile))

    profile = profile_kept(session.game)
    title = f"Situations kept of {profile.title}: {len(session.entries)}."
    return _asked(title, profile, seen, settings, model, japanese)


def _read_move(profile: GameProfile) -> ReadMove:
    return functools.partial(move_between, bundled(), profile)


def _asked(
    title: str,
    profile: GameProfile,
    seen: Callable[[Progress], Sequence[Seen]],
    settings: Settings,
    model: str,
    japanese: bool,
) -> Source:
    async def ask(on_progress: Progress) -> Review:
        coach = chosen_coach(settings, model).at(profile.id)
        if sentence := coach.refusal(profile):
            raise CoachError(sentence, "Choose a larger model, or a server.")
        situations = await asyncio.to_thread(seen, on_progress)
        return await _opinions(coach, profile, situations, title, settings, japanese, on_progress)

    return Source(title, lambda on_progress: asyncio.run(ask(on_progress)))


async def _opinions(
    coach: Coach,
    profile: GameProfile,
    situations: Sequence[Seen],
    title: str,
    settings: Settings,
    japanese: bool,
    on_progress: Progress,
) -> Review:
    async with opened_room(coach, japanese) as room, contextlib.AsyncExitStack() as stack:
        advisor = room.advisor()
        stack.push_async_callback(advisor.close)
        translator = None
        if japanese:
            with contextlib.suppress(CoachError):  # then it stays English
                translator = await room.open_translator(settings.allowed_translation)
                stack.push_async_callback(translator.close)

        async def advise(situation: Situation) -> Advice:
            advice = await advisor.advise(situation)
            return replace(advice, text_ja=await in_japanese(advice, translator)) if japanese else advice

        async def compare(situation: Situation, made: str, best: str) -> Opinion:
            return await _compared(advisor, situation, made, best)

        rate = None
        if profile.qnet and any(seen.made for seen in situations):
            rate = (await room.open_q_reader(profile.qnet)).read
        judges = Judges(advise, rate, None if coach.games else compare)
        return await review_situations(profile, situations, judges, title, on_progress)


async def _compared(advisor: Advisor, situation: Situation, made: str, best: str) -> Opinion:
    """Which of two moves a model finds better that follows instructions; undecided if that depends on the order."""
    chosen = set()
    for first, second in ((made, best), (best, made)):
        question = COMPARING.format(first=first, second=second)
        advice = await advisor.advise(replace(situation, question=question))
        chosen.add(named_move(advice.text, (made, best)))
    return "worse" if chosen == {best} else "better" if chosen == {made} else "undecided"
