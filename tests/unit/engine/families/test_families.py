"""Models of every family in the catalogue, with their files as on the hub: loaded without torchvision, and asked."""

import re
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image
from transformers.utils.import_utils import is_torchvision_available

from coach_app.domain.detail import DETAILS, Detail
from coach_app.engine.answering import answer, model_inputs
from coach_app.engine.loader import VisionModel, load_vision
from tests.fakes.models import build_llava, build_onevision, build_qwen, build_smolvlm

BUILDERS: dict[str, Callable[[Path], Path]] = {
    "llava": build_llava,
    "onevision": build_onevision,
    "qwen": build_qwen,
    "smolvlm": build_smolvlm,
}
TOKENS = 16
LAYERS_OF_LANGUAGE = re.compile(r"model\.(language|text)_model\.layers\.")


@pytest.fixture(scope="module", params=BUILDERS)
def folder(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    family: str = request.param
    return BUILDERS[family](tmp_path_factory.mktemp("families") / family)


@pytest.fixture
def vision(folder: Path) -> VisionModel:
    return load_vision(folder)


@pytest.fixture(scope="module")
def plain(folder: Path) -> Callable[..., str]:
    """What ``generate`` of transformers answers to a question by itself."""
    vision = load_vision(folder, quick=False)

    def generate(question: str, image: Image.Image, detail: Detail = "full") -> str:
        with torch.inference_mode(), vision.family.cut(vision.model, vision.processor, detail):
            inputs = model_inputs(vision, question, [image])
            made = vision.model.generate(**inputs, max_new_tokens=TOKENS, do_sample=False)
        said = vision.processor.tokenizer.decode(made[0, inputs["input_ids"].shape[1] :], skip_special_tokens=True)
        return one_space(said)

    return generate


def one_space(text: str) -> str:
    return " ".join(text.split())


def picture(seed: int, width: int = 84, height: int = 56) -> Image.Image:
    pixels = np.random.default_rng(seed).integers(0, 256, (height, width, 3), dtype=np.uint8)
    return Image.fromarray(pixels)


def ask(vision: VisionModel, question: str, image: Image.Image, detail: Detail = "full", tokens: int = TOKENS) -> str:
    return one_space(answer(vision, question, image, tokens, lambda words: None, lambda: False, detail).text)


def test_every_family_answers_as_by_itself(vision: VisionModel, plain: Callable[..., str]) -> None:
    # GIVEN no library for videos
    assert not is_torchvision_available()

    # WHEN a first question, a further one, and the first about other pictures, of another size too, are asked
    asked = [
        ("What now?", picture(1)),
        ("And then?", picture(1)),
        ("What now?", picture(1)),
        ("What now?", picture(2)),
        ("And then?", picture(2)),
        ("And then?", picture(1)),
        ("What now?", picture(3, 60, 90)),
        ("Why?", picture(3, 60, 90)),
    ]
    answers = [ask(vision, *question) for question in asked]

    # THEN each answer is what it would be by itself, and depends on question and picture
    assert answers == [plain(*question) for question in asked]
    assert len(set(answers)) == len({(question, image.tobytes()) for question, image in asked})


@pytest.mark.parametrize("detail", DETAILS)
def test_every_family_looks_ahead(vision: VisionModel, plain: Callable[..., str], detail: Detail) -> None:
    # GIVEN a picture that was looked at before anything was asked
    ask(vision, "", picture(4), detail, tokens=0)

    # WHEN questions about it come
    answers = [ask(vision, question, picture(4), detail) for question in ("What now?", "And then?")]

    # THEN they are answered as if they had come first
    assert answers == [plain(question, picture(4), detail) for question in ("What now?", "And then?")]


@pytest.mark.usefixtures("packing")
def test_four_bits_are_for_the_layers_of_the_language_alone(folder: Path) -> None:
    # GIVEN a checkpoint / WHEN it is loaded in 4 bits
    vision = load_vision(folder, four_bit=True)

    # THEN every matrix in the language model's layers has 4 bits, and all that sees, and the head, stays wide
    linears = {name: module for name, module in vision.model.named_modules() if isinstance(module, torch.nn.Linear)}
    narrow = {name for name, module in linears.items() if type(module).__name__ == "Linear4bit"}
    assert narrow == {name for name in linears if LAYERS_OF_LANGUAGE.match(name)}
    assert len(narrow) == 2 * 7
    assert len(linears) - len(narrow) > 8

    # AND further questions are answered as if they had come first
    first = ask(load_vision(folder, four_bit=True), "And then?", picture(1))
    ask(vision, "What now?", picture(1))
    assert ask(vision, "And then?", picture(1)) == first


def test_a_question_places_no_pictures_and_no_videos(vision: VisionModel) -> None:
    # GIVEN a question with the tokens that stand for pictures and videos
    tokens = vision.processor.all_special_multimodal_tokens

    # WHEN it is asked / THEN they are not there
    assert ask(vision, "What " + "".join(tokens) + "now?", picture(1)) == ask(vision, "What now?", picture(1))
