"""The coach's voice, by the engine that Qt has for tests."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtTextToSpeech import QTextToSpeech
from PySide6.QtWidgets import QApplication

from coach_app.domain.errors import CoachError
from coach_app.ui.voice import NO_VOICE, Voice
from tests.waiting import wait_until


@pytest.fixture
def voice(qt_app: QApplication) -> Iterator[Voice]:
    voice = Voice("mock")
    yield voice
    voice.close()
    voice.deleteLater()


def engine_of(voice: Voice) -> QTextToSpeech:
    (engine,) = voice.findChildren(QTextToSpeech)
    return engine


def test_a_new_text_interrupts_the_one_before_and_none_waits(voice: Voice) -> None:
    # GIVEN a voice that speaks
    voice.check("en")
    words: list[str] = []
    engine = engine_of(voice)
    engine.sayingWord.connect(lambda word, *_: words.append(word))
    voice.say("first second third fourth fifth", "en")
    wait_until(lambda: "second" in words, pause=QApplication.processEvents)
    # WHEN something newer is to be said THEN that is heard at once, and nothing after it
    voice.say("up", "en")
    wait_until(lambda: engine.state() == QTextToSpeech.State.Ready, pause=QApplication.processEvents)
    assert words[-1] == "up"
    assert "fifth" not in words


def test_it_is_silent_at_once(voice: Voice) -> None:
    # GIVEN a voice that speaks WHEN it is to be silent THEN it is; so is one that never spoke
    voice.stop()
    voice.say("Move the cat up now.", "en")
    voice.stop()
    assert engine_of(voice).state() == QTextToSpeech.State.Ready


@pytest.mark.parametrize(("volume", "speed", "rate"), [(0.2, 0.5, 0.0), (1.0, 0.9, 0.8), (0.0, 0.0, -1.0)])
def test_volume_and_speed_are_the_settings(voice: Voice, volume: float, speed: float, rate: float) -> None:
    # GIVEN volume and speed WHEN it speaks THEN the engine has them, also where they change later
    voice.set_sound(volume, speed)
    voice.check("en")
    assert (engine_of(voice).volume(), engine_of(voice).rate()) == pytest.approx((volume, rate))
    voice.set_sound(0.4, 0.75)
    assert (engine_of(voice).volume(), engine_of(voice).rate()) == pytest.approx((0.4, 0.5))


def test_a_language_without_a_voice_is_told_with_what_helps(voice: Voice) -> None:
    # GIVEN voices, none of which is Japanese WHEN Japanese is to be spoken THEN a sentence says so
    with pytest.raises(CoachError, match=r"no Japanese voice\. Add one"):
        voice.say("猫を上へ。", "ja")
    # THEN English is still spoken
    voice.say("up", "en")
    voice.stop()


def test_a_system_without_voices_is_told_with_what_helps(
    qt_app: QApplication, expect_warning: Callable[[str], None]
) -> None:
    # GIVEN a system of which Qt knows no speech WHEN something is to be said THEN a sentence says what to install
    expect_warning("is not supported")
    voice = Voice("nothing")
    with pytest.raises(CoachError, match="speech-dispatcher and espeak-ng") as caught:
        voice.say("up", "en")
    assert caught.value is NO_VOICE
    voice.deleteLater()
