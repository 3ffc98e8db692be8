"""Estimates a model's memory from the headers of its files; reads no weights and does not need torch."""

import math
import re
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from coach_app.domain.detail import DETAILS, Detail
from coach_app.domain.errors import CoachError
from coach_app.models.checkpoint import (
    ADAPTER_CONFIG,
    Role,
    check_checkpoint,
    read_json,
    safetensors_header,
    weights_of,
)

Bits = Literal[4, 8, 16]

TILES: dict[Detail, int] = {"base": 1, "wide": 3, "full": 5}
"""How many squares of the vision tower's size a picture is cut into at most, the whole picture among them."""

# nf4 with double quantisation (bitsandbytes): half a byte per weight, one byte per block of 64 for its scale, four
# bytes per 256 of these scales; and two tables with an offset for each matrix.
_BLOCK = 64
_BLOCKS_TOGETHER = 256
_TABLES_BYTES = (16 + 256 + 1) * 4

_IN_LANGUAGE_LAYERS = re.compile(r"(^|\.)layers\.\d+\..*\.weight$")
_STAYS_WIDE = re.compile(r"vision|visual|projector|connector|aligner")


class Memory(BaseModel):
    """The memory that a model needs, in bytes, for 16-bit numbers unless stated otherwise.

    Attributes:
        bits4: weights if the matrices of the language model have 4 bits, and the rest 16.
        bits8: likewise with 8 bits.
        bits16: likewise with 16 bits, that is, two bytes for each parameter.
        token: per token of a prompt, its keys and values in all layers and its activations in one.
        tile_tokens: tokens per tile of a picture.
        tiles: maximum number of tiles of a picture.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    bits4: int = Field(gt=0)
    bits8: int = Field(gt=0)
    bits16: int = Field(gt=0)
    token: int = Field(default=0, ge=0)
    tile_tokens: int = Field(default=0, ge=0)
    tiles: int = Field(default=TILES["full"], ge=1)

    def weights(self, bits: Bits, wide: bool = False) -> int:
        """Bytes of the weights.

        Args:
            bits: bits per weight of the language model's matrices.
            wide: whether 16-bit weights take 32 bits, as on a CPU.
        """
        held = {4: self.bits4, 8: self.bits8, 16: self.bits16}[bits]
        if not wide:
            return held
        narrow = 0 if bits == 16 else 2 * (self.bits16 - self.bits8)  # size of the quantised part in 16 bits
        return held + self.bits16 - narrow

    @property
    def details(self) -> tuple[Detail, ...]:
        """The selectable details: only one if the model was trained with a single way to cut a picture."""
        return DETAILS if self.tiles > TILES["base"] + 1 else ("full",)

    def enlargement(self, detail: Detail) -> int:
        """The side of the enlarged picture as a multiple of a tile's side."""
        return 1 if detail == "base" or len(self.details) == 1 else 2

    def picture_tokens(self, detail: Detail) -> int:
        """Maximum tokens of a picture: its tiles, plus one at the end of each row of tokens except in the first
        tile."""
        tiles = min(TILES[detail], self.tiles) if detail in self.details else self.tiles
        rows = math.isqrt(self.tile_tokens) * (tiles // 2)  # the tiles other than the whole picture lie in pairs
        return tiles * self.tile_tokens + rows


def memory_of(folder: Path, role: Role) -> Memory:
    """Estimate the memory that the checkpoint in a folder needs.

    Raises:
        CoachError: the folder is not a checkpoint for this role.
    """
    check_checkpoint(folder, role)
    config = read_json(folder, ADAPTER_CONFIG if role == "adapter" else "config.json")
    tensors: dict[str, dict[str, Any]] = {}
    for file in weights_of(folder):
        tensors |= safetensors_header(file)
    try:
        if config.get("quantization_config"):  # saved in the precision in which it is loaded
            stored = sum(tensor["data_offsets"][1] - tensor["data_offsets"][0] for tensor in tensors.values())
            weights = Memory(bits4=stored, bits8=stored, bits16=stored)
        else:
            shapes = {name: tensor["shape"] for name, tensor in tensors.items()}
            if role == "translator":  # Marian computes its positions, for encoder and decoder, and does not store them
                shapes["positions"] = [2, config["max_position_embeddings"], config["d_model"]]
            weights = weights_memory(shapes, quantise=role not in ("translator", "adapter"))
    except (KeyError, TypeError, ValueError, OverflowError) as error:
        raise CoachError(f"The weights in {folder} are damaged.", "Download or copy the model again.") from error
    try:
        known = {"token": _token_bytes(config), **_tiles(config)}
        return Memory.model_validate(weights.model_dump() | known)
    except (KeyError, TypeError, ValueError, AttributeError, ZeroDivisionError, OverflowError):
        return weights  # an unknown family: only its weights count


def grids_for(grids: list[list[int]], side: int, detail: Detail) -> list[list[int]]:
    """The grids that a detail allows for cutting a picture; empty if it is only shrunk.

    Args:
        grids: all grids of the model, each (height, width) in pixels.
        side: side of a tile in pixels.
        detail: the desired detail; a model with a single tile keeps the grid that it was trained with.
    """
    tiles = [height * width // side**2 for height, width in grids]
    if max(tiles) <= TILES["base"]:
        return grids
    return [grid for grid, count in zip(grids, tiles, strict=True) if count < TILES[detail]]


def weights_memory(shapes: dict[str, list[int]], quantise: bool = True) -> Memory:
    """The memory of tensors with these names and shapes."""
    bits4 = bits8 = bits16 = 0
    for name, shape in shapes.items():
        count = math.prod(shape)
        bits16 += 2 * count
        if quantise and len(shape) == 2 and _IN_LANGUAGE_LAYERS.search(name) and not _STAYS_WIDE.search(name):
            blocks = math.ceil(count / _BLOCK)
            bits4 += math.ceil(count / 2) + blocks + 4 * math.ceil(blocks / _BLOCKS_TOGETHER) + _TABLES_BYTES
            bits8 += count + 4 * shape[0]
        else:
            bits4 += 2 * count
            bits8 += 2 * count
    return Memory(bits4=max(1, bits4), bits8=max(1, bits8), bits16=max(1, bits16))


def _token_bytes(config: dict[str, Any]) -> int:
    text = config.get("text_config", config)
    layers, hidden, heads = text["num_hidden_layers"], text["hidden_size"], text["num_attention_heads"]
    head = text.get("head_dim") or hidden // heads
    kept = 2 * layers * (text.get("num_key_value_heads") or heads) * head
    on_the_way = 2 * text["intermediate_size"] + 6 * hidden
    return 2 * int(kept + on_the_way)


def _tiles(config: dict[str, Any]) -> dict[str, int]:
    vision = config.get("vision_config")
    if not vision:
        return {}
    side = vision["image_size"]
    grids = config.get("image_grid_pinpoints") or [[2 * side, 2 * side]]
    tiles = 1 + max(min(height * width // side**2, TILES["full"] - 1) for height, width in grids)
    return {"tile_tokens": (side // vision["patch_size"]) ** 2, "tiles": tiles}
