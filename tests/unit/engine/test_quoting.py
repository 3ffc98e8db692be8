"""Citations: what follows a mark is the sentence of that mark, token for token."""

import pytest
import torch
from transformers import PreTrainedTokenizerFast

from coach_app.engine.quoting import Quoting
from coach_app.knowledge import library
from coach_app.knowledge.prompt import build_prompt, sentences
from coach_app.knowledge.sections import Section
from coach_app.training.bundled.text_base import build_tokenizer


@pytest.fixture(scope="module")
def section() -> Section:
    return next(iter(library.load("melee").sections))


@pytest.fixture(scope="module")
def tokenizer(section: Section) -> PreTrainedTokenizerFast:
    return build_tokenizer([section.text], 600)


def gone_on(tokenizer: PreTrainedTokenizerFast, prompt: str, answer: str, most: int = 400) -> str:
    """What an answer becomes by tokens that it is not free to choose."""
    quoting = Quoting(tokenizer, prompt)
    ids = torch.tensor([tokenizer(prompt)["input_ids"] + tokenizer(answer)["input_ids"]])
    length = len(tokenizer(prompt)["input_ids"])
    for _ in range(most):
        scores = quoting(ids, torch.zeros(1, len(tokenizer)))
        if (scores == -torch.inf).sum() < len(tokenizer) - 1:
            break
        ids = torch.cat([ids, scores.argmax(-1, keepdim=True)], 1)
    return str(tokenizer.decode(ids[0, length:]))


def test_a_cited_sentence_follows_as_it_was_read(section: Section, tokenizer: PreTrainedTokenizerFast) -> None:
    # GIVEN a prompt with a passage WHEN an answer begins with a mark THEN its sentence follows, and then choice is free
    prompt = build_prompt("How do I win?", [section])
    for number, sentence in enumerate(sentences(section.text), 1):
        assert gone_on(tokenizer, prompt, f"[{number}]") == f"[{number}] {sentence}"
    first, last = sentences(section.text)[0], sentences(section.text)[-1]
    number = len(sentences(section.text))
    assert gone_on(tokenizer, prompt, f"[1] {first} [{number}]") == f"[1] {first} [{number}] {last}"


def test_it_tells_how_sure_the_first_citation_was(section: Section, tokenizer: PreTrainedTokenizerFast) -> None:
    # GIVEN a model to which the first mark is twice as probable as another token, and then anything may come
    prompt = build_prompt("How do I win?", [section])
    quoting = Quoting(tokenizer, prompt)
    ids = torch.tensor([tokenizer(prompt)["input_ids"]])
    (token,) = tokenizer("[2]")["input_ids"]
    scores = torch.full((1, len(tokenizer)), -torch.inf)
    scores[0, token], scores[0, 5] = torch.tensor([2.0, 1.0]).log()

    # WHEN it chooses that mark, and goes on THEN it was two thirds sure; before there is nothing to be sure of
    quoting(ids, scores)
    assert quoting.sure is None
    ids = torch.cat([ids, torch.tensor([[token]])], 1)
    quoting(ids, torch.zeros(1, len(tokenizer)))
    assert quoting.sure == pytest.approx(2 / 3)


@pytest.mark.parametrize("answer", ["", "Grab him. [2]", "[99]", "[1] Hold", "Q [1]"])
def test_other_answers_are_left_alone(section: Section, tokenizer: PreTrainedTokenizerFast, answer: str) -> None:
    # GIVEN an essay, a mark of no sentence, or a mark that is past WHEN it goes on THEN every token may come
    assert gone_on(tokenizer, build_prompt("How?", [section]), answer) == answer


def test_without_passages_nothing_can_be_quoted(tokenizer: PreTrainedTokenizerFast) -> None:
    # GIVEN a prompt without sentences WHEN an answer begins with a mark THEN every token may come
    assert gone_on(tokenizer, build_prompt("How [1]?"), "[1]") == "[1]"
