"""The Q-network beside the flow: its values of what is on the screen, and its second opinion on advice."""

import asyncio
import logging
import time
from collections.abc import Callable

from coach_app.advisor.values import QReader
from coach_app.domain.advice import Advice
from coach_app.domain.errors import CoachError
from coach_app.domain.frame import Frame
from coach_app.domain.profile import GameProfile
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
    """What the Q-network would do instead of what was advised; empty where it agrees, or cannot say."""
    try:
        values = await reader.read(frame, profile)
    except CoachError as error:
        _log.info("no second opinion: %s", error)
        return ""
    action = action_meant(advice.move, values.moves)
    return "" if action is None or values.agrees_with(action) else values.best
