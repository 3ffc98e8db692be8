"""LLaVA 1.5 and similar models: one view of the vision tower, a projector, a language model."""

from pathlib import Path
from typing import Any

from coach_app.engine.families.family import Processor, load
from coach_app.engine.families.other import Other


class Llava(Other):
    """LLaVA (https://llava-vl.github.io), and the common base of its successors."""

    wide = ("model.vision_tower", "model.multi_modal_projector", "lm_head")
    kind: type[Processor] = Processor

    def processor(self, folder: Path, config: Any, quick: bool) -> Any:
        """See Family; completes older files with the fields that transformers needs to count a picture's tokens."""
        del quick
        processor = load(folder, config, self.kind)
        if getattr(processor, "patch_size", 0) is None:
            processor.patch_size = config.vision_config.patch_size
        # Older files predate this field; these towers add one token (CLS) to their patches.
        if hasattr(processor, "num_additional_image_tokens") and config.vision_config.model_type == "clip_vision_model":
            processor.num_additional_image_tokens = 1
        if getattr(processor, "vision_feature_select_strategy", "") is None:
            processor.vision_feature_select_strategy = config.vision_feature_select_strategy
        return processor
