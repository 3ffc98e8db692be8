"""Which family a model is of, and that only the families know."""

import re
from pathlib import Path

import pytest

from coach_app.engine import families
from coach_app.engine.families.choosing import family_of
from coach_app.engine.families.llava import Llava
from coach_app.engine.families.llava_next import LlavaNext
from coach_app.engine.families.llava_onevision import LlavaOneVision
from coach_app.engine.families.other import Other
from coach_app.engine.families.qwen_vl import QwenVL
from coach_app.engine.families.smolvlm import SmolVLM

NAMES = re.compile(
    r"siglip|clip_vision|onevision|smolvlm|idefics|qwen|image_grid_pinpoints|fake_image_token|vision_tower|"
    r"multi_modal_projector|model\.visual|model_type (==|in)|small one",
    re.IGNORECASE,
)
HOME = Path(families.__file__).parent


@pytest.mark.parametrize(
    ("model_type", "kind"),
    [
        ("llava", Llava),
        ("llava_next", LlavaNext),
        ("llava_onevision", LlavaOneVision),
        ("smolvlm", SmolVLM),
        ("qwen3_vl", QwenVL),
        ("of-tomorrow", Other),
        (None, Other),
        ({}, Other),
    ],
)
def test_a_model_is_of_the_family_that_its_configuration_names(model_type: object, kind: type) -> None:
    # GIVEN a kind of model, known or not WHEN asked for THEN its family is there, and its head stays wide
    family = family_of(model_type)
    assert type(family) is kind
    assert "lm_head" in family.wide


def test_only_families_know_what_is_particular_to_a_family() -> None:
    # GIVEN the engine's modules, but the families and what writes checkpoints of one published model
    modules = [file for file in HOME.parent.glob("*.py") if file.name != "random_weights.py"]
    assert len(modules) >= 15
    # WHEN read THEN none names a family or a part of one
    named = {file.name: found[0] for file in modules if (found := NAMES.search(file.read_text(encoding="utf-8")))}
    assert named == {}
