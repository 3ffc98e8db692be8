"""The interface of a family of vision models, and the base of their processors.

A processor combines tokenizer, image processor and chat template. For some families transformers adds a video
processor, which needs torchvision. The coach never uses videos, and torchvision would resize pictures differently from
Pillow.
"""

from contextlib import AbstractContextManager
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Protocol

from PIL import Image
from transformers import PROCESSOR_MAPPING, ProcessorMixin

from coach_app.domain.detail import Detail


class Family(Protocol):
    """A family of vision models.

    Attributes:
        wide: modules that keep 16 bits when the language model gets 4. Full names including "model.": others are
            ignored by transformers.
    """

    wide: tuple[str, ...]

    def processor(self, folder: Path, config: Any, quick: bool) -> Any:
        """Load a model's processor, with defaults for what older ones omit.

        Args:
            folder: a local checkpoint; its code is never run.
            config: the model's config.
            quick: use the faster picture preparation if there is one.

        Raises:
            Exception: any kind, if it is damaged or unknown.
        """

    def forward(self, model: Any, quick: bool, second_core: bool) -> Any:
        """The callable for single forward passes; None if only ``generate`` can advance the model's state.

        Args:
            model: the loaded model.
            quick: use the faster implementation if there is one.
            second_core: whether there is a core besides the one that torch uses.
        """

    def cut(self, model: Any, processor: Any, detail: Detail) -> AbstractContextManager[None]:
        """Apply a detail to pictures within the block, if the family offers a choice.

        Use from one thread at a time.
        """


class Processor(ProcessorMixin):
    """Mix-in before a processor class of transformers that leaves out the video processor."""

    video_processor = SimpleNamespace(num_frames=None, fps=None)  # SmolVLM's reads these for pictures, too

    @classmethod
    def get_attributes(cls) -> list[str]:
        """Names of the components."""
        known: Any = super()
        return [name for name in known.get_attributes() if name != "video_processor"]

    @classmethod
    def from_args_and_dict(cls, args: Any, processor_dict: dict[str, Any], **options: Any) -> Any:
        """Create a processor from its components and options."""
        return super().from_args_and_dict(args, processor_dict | {"video_processor": None}, **options)

    @property
    def end_of_picture(self) -> str:
        """The last tokens of a picture in a prompt, before the text that follows."""
        own: Any = self
        return str(own.image_token)

    def pictures(self, image: Image.Image) -> dict[str, Any]:
        """Model inputs for a picture (RGB) other than the tokens, as tensors on the CPU."""
        own: Any = self
        return dict(own.image_processor(image, return_tensors="pt"))


def load(folder: Path, config: Any, kind: type[Processor] = Processor) -> Any:
    """Load the processor class of transformers for a config from a folder, modified by ``kind``."""
    theirs: Any = PROCESSOR_MAPPING[type(config)]
    ours: Any = type(theirs.__name__, (kind, theirs), {})
    return ours.from_pretrained(folder, local_files_only=True, trust_remote_code=False)
