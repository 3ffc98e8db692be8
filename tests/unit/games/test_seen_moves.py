"""The network that reads moves: its arithmetic, its threshold, and damaged files."""

import shutil
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from coach_app.domain.errors import CoachError
from coach_app.domain.resources import resources_dir
from coach_app.games.seen_moves import METRICS, SIDE_PX, WEIGHTS, Known, MoveReader, load, observation
from coach_app.models.catalogue import qnets
from coach_app.training.moves import MoveNet


@pytest.fixture
def net() -> MoveNet:
    torch.manual_seed(3)
    return MoveNet({"maze": 3})


def weights(net: MoveNet) -> dict[str, np.ndarray]:
    return {name: value.numpy() for name, value in net.state_dict().items()}


def test_it_computes_what_was_trained(net: MoveNet) -> None:
    # GIVEN an untrained network, and pictures WHEN they are read by it and by its counterpart
    rng = np.random.default_rng(1)
    before, after = (rng.integers(0, 256, (2, SIDE_PX, SIDE_PX, 3), np.uint8) for _ in range(2))
    seen = observation(before, after)
    with torch.no_grad():
        expected = net("maze", torch.from_numpy(seen)).softmax(1).numpy()
    found = np.stack([MoveReader(weights(net), {}).chances("maze", each) for each in seen])
    # THEN the probabilities are the same
    assert seen.shape == (2, 8, SIDE_PX, SIDE_PX)
    np.testing.assert_allclose(found, expected, atol=1e-5)


def test_a_move_below_the_threshold_and_unknown_itself_are_no_moves(net: MoveNet) -> None:
    # GIVEN a network that prefers the second move, then "unknown", whatever it sees
    picture = Image.new("RGB", (90, 70), "teal")
    moves = ("left", "right", "jump")
    for favoured, least, move in ((1, 0.5, "right"), (1, 1.1, ""), (3, 0.0, "")):
        changed = weights(net)
        changed["game.maze.bias"] = np.eye(4, dtype=np.float32)[favoured] * 50
        reader = MoveReader(changed, {"maze": Known(moves, least)})
        # WHEN pictures are read THEN a move is named only if it is probable enough
        assert reader.read("maze", picture, picture) == move
        assert reader.read("chess", picture, picture) == ""
        assert (reader.knows("maze"), reader.knows("chess")) == (True, False)


def test_damaged_files_are_refused_with_a_sentence(tmp_path: Path) -> None:
    # GIVEN copies of the network that comes with the app, each damaged in another way
    bundled = resources_dir() / "models" / "moves"
    for file, content in ((METRICS, "[]"), (METRICS, "{"), (WEIGHTS, "no weights"), (WEIGHTS, None)):
        folder = shutil.copytree(bundled, tmp_path / "moves", dirs_exist_ok=True)
        (folder / file).unlink()
        if content is not None:
            (folder / file).write_text(content)
        # WHEN they are loaded THEN a sentence names the folder
        with pytest.raises(CoachError, match="moves"):
            load(folder)


def test_the_bundled_network_is_small_and_tells_how_good_it_is() -> None:
    folder = resources_dir() / "models" / "moves"
    assert (folder / WEIGHTS).stat().st_size < 1_000_000
    assert load(folder).knows("frozen-lake")
    # and it is not offered as a Q-network
    assert folder.name not in qnets()
