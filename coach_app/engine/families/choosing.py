"""Chooses the family of a vision model."""

from coach_app.engine.families.family import Family
from coach_app.engine.families.llava import Llava
from coach_app.engine.families.llava_next import LlavaNext
from coach_app.engine.families.llava_onevision import LlavaOneVision
from coach_app.engine.families.other import Other
from coach_app.engine.families.qwen_vl import QwenVL
from coach_app.engine.families.smolvlm import SmolVLM

_FAMILIES: dict[str, type[Other]] = {
    "llava": Llava,
    "vipllava": Llava,
    "video_llava": Llava,
    "llava_next": LlavaNext,
    "llava_next_video": LlavaNext,
    "llava_onevision": LlavaOneVision,
    "smolvlm": SmolVLM,
    "idefics3": SmolVLM,
    "qwen2_vl": QwenVL,
    "qwen2_5_vl": QwenVL,
    "qwen3_vl": QwenVL,
    "qwen3_vl_moe": QwenVL,
}


def family_of(model_type: object) -> Family:
    """The family of a model.

    Args:
        model_type: the value in its config.json, unchecked.
    """
    return _FAMILIES.get(str(model_type), Other)()
