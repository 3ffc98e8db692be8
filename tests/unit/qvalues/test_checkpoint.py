"""Q-networks in folders: whole, of the right game and model, and never half written."""

import errno
import json
import struct
from pathlib import Path

import pytest
import torch
from safetensors.torch import save_file

from coach_app.domain.errors import CoachError
from coach_app.qvalues import checkpoint
from coach_app.qvalues.checkpoint import WEIGHTS, CheckpointInfo
from coach_app.qvalues.network import DQNLM

INFO = CheckpointInfo(
    game="grid",
    moves=("left", "down", "right", "up"),
    features=6,
    feature_model="grid-coach",
    feature_model_print="abc",
    prompt="Where?",
    hidden=8,
)


def network(seed: int = 0) -> DQNLM:
    torch.manual_seed(seed)
    made = DQNLM(4, 6, hidden=8).eval()
    made.normalise_by(torch.randn(20, 6) * 30)
    return made


def values(made: DQNLM) -> torch.Tensor:
    with torch.inference_mode():
        result: torch.Tensor = made(torch.arange(84 * 84).reshape(1, 84, 84) % 256, torch.linspace(-9, 9, 6)[None])
    return result


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    checkpoint.save(tmp_path / "q", network(), INFO)
    return tmp_path / "q"


def complaint(folder: Path) -> str:
    with pytest.raises(CoachError) as failure:
        checkpoint.load(folder)
    assert failure.value.remedy
    return failure.value.message


@pytest.mark.parametrize("possible", [False, True])
def test_a_network_comes_back_as_it_was(tmp_path: Path, possible: bool) -> None:
    # GIVEN a network, with or without the reading of possible moves / WHEN it is saved and loaded
    made = network()
    if possible:
        made.learn_possible()
    checkpoint.save(tmp_path, made, INFO)
    loaded, info = checkpoint.load(tmp_path)

    # THEN it has the same values as far as float16 can say, and can be trained on
    assert info == checkpoint.read_info(tmp_path) == INFO.model_copy(update={"possible": possible})
    assert torch.allclose(values(loaded), values(made), atol=5e-3)
    assert (loaded.possible is not None) is possible
    assert all(parameter.requires_grad and not parameter.is_meta for parameter in loaded.parameters())


def test_a_full_disk_leaves_the_old_one_whole(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # GIVEN a saved network and a disk that is full
    old = values(checkpoint.load(folder)[0])

    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("os.fsync", full)

    # WHEN another one is saved / THEN that is a sentence, and the old one is still there, alone
    with pytest.raises(CoachError, match="Q-network"):
        checkpoint.save(folder, network(1), INFO)
    assert torch.equal(values(checkpoint.load(folder)[0]), old)
    assert [file.name for file in folder.iterdir()] == [WEIGHTS]


@pytest.mark.parametrize("wrong", [float("nan"), float("inf"), 1e9])
def test_weights_that_are_no_numbers_are_not_saved(folder: Path, wrong: float) -> None:
    # GIVEN a training that went astray / WHEN its network is saved / THEN it is refused, and the good one stays
    old, bad = values(checkpoint.load(folder)[0]), network()
    with torch.no_grad():
        bad.head.bias[1] = wrong
    with pytest.raises(CoachError, match="not numbers"):
        checkpoint.save(folder, bad, INFO)
    assert torch.equal(values(checkpoint.load(folder)[0]), old)


def test_weights_that_are_no_numbers_are_not_loaded(folder: Path) -> None:
    # GIVEN a file of somebody else with such weights / WHEN it is loaded / THEN it is refused
    weights = network().state_dict()
    weights["head.bias"] = torch.full((4,), torch.nan)
    save_file(weights, folder / WEIGHTS, {"coach": INFO.model_dump_json()})
    assert "not numbers" in complaint(folder)


@pytest.mark.parametrize("share", [0.0, 0.3, 0.999])
def test_a_truncated_file_is_refused(folder: Path, share: float) -> None:
    # GIVEN a file whose end is missing / WHEN it is loaded / THEN it is named
    content = (folder / WEIGHTS).read_bytes()
    (folder / WEIGHTS).write_bytes(content[: int(len(content) * share)])
    assert WEIGHTS in complaint(folder)


def test_a_missing_file_and_a_pickle_are_refused(tmp_path: Path) -> None:
    # GIVEN no folder, an empty one, and one with a pickle / WHEN they are loaded / THEN each is told apart
    assert "no model folder" in complaint(tmp_path / "nothing")
    assert WEIGHTS in complaint(tmp_path)
    (tmp_path / "model.pt").write_bytes(b"cos\nsystem\n")
    assert "pickle" in complaint(tmp_path)


@pytest.mark.parametrize(
    "change",
    [
        {"moves": ["left", "right"]},
        {"features": 7},
        {"features": 1_000_000, "hidden": 65_536},
        {"hidden": 9},
        {"inputs": "picture"},
        {"possible": True},
    ],
)
def test_weights_of_another_shape_are_refused(folder: Path, change: dict[str, object]) -> None:
    # GIVEN a file that says other shapes than it has, an absurdly large one too / WHEN it is loaded / THEN: refused
    info = INFO.model_dump() | change
    save_file(network().state_dict(), folder / WEIGHTS, {"coach": json.dumps(info)})
    assert "do not match its description" in complaint(folder)


@pytest.mark.parametrize("header", ["", "{}", "[1]", '{"game": "grid", "moves": ["up"], "surprise": 1}'])
def test_a_file_that_is_not_ours_is_refused(folder: Path, header: str) -> None:
    # GIVEN weights without our description, or with a wrong one / WHEN they are loaded / THEN they are refused
    save_file(network().state_dict(), folder / WEIGHTS, {"coach": header} if header else None)
    assert "not one of the coach's Q-networks" in complaint(folder)


def test_a_header_longer_than_the_file_is_refused(folder: Path) -> None:
    # GIVEN a file that promises more than it has / WHEN it is loaded / THEN it is refused
    (folder / WEIGHTS).write_bytes(struct.pack("<Q", 1 << 40) + b"{}")
    assert "damaged" in complaint(folder)


@pytest.mark.parametrize(("print_", "width"), [("abd", 6), ("abc", 7)])
def test_another_models_features_are_refused(print_: str, width: int) -> None:
    # GIVEN another vision model, or the same of another width / WHEN they meet / THEN both models are named
    with pytest.raises(CoachError, match=r"features of grid-coach, not with those of other") as failure:
        INFO.check_model("other", print_, width)
    assert "coach train dqn --game grid" in failure.value.remedy
    INFO.check_model("grid-coach", "abc", 6)
    INFO.model_copy(update={"inputs": "picture"}).check_model("other", print_, width)
