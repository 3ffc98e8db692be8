"""Q-values in the session: continuous reading, and second opinions on advice."""

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
    """Keep reading the Q-values of the newest frame until cancelled.

    At most ten times a second and a quarter of the time, as advice needs the same model.

    Args:
        reader: reads the values; skips unchanged pictures itself.
        seen: returns the newest frame and its profile, or None while there is none.
        emit: called with QValuesRead when values change, and with a notice if there are none.
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
    """The move that the Q-network prefers to the advised one; empty if it agrees, is unsure or fails."""
    try:
        values = await reader.read(frame, profile)
    except CoachError as error:
        _log.info("no second opinion: %s", error)
        return ""
    return hedge(values, advice.move, advice.text)


def hedge(values: QValues, move: str | None, text: str) -> str:
    """The move to mention as a second opinion beside advice; empty for none.

    Args:
        values: Q-values of the advised picture.
        move: the advised move, as the profile names it; None if there is none.
        text: the advice in English; moves that it describes as blocked are never mentioned.
    """
    action = action_meant(move, values.moves)
    return values.preferred_move(action, walled_off(text, values.moves)) if action else ""
