"""Q-values from the real engine process."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from coach_app.engine.answering import model_inputs
from coach_app.engine.loader import load_vision
from coach_app.host.messages import Answered, Cancel, Cancelled, Failed, Load, Ready, Value, Valued, Words
from coach_app.models.checkpoint import fingerprint
from coach_app.qvalues import checkpoint
from coach_app.qvalues.checkpoint import CheckpointInfo
from coach_app.qvalues.features import Features
from coach_app.qvalues.network import DQNLM, Inputs
from coach_app.qvalues.observation import grey_84
from tests.fakes.models import build_llava
from tests.unit.engine.engine_process import EngineProcess

MOVES = ("left", "down", "right", "up")
SIDE_PX = 40
PICTURE = np.random.default_rng(0).integers(0, 256, (SIDE_PX, SIDE_PX, 3), dtype=np.uint8)


def build_network(folder: Path, llava: Path, inputs: Inputs = "both") -> Path:
    torch.manual_seed(1)
    width = load_vision(llava).model.config.get_text_config().vocab_size
    info = CheckpointInfo(
        game="grid",
        moves=MOVES,
        inputs=inputs,
        features=width if inputs != "picture" else 0,
        feature_model="tiny-llava",
        feature_model_print=fingerprint(llava),
        prompt="Where?",
        hidden=16,
    )
    network = DQNLM(4, info.features, inputs, 16)
    possible = network.learn_possible()
    with torch.no_grad():
        possible.weight.zero_()
        possible.bias.copy_(torch.tensor([1.0, -1.0, 1.0, 1.0]))  # down never is
    checkpoint.save(folder, network, info)
    return folder


@pytest.fixture(scope="module")
def network(llava: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_network(tmp_path_factory.mktemp("networks") / "grid-q", llava)


@pytest.fixture(scope="module")
def values_engine(llava: Path) -> Iterator[EngineProcess]:
    process = EngineProcess()
    process.load(llava)
    yield process
    process.close()


def load(engine: EngineProcess, folder: Path) -> object:
    id_ = engine.new_id()
    engine.send(Load(id=id_, folder=str(folder), role="qvalues"))
    return engine.last(id_)


def value(engine: EngineProcess) -> int:
    id_ = engine.new_id()
    engine.send(Value(id=id_, width=SIDE_PX, height=SIDE_PX), PICTURE.tobytes())
    return id_


def test_values_are_those_of_network_and_features(values_engine: EngineProcess, network: Path, llava: Path) -> None:
    # GIVEN an engine with a network / WHEN it is asked for the values of a picture
    assert isinstance(load(values_engine, network), Ready)
    reply = values_engine.last(value(values_engine))

    # THEN they are the network's on that picture and its features, and the impossible move is named
    vision, (net, info) = load_vision(llava), checkpoint.load(network)
    picture = Image.fromarray(PICTURE)
    rows = Features(vision.model, lambda images: model_inputs(vision, info.prompt, images)).of([picture])
    with torch.inference_mode():
        expected = net(torch.from_numpy(grey_84(picture).copy())[None], torch.from_numpy(rows))[0].tolist()
    assert isinstance(reply, Valued)
    assert reply.values == pytest.approx(expected, abs=1e-3)
    assert (reply.game, reply.moves, reply.checkpoint) == ("grid", MOVES, "grid-q")
    assert reply.possible == (True, False, True, True)


def test_of_waiting_requests_only_the_newest_counts(values_engine: EngineProcess, network: Path) -> None:
    # GIVEN a long answer that is being given
    assert isinstance(load(values_engine, network), Ready)
    answer = values_engine.ask(max_new_tokens=2048)
    assert isinstance(values_engine.next(), Words)

    # WHEN values are asked for three times meanwhile, and the answer is stopped
    ids = [value(values_engine) for _ in range(3)]
    values_engine.send(Cancel(target=answer))

    # THEN the answer was not held up, and only the newest request has values
    assert values_engine.last(answer) == Cancelled(id=answer)
    assert [values_engine.last(id_) for id_ in ids[:2]] == [Cancelled(id=id_) for id_ in ids[:2]]
    assert isinstance(values_engine.last(ids[2]), Valued)


def test_another_models_network_is_refused_and_answers_go_on(
    values_engine: EngineProcess, network: Path, llava: Path, tmp_path: Path
) -> None:
    # GIVEN a network that was trained with the features of a model with other weights
    other = build_network(tmp_path / "other-q", build_llava(tmp_path / "other-llava", seed=5))

    # WHEN it is loaded / THEN that is a sentence with a remedy, values are refused, and answers go on
    refused = load(values_engine, other)
    assert isinstance(refused, Failed)
    assert (refused.kind, bool(refused.remedy)) == ("bad_model", True)
    assert "trained with the features of" in refused.message
    assert isinstance(values_engine.last(value(values_engine)), Failed)
    assert isinstance(values_engine.last(values_engine.ask(max_new_tokens=3)), Answered)
    assert isinstance(load(values_engine, network), Ready)
    assert isinstance(values_engine.last(value(values_engine)), Valued)


def test_a_picture_network_needs_no_vision_model(llava: Path, tmp_path: Path) -> None:
    # GIVEN an engine without any model / WHEN a network is loaded that looks at the picture alone / THEN it has values
    engine = EngineProcess()
    assert isinstance(engine.last(value(engine)), Failed)
    assert isinstance(load(engine, build_network(tmp_path / "q", llava, "picture")), Ready)
    assert isinstance(engine.last(value(engine)), Valued)

    # WHEN one is loaded that needs features / THEN that is said
    refused = load(engine, build_network(tmp_path / "q2", llava))
    assert isinstance(refused, Failed)
    assert "no model" in refused.message
    engine.close()
