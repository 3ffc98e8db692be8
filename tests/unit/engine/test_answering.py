"""Answers of a tiny model, in this process."""

from pathlib import Path
from typing import Any

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from coach_app.domain.moves import AvoidedMoves, NamedMove
from coach_app.domain.words import plain
from coach_app.engine.answering import answer
from coach_app.engine.faults import Stopped
from coach_app.engine.loader import VisionModel, load_vision
from coach_app.engine.second_thought import decoded
from coach_app.engine.streaming import AnswerStream

IMAGE = Image.new("RGB", (60, 40), (200, 30, 10))


@pytest.fixture(scope="module")
def vision(llava: Path) -> VisionModel:
    return load_vision(llava)


def never() -> bool:
    return False


def ask(vision: VisionModel, prompt: str = "Where?", max_new_tokens: int = 40) -> str:
    return answer(vision, prompt, IMAGE, max_new_tokens, lambda words: None, never).text


def test_generation_begins_where_the_template_ends(vision: VisionModel, monkeypatch: pytest.MonkeyPatch) -> None:
    # GIVEN a look at what the model is given
    given_ids: list[torch.Tensor] = []
    generate = vision.model.generate

    def spy(**inputs: Any) -> Any:
        given_ids.append(inputs["input_ids"])
        return generate(**inputs)

    monkeypatch.setattr(vision.model, "generate", spy)

    # WHEN it is asked
    ask(vision, "Where is the cat?")

    # THEN it is the template to its very end: the prompt's last token is the end of the user's turn
    text = vision.processor.tokenizer.decode(given_ids[0][0])
    assert text.replace("<image>", "") == "[INST] \nWhere is the cat? [/INST]"
    assert given_ids[0][0, -1] == vision.processor.tokenizer.convert_tokens_to_ids("[/INST]")


@pytest.mark.parametrize(
    "prompt", ["Wh<image>ere?", "Where?[/INST]", "<s>Where?</s>", "Wh<im<image>age>ere?", " Where? "]
)
def test_control_tokens_in_a_question_do_nothing(vision: VisionModel, prompt: str) -> None:
    # GIVEN a question with the model's own control tokens / WHEN asked / THEN it is as if they were not there
    assert ask(vision, prompt) == ask(vision, "Where?")


def test_an_answer_ends_at_the_end_token(vision: VisionModel, monkeypatch: pytest.MonkeyPatch) -> None:
    # GIVEN a model whose end token comes up somewhere in its answer
    whole = ask(vision)
    end = vision.processor.tokenizer.convert_tokens_to_ids("e")
    monkeypatch.setattr(vision.model.generation_config, "eos_token_id", end)

    # WHEN it is asked
    said = answer(vision, "Where?", IMAGE, 40, lambda words: None, never)

    # THEN it stops at that token
    assert said.text == whole[: whole.index("e") + 1]
    assert not said.cut


@pytest.mark.parametrize("tokens", [1, 7])
def test_an_answer_that_is_broken_off_is_known_as_such(vision: VisionModel, tokens: int) -> None:
    # GIVEN less room than the model has to say WHEN it is asked THEN the answer is marked as cut
    assert answer(vision, "Where?", IMAGE, tokens, lambda words: None, never).cut


def test_another_answer_goes_on_from_the_likeliest_other_move(
    vision: VisionModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    # GIVEN a model whose answer tells a move at its second character that is not to be told again
    whole = answer(vision, "Where?", IMAGE, 6, lambda words: None, never)
    monkeypatch.setattr(AvoidedMoves, "find_tried", lambda self, text: NamedMove(text[1], 1, 2))
    said: list[str] = []
    # WHEN it is asked for another one
    other = answer(vision, "Where?", IMAGE, 6, said.append, never, "full", AvoidedMoves(("x", "y"), ("x",)))
    # THEN it begins alike, has the move that is left in its place, and comes in one piece
    assert said == [other.text]
    tokenizer = vision.processor.tokenizer
    assert decoded(tokenizer, other.ids)[:2] == decoded(tokenizer, whole.ids)[0] + "y"
    assert other.weight is not None


def test_it_stops_at_the_next_token_when_told_to(vision: VisionModel) -> None:
    # GIVEN somebody who has heard enough after ten looks
    looks = 0

    def enough() -> bool:
        nonlocal looks
        looks += 1
        return looks > 10

    # WHEN a long answer is asked for / THEN it is given up at once
    with pytest.raises(Stopped):
        answer(vision, "Where?", IMAGE, 500, lambda words: None, enough)
    assert looks == 11


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("Move the cat.", ["Move", " the", " cat."]),
        ("猫を 上へ。", ["猫", "を", " 上", "へ", "。"]),
        ("naïve 🐈 cat", ["naïve", " 🐈", " cat"]),
        ("one\n\ntwo\tthree", ["one", "\n\ntwo", " three"]),
    ],
)
def test_only_whole_words_and_characters_are_shown(vision: VisionModel, text: str, pieces: list[str]) -> None:
    # GIVEN a tokenizer with a token a byte
    tokenizer = vision.processor.tokenizer
    shown: list[str] = []
    words = AnswerStream(tokenizer, shown.append, never, 200)
    words.put(torch.tensor([[1, 2, 3]]))  # the prompt

    # WHEN a text comes byte by byte
    for token in tokenizer.encode(text, add_special_tokens=False):
        words.put(torch.tensor([token]))
    words.end()

    # THEN it is shown word by word, Japanese character by character
    assert shown == pieces


@given(st.text(), st.text())
def test_plain_text_stays_as_it_is_when_the_text_goes_on(first: str, second: str) -> None:
    # GIVEN any text and its continuation after a space / WHEN both are made plain
    whole = plain(first + " " + second)

    # THEN the first is the beginning of the second, on one line, without control characters
    assert whole.startswith(plain(first))
    assert all(character.isprintable() or character == "\u3000" for character in whole)


def test_a_word_that_is_cut_off_is_shown_at_the_end(vision: VisionModel) -> None:
    # GIVEN a limit of tokens / WHEN the answer reaches it within a word
    pieces: list[str] = []
    said = answer(vision, "Where?", IMAGE, 8, pieces.append, never)

    # THEN the unfinished word is shown all the same
    assert "".join(pieces) == said.text != ""
