"""The architecture of DQN_LM, and what it sees of a frame."""

import numpy as np
import pytest
import torch
from PIL import Image

from coach_app.qvalues.network import DQNLM, Inputs
from coach_app.qvalues.observation import grey_84


def test_the_size_is_that_of_the_article() -> None:
    # GIVEN the article's 32,064 features and 4 actions / WHEN the network is made (without taking memory)
    with torch.device("meta"):
        network = DQNLM(4, 32_064)

    # THEN the joint layer has its 39,808 inputs, and there are its 20.46 million parameters
    joint = network.joint[0]
    assert isinstance(joint, torch.nn.Linear)
    assert joint.in_features == 39_808
    assert sum(parameter.numel() for parameter in network.parameters()) == pytest.approx(20.46e6, abs=5e3)


@pytest.mark.parametrize(
    ("inputs", "picture_counts", "features_count"),
    [("both", True, True), ("picture", True, False), ("features", False, True)],
)
def test_values_depend_on_the_chosen_inputs_only(inputs: Inputs, picture_counts: bool, features_count: bool) -> None:
    # GIVEN a network / WHEN it sees two pictures and two rows of features
    torch.manual_seed(0)
    network = DQNLM(3, 5, inputs).eval()
    pictures = torch.stack([torch.zeros(84, 84), torch.full((84, 84), 255.0)]).to(torch.uint8)
    features = torch.randn(2, 5)
    with torch.inference_mode():
        values = network(pictures, features)
        other_picture = network(pictures.flip(0), features)
        other_features = network(pictures, features.flip(0))

    # THEN there is a value for each action, and it changes with what counts
    assert values.shape == (2, 3)
    assert torch.equal(values, other_picture) is not picture_counts
    assert torch.equal(values, other_features) is not features_count


def test_features_of_any_scale_are_brought_to_one() -> None:
    # GIVEN features of several scales, one of which never changes
    torch.manual_seed(0)
    network = DQNLM(2, 3, "features")
    features = torch.randn(200, 3) * torch.tensor([100.0, 0.5, 0.0]) + torch.tensor([7.0, -3.0, 40.0])

    # WHEN the network is normalised by them / THEN the varying ones have mean 0 and variance 1, the other one is 0
    network.normalise_by(features)
    seen = (features - network.feature_mean) * network.feature_scale
    assert torch.allclose(seen.mean(0), torch.zeros(3), atol=1e-2)
    assert torch.allclose(seen.std(0, unbiased=False), torch.tensor([1.0, 1.0, 0.0]), atol=1e-2)


@pytest.mark.parametrize(("actions", "features", "inputs"), [(0, 5, "both"), (4, 0, "both"), (4, 5, "neither")])
def test_impossible_shapes_are_refused(actions: int, features: int, inputs: Inputs) -> None:
    # GIVEN numbers that make no network / WHEN it is made / THEN that is refused
    with pytest.raises(ValueError, match="must be"):
        DQNLM(actions, features, inputs)


def test_a_frame_is_seen_alike_as_picture_and_as_array() -> None:
    # GIVEN a frame in training (an array) and the same one captured (a picture) / WHEN both are observed
    pixels = np.random.default_rng(0).integers(0, 256, (160, 192, 3), dtype=np.uint8)
    trained, live = grey_84(pixels), grey_84(Image.fromarray(pixels))

    # THEN they are the same grey square, and white stays white
    assert trained.shape == (84, 84)
    assert trained.dtype == np.uint8
    assert np.array_equal(trained, live)
    assert (grey_84(Image.new("RGB", (30, 50), "white")) == 255).all()
