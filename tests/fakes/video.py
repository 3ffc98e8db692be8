"""Tiny videos, made when a test needs one."""

from collections.abc import Sequence
from pathlib import Path

import av
import numpy as np
from PIL import Image


def save_video(path: Path, pictures: Sequence[Image.Image], per_s: int = 10) -> Path:
    """Write pictures of the same size as a video: MPEG-4 in whatever the name's suffix says."""
    with av.open(str(path), "w") as container:
        stream = container.add_stream("mpeg4", rate=per_s, options={"qscale": "2"})
        stream.width, stream.height, stream.pix_fmt = *pictures[0].size, "yuv420p"
        for picture in pictures:
            container.mux(stream.encode(av.VideoFrame.from_ndarray(np.asarray(picture), format="rgb24")))
        container.mux(stream.encode())
    return path
