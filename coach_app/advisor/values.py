"""Reads Q-values of frames with the Q-network in the local engine process."""

import asyncio
from hashlib import blake2b
from typing import Protocol

from coach_app.advisor.local import model_input
from coach_app.domain.errors import CoachError
from coach_app.domain.frame import Frame
from coach_app.domain.profile import GameProfile
from coach_app.domain.qvalues import QValues
from coach_app.games.profiles import action_meant, may_value
from coach_app.host.client import EngineClient


class QReader(Protocol):
    """Reads Q-values."""

    async def read(self, frame: Frame, profile: GameProfile) -> QValues:
        """The Q-values of a frame.

        Args:
            frame: any size.
            profile: the profile whose region is used.

        Raises:
            CoachError: there are none.
        """


class LocalQReader:
    """Reads with the Q-network that is loaded in an engine. Does not read the same picture twice in a row.

    Args:
        client: a client with the vision model and the Q-network loaded; its owner stops it.
        side_px: pictures are shrunk to fit this square, as for the vision model.
    """

    def __init__(self, client: EngineClient, side_px: int) -> None:
        self._client, self._side_px = client, side_px
        self._last: tuple[bytes, QValues] | None = None

    async def read(self, frame: Frame, profile: GameProfile) -> QValues:
        """See QReader."""
        image = await asyncio.to_thread(model_input, frame.pixels, profile, self._side_px)
        key = blake2b(image.tobytes(), digest_size=16, key=repr(image.size).encode()).digest()
        if self._last and self._last[0] == key:
            return self._last[1]
        valued = await self._client.value(image)
        if not may_value(profile, valued.game):
            raise CoachError(
                f"The Q-network {valued.checkpoint} was trained for another game ({valued.game}).",
                f"Name another one in the profile {profile.title}.",
            )
        # A network has all actions of its game, a profile only the moves worth naming.
        unknown = [move for move in profile.moves if action_meant(move, valued.moves) is None]
        if unknown:
            raise CoachError(
                f"The Q-network {valued.checkpoint} does not know all moves of this game: {', '.join(unknown)}.",
                f"Name another one in the profile {profile.title}.",
            )
        values = QValues(valued.moves, valued.values, valued.possible, valued.checkpoint, frame.captured_at)
        self._last = key, values
        return values
