"""The small language model under the text adapters: what it learns from, and that it learns to look up."""

import random
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
import torch
from transformers import LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast

from coach_app.engine.loader import load_text
from coach_app.guides import library
from coach_app.guides.prompt import MOST_MARKS
from coach_app.guides.sections import Section
from coach_app.training.text_base import (
    Scramble,
    TextBaseArgs,
    begin_to_copy,
    build_tokenizer,
    collate,
    look_up,
    looking_up_tokens,
    loss_of,
    said_twice,
    train,
)


@pytest.fixture(scope="module")
def sections() -> tuple[Section, ...]:
    return library.load("melee").sections


@pytest.fixture(scope="module")
def tokenizer(sections: tuple[Section, ...]) -> PreTrainedTokenizerFast:
    return build_tokenizer([section.text for section in sections], 1_000)


def test_the_tokenizer_writes_anything_and_has_a_token_for_each_mark(tokenizer: PreTrainedTokenizerFast) -> None:
    # GIVEN text of any kind WHEN written in tokens THEN it can be read again, and marks are one token each
    for text in ("Fox's up air [3] kills.", "猫を上に動かして。", "Q: How?\nA: "):
        assert tokenizer.decode(tokenizer(text)["input_ids"]) == text
    assert len(tokenizer("[1][12][40]")["input_ids"]) == 3


def test_what_is_looked_up_is_there_under_its_number(sections: tuple[Section, ...]) -> None:
    # GIVEN examples WHEN made THEN the answer is in the text as it is, begins with its mark, and has the words
    rng, scramble = random.Random(1), Scramble(sections)
    for _ in range(50):
        text, words, answer = look_up(rng, sections, scramble, 6)
        assert answer in text
        assert answer.startswith("[")
        assert all(word in answer.casefold() for word in words.split())


def test_only_the_answer_is_learned(tokenizer: PreTrainedTokenizerFast) -> None:
    # GIVEN a looking up in tokens WHEN made THEN labels are those of one sentence, and its words were asked for
    row = looking_up_tokens(random.Random(2), tokenizer, 4)
    wanted = [label for label in row["labels"] if label != -100]
    assert row["labels"][-len(wanted) :] == wanted == row["input_ids"][-len(wanted) :]
    assert 4 <= len(wanted) <= 13
    twice = said_twice(random.Random(2), 100, 5)
    assert twice["input_ids"][:5] == twice["input_ids"][5:]
    assert twice["labels"] == [-100] * 6 + twice["input_ids"][6:]


def test_the_first_weights_copy(tokenizer: PreTrainedTokenizerFast) -> None:
    # GIVEN the first weights, and the same with attention as it usually begins
    torch.manual_seed(0)
    config = LlamaConfig(
        vocab_size=len(tokenizer),
        hidden_size=192,
        intermediate_size=512,
        num_hidden_layers=4,
        num_attention_heads=6,
        attention_bias=True,
        tie_word_embeddings=True,
        initializer_range=192**-0.5,
    )
    usual, ours = LlamaForCausalLM(config), LlamaForCausalLM(config)
    begin_to_copy(ours)
    rng = random.Random(0)
    rows = collate([said_twice(rng, len(tokenizer) - MOST_MARKS, 10) for _ in range(32)], 0)

    # WHEN tokens are said twice THEN the second time is expected better
    with torch.inference_mode():
        losses = [float(model(**rows).loss) for model in (usual, ours)]
    assert losses[1] < losses[0]


def test_the_marks_count_as_much_as_all_words() -> None:
    # GIVEN logits that are sure of the words and know nothing of the mark
    logits = torch.zeros(1, 5, 50)
    labels = torch.tensor([[-100, 12, 3, 4, -100]])
    for place, label in ((1, 3), (2, 4)):
        logits[0, place, label] = 100.0

    # WHEN the loss is computed THEN it is that of the mark alone: a guess among all
    assert loss_of(SimpleNamespace(logits=logits), labels).item() == pytest.approx(
        torch.tensor(50.0).log().item(), rel=1e-4
    )


def test_it_is_trained_saved_and_loaded(tmp_path: Path, expect_warning: Callable[[str], None]) -> None:
    # GIVEN a very short training WHEN run THEN the engine loads what it leaves, and its figures are beside it
    said: list[str] = []
    small = TextBaseArgs(
        out=tmp_path / "base", steps=4, copying_steps=2, plain_steps=1, batch=2, width=24, heads=6, inner=32,
        vocabulary=400, save_every=2, warm_up=1, measured=2,
    )  # fmt: skip
    metrics = train(small, said.append)
    assert 0 <= metrics["sentences_found"] <= 1
    assert load_text(small.out).model.config.hidden_size == 24
    assert {"args.json", "metrics.json", "model.safetensors"} <= {file.name for file in small.out.iterdir()}
    # AND run again, it goes on at its end; its last matrix is its first, and not stored twice
    expect_warning("missing keys in the checkpoint model loaded: .*lm_head")
    train(small, said.append)
