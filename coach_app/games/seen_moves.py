"""Reads from two pictures of a game which move was made between them (inverse dynamics, as in Pathak et al. 2017).

A small network that was trained on the practice games (``coach train moves``); it runs here without any of the
libraries that it was trained with. Of other games, and where it is not sure, the move stays unknown.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from PIL import Image

from coach_app.desktop.foreign import SMALL_BYTES, json_of, read_file
from coach_app.domain.errors import CoachError
from coach_app.domain.resources import resources_dir

SIDE_PX: Final = 40
"""Of the square that a picture is made into."""
CHANNELS: Final = 8
LAYERS: Final = ((12, 5, 2, 1), (24, 3, 2, 1), (32, 3, 1, 1), (32, 3, 1, 2))
"""Of the convolutions: outputs, side of the kernel, stride, dilation. The last one sees 33 of 40 pixels."""
WEIGHTS: Final = "moves.safetensors"
"""Another name than that of Q-networks, which are found by it."""
METRICS: Final = "metrics.json"

Array = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Known:
    """What the network knows of a game.

    Attributes:
        moves: names of the actions, in the order of its outputs; the output after them is "unknown".
        least: a move that is less probable stays unknown.
    """

    moves: tuple[str, ...]
    least: float


class MoveReader:
    """The network.

    Args:
        weights: tensors by name: ``conv1.weight`` and so on as in ``training.moves``.
        known: what it knows, by the games' ids.
    """

    def __init__(self, weights: Mapping[str, npt.NDArray[Any]], known: Mapping[str, Known]) -> None:
        self._weights = {name: np.asarray(value, np.float32) for name, value in weights.items()}
        self._known = known

    def knows(self, game: str) -> bool:
        """Whether moves of a game can be read."""
        return game in self._known

    def read(self, game: str, before: Image.Image, after: Image.Image) -> str:
        """The move that was made between two pictures; empty if it is unknown.

        Args:
            game: id of the game.
            before: the game's own picture, RGB, any size, without the window around it.
            after: the same part of the next one.
        """
        if game not in self._known:
            return ""
        known = self._known[game]
        chances = self.chances(game, observation(square(before, SIDE_PX), square(after, SIDE_PX)))
        best = int(chances.argmax())
        return known.moves[best] if best < len(known.moves) and chances[best] >= known.least else ""

    def chances(self, game: str, seen: Array) -> Array:
        """Probabilities of the game's moves, and of "unknown", for one ``observation``."""
        for number, (_, _, stride, dilation) in enumerate(LAYERS, 1):
            seen = np.maximum(_convolved(seen, *self._layer(f"conv{number}"), stride, dilation), 0)
        pooled = np.concatenate([seen.max((1, 2)), seen.mean((1, 2))])
        weight, bias = self._layer("dense")
        weight_of_game, bias_of_game = self._layer(f"game.{game}")
        scores = weight_of_game @ np.maximum(weight @ pooled + bias, 0) + bias_of_game
        powers = np.exp(scores - scores.max())
        chances: Array = powers / powers.sum()
        return chances

    def _layer(self, name: str) -> tuple[Array, Array]:
        return self._weights[f"{name}.weight"], self._weights[f"{name}.bias"]


def square(picture: Image.Image, side_px: int) -> npt.NDArray[np.uint8]:
    """A picture as a square, (side, side, 3) uint8 RGB."""
    return np.asarray(picture.convert("RGB").resize((side_px, side_px), Image.Resampling.BILINEAR))


def observation(before: npt.NDArray[np.uint8], after: npt.NDArray[np.uint8]) -> Array:
    """What the network sees of two squares.

    Args:
        before: (…, side, side, 3) uint8 RGB.
        after: the same.

    Returns:
        (…, 8, side, side) float32: the first picture, the difference of both, and where each pixel is.
    """
    first, second = (np.moveaxis(each.astype(np.float32) / 255, -1, -3) for each in (before, after))
    line = np.linspace(-1, 1, before.shape[-2], dtype=np.float32)
    places = np.broadcast_to(np.stack(np.meshgrid(line, line)), (*first.shape[:-3], 2, len(line), len(line)))
    return np.concatenate([first - 0.5, second - first, places], axis=-3)


def _convolved(seen: Array, weight: Array, bias: Array, stride: int, dilation: int) -> Array:
    """A two-dimensional convolution, padded so that at a stride of one the size stays.

    Args:
        seen: (channels, height, width).
        weight: (outputs, channels, side, side).
        bias: (outputs,).
        stride: between two outputs, in pixels.
        dilation: between two inputs, in pixels.
    """
    margin = weight.shape[-1] // 2 * dilation
    padded = np.pad(seen, ((0, 0), (margin, margin), (margin, margin)))
    windows = np.lib.stride_tricks.sliding_window_view(padded, (2 * margin + 1, 2 * margin + 1), (1, 2))
    taken = windows[:, ::stride, ::stride, ::dilation, ::dilation]
    found: Array = np.tensordot(weight, taken, ([1, 2, 3], [0, 3, 4])) + bias[:, None, None]
    return found


@cache
def bundled() -> MoveReader:
    """The network that comes with the app.

    Raises:
        CoachError: its files are damaged.
    """
    return load(resources_dir() / "models" / "moves")


def load(folder: Path) -> MoveReader:
    """Load a network from the folder of its training.

    Raises:
        CoachError: a file is missing or damaged.
    """
    try:
        told = json_of(read_file(folder / METRICS, SMALL_BYTES))
        known = {game: Known(tuple(each["moves"]), float(each["least"])) for game, each in told["known"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise _unreadable(folder) from error
    return MoveReader(weights_in(folder), known)


def weights_in(folder: Path) -> Mapping[str, npt.NDArray[Any]]:
    """The weights in the folder of a training, by name.

    Raises:
        CoachError: they are missing or damaged.
    """
    from safetensors import SafetensorError
    from safetensors.numpy import load_file

    try:
        return load_file(folder / WEIGHTS)
    except (OSError, ValueError, SafetensorError) as error:
        raise _unreadable(folder) from error


def _unreadable(folder: Path) -> CoachError:
    return CoachError(f"The model in {folder} cannot be read.", "Install the coach again.")
