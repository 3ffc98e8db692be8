"""The app records the player's own play: only in games for which it is switched on, and only once."""

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from PIL import Image

from coach_app.assembly.live_recording import LiveRecording
from coach_app.assembly.tasks import Tasks
from coach_app.capture.source import Loss, SourceLost
from coach_app.desktop.folders import recording_file
from coach_app.domain.advice import Advice
from coach_app.domain.frame import Frame
from coach_app.domain.profile import GameProfile
from coach_app.domain.source import AutoSpec, RecordingSpec, SourceSpec
from coach_app.learning.experience import Experience, Store
from coach_app.learning.overview import experience_folder
from coach_app.settings.schema import Settings

RAID = GameProfile(id="raid", title="Raid", prompt="Where to?", window="Raid", record=True)
OTHER = GameProfile(id="other", title="Other", prompt="Where to?", window="Other")
CLOSED = SourceLost(Loss.CLOSED, "It is closed.")


def frame(number: int, title: str = "Raid") -> Frame:
    rng = np.random.default_rng(number)
    return Frame(Image.fromarray(rng.integers(0, 255, (200, 200, 3), np.uint8)), float(number), title)


class Frames:
    """Pictures that have come."""

    def __init__(self) -> None:
        self.queue = asyncio.Queue[Frame | SourceLost]()

    async def next(self) -> Frame | SourceLost:
        return await self.queue.get()


class Recorded:
    """A recording with what it showed and complained of."""

    def __init__(self, *profiles: GameProfile, source: SourceSpec | None = None, **learning: Any) -> None:
        self.shown, self.complaints = list[bool](), list[str]()
        settings = Settings().with_value("general", "source", source or AutoSpec())
        for name, value in {"disk_mb": 10, **learning}.items():
            settings = settings.with_value("learning", name, value)
        self.profiles = {profile.id: profile for profile in profiles}
        watching: Any = SimpleNamespace(
            profiles=self.profiles,
            profile_for=lambda game, title, program: next(
                profile for profile in self.profiles.values() if profile.matches(title)
            ),
        )
        in_use: Any = SimpleNamespace(current=settings)
        self.tasks = Tasks(self.complaints.append)
        self.recording = LiveRecording(watching, in_use, self.shown.append, self.tasks)
        self.frames = Frames()
        self.watched = self.recording.around(self.frames)

    async def see(self, *seen: Frame | SourceLost) -> None:
        for one in seen:
            self.frames.queue.put_nowait(one)
            assert await self.watched.next() is one
            await self.tasks.settled()


@asynccontextmanager
async def recorded(*profiles: GameProfile, **options: Any) -> AsyncIterator[Recorded]:
    made = Recorded(*profiles, **options)
    yield made
    await made.recording.close()


def kept(game: str = "raid") -> list[tuple[Experience, ...]]:
    return list(Store(experience_folder(game), 10).episodes())


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every picture that is different counts."""
    monkeypatch.setattr("coach_app.domain.gate.ChangeGate.offer", lambda self, frame, now_s: True)


async def test_what_is_seen_and_advised_is_kept_once_the_game_is_closed(coach_home: Path) -> None:
    # GIVEN a game that is to be recorded WHEN it is played, something is advised, and it is closed
    async with recorded(RAID, OTHER) as made:
        await made.see(frame(1), frame(2))
        made.recording.heard(Advice("Go  left.", None, "m", 2.0, 1.0, 1.0, 1))
        await made.see(frame(3))
        assert made.shown == [True]
        await made.see(CLOSED)
        # THEN that was shown meanwhile, and is an episode
        assert made.shown == [True, False]
    assert [[step.advised for step in steps] for steps in kept()] == [["", "Go left."]]
    assert made.complaints == []


async def test_nothing_is_recorded_unless_it_is_switched_on_for_that_game(coach_home: Path) -> None:
    # GIVEN a game that is not to be recorded, a video of one that is, and no game at all WHEN they are watched
    everything = GameProfile(id="default", title="Any", prompt="?", window=".", record=True)
    for options in ({"profiles": (OTHER,)}, {"profiles": (everything,)}):
        async with recorded(*options["profiles"]) as made:
            await made.see(frame(1, "Other"), frame(2, "Other"), CLOSED)
    async with recorded(RAID, source=RecordingSpec(path=Path("x.gif"))) as made:
        await made.see(frame(1), frame(2), CLOSED)
    # THEN nothing is written
    assert made.shown == []
    assert not (coach_home / "data" / "experience").exists()


async def test_it_ends_where_another_game_comes_or_it_is_switched_off(coach_home: Path) -> None:
    # GIVEN a game that is being recorded WHEN another window comes, and then it is switched off
    async with recorded(RAID, OTHER) as made:
        await made.see(frame(1), frame(2), frame(3, "Other"), frame(4), frame(5))
        made.profiles["raid"] = RAID.model_copy(update={"record": False})
        await made.see(frame(6), frame(7))
        # THEN there are two episodes, without what came later
        assert made.shown == [True, False, True, False]
    assert [len(steps) for steps in kept()] == [1, 1]


async def test_whoever_quits_or_is_killed_loses_seconds_only(coach_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # GIVEN a game that is being recorded WHEN the coach is quit THEN it is kept
    async with recorded(RAID) as made:
        await made.see(frame(1), frame(2))
        assert kept() == []
    assert [len(steps) for steps in kept()] == [1]
    # WHEN it is killed later THEN it had been kept meanwhile
    monkeypatch.setattr("coach_app.assembly.live_recording._SAVE_S", 0.0)
    killed = Recorded(RAID)
    await killed.see(frame(3), frame(4), frame(5))
    assert sorted(len(steps) for steps in kept()) == [1, 2]


async def test_long_play_is_several_episodes(coach_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # GIVEN a game that is played for long WHEN an episode is long enough THEN the next begins with its last picture
    monkeypatch.setattr("coach_app.assembly.live_recording._LONGEST", 2)
    async with recorded(RAID) as made:
        await made.see(*(frame(number) for number in range(5)))
    first, second = kept()
    assert (len(first), len(second)) == (2, 2)
    assert Path(first[-1].next_picture).name == Path(second[0].picture).name


async def test_a_practice_game_that_writes_its_moves_is_not_recorded_once_more(coach_home: Path) -> None:
    # GIVEN a practice game that is to be recorded WHEN it is started from the menu THEN it gets a file for its moves
    async with recorded(RAID, OTHER) as made:
        file = made.recording.practice_file("raid")
        assert file == recording_file("raid")
        assert file.is_file()
        assert made.recording.practice_file("other") is None
        # AND while it writes there, its pictures are not kept
        await made.see(frame(1), frame(2))
        assert made.shown == [True]
        assert kept() == []
        # WHEN it was started without THEN they are
        os.utime(file, (1.0, 1.0))
        await made.see(frame(3), frame(4), CLOSED)
    assert [len(steps) for steps in kept()] == [1]


async def test_a_full_disk_is_told_once(coach_home: Path) -> None:
    # GIVEN no room WHEN the game is played THEN it is told once, and nothing is recorded until it is opened again
    experience_folder("other").mkdir(parents=True)
    (experience_folder("other") / "large").write_bytes(bytes(11_000_000))
    async with recorded(RAID) as made:
        await made.see(frame(1), frame(2), frame(3))
        assert len(made.complaints) == 1
        assert "MB of 10 MB" in made.complaints[0]
        assert made.shown == [True, False]
        await made.see(CLOSED, frame(4))
        assert len(made.complaints) == 2
