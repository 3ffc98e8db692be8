"""What a family of vision models is to the engine, and the processor that all of them share.

A processor is tokenizer, picture preparation and chat template in one. transformers makes it of parts, one of which is
for videos where a family knows these, and wants torchvision for it. Nobody shows the coach a video, and with
torchvision pictures would be resized otherwise than with Pillow.
"""

from contextlib import AbstractContextManager
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Protocol

from PIL import Image
from transformers import PROCESSOR_MAPPING, ProcessorMixin

from coach_app.domain.detail import Detail


class Family(Protocol):
    """A kind of vision models.

    Attributes:
        wide: modules that keep 16 bits where the layers of the language model get 4. Names begin with "model." where
            the modules do: others are ignored by transformers.
    """

    wide: tuple[str, ...]

    def processor(self, folder: Path, config: Any, quick: bool) -> Any:
        """The processor of a model as it is in its folder, but for what older ones leave out.

        Args:
            folder: a local checkpoint; no code in it is run.
            config: of the model.
            quick: prepare pictures in less time, where it is known how.

        Raises:
            Exception: of many kinds, where it is damaged or of a kind that is not known.
        """

    def forward(self, model: Any, quick: bool, second_core: bool) -> Any:
        """What computes passes of a model one by one; None where only ``generate`` knows how its tokens follow.

        Args:
            model: as it was loaded.
            quick: compute in less time, where it is known how.
            second_core: there is a core beside the one that torch was given.
        """

    def cut(self, model: Any, processor: Any, detail: Detail) -> AbstractContextManager[None]:
        """Let pictures be looked at as finely as a detail says, within the block, where the family leaves a choice.

        Used by one thread at a time.
        """


class Processor(ProcessorMixin):
    """Comes before a class of processors of transformers, and leaves out the part for videos."""

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

    @property
    def end_of_picture(self) -> str:
        """The tokens from the last one of a picture on, up to what follows the picture in a prompt."""
        own: Any = self
        return str(own.image_token)

    def pictures(self, image: Image.Image) -> dict[str, Any]:
        """What a model is given of a picture (RGB) beside the tokens, as tensors on the CPU."""
        own: Any = self
        return dict(own.image_processor(image, return_tensors="pt"))


def load(folder: Path, config: Any, kind: type[Processor] = Processor) -> Any:
    """The processor of transformers for a configuration, from a folder, with what ``kind`` does otherwise."""
    theirs: Any = PROCESSOR_MAPPING[type(config)]
    ours: Any = type(theirs.__name__, (kind, theirs), {})
    return ours.from_pretrained(folder, local_files_only=True, trust_remote_code=False)
