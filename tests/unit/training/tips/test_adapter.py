"""Training a text adapter: what is learned from, the alarm, what is kept."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from coach_app.domain.errors import CoachError
from coach_app.engine.adapters import adapted
from coach_app.engine.loader import load_text
from coach_app.models.catalogue import ModelEntry, catalogue
from coach_app.training.tips import adapter as tips
from coach_app.training.tips import arguments
from coach_app.training.tips.adapter import memory_needed, train
from coach_app.training.tips.arguments import TipsArgs, preset
from coach_app.training.tips.pairs import Pair, write_pairs
from tests.fakes.models import build_text

SMALL: dict[str, Any] = {
    "epochs": 6.0,
    "batch": 4,
    "rate": 2e-2,
    "rank": 4,
    "alpha": 8,
    "passages": 0.0,
    "validation": 0.3,
    "patience": 0,
}


def pairs(count: int = 12) -> list[Pair]:
    """Questions of a simple kind, three to a meaning."""
    return [
        Pair(f"{how} win {i}?", "Win, win, win.", "fox-win", f"win-{i}")
        for i in range(count)
        for how in ("How to", "Why", "Do")
    ]


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_text(tmp_path_factory.mktemp("text") / "tiny-text")


def args_for(folder: Path, base: Path, **changed: Any) -> TipsArgs:
    data = folder / "pairs.jsonl"
    write_pairs(pairs(), data)
    return preset(base=str(base), data=data, out=folder / "tips", **SMALL | changed)


def test_an_adapter_is_trained_that_the_engine_takes(
    tmp_path: Path, base: Path, expect_warning: Callable[[str], None]
) -> None:
    # GIVEN questions that all have one answer
    expect_warning("were aligned accordingly")
    args, said = args_for(tmp_path, base), list[str]()

    # WHEN an adapter is trained on them
    train(args, said.append)

    # THEN it has learned them, says what it costs before and how far it is on the way, and the engine takes it
    metrics = json.loads((args.out / "metrics.json").read_text())
    assert metrics["loss"] < 0.8 * metrics["loss_before"]
    cost = next(place for place, line in enumerate(said) if "GB" in line)
    assert "minutes for" in said[cost]
    assert any("min left" in line for line in said[cost:])
    assert not any("loss" in line for line in said[:cost])
    text = load_text(base)
    with adapted(text, str(args.out)):
        assert list(text.adapters) == [str(args.out)]
    # AND what it stands on, its arguments and its curve are beside it
    assert json.loads((args.out / "adapter_config.json").read_text())["base_model_name_or_path"] == base.name
    assert json.loads((args.out / "args.json").read_text())["rank"] == 4
    with Image.open(args.out / "curve.png") as curve:
        assert curve.size == (960, 540)


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"loss": 2.0}, "learned nothing"),
        ({"loss_last": 1.2}, "rose from 1.0 to 1.2"),
        ({"different_answers": 0.4}, "60% of its answers"),
    ],
)
def test_the_alarm(changed: dict[str, float], sentence: str, tmp_path: Path) -> None:
    # GIVEN a training that went wrong in one way WHEN looked at THEN the sentence says how
    metrics = {"loss_before": 2.0, "loss": 1.0, "loss_last": 1.05, "different_answers": 0.9}
    args = TipsArgs(out=tmp_path, patience=0)
    tips._sound_the_alarm(metrics, args)
    with pytest.raises(CoachError, match=sentence):
        tips._sound_the_alarm(metrics | changed, args)


def test_no_meaning_is_both_learned_and_watched() -> None:
    # GIVEN three questions a meaning WHEN divided THEN all of one meaning are on one side, and all are on a side
    learned, watched = tips._divided(pairs(20), TipsArgs(validation=0.2))
    assert len(learned) + len(watched) == 60
    assert len(watched) == 12
    assert not {pair.meaning for pair in learned} & {pair.meaning for pair in watched}


def test_too_few_questions_are_refused(tmp_path: Path, base: Path) -> None:
    # GIVEN one meaning only, or only held-out questions WHEN trained THEN the remedy is to make more
    for left in (pairs(1), [replace(pair, split="held-out") for pair in pairs()]):
        args = args_for(tmp_path, base)
        assert args.data
        write_pairs(left, args.data)
        with pytest.raises(CoachError, match="questions to learn from") as caught:
            train(args)
        assert "coach train guides" in caught.value.remedy


def test_the_original_values() -> None:
    # GIVEN the preset of the original WHEN made THEN its values are the published ones
    args = preset("original", base="llama-2-7b")
    assert (args.rank, args.alpha, args.dropout, args.targets) == (64, 16, 0.3, ("q_proj", "v_proj"))
    assert (args.length, args.epochs, args.batch) == (1_024, 3.0, 8)
    assert not args.end_token
    assert not args.answer_only
    with pytest.raises(CoachError, match="no preset 'best'"):
        preset("best")
    with pytest.raises(ValueError, match="divide"):
        preset(base="llama-2-7b", batch=16, pieces=3)


@pytest.fixture
def llama(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the shape of Llama-2-7B."""
    entry = next(entry for entry in catalogue() if entry.name == "llama-2-7b")
    folder = tmp_path / "my-llama"
    folder.mkdir()
    shape = {"hidden_size": 4096, "num_hidden_layers": 32, "intermediate_size": 11008, "vocab_size": 32000}
    (folder / "config.json").write_text(json.dumps(shape | {"num_attention_heads": 32}))
    for module in (arguments, tips):
        monkeypatch.setattr(module, "memory_of", lambda folder, role: entry.memory)
    return folder


def test_a_folder_of_seven_billion_parameters_is_the_large_model_that_it_is(
    llama: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # GIVEN the folder of a large model, which the catalogue does not know WHEN presets are made for it
    args, original = preset(base=str(llama)), preset("original", base=str(llama))

    # THEN they are those of the catalogue's model of that size
    known = preset(base="llama-2-7b")
    assert (args.rank, args.rate, args.length, args.pieces) == (known.rank, known.rate, known.length, known.pieces)
    assert original.pieces == original.batch == 8
    # AND a processor, which keeps all activations, gets one sheet of lessons at a time, and compiles if it can
    monkeypatch.setattr(arguments, "has_a_compiler", lambda: True)
    for card, pieces in ((True, 1), (False, 2)):
        monkeypatch.setattr("torch.cuda.is_available", lambda card=card: card)
        assert (preset().base, preset().pieces, preset().compiled) == ("smollm2", pieces, not card)


def test_seven_billion_parameters_fit_a_card_of_12_gb(llama: Path) -> None:
    # GIVEN a base with the shape of Llama-2-7B WHEN its training is planned THEN it takes at most 12 GB
    entry = ModelEntry(name="my-llama", title="my-llama", role="text", folder=llama)
    for name in ("default", "original"):
        args = preset(name, base=str(llama))
        tokens = args.batch // args.pieces * args.length
        assert 5e9 < memory_needed(entry, args, card=True, tokens=tokens, learned=tokens) < 12e9
    # AND 16 questions in one piece take half of what was announced when every question counted as the longest one
    args = preset(base=str(llama), rank=32, pieces=1)
    assert 11e9 < memory_needed(entry, args, card=True, tokens=16 * 512, learned=16 * 100) < 16e9
