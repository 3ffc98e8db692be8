"""Adaptations of tiny models from beginning to end: what is learned and forgotten is reported."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import cast

import numpy as np
import pytest
import torch
from PIL import Image

from coach_app.domain.errors import CoachError
from coach_app.domain.frame import shrink
from coach_app.domain.moves import named_move
from coach_app.domain.resources import resources_dir
from coach_app.engine.answering import model_inputs
from coach_app.engine.loader import VisionModel, load_vision
from coach_app.games.catalogue import games
from coach_app.games.images import Picture
from coach_app.games.positions import rendered
from coach_app.games.profiles import profile_of
from coach_app.learning.collecting import collect
from coach_app.learning.experience import Store
from coach_app.learning.exploring import Explorer
from coach_app.learning.questions import make_questions, write
from coach_app.models.checkpoint import check_checkpoint, read_json
from coach_app.training.experience import own_words
from coach_app.training.experience.adapting import Answered, adapt, prefer
from coach_app.training.experience.arguments import PREFERENCES, AdaptArgs, Preference, adapt_args, epochs_of_ratings
from coach_app.training.experience.examples import Asked, Prepared, VisionEncoder, beside, questions
from coach_app.training.experience.measuring import losses_of
from coach_app.training.experience.own_words import in_own_words, with_move
from tests.fakes.models import build_llava, build_onevision, build_qwen, build_smolvlm, build_text

GAME = games()["grid-levels"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Questions about a few episodes."""
    store = Store(tmp_path_factory.mktemp("experience"), limit_mb=10)
    collect(GAME, "explore", range(500_000, 500_012), None, 6, Explorer(GAME), store)
    write(list(make_questions(GAME, store, 40)), store.folder)
    return store.folder


def rendered_start() -> Picture:
    env = GAME.make()
    env.reset(seed=500_000)
    return rendered(env)


def tiny(folder: Path, tmp_path: Path, build: Callable[[Path], Path], method: str = "ewc") -> AdaptArgs:
    base = build(tmp_path / "base")
    args = adapt_args(method, game=GAME.id, base=str(base), questions=folder, out=tmp_path / "out")
    return replace(args, rank=2, batch=2, general=2, measured=3, examples=6, rate=1e-2, threads=1)


@pytest.mark.parametrize("method", ["plain", "ewc", "replay", "distill"])
def test_a_model_that_reads_is_adapted(folder: Path, tmp_path: Path, method: str) -> None:
    # GIVEN a tiny text model WHEN it is adapted by each method
    said: list[str] = []
    metrics = adapt(tiny(folder, tmp_path, build_text, method), said.append)
    # THEN the adapter is there, with what was learned and forgotten; such a little one is no improvement
    check_checkpoint(tmp_path / "out", "adapter")
    assert read_json(tmp_path / "out", "metrics.json") == metrics
    assert read_json(tmp_path / "out", "args.json")["method"] == method
    assert metrics["distance"] > 0
    assert metrics["perplexity"]["before"] > 0
    assert metrics["better"] is False
    assert any("min left" in line for line in said)


def test_a_model_that_sees_is_adapted_and_merged(folder: Path, tmp_path: Path) -> None:
    # GIVEN a tiny vision model WHEN it is adapted, and merged with its adapter
    args = replace(tiny(folder, tmp_path, build_llava), merged=True, examples=4)
    metrics = adapt(args, lambda line: None)
    assert set(metrics["known"]) == {"before", "after"}
    # THEN only its language model has changed, and the engine can use it
    base, merged = (
        load_vision(path, quick=False).model.state_dict() for path in (tmp_path / "base", args.out / "model")
    )
    changed = {name for name, weight in base.items() if not torch.equal(weight, merged[name])}
    assert changed
    assert all("language_model" in name for name in changed)


def test_of_a_game_that_looks_like_no_other_all_is_learned(folder: Path, tmp_path: Path) -> None:
    # GIVEN a tiny vision model WHEN all of it is adapted, by the method that weighs what mattered before, too
    args = replace(tiny(folder, tmp_path, build_llava, "ewc"), merged=True, examples=4, wide=True)
    adapt(args, lambda line: None)
    # THEN its eyes, what lies between, its language and its head have changed
    base, merged = (
        load_vision(path, quick=False).model.state_dict() for path in (tmp_path / "base", args.out / "model")
    )
    changed = {name for name, weight in base.items() if not torch.equal(weight, merged[name])}
    for part in ("vision_tower", "projector", "language_model", "lm_head"):
        assert any(part in name for name in changed), part


@pytest.mark.parametrize("method", ["plain", "replay", "distill"])
def test_it_goes_on_where_it_was_stopped(folder: Path, tmp_path: Path, method: str) -> None:
    # GIVEN an adaptation that was never stopped, and one that is stopped after some steps
    args = replace(tiny(folder, tmp_path, build_text, method), epochs=3.0, saved_every_s=0.0)
    whole = adapt(args, lambda line: None)
    again = replace(args, out=tmp_path / "again")
    told: list[str] = []

    def stop(line: str) -> None:
        told.append(line)
        if line.startswith("step 5"):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        adapt(again, stop)
    assert not (again.out / "metrics.json").exists()
    # WHEN it is started again THEN it goes on, and learns the same
    resumed: list[str] = []
    found = adapt(again, resumed.append)
    assert any("goes on after step 4 of 9" in line for line in resumed)
    assert not any(line.startswith("step 4") for line in resumed)
    assert {**found, "seconds": 0} == {**whole, "seconds": 0}
    # WHEN something else is to be learned THEN it begins anew
    other: list[str] = []
    adapt(replace(again, rate=2e-2), other.append)
    assert not any("goes on" in line for line in other)


def test_a_model_that_is_made_for_the_game_learns_in_its_own_words(folder: Path, tmp_path: Path) -> None:
    # GIVEN questions for advice, and the coach of the game
    picture = Image.fromarray(rendered_start())
    prompt = "Please tell me in 200 characters where the cat should move next."
    asked = [Asked(prompt, "Move up.", picture, 1, "up"), Asked(prompt, "3/3", picture, 1)]
    vision = load_vision(resources_dir() / "models" / "grid-coach", quick=False)
    # WHEN they are put into its words
    advice, other = in_own_words(vision, 336, asked, profile_of(GAME.id).moves, 3, lambda line: None)
    # THEN it says what it sees, and the move that is to be learned; what asks for no move stays
    assert "crate" in advice.answer
    assert named_move(advice.answer, profile_of(GAME.id).moves) == "up"
    assert other is asked[1]


def test_a_model_is_asked_again_until_it_names_the_move(monkeypatch: pytest.MonkeyPatch) -> None:
    # GIVEN a model that names the move at once, the third time, and never
    says = {
        "at once": ["I see it. Go up."],
        "later": ["No. Go left."] * 2 + ["Yes. Go up."],
        "never": ["Hm. Go left."] * 7,
    }
    picture = Image.new("RGB", (8, 8))
    asked = [Asked(prompt, "Move up.", picture, 1, "up") for prompt in says]
    seeds: list[int | None] = []

    def advice(vision: object, side_px: int, some: list[Asked], seed: int | None) -> list[str]:
        seeds.append(seed)
        return [says[each.prompt].pop(0) for each in some]

    monkeypatch.setattr(own_words, "advice_of", advice)
    lines: list[str] = []
    # WHEN questions are put into its words
    found = in_own_words(cast(VisionModel, None), 8, asked, ("left", "up"), 5, lines.append)
    # THEN it is what it said when it named the move, or else what it said first, with that move
    assert [each.answer for each in found] == ["I see it. Go up.", "Yes. Go up.", "Hm. Go up."]
    # AND the first time it says what is likeliest, then each time something else, and it is told how far it is
    assert seeds == [None, 6, 7, 8, 9, 10, 11]
    assert lines[0] == "asked 1 of 7 times: 2 positions in which it names another move"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The crate is right above you. Go up.", "The crate is right above you. Go left."),
        ("The hole is one step down. Up!", "The hole is one step down. Left!"),
        ("Nothing to see here.", ""),
    ],
)
def test_the_move_of_an_advice_is_replaced(text: str, expected: str) -> None:
    # GIVEN advice WHEN it is to name another move THEN only that changes
    assert with_move(text, "left", ("left", "down", "right", "up")) == expected


@pytest.mark.parametrize("rests", [True, False], ids=["seen once", "seen each time"])
@pytest.mark.parametrize("build", [build_llava, build_onevision, build_qwen, build_smolvlm])
def test_a_question_in_a_batch_is_answered_as_alone(tmp_path: Path, build: Callable[[Path], Path], rests: bool) -> None:
    # GIVEN questions about pictures of two sizes, and answers of several lengths
    vision = load_vision(build(tmp_path), quick=False)
    prepared = Prepared(VisionEncoder(vision, 64, rests), vision.processor.tokenizer.pad_token_id or 0)
    rng = np.random.default_rng(1)
    pictures = [Image.fromarray(rng.integers(0, 255, size, np.uint8)) for size in ((40, 40, 3), (30, 60, 3))]
    asked = [Asked("Where " * n, "Up " * (4 - n), pictures[n % 2]) for n in range(1, 4)]
    with torch.no_grad():
        # WHEN they are asked together THEN each answer is as likely as alone
        together = losses_of(vision.model, prepared.batch(asked))
        alone = torch.cat([losses_of(vision.model, prepared.batch([one])) for one in asked])
        assert torch.allclose(together, alone, rtol=0.02)
        # and as likely as when the model sees the picture itself
        inputs = dict(model_inputs(vision, asked[0].prompt, [shrink(pictures[1], 64)]))
        example = prepared.encoded(asked[0])
        tail = example.tokens["input_ids"][None, -example.said :]
        for name, filler in (("input_ids", tail), ("attention_mask", torch.ones_like(tail))):
            inputs[name] = torch.cat([inputs[name], filler], 1)
        for name in ("token_type_ids", "mm_token_type_ids"):
            if name in inputs:
                inputs[name] = torch.cat([inputs[name], torch.zeros_like(tail).to(inputs[name].dtype)], 1)
        logits = vision.model(**inputs).logits[0, -example.said - 1 : -1]
        assert float(torch.nn.functional.cross_entropy(logits, tail[0])) == pytest.approx(float(alone[0]), rel=0.02)


@pytest.mark.parametrize("loss", PREFERENCES)
def test_what_the_player_prefers_is_learned(tmp_path: Path, loss: Preference) -> None:
    # GIVEN answers of which one is better WHEN a tiny model learns that
    groups = [
        Answered((Asked(f"Where to, {number}?", "left"), Asked(f"Where to, {number}?", "up")), (7, 2), number == 3)
        for number in range(4)
    ]
    args = replace(tiny(tmp_path, tmp_path, build_text, "plain"), loss=loss, epochs=12, rate=2e-2)
    metrics = prefer(args, groups, lambda line: None)
    # THEN the better answer is the more likely one, also where it was not shown
    assert metrics["ordered"]["after"] == 1.0
    assert metrics["ordered_held_out"]["after"] == 1.0
    check_checkpoint(args.out, "adapter")


def test_without_questions_it_is_said_how_to_make_some(tmp_path: Path) -> None:
    # GIVEN no questions, or only such as cannot be asked WHEN they are wanted THEN a sentence says so
    with pytest.raises(CoachError, match="There are no questions"):
        questions(tmp_path, "train", False, 10, 0)
    (tmp_path / "questions-train.jsonl").write_text('{"descriptions": [""], "pictures": []}\n')
    with pytest.raises(CoachError, match="this model can be asked"):
        questions(tmp_path, "train", False, 10, 0)


@pytest.mark.parametrize(("changes", "sentence"), [({"rank": 0}, "rank"), ({"weight": -1.0}, "weight")])
def test_arguments_are_checked(changes: dict[str, float], sentence: str) -> None:
    # GIVEN arguments that make no sense WHEN they are made THEN it is said which
    with pytest.raises(ValueError, match=sentence):
        adapt_args("ewc", game="grid", base="x", questions=Path(), out=Path(), **changes)
    with pytest.raises(CoachError, match="no loss “grief”"):
        adapt_args("ewc", game="grid", base="x", questions=Path(), out=Path(), loss="grief")
    with pytest.raises(CoachError, match="no method “dream”"):
        adapt_args("dream")


def test_pictures_are_put_side_by_side() -> None:
    # GIVEN pictures WHEN they are put side by side THEN all are there, in order
    whole = beside([Image.new("RGB", (2, 3), "red"), Image.new("RGB", (1, 5), "blue")])
    assert (whole.size, whole.getpixel((0, 0)), whole.getpixel((2, 4))) == ((3, 5), (255, 0, 0), (0, 0, 255))


def test_few_ratings_are_learned_more_often() -> None:
    # GIVEN few ratings, and many WHEN asked how often each is learned THEN all take as many steps, but once at least
    assert epochs_of_ratings(8) == 8 * epochs_of_ratings(64) > 8
    assert epochs_of_ratings(100_000) == 1
