"""Pictures prepared in less time are, bit by bit, those that transformers prepares."""

import copy
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import torch
from PIL import Image
from transformers import AutoProcessor
from transformers.models.llava_next.image_processing_pil_llava_next import LlavaNextImageProcessorPil

from coach_app.domain.resources import resources_dir
from coach_app.engine.families.pictures import QuickPictures, quicken

SIZES = [(336, 336), (160, 192), (192, 160), (128, 40), (20, 70), (70, 20), (57, 31), (1, 1)]


@pytest.fixture(params=["bundled", "tiny"])
def slow(request: pytest.FixtureRequest, llava: Path) -> LlavaNextImageProcessorPil:
    """The processor of pictures as transformers loads it."""
    folder = resources_dir() / "models" / "grid-coach" if request.param == "bundled" else llava
    images = AutoProcessor.from_pretrained(folder, local_files_only=True).image_processor
    assert type(images) is LlavaNextImageProcessorPil
    return images


def quick(images: LlavaNextImageProcessorPil) -> Any:
    processor = SimpleNamespace(image_processor=copy.deepcopy(images))
    quicken(processor)
    assert type(processor.image_processor) is QuickPictures
    return processor.image_processor


def same(one: Any, other: Any) -> bool:
    return all(torch.equal(one[name], other[name]) for name in ("pixel_values", "image_sizes"))


@pytest.mark.parametrize("size", SIZES)
def test_the_numbers_are_the_same(slow: LlavaNextImageProcessorPil, size: tuple[int, int]) -> None:
    # GIVEN a picture of some shape WHEN prepared both ways, alone and beside another one THEN nothing differs
    image = Image.effect_noise(size, 120).convert("RGB")
    for images in ([image], [image, image.rotate(180)]):
        assert same(slow(images, return_tensors="pt"), quick(slow)(images, return_tensors="pt"))


@pytest.mark.parametrize("option", [{"do_normalize": False}, {"do_rescale": False}, {"crop_size": 14}])
def test_what_a_processor_does_differently_is_done(slow: LlavaNextImageProcessorPil, option: dict[str, Any]) -> None:
    # GIVEN a processor that leaves out a step, or cuts WHEN a picture is prepared THEN so does the quick one
    image = Image.effect_noise((60, 40), 120).convert("RGB")
    assert same(slow([image], return_tensors="pt", **option), quick(slow)([image], return_tensors="pt", **option))


def test_other_processors_are_left_alone() -> None:
    # GIVEN a processor of another kind WHEN to be quickened THEN it stays what it is
    processor = SimpleNamespace(image_processor=object())
    quicken(processor)
    assert type(processor.image_processor) is object
