"""Checks that a folder is a checkpoint that can be loaded safely, and identifies it. Reads files only, without
torch."""

import json
import struct
from hashlib import blake2b
from pathlib import Path
from typing import Any, Literal

from coach_app.desktop.foreign import json_of, read_file
from coach_app.domain.errors import CoachError

ModelRole = Literal["vision", "text", "translator", "qvalues"]
"""What a model in the engine is for."""
Role = ModelRole | Literal["adapter"]
"""The same, and what is put onto a text model."""

ADAPTER_CONFIG, ADAPTER_WEIGHTS = "adapter_config.json", "adapter_model.safetensors"

SIDES_PX = range(28, 2049)
"""Sides that pictures for a model may have."""

_PICKLES = {".bin", ".pt", ".pth", ".pkl", ".pickle", ".ckpt"}
_ONE_OF: dict[Role, tuple[tuple[str, ...], ...]] = {
    "vision": (
        ("processor_config.json", "preprocessor_config.json"),
        ("tokenizer.json", "tokenizer.model"),
        ("tokenizer_config.json",),
    ),
    "text": (("tokenizer.json", "tokenizer.model"), ("tokenizer_config.json",)),
    "translator": (("source.spm",), ("target.spm",), ("vocab.json",), ("tokenizer_config.json",)),
    "qvalues": (),
    "adapter": (),
}
_GET_AGAIN = "Download or copy the model again, or choose another one in the settings."
_PRINT_BYTES = 1024**2
_MAX_JSON_BYTES = 100_000_000
_MAX_SAFETENSORS_HEADER_BYTES = 100_000_000


def check_checkpoint(folder: Path, role: Role) -> None:
    """Raise if a folder cannot be loaded, before another model is unloaded for it.

    Args:
        folder: written by ``save_pretrained`` of model and processor, or a snapshot from the hub.
        role: intended use of the model.

    Raises:
        CoachError: a file is missing, broken or a pickle; the sentence names it.
    """
    if not folder.is_dir():
        raise CoachError(f"There is no model folder {folder}.", "Choose another model or folder in the settings.")
    for file in folder.iterdir():
        if file.exists() and not file.is_file() and not file.is_dir():  # loading would wait for a pipe forever
            raise CoachError(f"The file {file} in the model folder is no regular file.", "Remove it.")
    if role != "qvalues":
        read_json(folder, ADAPTER_CONFIG if role == "adapter" else "config.json")
    weights = weights_of(folder)
    for names in _ONE_OF[role]:
        present = next((name for name in names if (folder / name).is_file()), None)
        if present is None:
            raise CoachError(f"The model folder {folder} has no {' or '.join(names)}.", _GET_AGAIN)
        if present.endswith(".json"):
            read_json(folder, present)
    for file in weights:
        safetensors_header(file)


def fingerprint(folder: Path) -> str:
    """A fingerprint of a model's weights that does not read gigabytes.

    Covers the name, length, first and last mebibyte of every safetensors file.

    Raises:
        CoachError: the folder has no weights, or they cannot be read.
    """
    digest = blake2b(digest_size=16)
    for file in weights_of(folder):
        try:
            with file.open("rb") as stream:
                length = file.stat().st_size
                digest.update(f"{file.name} {length}".encode())
                digest.update(stream.read(_PRINT_BYTES))
                stream.seek(max(0, length - _PRINT_BYTES))
                digest.update(stream.read(_PRINT_BYTES))
        except OSError as error:
            raise CoachError(f"The file {file} cannot be read.", _GET_AGAIN) from error
    return digest.hexdigest()


def as_trained(folder: Path) -> dict[str, int]:
    """What a training here noted beside a coach of how it looks, named as in the catalogue; empty without that."""
    try:
        side = read_json(folder, "training.json").get("input_side_px")
    except CoachError:  # there is none, or another program's
        return {}
    return {"input_side_px": side} if type(side) is int and side in SIDES_PX else {}


def read_json(folder: Path, name: str) -> dict[str, Any]:
    """Read a JSON object from one of a checkpoint's files.

    Raises:
        CoachError: the file is missing or damaged; the sentence names it.
    """
    try:
        content = json_of(read_file(folder / name, _MAX_JSON_BYTES))
    except FileNotFoundError:
        raise CoachError(f"The model folder {folder} has no {name}.", _GET_AGAIN) from None
    except (OSError, ValueError) as error:
        raise CoachError(f"The file {folder / name} cannot be read.", _GET_AGAIN) from error
    if not isinstance(content, dict):
        raise CoachError(f"The file {folder / name} is damaged.", _GET_AGAIN)
    return content


def chats(folder: Path) -> bool:
    """Whether the model in a folder has a chat template; False also where its files cannot be read."""
    try:
        return (folder / "chat_template.jinja").is_file() or bool(
            read_json(folder, "tokenizer_config.json").get("chat_template")
        )
    except CoachError:
        return False


def weights_of(folder: Path) -> list[Path]:
    """The safetensors files of a checkpoint; one that an index names may be missing.

    Raises:
        CoachError: there are none or only pickles, or the index is damaged.
    """
    if (folder / "model.safetensors.index.json").is_file():
        shards = read_json(folder, "model.safetensors.index.json").get("weight_map")
        if not isinstance(shards, dict) or not shards:
            raise CoachError(f"The file {folder / 'model.safetensors.index.json'} is damaged.", _GET_AGAIN)
        return sorted({folder / Path(str(shard)).name for shard in shards.values()})
    for name in ("model.safetensors", ADAPTER_WEIGHTS):
        if (folder / name).is_file():
            return [folder / name]
    if any(file.suffix in _PICKLES for file in folder.iterdir()):
        raise CoachError(
            f"The weights in {folder} are a pickle file, which could run any program when it is opened.",
            "Get the model as safetensors.",
        )
    raise CoachError(f"The model folder {folder} has no model.safetensors.", _GET_AGAIN)


def safetensors_header(file: Path) -> dict[str, dict[str, Any]]:
    """The ``dtype``, ``shape`` and ``data_offsets`` of every tensor in a safetensors file whose length is right.

    The format: <https://huggingface.co/docs/safetensors/index#format>.

    Raises:
        CoachError: the file is missing, damaged, or does not have the length that its header implies; the sentence
            names it.
    """
    try:
        length = file.stat().st_size
        with file.open("rb") as stream:
            (header_bytes,) = struct.unpack("<Q", stream.read(8))
            if header_bytes > min(length, _MAX_SAFETENSORS_HEADER_BYTES):
                raise ValueError("the header is longer than the file")
            tensors = json.loads(stream.read(header_bytes))
        tensors.pop("__metadata__", None)
        promised = 8 + header_bytes + max((tensor["data_offsets"][1] for tensor in tensors.values()), default=0)
    except FileNotFoundError:
        raise CoachError(f"The model folder {file.parent} has no {file.name}.", _GET_AGAIN) from None
    except OSError as error:
        raise CoachError(f"The file {file} cannot be read.", _GET_AGAIN) from error
    except (ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError, struct.error) as error:
        raise CoachError(f"The file {file} is damaged.", _GET_AGAIN) from error
    if length != promised:
        raise CoachError(f"The file {file} has {length:,} bytes instead of {promised:,}.", _GET_AGAIN)
    return dict(tensors)
