"""Observes the game and this computer from outside, for the governor."""

import logging
import os

from coach_app.capture.frame_watch import FrameWatch, open_frame_watch
from coach_app.desktop.graphics import GraphicsCard
from coach_app.desktop.usage import Usage, memory_bytes
from coach_app.domain.errors import CoachError
from coach_app.domain.governor import Reading

_log = logging.getLogger(__name__)

_BUSY = 0.95
"""Share of the processor above which somebody waits for it."""
_GAME_CORES = 0.3
"""A game that uses less does not need more."""
_FULL = 0.03
"""Share of the card's memory below which games swap their textures."""


class Observer:
    """Reads what there is to observe. May be used from any thread, one at a time."""

    def __init__(self) -> None:
        self._usage = Usage()
        self._card: GraphicsCard | None = None
        self._watch: FrameWatch | None = None
        self._window: int | None = None

    def read(self, window: int | None, engine: int | None, answering: bool) -> Reading:
        """What happened since the last call.

        Args:
            window: handle of the game's window; None if unknown.
            engine: process of the models; None if there is none.
            answering: whether the coach worked on an answer since the last call.
        """
        if self._card is None:
            self._card = GraphicsCard()
        if window != self._window:
            self._watch_window(window)
        game = self._watch.pid if self._watch else None
        ours = (os.getpid(), engine)
        self._usage.forget_others((*ours, game))
        graphics = self._card.read()
        return Reading(
            gaps_s=self._gaps_s(),
            starved=self._usage.busy_share() > _BUSY and self._usage.cores(game) > _GAME_CORES,
            memory_full=graphics is not None and graphics.free_share < _FULL,
            answering=answering,
            processor=sum(self._usage.cores(pid) for pid in ours),
            memory_bytes=memory_bytes(ours),
            watts=graphics.watts if graphics else None,
        )

    def close(self) -> None:
        """Stop observing; may be called twice."""
        self._watch_window(None)
        if self._card:
            self._card.close()

    def _watch_window(self, window: int | None) -> None:
        if self._watch:
            self._watch.close()
        self._watch, self._window = None, window
        if window is not None:
            try:
                self._watch = open_frame_watch(window)
            except CoachError as error:
                _log.info("frames of the window: %s", error)

    def _gaps_s(self) -> tuple[float, ...]:
        try:
            return self._watch.gaps_s() if self._watch else ()
        except CoachError as error:
            _log.info("frames of the window: %s", error)
            assert self._watch
            self._watch.close()
            self._watch = None
            return ()
