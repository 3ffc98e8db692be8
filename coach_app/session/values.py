"""The Q-network beside the flow: its values of what is on the screen, and its second opinion on advice."""

import asyncio
import logging
import time
from collections.abc import Callable

from coach_app.advisor.values import QReader
from coach_app.domain.advice import Advice
from coach_app.domain.errors import CoachError
from coach_app.domain.frame import Frame
from coach_app.domain.moves import walled_off
from coach_app.domain.profile import GameProfile
from coach_app.domain.qvalues import QValues
from coach_app.games.profiles import action_meant
from coach_app.session.events import Event, Notice, NoticeAbout, NoticeOver, QValuesRead

_log = logging.getLogger(__name__)

_INTERVAL_S = 0.1
_BUSY_SHARE = 0.25
_AFTER_FAILURE_S = 5.0

Seen = Callable[[], tuple[Frame, GameProfile] | None]


async def watch_values(reader: QReader, seen: Seen, emit: Callable[[Event], None]) -> None:
    """Read the Q-values of the newest frame again and again, until cancelled.

    At most ten times a second, and for at most a quarter of the time: advice needs the same model.

    Args:
        reader: knows by itself when the picture is still the same.
        seen: the newest frame and its profile, or None while there is none.
        emit: called with QValuesRead when values change, and with a notice when there are none to be had.
    """
    last, failed = None, ""
    while True:
        began = time.monotonic()
        pause_s = _INTERVAL_S
        if now := seen():
            try:
                values = await reader.read(*now)
            except CoachError as error:
                if str(error) != failed:
                    failed = str(error)
                    emit(Notice(NoticeAbout.VALUES, error.message, error.remedy))
                pause_s = _AFTER_FAILURE_S
            else:
                if failed:
                    failed = ""
                    emit(NoticeOver(NoticeAbout.VALUES))
                if values is not last:
                    last = values
                    emit(QValuesRead(values))
            pause_s = max(pause_s, (time.monotonic() - began) * (1 / _BUSY_SHARE - 1))
        await asyncio.sleep(pause_s)


async def second_opinion(reader: QReader, frame: Frame, profile: GameProfile, advice: Advice) -> str:
    """What the Q-network would do instead of what was advised; empty where it agrees, is not sure, or cannot say."""
    try:
        values = await reader.read(frame, profile)
    except CoachError as error:
        _log.info("no second opinion: %s", error)
        return ""
    return hedge(values, advice.move, advice.text)


def hedge(values: QValues, move: str | None, text: str) -> str:
    """What is said beside an advice: the move that the network would rather make; empty is nothing.

    Args:
        values: of the picture that the advice is about.
        move: that it tells, as the profile calls it; None where it tells none.
        text: of the advice, English; what it says is behind a wall is not named beside it.
    """
    action = action_meant(move, values.moves)
    return values.preferred_move(action, walled_off(text, values.moves)) if action else ""
