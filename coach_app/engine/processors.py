"""Processors of models that answer about pictures: tokenizer, picture preparation and chat template in one.

transformers makes them of parts, one of which is for videos where a family of models knows these, and wants torchvision
for it. Nobody shows the coach a video, and with torchvision pictures would be resized otherwise than with Pillow.
"""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

from transformers import PROCESSOR_MAPPING, ProcessorMixin
from transformers.models.smolvlm import processing_smolvlm

_smolvlm: Any = processing_smolvlm
# Wanted as soon as a processor of this family is made, for the number of a video's frames in words.
_smolvlm.num2words = _smolvlm.num2words or str


class _WithoutVideos(ProcessorMixin):
    """Comes before a class of processors, and leaves out the part for videos."""

    video_processor = SimpleNamespace(num_frames=None, fps=None)  # SmolVLM's looks at these for a picture, too

    @classmethod
    def get_attributes(cls) -> list[str]:
        """Names of the parts."""
        known: Any = super()
        return [name for name in known.get_attributes() if name != "video_processor"]

    @classmethod
    def from_args_and_dict(cls, args: Any, processor_dict: dict[str, Any], **options: Any) -> Any:
        """A processor of its parts and options."""
        return super().from_args_and_dict(args, processor_dict | {"video_processor": None}, **options)


def processor_of(folder: Path, config: Any) -> Any:
    """The processor of a model as it is in its folder, but for what older ones leave out.

    Args:
        folder: a local checkpoint; no code in it is run.
        config: of the loaded model.

    Raises:
        Exception: of many kinds, where it is damaged or of a kind that is not known.
    """
    kind: Any = PROCESSOR_MAPPING[type(config)]
    own: Any = type(kind.__name__, (_WithoutVideos, kind), {})
    processor = own.from_pretrained(folder, local_files_only=True, trust_remote_code=False)
    if getattr(processor, "patch_size", 0) is None:
        processor.patch_size = config.vision_config.patch_size
    # Older files come from the time before this field; towers of this kind add one token (CLS) to their patches.
    if hasattr(processor, "num_additional_image_tokens") and config.vision_config.model_type == "clip_vision_model":
        processor.num_additional_image_tokens = 1
    if getattr(processor, "vision_feature_select_strategy", "") is None:
        processor.vision_feature_select_strategy = config.vision_feature_select_strategy
    return processor
