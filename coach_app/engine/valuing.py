"""Q-values of a picture."""

from pathlib import Path

import torch
from PIL import Image

from coach_app.domain.margins import within_margins
from coach_app.engine.answering import model_inputs
from coach_app.engine.loader import VisionModel
from coach_app.models.checkpoint import fingerprint
from coach_app.qvalues.checkpoint import CheckpointInfo, load
from coach_app.qvalues.features import Features
from coach_app.qvalues.network import DQNLM
from coach_app.qvalues.observation import grey_84

_CACHE_BYTES = 4 * 1024**2
"""For the features of pictures: a screen that comes back, not those of a whole training."""


class Valuer:
    """A Q-network with the vision model that computes its features.

    Args:
        name: name of the checkpoint.
        network: the network in eval mode.
        info: description in the checkpoint.
        vision: the loaded vision model; may be None only if the network uses the picture alone.
        vision_print: fingerprint of the vision model.

    Raises:
        CoachError: the network was trained with another model's features.
    """

    def __init__(
        self, name: str, network: DQNLM, info: CheckpointInfo, vision: VisionModel | None, vision_print: str
    ) -> None:
        self.name, self.info = name, info
        self._network = network
        self._features: Features | None = None
        if info.inputs != "picture" and vision is not None:
            self._features = Features(
                vision.model, lambda images: model_inputs(vision, info.prompt, images), info.feature_kind, _CACHE_BYTES
            )
        width = self._features.width if self._features else 0
        info.check_model(vision.name if vision else "no model", vision_print, width)

    def values(self, image: Image.Image) -> tuple[tuple[float, ...], tuple[bool, ...]]:
        """The Q-value of each move, and whether it is possible at all; at least one is.

        Args:
            image: RGB, prepared for the vision model; margins around the game's own picture are ignored.
        """
        image = within_margins(image)
        features = torch.from_numpy(self._features.of([image])) if self._features else torch.zeros(1, 0)
        with torch.inference_mode():
            trunk = self._network.trunk(torch.from_numpy(grey_84(image).copy())[None], features)
            values = self._network.head(trunk)[0].tolist()
            possible = [True] * len(values)
            if self._network.possible is not None:
                chances = self._network.possible(trunk)[0]
                possible = (chances > min(0.0, float(chances.max()) - 1e-6)).tolist()
        return tuple(values), tuple(possible)


def load_valuer(folder: Path, vision: VisionModel | None, vision_folder: Path | None) -> Valuer:
    """Load the Q-network of a folder, with the loaded vision model.

    Raises:
        CoachError: it is damaged, or was trained with another model's features.
    """
    network, info = load(folder)
    return Valuer(folder.name, network, info, vision, fingerprint(vision_folder) if vision_folder else "")
