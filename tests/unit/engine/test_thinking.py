"""Answers of models that think first, in this process."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import torch
from PIL import Image

from coach_app.domain.errors import CoachError
from coach_app.domain.moves import AvoidedMoves
from coach_app.engine.answering import answer, answer_text
from coach_app.engine.loader import TextModel, VisionModel, load_text, load_vision
from coach_app.engine.streaming import Answer
from tests.fakes.models import build_text

IMAGE = Image.new("RGB", (60, 40), (200, 30, 10))
ANSWER = "Go up."


@pytest.fixture(params=["picture", "text"])
def model(request: pytest.FixtureRequest, llava: Path, tmp_path: Path) -> VisionModel | TextModel:
    return load_vision(llava) if request.param == "picture" else load_text(build_text(tmp_path / "tiny-text"))


def says(model: VisionModel | TextModel, text: str, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Let a model generate a text, whatever it is asked; returns the room that it is given each time."""
    tokenizer = model.tokenizer if isinstance(model, TextModel) else model.processor.tokenizer
    rooms: list[int] = []

    def generate(streamer: Any, max_new_tokens: int, stopping_criteria: Any, input_ids: Any, **_: object) -> None:
        rooms.append(max_new_tokens)
        streamer.put(input_ids)
        tokens = [*tokenizer.encode(text, add_special_tokens=False), tokenizer.eos_token_id]
        for token in tokens[:max_new_tokens]:
            streamer.put(torch.tensor([token]))
            if stopping_criteria(input_ids, None).all():
                break
        streamer.end()

    monkeypatch.setattr(model.model, "generate", generate)
    return rooms


def ask(
    model: VisionModel | TextModel, on_words: Callable[[str], None] = lambda words: None, limit: int = 30
) -> Answer:
    if isinstance(model, TextModel):
        return answer_text(model, "Q: Where?\nA: ", "", limit, on_words, lambda: False)
    return answer(model, "Where?", IMAGE, limit, on_words, lambda: False)


@pytest.mark.parametrize(
    "text",
    [
        "<think>Left?</think>Go up.",
        "[THINK]Left?[/THINK]\n\nGo up.",
        "Left?\n</think>Go up.",
        "<think>Left?</think>Go up.<|im_end|> Or left.",
    ],
)
def test_thoughts_are_neither_told_nor_kept(
    model: VisionModel | TextModel, text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # GIVEN a model that thinks aloud WHEN it answers THEN only the answer is left
    says(model, text, monkeypatch)
    found = ask(model, limit=60)
    assert found.text == ANSWER
    assert found.thought
    assert not found.cut


def test_an_answer_that_is_all_thoughts_is_asked_for_again(
    model: VisionModel | TextModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    # GIVEN a model that thinks for longer than an answer may become
    rooms = says(model, f"<think>{'Left? ' * 50}</think>Go up.", monkeypatch)
    told: list[str] = []
    # WHEN it is asked twice
    found = ask(model, told.append)
    again = ask(model)
    # THEN it gets more room once it is known to think, and nothing but the answer is told
    assert found.text == again.text == "".join(told) == ANSWER
    assert rooms[0] == 30
    assert rooms[1] == rooms[2] > 300


def test_the_answer_itself_gets_no_more_room(model: VisionModel | TextModel, monkeypatch: pytest.MonkeyPatch) -> None:
    # GIVEN a model that thinks, and then talks without end
    says(model, f"<think>{'Left? ' * 50}</think>{'Go up. ' * 50}", monkeypatch)
    # WHEN it is asked THEN its answer is as long as any other
    found = ask(model, limit=30)
    assert len(found.text) <= 30
    assert found.cut


def test_thoughts_without_an_answer_are_said_to_be_that(
    model: VisionModel | TextModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    # GIVEN a model that never ends thinking, or has nothing to say afterwards WHEN it is asked THEN the user is told
    for text in ("<think>" + "Left? " * 1_000, "<think>Left?</think>"):
        says(model, text, monkeypatch)
        with pytest.raises(CoachError, match="did nothing but think"):
            ask(model)


def test_a_thought_that_the_chat_template_opens(llava: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # GIVEN a model whose prompts end within a thought
    model = load_vision(llava)
    model = replace(model, chat=f"{model.chat}<think>\n")
    rooms = says(model, f"{'Left? ' * 50}</think>Go up.", monkeypatch)
    told: list[str] = []
    # WHEN it is asked THEN it has room at once, and its thoughts are never told
    assert ask(model, told.append).text == "".join(told) == ANSWER
    assert len(rooms) == 1


def test_no_other_move_is_looked_for_within_thoughts(llava: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # GIVEN a model that thinks of a move that did not help
    model = load_vision(llava)
    rooms = says(model, "<think>Go left.</think>Go left.", monkeypatch)
    # WHEN it is asked for another one THEN its answer stays as it is
    tried = AvoidedMoves(("left", "up"), ("left",))
    found = answer(model, "Where?", IMAGE, 60, lambda words: None, lambda: False, "full", tried)
    assert (found.text, len(rooms)) == ("Go left.", 1)
