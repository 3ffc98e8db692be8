"""The text of generated tokens, thoughts and control tokens apart."""

from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from transformers import AutoTokenizer

from coach_app.engine.transcript import Transcript

CHANNELS = ("<|channel|>", "<|message|>", "<|start|>", "<|end|>", "<|return|>", "<think>", "</think>", "<extra_7>")


@pytest.fixture(scope="module")
def tokenizer(llava: Path) -> Any:
    """One with a token a byte, and control tokens of several kinds."""
    tokenizer = AutoTokenizer.from_pretrained(llava, local_files_only=True)
    tokenizer.add_tokens(list(CHANNELS), special_tokens=True)
    return tokenizer


@pytest.mark.parametrize(
    ("opened", "text"),
    [
        ("", "Go up.</s>"),
        ("", "Go <extra_7>up.<pad>"),
        ("", "<think>Left? (No.) {}</think>Go up.</s>"),
        ("<think>\n", "Left? No.</think>\n\nGo up.</s>"),
        ("", "<|channel|>analysis<|message|>Left?<|end|><|start|>assistant<|channel|>final<|message|>Go up.<|return|>"),
    ],
)
def test_the_player_reads_the_answer_alone(tokenizer: Any, opened: str, text: str) -> None:
    # GIVEN an answer with control tokens, some of which stand around thoughts
    transcript, shown = Transcript(tokenizer, opened), [""]
    # WHEN it comes token by token
    for token in tokenizer.encode(text, add_special_tokens=False):
        transcript.add([token])
        shown.append(transcript.spoken.text)
    transcript.end()
    # THEN only the answer was ever shown, and nothing was taken back
    assert transcript.spoken.text.strip() == "Go up."
    assert all(later.startswith(earlier) for earlier, later in pairwise(shown))
    assert transcript.spoken.thought == ("Left" in text)
