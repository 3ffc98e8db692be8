"""SmolVLM and SmolVLM2, and Idefics3 whose architecture they have."""

from pathlib import Path
from typing import Any

from transformers.models.smolvlm import processing_smolvlm

from coach_app.engine.families.family import Processor, load
from coach_app.engine.families.other import Other

_theirs: Any = processing_smolvlm
# Wanted as soon as a processor of this family is made, for the number of a video's frames in words.
_theirs.num2words = _theirs.num2words or str


class _Processor(Processor):
    @property
    def end_of_picture(self) -> str:
        """Every picture is closed by a token that the chat template leaves out."""
        own: Any = self
        return f"{own.image_token}{own.fake_image_token}"


class SmolVLM(Other):
    """A picture is cut by its processor into squares, and these and the whole picture are named by tokens."""

    wide = ("model.vision_model", "model.connector", "lm_head")

    def processor(self, folder: Path, config: Any, quick: bool) -> Any:
        """As transformers has it, without the part for videos."""
        del quick
        return load(folder, config, _Processor)
