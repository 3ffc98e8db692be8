"""The player's own play of which there are only pictures: on the screen while the coach watches, or in a video.

What was done is read from the pictures where that is possible, and stays unknown elsewhere, as what it earned does.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from hashlib import blake2b
from pathlib import Path
from threading import Lock
from typing import Final

from PIL import Image

from coach_app.advisor.local import looked_at
from coach_app.capture.recording import open_recording
from coach_app.capture.source import SourceLost
from coach_app.domain.errors import CoachError
from coach_app.domain.frame import Frame, part, rgb, shrink
from coach_app.domain.gate import ChangeGate, GateRules
from coach_app.domain.profile import GameProfile
from coach_app.games.seen_moves import MoveReader
from coach_app.learning.collecting import Collected, summary
from coach_app.learning.experience import EpisodeKey, Experience, Store
from coach_app.learning.moves import move_within
from coach_app.learning.recorded import Heard, heard_before

SIDE_PX: Final = 672
"""Of a picture that is kept: as much as the vision models look at."""
_TICK_S: Final = 0.1
_WHY: Final = "read from the pictures"

Progress = Callable[[int, int], None]
"""Called with how many seconds were looked through, and of how many."""


class Tape:
    """An episode of which only pictures are seen, while it goes on. Any thread.

    Args:
        key: of the episode.
        profile: of the game; says which part of a picture shows it.
        store: keeps it.
        reader: reads what was done.
    """

    def __init__(self, key: EpisodeKey, profile: GameProfile, store: Store, reader: MoveReader) -> None:
        self.key, self.profile = key, profile
        self._store, self._reader = store, reader
        self._last: tuple[str, Image.Image] | None = None
        self._steps: list[Experience] = []
        self._times: list[float] = []
        self._heard: list[Heard] = []
        self._saved = 0
        self._lock = Lock()

    def __len__(self) -> int:
        """Number of steps."""
        return len(self._steps)

    def take(self, frame: Frame) -> None:
        """Add what is seen next.

        Raises:
            CoachError: it cannot be kept.
        """
        shot = shrink(rgb(frame.pixels.crop(looked_at(frame.pixels, self.profile))), SIDE_PX)
        with self._lock:
            name = self._store.add_shot(shot, self.key)
            with Image.open(self._store.folder / name) as kept:
                picture = kept.convert("RGB")  # as whoever learns from it will see it
            if self._last:
                self._steps.append(self._step(self._last, (name, picture)))
            self._last = name, picture
            self._times.append(frame.captured_at)

    def note(self, heard: Heard) -> None:
        """The coach advised something."""
        with self._lock:
            self._heard.append(heard)

    def save(self) -> tuple[Experience, ...]:
        """Keep the episode as far as it goes; it may go on.

        Raises:
            CoachError: it cannot be kept.
        """
        with self._lock:
            heard = sorted(self._heard, key=lambda each: each.at)
            steps = [
                replace(step, advised=heard_before(heard, self._times, number))
                for number, step in enumerate(self._steps)
            ]
            if steps:
                steps[-1] = replace(steps[-1], ended="stopped")
            if len(steps) > self._saved:
                self._store.add(self.key, steps)
                self._saved = len(steps)
            return tuple(steps)

    def _step(self, before: tuple[str, Image.Image], after: tuple[str, Image.Image]) -> Experience:
        move = move_within(self._reader, self.profile, before[1], after[1])
        return Experience(
            game=self.profile.id,
            how=self.key.how,
            seed=self.key.seed,
            size="",
            step=len(self._steps),
            goal="",
            picture=before[0],
            description="",
            state="",
            action=move,
            why=_WHY if move else "",
            reward=0.0,
            ended="",
            changed=(),
            reached=(),
            next_picture=after[0],
            next_description="",
            next_state="",
        )


def changes_in(path: Path, profile: GameProfile, rules: GateRules, on_progress: Progress) -> Iterator[Frame]:
    """The pictures of a recording that show something new, once it has come to rest; in seconds since its beginning.

    Args:
        path: a GIF, a video, or a folder of PNG files.
        profile: of the game: only its region counts.
        rules: what counts as a change.
        on_progress: called with how many seconds were looked through, and of how many.

    Raises:
        CoachError: the recording cannot be read.
    """
    now, gate = 0.0, ChangeGate(replace(rules, cooldown_s=0.0))
    recording = open_recording(path, lambda: now)
    try:
        while now < recording.length_s:
            frame = recording.grab()
            if not isinstance(frame, SourceLost) and gate.offer(
                replace(frame, pixels=part(frame.pixels, profile.region)), now
            ):
                yield replace(frame, captured_at=now)
            now += _TICK_S
            on_progress(int(now), int(recording.length_s))
    finally:
        recording.close()


def watch_recording(
    path: Path, profile: GameProfile, store: Store, rules: GateRules, reader: MoveReader, on_progress: Progress
) -> Collected:
    """Keep a recording in pictures as one episode, unless the store has it already.

    Args:
        path: a GIF, a video, or a folder of PNG files.
        profile: of the game.
        store: receives it.
        rules: what counts as a change.
        reader: reads what was done.
        on_progress: called with how many seconds were looked through, and of how many.

    Raises:
        CoachError: it cannot be read, nothing happens in it, or the space is used up.
    """
    key = EpisodeKey("seen", _number(path))
    if store.has(key):
        return summary([], 1)
    tape = Tape(key, profile, store, reader)
    for frame in changes_in(path, profile, rules, on_progress):
        store.check_space()
        tape.take(frame)
    if not len(tape):
        raise CoachError(f"Nothing happens in {path}.", "Choose a recording in which the game is played.")
    return replace(summary([tape.save()], 0), rewards=())


def _number(path: Path) -> int:
    """A number that is the same for the same recording."""
    files = sorted(path.iterdir()) if path.is_dir() else [path]
    try:
        told = [(file.name, file.stat().st_size, int(file.stat().st_mtime)) for file in files]
    except OSError as error:
        raise CoachError(f"The recording {path} cannot be read: {error.strerror}.", "Check the path.") from error
    return int.from_bytes(blake2b(repr(told).encode(), digest_size=4).digest())
