"""Records the player's own play, in the games for which that is switched on: as what the coach watches shows it."""

import asyncio
import contextlib
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Final

from coach_app.assembly.settings_in_use import SettingsInUse
from coach_app.assembly.tasks import Tasks
from coach_app.assembly.watching import Watching
from coach_app.capture.source import Loss, SourceLost
from coach_app.desktop.files import make_private
from coach_app.desktop.folders import recording_file
from coach_app.domain.advice import Advice
from coach_app.domain.errors import CoachError
from coach_app.domain.frame import Frame, part
from coach_app.domain.gate import ChangeGate
from coach_app.domain.profile import GameProfile
from coach_app.domain.source import RecordingSpec
from coach_app.games.profiles import DEFAULT_ID
from coach_app.games.seen_moves import bundled
from coach_app.learning.experience import EpisodeKey, Store, experience_dir
from coach_app.learning.overview import experience_folder
from coach_app.learning.recorded import Heard
from coach_app.learning.seeing import Tape
from coach_app.session.session import Frames

_LONGEST: Final = 500
"""Steps of an episode; then a new one begins."""
_SAVE_S: Final = 20.0
"""What was seen in so many seconds is lost at most if the coach is killed."""
_WRITTEN_S: Final = 60.0
"""A practice game that wrote its moves down so short a time ago is not recorded once more."""


class LiveRecording:
    """Records in the background, and never waits: pictures that come while one is being kept are left out.

    Args:
        watching: knows the profiles, which say what is to be recorded.
        settings: the settings in use.
        show: called with whether something is being recorded, when that changes.
        tasks: hold what takes time.
        clock: seconds since the epoch.
    """

    def __init__(
        self,
        watching: Watching,
        settings: SettingsInUse,
        show: Callable[[bool], None],
        tasks: Tasks,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._watching, self._settings, self._show, self._tasks, self._clock = watching, settings, show, tasks, clock
        self._tape: Tape | None = None
        self._store: Store | None = None
        self._gate = ChangeGate()
        self._saved_s = 0.0
        self._shown = self._busy = False
        self._given_up = ""

    def around(self, frames: Frames) -> "WatchedFrames":
        """The same frames, each of which is also recorded where the player wants that."""
        return WatchedFrames(frames, self)

    def practice_file(self, game: str) -> Path | None:
        """Where a practice game is to write the moves down; None if the player does not want that."""
        profile = self._watching.profiles.get(game)
        if not (self._settings.current.learning.record or (profile and profile.record)):
            return None
        file = recording_file(game)
        with contextlib.suppress(OSError):  # then the game says that it cannot write
            make_private(file)
        return file

    def saw(self, seen: Frame | SourceLost) -> None:
        """A picture was captured, or there is none."""
        profile = self._wanted(seen) if isinstance(seen, Frame) else None
        closed = isinstance(seen, SourceLost) and seen.reason is Loss.CLOSED
        if self._tape and (closed or (isinstance(seen, Frame) and self._tape.profile != profile)):
            self._tasks.hold(self._keep(self._tape))
            self._tape = None
        if closed:
            self._given_up = ""
        if (profile is not None) != self._shown:
            self._shown = profile is not None
            self._show(self._shown)
        if profile and isinstance(seen, Frame) and not self._busy:
            self._busy = True
            self._tasks.hold(self._record(seen, profile))

    def heard(self, advice: Advice) -> None:
        """The coach advised something about a picture."""
        if self._tape and (said := advice.move or " ".join(advice.text.split())):
            self._tape.note(Heard(advice.captured_at, said))

    async def close(self) -> None:
        """Keep what was recorded last."""
        if self._tape:
            with contextlib.suppress(CoachError):
                await asyncio.to_thread(self._tape.save)

    def _wanted(self, frame: Frame) -> GameProfile | None:
        """The game that is to be recorded, if there is one."""
        general = self._settings.current.general
        if isinstance(general.source, RecordingSpec) or not any(one.record for one in self._watching.profiles.values()):
            return None
        profile = self._watching.profile_for(general.game, frame.title, frame.program)
        return profile if profile.record and profile.id not in (DEFAULT_ID, self._given_up) else None

    async def _record(self, frame: Frame, profile: GameProfile) -> None:
        try:
            await asyncio.to_thread(self._write, frame, profile)
        except CoachError as error:
            self._tape, self._given_up = None, profile.id
            self._tasks.complain(str(error))
        finally:
            self._busy = False

    async def _keep(self, tape: Tape) -> None:
        await asyncio.to_thread(tape.save)

    def _write(self, frame: Frame, profile: GameProfile) -> None:
        if _writes_itself(profile.id, self._clock()):
            return
        if self._tape is None:
            self._gate = ChangeGate(replace(self._settings.current.gate.rules(), cooldown_s=0.0))
            self._tape = self._begun(profile)
        tape = self._tape
        if self._gate.offer(replace(frame, pixels=part(frame.pixels, profile.region)), time.monotonic()):
            assert self._store
            self._store.make_room(tape.key)
            tape.take(frame)
            if len(tape) >= _LONGEST:
                tape.save()
                self._tape = self._begun(profile)
                self._tape.take(frame)
        if self._clock() - self._saved_s >= _SAVE_S:
            self._saved_s = self._clock()
            tape.save()

    def _begun(self, profile: GameProfile) -> Tape:
        self._saved_s = self._clock()
        limit_mb = self._settings.current.learning.disk_mb
        self._store = Store(experience_folder(profile.id), limit_mb, experience_dir())
        key = EpisodeKey("seen", int(self._saved_s))
        while self._store.has(key):
            key = replace(key, seed=key.seed + 1)
        return Tape(key, profile, self._store, bundled())


class WatchedFrames:
    """Passes frames on.

    Args:
        frames: where they come from.
        recording: is shown each of them.
    """

    def __init__(self, frames: Frames, recording: LiveRecording) -> None:
        self._frames, self._recording = frames, recording

    async def next(self) -> Frame | SourceLost:
        """See ``Frames``."""
        seen = await self._frames.next()
        self._recording.saw(seen)
        return seen


def _writes_itself(game: str, now: float) -> bool:
    """Whether a practice game is writing its moves down itself, exactly."""
    try:
        return now - recording_file(game).stat().st_mtime < _WRITTEN_S
    except OSError:
        return False
