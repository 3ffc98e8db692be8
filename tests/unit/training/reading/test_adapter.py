"""An adapter for playing by reading is trained, kept at its best, and resumed; a collapse is told."""

from dataclasses import replace
from pathlib import Path

import pytest
import torch

from coach_app.domain.errors import CoachError
from coach_app.domain.sampling import GREEDY
from coach_app.engine.answering import answer_chat
from coach_app.engine.loader import load_text
from coach_app.games.catalogue import games
from coach_app.models.checkpoint import check_checkpoint, read_json
from coach_app.training.collapse import refuse_collapse
from coach_app.training.reading import adapter, playing
from coach_app.training.reading.adapter import example, train
from coach_app.training.reading.arguments import ReadingArgs
from coach_app.training.reading.lessons import Lesson
from tests.fakes.models import build_text

GAME = next(game for game in games().values() if game.reading)


def test_a_tiny_training_from_beginning_to_end(tmp_path: Path) -> None:
    # GIVEN a tiny text model WHEN it is trained for four steps, and plays three times
    base, out = build_text(tmp_path / "base"), tmp_path / "out"
    args = ReadingArgs(
        GAME.id, str(base), out, episodes=1, steps=20, examples=16, epochs=1, batch=4, rate=1e-2, evaluations=2, plays=1
    )
    args = replace(args, play_steps=4, answer_tokens=4, rank=2, alpha=4, threads=1)
    said: list[str] = []
    metrics = train(args, said.append)
    # THEN the adapter that played best is kept, with all that tells where it comes from
    check_checkpoint(out, "adapter")
    assert read_json(out, "adapter_config.json")["base_model_name_or_path"] == str(base)
    assert read_json(out, "args.json")["short"] is True
    assert [row["step"] for row in read_json(out, "metrics.json")["plays"]] == [0, 2, 4]
    assert metrics["best"]["step"] in (2, 4)
    assert any("min left" in line for line in said)
    # AND the engine can use it
    text = load_text(base)
    assert answer_chat(text, "Where to?", str(out), 3, GREEDY, lambda _: None, lambda: False).tokens
    # WHEN it is started again THEN it is at its end at once
    again: list[str] = []
    assert train(args, again.append)["best"] == metrics["best"]
    assert not any("loss" in line or "plays at" in line for line in again)


def test_it_learns_and_plays_in_the_precision_that_the_computer_is_fast_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # GIVEN a computer that multiplies bfloat16
    for module in (adapter, playing):
        monkeypatch.setattr(module, "multiplies_bfloat16", lambda: True)
    seen: list[torch.dtype] = []
    forward = torch.nn.Linear.forward

    def noted(layer: torch.nn.Linear, given: torch.Tensor) -> torch.Tensor:
        made = forward(layer, given)
        seen.append(made.dtype)
        return made

    monkeypatch.setattr(torch.nn.Linear, "forward", noted)
    base = build_text(tmp_path / "base")
    args = ReadingArgs(GAME.id, str(base), tmp_path / "out", episodes=1, steps=8, examples=4, epochs=1, batch=4, rank=2)
    # WHEN a model is trained there
    train(replace(args, evaluations=1, plays=2, play_steps=6, answer_tokens=2, threads=1), lambda _: None)
    # THEN both are done in it
    assert seen
    assert set(seen) == {torch.bfloat16}


def test_the_loss_is_on_the_answer_alone(tmp_path: Path) -> None:
    # GIVEN a lesson WHEN it is put into tokens THEN what is learned is the answer, to its end
    tokenizer = load_text(build_text(tmp_path / "base")).tokenizer
    assert GAME.reading
    lesson = Lesson("You see grass.", ("up",), "left", "", {"steps": "Needs: none.", "reason": "", "move": ""})
    row = example(tokenizer, GAME.reading(), lesson, "steps", ReadingArgs(GAME.id))
    learned = [token for token in row["labels"] if token != -100]
    assert tokenizer.decode(learned[:-1]) == 'Needs: none.\nAction: "left"'
    assert learned[-1] == tokenizer.eos_token_id
    assert "You see grass." in tokenizer.decode(row["input_ids"])
    # AND the first recipe learns the question, too
    whole = example(tokenizer, GAME.reading(), lesson, "steps", ReadingArgs(GAME.id, answer_only=False))
    assert whole["labels"] == whole["input_ids"]


def test_a_collapse_is_told(tmp_path: Path) -> None:
    # GIVEN shares below and above the limit WHEN they are checked THEN only the latter is refused, with its share
    refuse_collapse(0.9, 0.9, "moves", tmp_path)
    with pytest.raises(CoachError, match="95% of its moves are the same"):
        refuse_collapse(0.95, 0.9, "moves", tmp_path)
