"""How finely a picture is looked at: squares, tokens, and what stays as it was."""

from pathlib import Path
from typing import Any

import pytest
import torch
from PIL import Image

from coach_app.domain.detail import DETAILS, Detail
from coach_app.domain.resources import resources_dir
from coach_app.engine.answering import answer, model_inputs
from coach_app.engine.loader import VisionModel, load_vision
from tests.fakes.models import GRID_PINPOINTS, PATCH_PX, SIDE_PX

SQUARE = Image.effect_noise((2 * SIDE_PX, 2 * SIDE_PX), 90).convert("RGB")
SIDE_TOKENS = SIDE_PX // PATCH_PX


@pytest.fixture
def vision(llava: Path) -> VisionModel:
    return load_vision(llava)


def ask(vision: VisionModel, detail: Detail, image: Image.Image = SQUARE) -> str:
    return answer(vision, "Where?", image, 20, lambda words: None, lambda: False, detail).text


def squares_seen(vision: VisionModel) -> list[int]:
    """How many squares the vision tower passes on from now on, call by call."""
    seen: list[int] = []

    def spy(_module: Any, given: Any) -> None:
        seen.append(given[0].shape[0])

    vision.model.model.multi_modal_projector.register_forward_pre_hook(spy)
    return seen


def test_each_detail_has_its_squares_and_tokens(vision: VisionModel) -> None:
    # GIVEN a square picture as large as the finest grid
    seen, tokens = squares_seen(vision), []
    # WHEN it is asked about at each detail
    for detail in DETAILS:
        ask(vision, detail)
        assert vision.look.ids is not None
        tokens.append(int((vision.look.ids == vision.model.config.image_token_id).sum()))
    # THEN the tower looks at one, three and five squares
    assert seen == [1, 3, 5]
    # THEN their tokens are: those of one square, further ones of the same size, or of four times that; and line ends
    once, line = SIDE_TOKENS**2, SIDE_TOKENS
    assert tokens == [once + 1, 2 * once + line, once + 4 * once + 2 * line]


@pytest.mark.parametrize("size", [(200, 30), (30, 200), (57, 31), (16, 16), (300, 299)])
@pytest.mark.parametrize("detail", DETAILS)
def test_pictures_of_any_shape_are_answered_at_any_detail(
    vision: VisionModel, detail: Detail, size: tuple[int, int]
) -> None:
    # GIVEN pictures of all shapes WHEN asked about THEN there is an answer
    assert ask(vision, detail, SQUARE.resize(size))


def test_coarse_pictures_show_the_model_what_its_first_square_shows(vision: VisionModel) -> None:
    # GIVEN the inputs of the whole picture alone, and those with everything
    model, processor = vision.model, vision.processor
    with vision.family.cut(model, processor, "base"):
        coarse = model_inputs(vision, "Where?", [SQUARE])
        with torch.inference_mode():
            features = model.model.get_image_features(coarse["pixel_values"], coarse["image_sizes"]).pooler_output[0]
    fine = model_inputs(vision, "Where?", [SQUARE])
    with torch.inference_mode():
        whole = model.model.get_image_features(fine["pixel_values"], fine["image_sizes"]).pooler_output[0]
    # WHEN compared THEN the features are the first ones of all, and the end of a line; the prompt around is the same
    torch.testing.assert_close(features[:-1], whole[: SIDE_TOKENS**2])
    torch.testing.assert_close(features[-1], model.model.image_newline.detach())
    image_token = model.config.image_token_id
    assert [token for token in coarse["input_ids"][0].tolist() if token != image_token] == [
        token for token in fine["input_ids"][0].tolist() if token != image_token
    ]
    assert coarse["attention_mask"].shape == coarse["input_ids"].shape


def test_a_detail_lasts_for_one_answer(vision: VisionModel, monkeypatch: pytest.MonkeyPatch) -> None:
    # GIVEN an answer at a coarse detail, and one that fails in the middle
    ask(vision, "base")

    def fail(**_: object) -> None:
        raise RuntimeError("no")

    monkeypatch.setattr(vision.model, "generate", fail)
    with pytest.raises(RuntimeError):
        ask(vision, "wide", SQUARE.rotate(90))
    # WHEN the model is looked at THEN its own grids are back, for Q-values for instance
    assert vision.model.config.image_grid_pinpoints == GRID_PINPOINTS
    assert vision.processor.image_processor.image_grid_pinpoints == GRID_PINPOINTS


def test_another_detail_is_another_look(llava: Path, vision: VisionModel) -> None:
    # GIVEN a picture asked about at one detail WHEN asked about at another THEN nothing of the first look is used
    ask(vision, "base")
    assert ask(vision, "full") == ask(load_vision(llava), "full")
    assert ask(vision, "full") != ask(vision, "base")


def test_the_bundled_coach_looks_as_it_was_trained_at_any_detail() -> None:
    # GIVEN the bundled coach, whose only grid is one square WHEN asked at each detail THEN it says the same
    coach = load_vision(resources_dir() / "models" / "grid-coach")
    seen = squares_seen(coach)
    answers = {ask(coach, detail, SQUARE.resize((160, 192))) for detail in DETAILS}
    assert len(answers) == 1
    assert seen == [2, 2, 2]
