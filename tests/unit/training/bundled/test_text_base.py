"""The small language model under the text adapters: what it learns from, and that it learns to look up."""

import random
from collections.abc import Callable
from pathlib import Path

import pytest
import torch
from transformers import LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast

from coach_app.engine.loader import load_text
from coach_app.knowledge import library
from coach_app.knowledge.prompt import MAX_MARKS, without_marks
from coach_app.knowledge.sections import Section
from coach_app.training.bundled.text_base import (
    Scramble,
    TextBaseArgs,
    build_tokenizer,
    collate,
    initialise_induction_heads,
    lookup,
    lookup_example,
    lookup_tokens,
    loss_of,
    repeated_tokens,
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


def test_what_is_looked_up_is_there_under_its_number(
    sections: tuple[Section, ...], tokenizer: PreTrainedTokenizerFast
) -> None:
    # GIVEN examples WHEN made THEN the answer is in the passage as it is, begins with its mark, and has asked words
    rng, scramble = random.Random(1), Scramble(sections)
    for _ in range(50):
        question, passage, answer = lookup(rng, sections, scramble, 6)
        assert without_marks(answer) in passage.text
        assert answer.startswith("[")
        assert any(word.strip("?") in answer.casefold() for word in question.casefold().split())
    # AND it is written as questions to an adapter are
    row = lookup_example(rng, sections, scramble, tokenizer, 3)
    text = str(tokenizer.decode(row["input_ids"]))
    assert text.startswith("Q: ")
    assert "\nPassage: " in text
    assert text.endswith(str(tokenizer.decode(row["labels"][-5:])))


def test_the_answer_is_learned_and_which_sentences_it_has(tokenizer: PreTrainedTokenizerFast) -> None:
    # GIVEN a looking up in tokens WHEN made THEN what is learned is one sentence, and for each of them whether it is it
    row = lookup_tokens(random.Random(2), tokenizer, 4)
    learned = [label for label in row["labels"] if label != -100]
    hints, answer = learned[:4], learned[4:]
    assert row["input_ids"][-len(answer) :] == row["labels"][-len(answer) :] == answer
    assert 4 <= len(answer) <= 13
    assert sorted(set(hints)) == [tokenizer.pad_token_id, answer[0]]
    assert answer[0] == tokenizer.convert_tokens_to_ids(f"[{hints.index(answer[0]) + 1}]")
    # AND of tokens said twice, the second time
    twice = repeated_tokens(random.Random(2), 100, 5)
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
    initialise_induction_heads(ours)
    rng = random.Random(0)
    rows = collate([repeated_tokens(rng, len(tokenizer) - MAX_MARKS, 10) for _ in range(32)], 0)

    # WHEN tokens are said twice THEN the second time is expected better
    with torch.inference_mode():
        losses = [float(model(**rows).loss) for model in (usual, ours)]
    assert losses[1] < losses[0]


def test_the_marks_count_as_much_as_all_words() -> None:
    # GIVEN what is sure of the words and knows nothing of the mark
    hidden = torch.zeros(1, 5, 50)
    labels = torch.tensor([[-100, 12, 3, 4, -100]])
    for place, label in ((1, 3), (2, 4)):
        hidden[0, place, label] = 100.0

    # WHEN the loss is computed THEN it is that of the mark alone: a guess among all
    assert loss_of(hidden, lambda rows: rows, labels).item() == pytest.approx(torch.tensor(50.0).log().item(), rel=1e-4)


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
