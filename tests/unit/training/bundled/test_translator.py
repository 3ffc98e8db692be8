"""Training the offline translator, and the one that comes with the app."""

import json
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors.torch import load_file

from coach_app.domain.errors import CoachError
from coach_app.domain.resources import resources_dir
from coach_app.engine.confidence import load_confidence
from coach_app.engine.loader import load_translator
from coach_app.engine.translating import translate_with_log_probs
from coach_app.games.grid.lessons import curriculum
from coach_app.models.checkpoint import check_checkpoint
from coach_app.training.bundled.translator import TranslatorArgs, chrf, evaluate, text_hash, train
from coach_app.translation.sentences import Line, join, looks_japanese, split

SHIPPED = resources_dir() / "models" / "grid-ja"


@pytest.fixture(autouse=True)
def light(monkeypatch: pytest.MonkeyPatch) -> None:
    """Little measuring of models that have hardly learnt: these talk until they are stopped."""
    monkeypatch.setattr("tqdm.tqdm.monitor_interval", 0)  # or its progress bars leave a thread behind
    monkeypatch.setattr("coach_app.training.bundled.translator._CALIBRATION_SENTENCES", 3)
    torch.set_num_threads(1)


def _tiny(out: Path, **changes: Any) -> TranslatorArgs:
    small = {"levels": 1, "vocabulary": 100, "width": 32, "layers": 1, "heads": 2, "batch": 16, "test_answers": 1}
    return TranslatorArgs(**{"out": out, "steps": 4, **small, **changes})


def test_it_learns_and_what_it_needs_is_saved(tmp_path: Path) -> None:
    """GIVEN the answers of two levels WHEN trained THEN they are translated, and a checkpoint and its story left."""
    reports: list[dict[str, Any]] = []
    out = tmp_path / "models" / "tiny-ja"
    args = _tiny(out, steps=400, vocabulary=300, width=64, dropout=0.0, rough=0.0, learning_rate=5e-3)
    metrics = train(args, curriculum, lambda report: reports.append(dict(report)))

    assert [report["step"] for report in reports] == [100, 200, 300, 400]
    assert reports[-1]["loss"] < reports[0]["loss"] / 10
    translation = load_translator(out)
    for english, japanese in {
        "Go up.": "上へ進みましょう。",
        "The best move is right.": "一番よい手は右です。",
    }.items():
        assert translate_with_log_probs(translation, english, lambda: False)[0] == japanese
    check_checkpoint(out, "translator")
    assert load_confidence(out) is not None
    assert {tensor.dtype for tensor in load_file(out / "model.safetensors").values()} == {torch.float16}
    arguments = json.loads((out / "args.json").read_text())
    assert (arguments["seed"], arguments["steps"], arguments["out"]) == (1, 400, "tiny-ja")
    assert json.loads((out / "metrics.json").read_text()) == metrics
    assert "## What it does not know" in (out / "README.md").read_text()


def test_the_same_seed_gives_the_same_weights(tmp_path: Path) -> None:
    """GIVEN the same arguments WHEN trained twice THEN every weight is the same."""
    for name in "ab":
        train(_tiny(tmp_path / name), curriculum)
    a, b = (load_file(tmp_path / name / "model.safetensors") for name in "ab")
    assert a.keys() == b.keys()
    assert all(torch.equal(a[key], b[key]) for key in a)


@pytest.mark.parametrize(
    "wrong", [{"steps": 0}, {"seed": -1}, {"width": 30}, {"learning_rate": 0.0}, {"dropout": 1.0}, {"levels": -5}]
)
def test_arguments_are_checked(wrong: dict[str, Any]) -> None:
    """GIVEN an argument that cannot be WHEN made THEN it is refused with a remedy."""
    with pytest.raises(CoachError) as caught:
        TranslatorArgs(**wrong)
    assert caught.value.remedy


def test_chrf() -> None:
    """GIVEN texts WHEN compared THEN the same ones score 1, others 0, and near ones in between."""
    assert chrf("木箱は上です。", "木箱は上です。") == 1
    assert chrf("", "木箱は上です。") == 0
    assert chrf("hello", "木箱は上です。") == 0
    assert 0.3 < chrf("木箱は下です。", "木箱は上です。") < 0.9
    # ABCD against ABCE: 3 of 4 characters, 2 of 3 pairs, 1 of 2 triples, 0 of 1 in common; recall is the same.
    assert chrf("ABCD", "ABCE") == pytest.approx((3 / 4 + 2 / 3 + 1 / 2) / 4)


def test_answers_are_cut_into_the_sentences_that_were_trained_on() -> None:
    """GIVEN the teacher's answers WHEN the app cuts them THEN sentences come out whole, and their Japanese passes."""
    for answer in curriculum.unseen_answers(150):
        assert split(" ".join(sentence.en for sentence in answer)) == [Line("", [sentence.en for sentence in answer])]
        assert all(looks_japanese(sentence.en, sentence.ja) for sentence in answer)
        assert join([Line("", [sentence.ja for sentence in answer])]) == "".join(sentence.ja for sentence in answer)


def test_the_shipped_translator_was_trained_on_what_the_coach_says_now() -> None:
    """GIVEN the translator in the resources WHEN the teacher's text is looked at THEN it is what it was trained on."""
    assert json.loads((SHIPPED / "metrics.json").read_text())["text"] == text_hash(curriculum), (
        "run: coach train translator"
    )
    check_checkpoint(SHIPPED, "translator")
    assert sum(file.stat().st_size for file in SHIPPED.iterdir()) <= 8_000_000


def test_the_shipped_translator_is_right_and_knows_its_limits() -> None:
    """GIVEN the shipped translator WHEN it gets unseen answers and other English THEN it is right, or refuses."""
    measured = evaluate(SHIPPED, curriculum, answers=30)
    assert measured["exact_sentences"] >= 0.97
    assert measured["other_english_believed"] == 0
    assert measured["near_english_believed"] <= 0.05
