"""The model that comes with the coach, on speech that espeak-ng makes."""

import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from tokenizers import Tokenizer

from coach_app.domain.errors import CoachError
from coach_app.hearing import whisper
from coach_app.hearing.transcriber import RATE_HZ, ScriptedTranscriber, Transcriber
from coach_app.hearing.whisper import WhisperTranscriber, own_model
from tests.fakes.speech import spoken

ABOUT = "Breakout. Is it better to move the bar to the left or right?"
QUESTIONS = {
    "en-us": ["Should I move the bar to the left or to the right?"],
    "en-gb": ["How do I get out of this corner?"],
}
MOST_WRONG = 0.1
"""The share of wrong words that is borne with a made-up voice."""


@pytest.fixture(scope="module")
def transcriber() -> Iterator[WhisperTranscriber]:
    transcriber = WhisperTranscriber()
    yield transcriber
    transcriber.close()


def words(text: str) -> list[str]:
    return "".join(sign for sign in text.lower() if sign.isalnum() or sign == " ").split()


def wrong_words(said: list[str], heard: list[str]) -> int:
    """How many words have to be put in, left out or changed (Levenshtein)."""
    row = list(range(len(heard) + 1))
    for at, word in enumerate(said, 1):
        before, row[0] = row[0], at
        for place, other in enumerate(heard, 1):
            before, row[place] = row[place], min(row[place] + 1, row[place - 1] + 1, before + (word != other))
    return row[-1]


def test_spoken_questions_are_understood(transcriber: WhisperTranscriber) -> None:
    # GIVEN questions spoken by two voices WHEN they are written down, given the game THEN hardly a word is wrong
    wrong = total = 0
    for voice, questions in QUESTIONS.items():
        for question in questions:
            said, heard = words(question), words(transcriber.transcribe(spoken(question, voice), "en", ABOUT))
            wrong, total = wrong + wrong_words(said, heard), total + len(said)
    assert wrong <= MOST_WRONG * total


def test_noise_is_no_question(transcriber: WhisperTranscriber) -> None:
    # GIVEN a room in which nobody speaks WHEN that is written down THEN it is nothing
    noise = np.random.default_rng(0).normal(0, 0.02, RATE_HZ).astype(np.float32)
    assert transcriber.transcribe(noise, "en", ABOUT) == ""


def test_a_model_for_english_says_that_it_knows_no_japanese(transcriber: WhisperTranscriber) -> None:
    # GIVEN the coach's own model WHEN Japanese is to be spoken THEN it is said what helps, before anything is
    with pytest.raises(CoachError, match=r"English only.*all languages"):
        transcriber.prepare("ja")


def test_a_model_of_the_players_own_for_all_languages_is_told_which_one_is_spoken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # GIVEN a player's own folder, whose model takes the language (the coach's own stands in, and notes what it is told)
    own = own_model()
    assert own
    for file in own.iterdir():
        (tmp_path / file.name).symlink_to(file)
    told: list[list[int]] = []

    class Multilingual:
        is_multilingual, n_mels = True, 80

        def __init__(self, folder: str, **_: object) -> None:
            assert folder == str(tmp_path)

        def generate(self, _: object, prompts: list[list[int]], **__: object) -> list[SimpleNamespace]:
            told.extend(prompts)
            return [SimpleNamespace(no_speech_prob=0.0, sequences_ids=[[]])]

    monkeypatch.setattr("ctranslate2.models.Whisper", Multilingual)
    transcriber, silence = WhisperTranscriber(tmp_path), np.zeros(RATE_HZ, np.float32)
    # WHEN Japanese is spoken THEN the model is told so, and gets no English words of the game before it
    assert transcriber.transcribe(silence, "ja", ABOUT) == ""
    tokens = Tokenizer.from_file(str(own / "tokenizer.json"))
    start = ("<|startoftranscript|>", "<|ja|>", "<|transcribe|>", "<|notimestamps|>")
    assert told == [[tokens.token_to_id(token) for token in start]]


@pytest.mark.parametrize("files", [[], ["model.bin"], ["model.bin", "tokenizer.json"]])
def test_a_folder_without_a_model_is_told(tmp_path: Path, files: list[str]) -> None:
    # GIVEN a folder that holds no model, or a broken one WHEN it is used THEN a sentence names the folder
    for name in files:
        (tmp_path / name).write_bytes(b"nothing")
    with pytest.raises(CoachError, match=tmp_path.name) as caught:
        WhisperTranscriber(tmp_path).prepare("en")
    assert "faster-whisper's format" in caught.value.remedy


def test_an_installation_without_the_model_asks_for_one(monkeypatch: pytest.MonkeyPatch) -> None:
    # GIVEN an installation without the package that carries the model WHEN it is used THEN that is said
    monkeypatch.setattr(whisper, "_COMES_WITH", "no_such_package")
    assert own_model() is None
    with pytest.raises(CoachError, match="There is no speech model"):
        WhisperTranscriber().prepare("en")


@pytest.mark.parametrize("folder", [None, Path("somewhere")])
def test_an_installation_without_the_part_that_hears_names_its_package(
    folder: Path | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    # GIVEN the coach's package alone WHEN it is to hear THEN the other one, whose libraries it lacks, is named
    monkeypatch.setitem(sys.modules, "ctranslate2", None)
    with pytest.raises(CoachError) as caught:
        WhisperTranscriber(folder).prepare("en")
    assert "coach-hearing" in caught.value.remedy


def test_a_package_without_its_files_has_no_model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # GIVEN the code of the package that carries the model WHEN its files are looked for THEN they are not there
    (tmp_path / "carries_none").mkdir()
    (tmp_path / "carries_none" / "__init__.py").touch()
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(whisper, "_COMES_WITH", "carries_none")
    assert own_model() is None


def test_a_scripted_transcriber_hears_its_sentences() -> None:
    # GIVEN a script WHEN two sounds are written down THEN they are its sentence, and nothing
    scripted = ScriptedTranscriber("Where?")
    transcriber: Transcriber = scripted
    sound = np.ones(4, np.float32)
    transcriber.prepare("en")
    assert [transcriber.transcribe(sound, "en"), transcriber.transcribe(sound, "ja")] == ["Where?", ""]
    assert len(scripted.heard) == 2
    transcriber.close()
