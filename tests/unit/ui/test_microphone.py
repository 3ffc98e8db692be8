"""What a microphone delivers, and why there may be none, with a stand-in for PortAudio."""

import sys
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication

from coach_app.domain.errors import CoachError
from coach_app.hearing.transcriber import LONGEST_S, RATE_HZ
from coach_app.ui.microphone import Microphone


class PortAudioError(Exception):
    """As PortAudio's."""


class System:
    """A sound system, and what was done with it.

    Attributes:
        refuses: what is said when a microphone is opened, each time; empty to open it.
    """

    def __init__(self, *refuses: str) -> None:
        self.refuses = list(refuses)
        self.done: list[str] = []
        self.opened_with: dict[str, Any] = {}
        self.say: Callable[[bytes], None]
        self.end: Callable[[], None]

    def module(self) -> SimpleNamespace:
        return SimpleNamespace(
            PortAudioError=PortAudioError,
            RawInputStream=self.stream,
            _initialize=lambda: self.done.append("initialised"),
            _terminate=lambda: self.done.append("terminated"),
        )

    def stream(self, *, callback: Any, finished_callback: Any, **named: Any) -> SimpleNamespace:
        if self.refuses and (refusal := self.refuses.pop(0)):
            raise PortAudioError(refusal)
        self.opened_with = named
        self.say = lambda data: callback(data, len(data) // 2, None, None)
        self.end = finished_callback
        return SimpleNamespace(
            start=lambda: self.done.append("open"),
            abort=lambda **_: self.done.append("aborted"),
            close=lambda **_: self.done.append("closed"),
        )


@pytest.fixture
def use(qt_app: QApplication, monkeypatch: pytest.MonkeyPatch) -> Callable[..., tuple[System, Microphone]]:
    def use(*refuses: str) -> tuple[System, Microphone]:
        system = System(*refuses)
        monkeypatch.setitem(sys.modules, "sounddevice", system.module())
        return system, Microphone()

    return use


Use = Callable[..., tuple[System, Microphone]]


def test_what_is_said_is_kept_until_the_microphone_is_closed(use: Use) -> None:
    # GIVEN a microphone WHEN something is said between opening and closing it THEN that is what is heard, as numbers
    system, microphone = use()
    microphone.open()
    assert microphone.is_open
    assert (system.opened_with["samplerate"], system.opened_with["channels"]) == (RATE_HZ, 1)
    system.say(np.array([0, 16384], np.int16).tobytes())
    system.say(np.array([-32768], np.int16).tobytes())
    said = microphone.close()
    assert said.dtype == np.float32
    np.testing.assert_allclose(said, [0.0, 0.5, -1.0])
    assert system.done == ["open", "aborted", "closed"]
    # WHEN it is closed again, or opened anew THEN nothing of it is left
    assert len(microphone.close()) == 0
    microphone.open()
    assert len(microphone.close()) == 0
    assert not microphone.is_open


def test_what_is_too_long_is_said_once_and_cut(use: Use) -> None:
    # GIVEN an open microphone WHEN more is said than is understood at once THEN that is told once, and the rest is lost
    system, microphone = use()
    full: list[bool] = []
    microphone.full.connect(lambda: full.append(True))
    microphone.open()
    for _ in range(3):
        system.say(bytes(int(LONGEST_S * RATE_HZ)))
    assert full == [True]
    assert len(microphone.close()) == LONGEST_S * RATE_HZ


def test_a_microphone_that_was_connected_since_is_found(use: Use) -> None:
    # GIVEN a microphone that PortAudio has not seen yet WHEN it is opened THEN PortAudio looks again
    system, microphone = use("Error querying device -1")
    microphone.open()
    assert system.done == ["terminated", "initialised", "open"]
    microphone.close()


@pytest.mark.parametrize(
    ("refusal", "sentence"),
    [
        ("Error querying device -1", "no microphone"),
        ("Error opening RawInputStream: Device unavailable [PaErrorCode -9985]", "cannot be opened.*privacy"),
    ],
)
def test_why_there_is_none_is_told(use: Use, refusal: str, sentence: str) -> None:
    # GIVEN a computer without a microphone, or one that refuses WHEN it is opened THEN a sentence says which
    _, microphone = use(refusal, refusal)
    with pytest.raises(CoachError, match=sentence):
        microphone.open()
    assert not microphone.is_open


def test_without_its_library_the_package_is_named(use: Use, monkeypatch: pytest.MonkeyPatch) -> None:
    # GIVEN a Linux without PortAudio
    _, microphone = use()

    class Missing:
        def find_spec(self, name: str, *_: object) -> None:
            if name == "sounddevice":
                raise OSError("PortAudio library not found")

    monkeypatch.delitem(sys.modules, "sounddevice")
    monkeypatch.setattr(sys, "meta_path", [Missing(), *sys.meta_path])
    # WHEN the microphone is opened THEN it is said what to install
    with pytest.raises(CoachError, match="libportaudio2"):
        microphone.open()


def test_a_microphone_that_breaks_down_is_told_and_one_that_is_closed_is_not(use: Use) -> None:
    # GIVEN an open microphone WHEN its sound ends by itself THEN a sentence says so
    system, microphone = use()
    failed: list[str] = []
    microphone.failed.connect(failed.append)
    microphone.open()
    system.end()
    assert len(failed) == 1
    # WHEN it is closed THEN that is none
    microphone.close()
    system.end()
    assert len(failed) == 1
