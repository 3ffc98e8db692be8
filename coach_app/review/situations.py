"""Reviews situations of which there is nothing but pictures: of a recording, or kept while a game ran that is review
only. What was done in them is unknown, and what the coach would do is its opinion."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path
from typing import Final

import numpy as np
from PIL import Image

from coach_app.capture.recording import open_recording
from coach_app.capture.source import SourceLost
from coach_app.domain.advice import Advice
from coach_app.domain.errors import CoachError
from coach_app.domain.frame import Frame, part, shrink
from coach_app.domain.gate import ChangeGate, GateRules
from coach_app.domain.profile import GameProfile
from coach_app.domain.situation import Situation
from coach_app.review.practice import PAUSE_S, Progress
from coach_app.review.review import Moment, Played, Review, trends
from coach_app.session.history import PICTURE_SIDE_PX, Entry

MOST: Final = 200
"""Situations of a recording that are reviewed: so many take a model minutes, and their pictures some 70 MB."""
_TICK_S: Final = 0.1
_NOTHING: Final = CoachError(
    "There is no situation to review.", "Choose a recording in which something happens, and its game with --game."
)

Advise = Callable[[Situation], Awaitable[Advice]]
"""Advice on a situation, with its Japanese if that is wanted; may raise a CoachError."""


@dataclass(frozen=True)
class Seen:
    """A situation.

    Attributes:
        at: seconds since the beginning.
        picture: what was seen, RGB.
    """

    at: float
    picture: Image.Image


def seen_in(path: Path, profile: GameProfile, rules: GateRules, on_progress: Progress) -> list[Seen]:
    """The situations of a recording on which the coach would have said something.

    Args:
        path: a GIF, a video, or a folder of PNG files.
        profile: of the game: only its region counts.
        rules: what counts as a change.
        on_progress: called with how many seconds were looked through, and of how many.

    Returns:
        The situations in their order; of more than 200, every second, fourth, … one.

    Raises:
        CoachError: the recording cannot be read.
    """
    now, gate = 0.0, ChangeGate(replace(rules, cooldown_s=0.0))
    recording = open_recording(path, lambda: now)
    found: list[Seen] = []
    count, every = 0, 1
    try:
        while now < recording.length_s:
            frame = recording.grab()
            if not isinstance(frame, SourceLost):
                looked_at = replace(frame, pixels=part(frame.pixels, profile.region))
                if gate.offer(looked_at, now):
                    if count % every == 0:
                        found.append(Seen(now, shrink(frame.image, PICTURE_SIDE_PX)))
                    count += 1
            if len(found) > MOST:
                found, every = found[::2], 2 * every
            now += _TICK_S
            on_progress(int(now), int(recording.length_s))
    finally:
        recording.close()
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
    profile: GameProfile, situations: Sequence[Seen], advise: Advise, source: str, on_progress: Progress
) -> Review:
    """Ask what the coach would do in each situation.

    Args:
        profile: of the game.
        situations: in their order.
        advise: gives advice.
        source: where the situations are from.
        on_progress: called after each of them.

    Raises:
        CoachError: there are none, or the coach cannot answer.
    """
    if not situations:
        raise _NOTHING
    moments: list[Moment] = []
    model = ""
    for number, seen in enumerate(situations):
        advice = await advise(Situation(Frame(seen.picture), profile))
        model = advice.model
        best = (advice.move,) if advice.move else ()
        picture = np.asarray(seen.picture, np.uint8)
        why, why_ja = advice.text, advice.text_ja or ""
        moments.append(Moment(0, number, seen.at, "", best, None, why=why, why_ja=why_ja, picture=picture))
        on_progress(number + 1, len(situations))
    played = Played(None, 0.0, ("",) * len(moments), (None,) * len(moments), None)
    return Review(
        game=profile.id,
        title=profile.title,
        source=source,
        by="opinion",
        least=0.0,
        episodes=(played,),
        moments=tuple(moments),
        trends=trends([played], [], []),
        judge=model,
    )
