"""LLaVA 1.5 and its like: one square of a vision tower, a projector, a language model."""

from pathlib import Path
from typing import Any

from coach_app.engine.families.family import Processor, load
from coach_app.engine.families.other import Other


class Llava(Other):
    """LLaVA (https://llava-vl.github.io); what its followers have in common with it."""

    wide = ("model.vision_tower", "model.multi_modal_projector", "lm_head")
    kind: type[Processor] = Processor

    def processor(self, folder: Path, config: Any, quick: bool) -> Any:
        """As it is in its folder; older files lack what transformers needs to count the tokens of a picture."""
        del quick
        processor = load(folder, config, self.kind)
        if getattr(processor, "patch_size", 0) is None:
            processor.patch_size = config.vision_config.patch_size
        # Older files come from the time before this field; towers of this kind add one token (CLS) to their patches.
        if hasattr(processor, "num_additional_image_tokens") and config.vision_config.model_type == "clip_vision_model":
            processor.num_additional_image_tokens = 1
        if getattr(processor, "vision_feature_select_strategy", "") is None:
            processor.vision_feature_select_strategy = config.vision_feature_select_strategy
        return processor
