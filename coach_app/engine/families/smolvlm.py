"""SmolVLM and SmolVLM2, and Idefics3, whose architecture they share."""

from pathlib import Path
from typing import Any

from transformers.models.smolvlm import processing_smolvlm

from coach_app.engine.families.family import Processor, load
from coach_app.engine.families.other import Other

_theirs: Any = processing_smolvlm
# Required by this family's processor on creation, to spell out the number of a video's frames.
_theirs.num2words = _theirs.num2words or str


class _Processor(Processor):
    @property
    def end_of_picture(self) -> str:
        """A token, missing from the chat template, closes every picture."""
        own: Any = self
        return f"{own.image_token}{own.fake_image_token}"


class SmolVLM(Other):
    """Its processor cuts a picture into tiles, and labels them and the whole picture by tokens."""

    wide = ("model.vision_model", "model.connector", "lm_head")

    def processor(self, folder: Path, config: Any, quick: bool) -> Any:
        """As transformers has it, without the part for videos."""
        del quick
        return load(folder, config, _Processor)
