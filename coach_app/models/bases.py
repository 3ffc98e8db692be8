"""Finds the base model of an adapter: the one that it names, a copy of it, or a LLaVA that can replace it.

Reads files only, without torch.
"""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from coach_app.domain.errors import CoachError
from coach_app.models.catalogue import ModelEntry, catalogue, is_folder, resolve
from coach_app.models.checkpoint import ADAPTER_CONFIG, ADAPTER_WEIGHTS, read_json, safetensors_header

# Defaults of a Llama config, which LLaVA-NeXT's leave out: the 7B of Llama 2.
_LLAMA = {"hidden_size": 4096, "intermediate_size": 11008, "num_hidden_layers": 32, "num_attention_heads": 32}
_THETA = 10_000.0
_MATRIX = re.compile(r"base_model\.model\.(?:.+\.)?layers\.(\d+)\.\w+\.(\w+)\.lora_([AB])(?:\.\w+)?\.weight")
# Llamas in everything that concerns an adapter.
_ALIKE = ("llama", "mistral", "qwen2", "qwen3", "gemma", "gemma2", "phi3", "smollm3")
_GONE = "coach-text"
"""The base of earlier versions, which had no words of its own."""
# Suffixes of the names of copies.
_COPY = re.compile(r"[-_.](?:bnb|unsloth|[48]-?bit|nf4|fp16|bf16|fp8|gptq|awq|hf)(?=$|[-_.])")


def base_of(adapter: ModelEntry) -> ModelEntry:
    """The base model of an adapter: the one that it names, for text or a LLaVA, or else a copy of it.

    Adapters trained elsewhere may name a folder of another computer, or a copy. A local model whose matrices all fit is
    then used; among several, the one with the most similar name.

    Raises:
        CoachError: the adapter is not here, or no local model can be its base.
    """
    named = named_base(adapter)
    for entry in catalogue():
        if named and entry.role in ("text", "vision") and named in (entry.name, entry.hub_id):
            return entry
    if named and is_folder(Path(named)):
        return resolve(named)
    here = [entry for role in ("text", "vision") for entry in catalogue() if entry.role == role and entry.is_here()]
    fitting = [entry for entry in here if fits(entry.path(), adapter.path())]
    if fitting:
        return next((entry for entry in fitting if _is_called(entry, named)), fitting[0])
    if known := next((entry for entry in catalogue() if named and _is_called(entry, named)), None):
        return known  # its ``path`` raises with the way to get it
    if _plain_name(named) == _GONE:
        raise CoachError(
            f"The adapter {adapter.title} was made for coach-text, the text model of earlier versions.",
            "Train it anew, on SmolLM2, with: coach train tips",
        )
    raise CoachError(
        f"The adapter {adapter.title} stands on a model that is not here: {named or 'it names none'}.",
        "Add that model, or a copy of it under any name, with: coach models add ID-OR-FOLDER; or train the adapter "
        "anew on another model with: coach train tips",
    )


def named_base(adapter: ModelEntry) -> str:
    """The name of the base model in an adapter's config; empty if there is none.

    Raises:
        CoachError: the adapter is not here.
    """
    return str(read_json(adapter.path(), ADAPTER_CONFIG).get("base_model_name_or_path") or "")


def is_named(base: ModelEntry, adapter: ModelEntry) -> bool:
    """Whether a model is the one that an adapter names, not just one that fits.

    Raises:
        CoachError: the adapter is not here.
    """
    named = named_base(adapter)
    if not named:
        return False
    return named in (base.name, base.hub_id) or (is_folder(Path(named)) and base.location() == Path(named).resolve())


def base_note(base: ModelEntry, adapter: ModelEntry) -> str:
    """What the user should know about an adapter's base model; empty if it is the one that the adapter names.

    Raises:
        CoachError: the adapter is not here.
    """
    if not base.is_here():
        return f"The adapter {adapter.title} needs the model {base.title}, which is not on this computer."
    if is_named(base, adapter):
        return ""
    if not (named := named_base(adapter)):
        return f"The adapter {adapter.title} names no base; {base.title} fits it and is used."
    return f"The adapter {adapter.title} names {named}, which is not here; {base.title} fits it and is used instead."


def fits(model: Path, adapter: Path) -> bool:
    """Whether an adapter fits a model: all layers exist, and every matrix has the right size.

    Args:
        model: folder of a model for texts, or of a LLaVA.
        adapter: folder of the adapter.

    Returns:
        False also where a file is missing or damaged, which whoever loads it says.
    """
    try:
        config = read_json(model, "config.json")
        has = _sizes(config.get("text_config", config))
        matrices = safetensors_header(adapter / ADAPTER_WEIGHTS)
        return bool(matrices) and all(_fits(name, matrix["shape"], has) for name, matrix in matrices.items())
    except (CoachError, AttributeError, IndexError, KeyError, TypeError, ValueError, ZeroDivisionError):
        return False


def _is_called(entry: ModelEntry, named: str) -> bool:
    """Whether two models have the same name, apart from folder, owner and the suffixes of copies."""
    names = (entry.name, entry.hub_id, entry.location().name)
    return _plain_name(named) in map(_plain_name, filter(None, names))


def _plain_name(name: str) -> str:
    return _COPY.sub("", re.split(r"[/\\]", name.rstrip("/\\"))[-1].casefold())


def can_replace(llava: Path, base: Path | None, adapter: Path) -> bool:
    """Whether an adapter fits the language model of a LLaVA as well as its own base.

    Args:
        llava: folder of the LLaVA.
        base: folder of the model that the adapter names; None where it is not on this computer.
        adapter: folder of the adapter.

    Returns:
        False also where a file is missing or damaged, which whoever loads it says.
    """
    try:
        config = read_json(llava, "config.json")
        if not str(config.get("model_type")).startswith("llava"):
            return False
        has = _llama(config["text_config"])
        if base is not None:
            needs_config = read_json(base, "config.json")
            needs = _llama(needs_config.get("text_config", needs_config))
            # It has additional tokens for pictures after the common ones.
            if needs | {"vocab_size": 0} != has | {"vocab_size": 0} or needs["vocab_size"] > has["vocab_size"]:
                return False
        matrices = safetensors_header(adapter / ADAPTER_WEIGHTS)
        return bool(matrices) and all(_fits(name, matrix["shape"], has) for name, matrix in matrices.items())
    except (CoachError, AttributeError, IndexError, KeyError, TypeError, ValueError, ZeroDivisionError):
        return False


def _llama(config: Mapping[str, Any]) -> dict[str, Any]:
    """Everything that two Llamas must have in common for an adapter of one to fit the other.

    Raises:
        ValueError: it is not a Llama.
    """
    if config.get("model_type", "llama") != "llama":
        raise ValueError("of another make")
    return _sizes(config)


def _sizes(config: Mapping[str, Any]) -> dict[str, Any]:
    """The sizes of a model with the architecture of a Llama.

    Raises:
        ValueError: it is not.
    """
    if config.get("model_type", "llama") not in _ALIKE:
        raise ValueError("of another make")
    found: dict[str, Any] = {name: config.get(name, usual) for name, usual in _LLAMA.items()}
    heads = found["num_attention_heads"]
    positions = config.get("rope_parameters") or config
    return found | {
        "num_key_value_heads": config.get("num_key_value_heads") or heads,
        "head_dim": config.get("head_dim") or found["hidden_size"] // heads,
        "vocab_size": config.get("vocab_size", 32_000),
        "rope_theta": positions.get("rope_theta", _THETA),
    }


def _fits(name: str, shape: list[int], has: Mapping[str, Any]) -> bool:
    """Whether one of the two LoRA matrices of a module fits."""
    found = _MATRIX.fullmatch(name)
    if not found or int(found[1]) >= has["num_hidden_layers"]:
        return False
    hidden, between, head = has["hidden_size"], has["intermediate_size"], has["head_dim"]
    queries, keys = has["num_attention_heads"] * head, has["num_key_value_heads"] * head
    wide = {
        "q_proj": (hidden, queries),
        "k_proj": (hidden, keys),
        "v_proj": (hidden, keys),
        "o_proj": (queries, hidden),
        "gate_proj": (hidden, between),
        "up_proj": (hidden, between),
        "down_proj": (between, hidden),
    }[found[2]]
    return bool(shape[1] == wide[0] if found[3] == "A" else shape[0] == wide[1])
