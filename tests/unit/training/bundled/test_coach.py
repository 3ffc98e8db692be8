"""The training of the bundled coach, at a size that takes seconds."""

import json
import math
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pytest
import safetensors.torch
import torch
from PIL import Image

from coach_app.domain.errors import CoachError
from coach_app.domain.pointing import POINT_AT_IT, Mark
from coach_app.games.captures import captured_shot
from coach_app.games.grid.lessons import curriculum
from coach_app.games.grid.lessons.pictures import picture
from coach_app.games.grid.lessons.scenes import random_scene
from coach_app.games.grid.lessons.text import GRID_PROMPT, move_exchange, question_exchange
from coach_app.games.grid.level import random_level
from coach_app.games.lessons import Ask, Lessons
from coach_app.training.bundled.arguments import CoachArgs
from coach_app.training.bundled.asking import answers
from coach_app.training.bundled.coach import SpeakBatch, build, evaluate, save, speak, train
from coach_app.training.bundled.look import look
from coach_app.training.bundled.stream import Sample, views


@pytest.fixture
def small(tmp_path: Path) -> CoachArgs:
    return CoachArgs(
        out=tmp_path / "model",
        work=tmp_path / "work",
        threads=1,
        workers=0,
        sentences=200,
        side=32,
        width=24,
        heads=2,
        tower_layers=1,
        layers=1,
        buffer=16,
        warm_up=2,
        look_steps=6,
        look_batch=8,
        look_test=3,
        speak_steps=6,
        speak_batch=4,
        refine_warm_up=1,
        refine_steps=3,
        checkpoint_every=3,
    )


@pytest.fixture(autouse=True)
def _no_thread_of_progress_bars(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tqdm.tqdm.monitor_interval", 0)


def test_two_questions_in_one_sequence_are_as_good_as_asked_alone(small: CoachArgs) -> None:
    # GIVEN a model, a picture and two exchanges about it
    model, processor = build(curriculum, small)
    model.eval()
    rng = np.random.default_rng(0)
    scene = random_scene(random_level(3), rng)
    image = captured_shot(picture(scene), rng).image
    sample = Sample(views(image, small.side), image.size, np.zeros(0, np.int8), scene)
    pair = (move_exchange(scene, rng), question_exchange(scene, rng))
    batch = SpeakBatch(processor, small.side)([sample], [pair])
    labels = batch.pop("labels")[0]
    with torch.no_grad():
        together = model(**batch).logits[0]
    spoken = (labels != -100).nonzero().flatten()
    start = 0
    for exchange in pair:
        # WHEN each is asked alone, through the chat template that the engine uses
        asked = [{"type": "image", "image": image}, {"type": "text", "text": exchange.question}]
        chat = [
            {"role": "user", "content": asked},
            {"role": "assistant", "content": [{"type": "text", "text": exchange.text}]},
        ]
        inputs: Any = processor.apply_chat_template(
            cast(Any, chat), tokenize=True, return_dict=True, return_tensors="pt"
        )
        with torch.no_grad():
            alone = model(**inputs).logits[0]
        # THEN the same tokens are asked for, and the same logits come
        count = len(processor.tokenizer(f"{exchange.text}</s>", add_special_tokens=False)["input_ids"])
        mine = spoken[start : start + count]
        start += count
        assert inputs["input_ids"][0][-count:].tolist() == labels[mine].tolist()
        assert torch.allclose(together[mine - 1], alone[-count - 1 : -1], atol=1e-4)
    assert start == len(spoken)


def test_an_exchange_that_asks_to_point_ends_with_its_square(small: CoachArgs) -> None:
    # GIVEN a picture that its board fills, one with a board in its right half, and an exchange about a square
    _, processor = build(curriculum, small)
    rng = np.random.default_rng(0)
    scene = random_scene(random_level(3), rng)
    image = captured_shot(picture(scene), rng).image
    sample = Sample(views(image, small.side), image.size, np.zeros(0, np.int8), scene, (0.0, 0.0, 1.0, 0.98))
    apart = replace(sample, board=(0.5, 0.0, 1.0, 1.0))
    exchange = replace(move_exchange(scene, rng), place=Mark.at(0.75, 0.3, "here"), squares=(6, 5))
    nowhere = replace(exchange, place=None, squares=None, level="hint")

    def read(ids: torch.Tensor) -> str:
        return str(processor.tokenizer.decode(ids))

    # WHEN it asks to point, and when not
    batch = SpeakBatch(processor, small.side, 4.0)(
        [sample, sample, apart],
        [(exchange, exchange), (nowhere, exchange), (exchange, nowhere)],
        [[True, False], [True, True], [True, False]],
    )
    spoken = [read(ids[labels != -100]) for ids, labels in zip(batch["input_ids"], batch["labels"], strict=True)]
    # THEN the answer goes on with the square only where that was asked for, there is a place, and the board is all
    point = f"{exchange.text} [POINT:4.5/6,1.5/5:here]</s>"
    plain = f"{exchange.text}</s>"
    assert spoken == [f"{point}{plain}", f"{plain}{point}", f"{plain}{plain}"]
    assert read(batch["input_ids"][1]).count(f"{exchange.question}\n{POINT_AT_IT} [/INST]") == 2
    # AND what a coach reads that was never asked to point, nor for hints, is the picture and the other exchange
    assert read(batch["input_ids"][0][batch["known"][0]]).endswith(f"{exchange.question} [/INST]{exchange.text}</s>")
    assert not (batch["known"][1:] & (batch["labels"][1:] != -100)).any()
    # AND the move and the point count for more than the rest
    heavy = read(batch["input_ids"][0][batch["weights"][0] == 4.0])
    assert heavy.count("[POINT:4.5/6,1.5/5:here]") == 1
    assert len(heavy) < len(spoken[0])


def test_a_coach_goes_on_from_another_and_keeps_to_it(small: CoachArgs, tmp_path: Path) -> None:
    # GIVEN a saved coach
    first = replace(small, out=tmp_path / "first")
    save(*build(curriculum, first), first)
    lessons = cast(Lessons, SimpleNamespace(**{name: getattr(curriculum, name) for name in curriculum.__all__}))
    lessons.measure, lessons.card = lambda *given: {}, lambda *given: ""  # type: ignore[method-assign]
    args = replace(
        small,
        start=first.out,
        pointed_share=0.5,
        buffer=8,
        look_test=2,
        refine_steps=2,
        refine_pairs=2,
        checkpoint_every=2,
        compiled=False,
    )
    said: list[str] = []
    # WHEN another is trained from there
    train(lessons, args, said.append)
    # THEN it only learns in the last stage, it is said how far it has moved, and how well it points
    assert not [line for line in said if line.startswith(("look", "speak"))]
    assert any("moved 0.0000" in line for line in said)
    assert any("points within 2 %: 0.0%" in line for line in said)
    # AND it is another one then, with the same tower
    old, new = (safetensors.torch.load_file(folder / "model.safetensors") for folder in (first.out, small.out))
    same = {name: torch.equal(old[name], new[name]) for name in old}
    assert all(same[name] for name in old if "vision_tower" in name)
    assert not all(same.values())


def test_a_run_that_was_stopped_goes_on_and_the_tower_rests_while_speaking(small: CoachArgs) -> None:
    # GIVEN a run of the first stage that stopped in the middle
    said: list[str] = []
    model, processor = build(curriculum, small)
    look(model, curriculum, replace(small, look_steps=3), said.append)
    # WHEN it is started again
    model, processor = build(curriculum, small)
    look(model, curriculum, small, said.append)
    # THEN it goes on
    assert "look goes on at step 3" in said
    # AND at every checkpoint it says how much of unseen pictures it reads right
    read = [line for line in said if "6x5 square" in line]
    assert [line.split()[1] for line in read] == ["3/3", "6/6"]
    assert "7x6 steps to the crate" in read[-1]
    # AND the second stage does not move the tower, but everything else
    tower = {name: value.clone() for name, value in model.model.vision_tower.state_dict().items()}
    head = model.lm_head.weight.detach().clone()
    speak(model, processor, curriculum, small, said.append)
    assert all(torch.equal(tower[name], value) for name, value in model.model.vision_tower.state_dict().items())
    assert not torch.equal(head, model.lm_head.weight)
    # AND what is finished is not begun again, but taken from its checkpoint
    again, _ = build(curriculum, small)
    spoken = len(said)
    look(again, curriculum, small, said.append)
    speak(again, processor, curriculum, small, said.append)
    assert len(said) == spoken
    assert all(torch.equal(value, again.state_dict()[name]) for name, value in model.state_dict().items())
    # WHICH goes for the last stage, too
    speak(model, processor, curriculum, small, said.append, "refine")
    assert all(torch.equal(tower[name], value) for name, value in model.model.vision_tower.state_dict().items())


def test_a_tower_that_goes_on_learning_keeps_where_its_patches_are(small: CoachArgs) -> None:
    # GIVEN a model whose tower is to learn with the words
    args = replace(small, tower_share=0.5, speak_steps=12, checkpoint_every=12)
    model, processor = build(curriculum, args)
    before = {name: value.clone() for name, value in model.model.vision_tower.state_dict().items()}
    said: list[str] = []
    # WHEN it learns to speak
    speak(model, processor, curriculum, args, said.append)
    # THEN the tower has changed, and tells the places of its patches better than at first
    assert any(not torch.equal(before[name], value) for name, value in model.model.vision_tower.state_dict().items())
    lost = [float(line.split("place ")[1].split()[0]) for line in said if "place" in line]
    assert lost[-1] < lost[0]
    # AND nothing goes on watching it
    assert not model.model.vision_tower._forward_hooks


def test_a_tower_that_goes_on_learning_learns_what_its_patches_show(small: CoachArgs) -> None:
    # GIVEN a model whose tower is to learn on what the words do not ask for, and a run that stops on the way
    args = replace(small, tower_share=0.5, look_weight=0.1, refine_steps=12, checkpoint_every=6)
    model, processor = build(curriculum, args)
    said: list[str] = []
    speak(model, processor, curriculum, replace(args, refine_steps=6), said.append, "refine")
    # WHEN it goes on
    speak(model, processor, curriculum, args, said.append, "refine")
    # THEN what the patches show is told better than at first, by the head that it began with
    lost = [float(line.split("look ")[1].split()[0]) for line in said if "look" in line]
    assert len(lost) == 3
    assert lost[-1] < lost[0]


def test_where_its_own_advice_leads_is_learned_at_last(small: CoachArgs) -> None:
    # GIVEN a game that a coach in training plays itself
    asked: list[list[str]] = []
    rng = np.random.default_rng(0)

    class OwnGames:
        scenes = (random_scene(random_level(3), rng), random_scene(random_level(4), rng))

        def play(self, moves: list[str]) -> None:
            asked.append(moves)

    names = {"left", "right", "up", "down"}
    same = {name: getattr(curriculum, name) for name in curriculum.__all__}
    other = {"own_games": lambda rng, count: OwnGames(), "LABELS": {"move": tuple(names)}}
    lessons = cast(Lessons, SimpleNamespace(**same | other))
    model, processor = build(curriculum, small)
    # WHEN it learns to speak THEN it does not play yet
    speak(model, processor, lessons, small, lambda line: None)
    assert not asked
    # AND in the last stage it plays a step in each game now and then; where it names no move, the game decides
    speak(model, processor, lessons, small, lambda line: None, "refine")
    assert [len(moves) for moves in asked] == [2] * math.ceil(small.refine_steps / small.own_every)
    assert {move for moves in asked for move in moves} <= {"", *names}


def test_the_same_seed_gives_the_same_weights(small: CoachArgs, tmp_path: Path) -> None:
    # GIVEN two runs WHEN they end THEN their weights are equal
    weights = []
    for run in ("a", "b"):
        args = replace(small, work=tmp_path / run, look_steps=3)
        model, _ = build(curriculum, args)
        look(model, curriculum, args, lambda line: None)
        weights.append(model.model.vision_tower.state_dict())
    assert all(torch.equal(weights[0][name], weights[1][name]) for name in weights[0])


def test_looking_learns_a_trivial_case(small: CoachArgs) -> None:
    # GIVEN so few pictures that they can be learned by heart
    args = replace(small, buffer=16, look_steps=60, look_batch=16, reuse=16, look_rate=5e-3, checkpoint_every=60)
    model, _ = build(curriculum, args)
    said: list[str] = []
    # WHEN the tower is trained on them
    look(model, curriculum, args, said.append)
    # THEN the loss falls a long way
    losses = [float(line.split("loss ")[1].split()[0]) for line in said if "loss" in line]
    assert losses[-1] < 0.8 * losses[0]


def test_what_is_saved_loads_and_answers(small: CoachArgs) -> None:
    from coach_app.engine.loader import load_vision

    # GIVEN a saved model
    model, processor = build(curriculum, small)
    save(model, processor, small)
    # WHEN the engine's loader loads it
    loaded = load_vision(small.out, False)
    # THEN it is the same network, and the arguments lie beside it
    assert loaded.model.config.vision_config.image_size == small.side
    assert (small.out / "training.json").is_file()
    rng = np.random.default_rng(0)
    shot = captured_shot(picture(random_scene(random_level(1), rng)), rng)
    assert answers(model, processor, [shot.image], [GRID_PROMPT])


def test_a_saved_coach_is_measured_again(small: CoachArgs) -> None:
    # GIVEN a folder without a coach WHEN it is to be measured THEN that is said
    with pytest.raises(CoachError, match="no model"):
        evaluate(small.out, curriculum)
    # GIVEN a saved model with a figure of its training
    model, processor = build(curriculum, small)
    save(model, processor, small)
    (small.out / "metrics.json").write_text('{"training_minutes": 7}')

    def measure(ask: Ask, seed: int, report: Callable[[str], None]) -> dict[str, Any]:
        return {"answers": len(ask([Image.new("RGB", (40, 30))], [GRID_PROMPT])), "seed": seed}

    lessons = SimpleNamespace(measure=measure, card=lambda metrics, parameters: f"{metrics} of {parameters}")
    # WHEN it is measured THEN its figures and its card lie beside it
    metrics = evaluate(small.out, cast(Lessons, lessons), 5)
    assert metrics == {"training_minutes": 7, "answers": 1, "seed": 5}
    assert json.loads((small.out / "metrics.json").read_text()) == metrics
    assert str(metrics) in (small.out / "README.md").read_text()


def test_arguments_that_cannot_work_are_refused() -> None:
    # GIVEN WHEN THEN
    with pytest.raises(ValueError, match="multiple of patch"):
        CoachArgs(side=100)
    with pytest.raises(ValueError, match="look_steps"):
        CoachArgs(look_steps=0)
