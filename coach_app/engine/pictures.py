"""Pictures prepared for a model of the LLaVA-NeXT kind, in half the time and with the same numbers."""

from typing import Any

import numpy as np
from transformers import BatchFeature
from transformers.models.llava_next.image_processing_pil_llava_next import LlavaNextImageProcessorPil


class QuickPictures(LlavaNextImageProcessorPil):
    """As its base class, which resizes, scales and normalises every square by itself, in several passes.

    The squares have their size already, and a pixel has 256 values: what becomes of each is looked up in a table.
    """

    def _preprocess(self, images: list[Any], **options: Any) -> BatchFeature:  # type: ignore[override]  # all by name
        side = options["size"].shortest_edge
        steps = ("do_resize", "do_center_crop", "do_rescale", "do_normalize", "do_pad")
        crop = options["crop_size"]
        as_usual = all(options[step] for step in steps) and (crop.height, crop.width) == (side, side)
        if not as_usual or any(image.dtype != np.uint8 for image in images):
            return super()._preprocess(images, **options)
        ramp = np.broadcast_to(np.arange(256, dtype=np.uint8)[None, :, None], (3, 256, 1))
        scaled = self.rescale(image=ramp, scale=options["rescale_factor"])
        table = self.normalize(image=scaled, mean=options["image_mean"], std=options["image_std"])[:, :, 0]
        prepared = []
        for image in images:
            squares = np.stack(
                self.get_image_patches(image, options["image_grid_pinpoints"], (side, side), side, options["resample"])
            )
            prepared.append(np.stack([table[channel][squares[:, channel]] for channel in range(3)], 1))
        sizes = [image.shape[-2:] for image in images]
        data = {"pixel_values": self._pad_for_batching(prepared), "image_sizes": sizes}
        return BatchFeature(data=data, tensor_type=options["return_tensors"])

    def to_dict(self) -> dict[str, Any]:
        """As it is saved: by the name under which transformers knows it."""
        return super().to_dict() | {"image_processor_type": "LlavaNextImageProcessor"}


def quicken(processor: Any) -> None:
    """Let a processor prepare pictures in less time, where it is known how it does so."""
    images = processor.image_processor
    if type(images) is LlavaNextImageProcessorPil:
        images.__class__ = QuickPictures
