"""A checkpoint is made of a GGUF, or it is said why not."""

from pathlib import Path

import pytest

from coach_app.domain.errors import CoachError
from coach_app.engine.answering import answer_text
from coach_app.engine.converting import convert
from coach_app.engine.loader import load_text
from tests.fakes.gguf import write_gguf


def test_what_comes_as_gguf_is_loaded_like_any_other(tmp_path: Path) -> None:
    # GIVEN a small Llama as GGUF WHEN it is converted
    convert(write_gguf(tmp_path / "model.gguf"), tmp_path / "made")
    # THEN the ordinary loader takes it, in 16 bits, with its chat template, and it answers
    text = load_text(tmp_path / "made")
    assert {path.name for path in (tmp_path / "made").iterdir()} >= {"model.safetensors", "chat_template.jinja"}
    assert text.tokenizer("hello")["input_ids"]
    assert answer_text(text, "hello", "", 3, lambda _: None, lambda: False).tokens


@pytest.mark.parametrize(
    ("fault", "sentence"),
    [
        ("make", r"another make \(gpt2\)"),
        ("cut", "damaged"),
        ("no", "is no GGUF"),
        ("layer", "cannot be read"),
    ],
)
def test_a_file_of_another_model_is_refused_with_a_sentence(tmp_path: Path, fault: str, sentence: str) -> None:
    # GIVEN a GGUF of another make, one that was cut off, something else, and one that lacks a layer
    file = write_gguf(tmp_path / "m.gguf", "gpt2" if fault == "make" else "llama", 1 if fault == "layer" else 2)
    if fault == "cut":
        file.write_bytes(file.read_bytes()[:900])
    if fault == "no":
        file.write_bytes(b"nothing of the kind")
    # WHEN it is converted THEN the sentence names the file, and nothing is left behind
    with pytest.raises(CoachError, match=sentence) as caught:
        convert(file, tmp_path / "made")
    assert "m.gguf" in caught.value.message
    assert caught.value.remedy
    assert not (tmp_path / "made").exists()
