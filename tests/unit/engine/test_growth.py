"""What a long evening costs: memory must not grow with the number of requests, of any kind."""

import gc
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from coach_app.engine import valuing
from coach_app.engine.answering import answer, answer_text
from coach_app.engine.loader import load_text, load_translator, load_vision
from coach_app.engine.translating import translate
from coach_app.engine.valuing import load_valuer
from tests.fakes.models import build_text
from tests.unit.engine.test_valuing import build_network

MAX_BYTES_PER_1000 = 700_000
"""What was remembered of a single picture, text or answer would be more."""


def never() -> bool:
    return False


def ignore(words: str) -> None:
    pass


def bytes_per_1000(ask: Callable[[int], object], requests: int = 60) -> float:
    """Growth of what Python holds, over requests that are all different, once caches are filled."""
    tracemalloc.start()
    try:
        held = []
        for first in (0, requests):
            for number in range(first, first + requests):
                ask(number)
            gc.collect()
            held.append(tracemalloc.get_traced_memory()[0])
    finally:
        tracemalloc.stop()
    return (held[1] - held[0]) * 1000 / requests


def picture(number: int) -> Image.Image:
    return Image.new("RGB", (60, 40), (number % 256, number // 256, 10))


def test_answers_about_pictures(llava: Path) -> None:
    # GIVEN a model WHEN it is asked another question about another picture each time THEN nothing is left of them
    vision = load_vision(llava)
    grown = bytes_per_1000(lambda n: answer(vision, f"Where is {n}?", picture(n), 3, ignore, never))
    assert grown < MAX_BYTES_PER_1000


def test_answers_about_texts(tmp_path: Path) -> None:
    # GIVEN a text model WHEN it goes on with another prompt each time THEN nothing is left of them
    text = load_text(build_text(tmp_path / "text"))
    grown = bytes_per_1000(lambda n: answer_text(text, f"Q: What of {n}?\nA: ", "", 3, ignore, never))
    assert grown < MAX_BYTES_PER_1000


def test_translations(marian: Path) -> None:
    # GIVEN a translator WHEN it translates another text each time THEN nothing is left of them
    translator = load_translator(marian)
    assert bytes_per_1000(lambda n: translate(translator, f"Go {n}.", never), 12) < 3 * MAX_BYTES_PER_1000


def test_q_values(llava: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # GIVEN a Q-network whose cache of features is full after a few pictures
    monkeypatch.setattr(valuing, "_CACHE_BYTES", 20_000)
    valuer = load_valuer(build_network(tmp_path / "q", llava), load_vision(llava), llava)
    # WHEN it values another picture each time THEN nothing is left of them
    assert bytes_per_1000(lambda n: valuer.values(picture(n))) < MAX_BYTES_PER_1000


def test_the_features_that_are_kept_while_playing_are_few() -> None:
    # GIVEN the cache as it is in the engine THEN all of it is small beside any model
    assert valuing._CACHE_BYTES <= 4 * 1024**2
