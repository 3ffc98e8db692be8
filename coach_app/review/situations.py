"""Reviews situations of which there is nothing but pictures: of a recording, or kept while a game ran that is review
only. What was done is read from them where that is possible. What it cost is estimated by the game's Q-network; where
there is none, what the coach would do is its opinion."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from pathlib import Path
from typing import Final

import numpy as np
from PIL import Image

from coach_app.domain.advice import Advice
from coach_app.domain.errors import CoachError
from coach_app.domain.frame import Frame, shrink
from coach_app.domain.gate import GateRules
from coach_app.domain.profile import GameProfile
from coach_app.domain.qvalues import QValues
from coach_app.domain.situation import Situation
from coach_app.games.profiles import action_meant
from coach_app.learning.seeing import changes_in
from coach_app.review.judging import Opinion
from coach_app.review.practice import PAUSE_S, Progress
from coach_app.review.review import LEAST, Moment, Played, Review, trends
from coach_app.session.history import PICTURE_SIDE_PX, Entry

MOST: Final = 200
"""Situations of a recording that are reviewed: so many take a model minutes, and their pictures some 70 MB."""
_NOTHING: Final = CoachError(
    "There is no situation to review.", "Choose a recording in which something happens, and its game with --game."
)

ReadMove = Callable[[Image.Image, Image.Image], str]
"""The move that was made between two pictures; empty if it is unknown."""


@dataclass(frozen=True)
class Judges:
    """Who is asked about a situation. Each may raise a CoachError.

    Attributes:
        advise: gives advice, with its Japanese if that is wanted.
        rate: gives Q-values; None where there is no network.
        compare: whether the coach finds the second of two moves better, asked both ways round; None where it can give
            nothing but advice.
    """

    advise: Callable[[Situation], Awaitable[Advice]]
    rate: Callable[[Frame, GameProfile], Awaitable[QValues]] | None = None
    compare: Callable[[Situation, str, str], Awaitable[Opinion]] | None = None


@dataclass(frozen=True)
class Seen:
    """A situation.

    Attributes:
        at: seconds since the beginning.
        picture: what was seen, RGB.
        made: the move that was made in it; empty if it is unknown.
    """

    at: float
    picture: Image.Image
    made: str = ""


def with_moves(situations: Sequence[Seen], read_move: ReadMove) -> list[Seen]:
    """The same situations, each with the move that led to the next one."""
    pairs = [replace(each, made=read_move(each.picture, later.picture)) for each, later in pairwise(situations)]
    return [*pairs, *situations[-1:]]


def seen_in(
    path: Path, profile: GameProfile, rules: GateRules, read_move: ReadMove, on_progress: Progress
) -> list[Seen]:
    """The situations of a recording on which the coach would have said something.

    Args:
        path: a GIF, a video, or a folder of PNG files.
        profile: of the game: only its region counts.
        rules: what counts as a change.
        read_move: reads what was done.
        on_progress: called with how many seconds were looked through, and of how many.

    Returns:
        The situations in their order; of more than 200, every second, fourth, … one.

    Raises:
        CoachError: the recording cannot be read.
    """
    found: list[Seen] = []
    last: Seen | None = None
    every = 1
    for count, frame in enumerate(changes_in(path, profile, rules, on_progress)):
        one = Seen(frame.captured_at, shrink(frame.image, PICTURE_SIDE_PX))
        if found and found[-1] is last:
            found[-1] = replace(last, made=read_move(last.picture, one.picture))
        if count % every == 0:
            found.append(one)
        last = one
        if len(found) > MOST:
            found, every = found[::2], 2 * every
    return found


@dataclass(frozen=True)
class Kept:
    """Situations that were kept while a game ran.

    Attributes:
        game: id of its profile.
        entries: of the history, each with a picture, in their order.
    """

    game: str
    entries: tuple[Entry, ...]


def kept_in(history: Sequence[Entry]) -> list[Kept]:
    """The sessions of games that are review only, the latest first.

    Args:
        history: all entries, in any order; those in which something was said do not count.
    """
    situations = sorted(
        (entry for entry in history if entry.has_picture and not entry.text), key=lambda each: (each.game, each.at)
    )
    sessions: list[Kept] = []
    for game, entries in groupby(situations, key=lambda each: each.game):
        session: list[Entry] = []
        for entry in entries:
            if session and entry.at - session[-1].at > PAUSE_S:
                sessions.append(Kept(game, tuple(session)))
                session = []
            session.append(entry)
        sessions.append(Kept(game, tuple(session)))
    return sorted(sessions, key=lambda session: session.entries[-1].at, reverse=True)


async def review_situations(
    profile: GameProfile, situations: Sequence[Seen], judges: Judges, source: str, on_progress: Progress
) -> Review:
    """Ask what the coach would do in each situation, and what was done cost.

    Args:
        profile: of the game.
        situations: in their order.
        judges: who is asked.
        source: where the situations are from.
        on_progress: called after each of them.

    Raises:
        CoachError: there are none, or the coach cannot answer.
    """
    if not situations:
        raise _NOTHING
    all_moments, network = list[Moment](), ""
    model = ""
    for number, seen in enumerate(situations):
        situation = Situation(Frame(seen.picture), profile)
        advice = await judges.advise(situation)
        model = advice.model
        moment = Moment(
            episode=0,
            step=number,
            at=seen.at,
            made=seen.made,
            best=(advice.move,) if advice.move else (),
            cost=None,
            why=advice.text,
            why_ja=advice.text_ja or "",
            picture=np.asarray(seen.picture, np.uint8),
        )
        if seen.made and judges.rate:
            values = await judges.rate(situation.frame, profile)
            network, moment = values.checkpoint, _rated(moment, values)
        if seen.made and moment.cost is None:
            moment = replace(moment, opinion=await _opinion(situation, seen.made, advice, judges))
        all_moments.append(moment)
        on_progress(number + 1, len(situations))
    costs = tuple(moment.cost for moment in all_moments)
    played = Played(None, 0.0, tuple(moment.made for moment in all_moments), costs, None)
    shown = [moment for moment in all_moments if moment.cost is None or moment.cost >= LEAST]
    if network:
        shown.sort(key=lambda moment: moment.cost or 0.0, reverse=True)
    return Review(
        game=profile.id,
        title=profile.title,
        source=source,
        by="network" if network else "opinion",
        least=LEAST if network else 0.0,
        episodes=(played,),
        moments=tuple(shown),
        trends=trends([played], shown, []),
        judge=model,
        network=network,
    )


def _rated(moment: Moment, values: QValues) -> Moment:
    """A moment with what the move cost by a Q-network's estimate; without, if the network cannot tell."""
    made = action_meant(moment.made, values.moves)
    if made is None:
        return moment
    possible = dict(zip(values.moves, values.values, strict=True))
    cost = 0.0 if values.agrees_with(made) else round(possible[values.best] - possible[made], 4)
    found = replace(moment, best=(values.best,), cost=max(0.0, cost))
    agrees = action_meant(next(iter(moment.best), None), (values.best,))
    return found if agrees else replace(found, why="", why_ja="")  # of another move


async def _opinion(situation: Situation, made: str, advice: Advice, judges: Judges) -> Opinion | None:
    """What the coach thinks of a move; None if it would make none itself."""
    if advice.move is None:
        return None
    if action_meant(advice.move, (made,)):
        return "same"
    return await judges.compare(situation, made, advice.move) if judges.compare else "undecided"
