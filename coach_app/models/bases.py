"""Whether a LLaVA can take the place of the model that an adapter was made for. Looks at files only, without torch."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from coach_app.domain.errors import CoachError
from coach_app.models.checkpoint import ADAPTER_WEIGHTS, read_json, safetensors_header

# What a Llama is where its file leaves it out, as those of LLaVA-NeXT do: the 7B of Llama 2.
_LLAMA = {"hidden_size": 4096, "intermediate_size": 11008, "num_hidden_layers": 32, "num_attention_heads": 32}
_THETA = 10_000.0
_MATRIX = re.compile(r"base_model\.model\.(?:.+\.)?layers\.(\d+)\.\w+\.(\w+)\.lora_([AB])(?:\.\w+)?\.weight")


def can_replace(llava: Path, base: Path | None, adapter: Path) -> bool:
    """Whether an adapter fits the language model of a LLaVA as it fits its own base.

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
            # It has further tokens, those for pictures, behind those that both have.
            if needs | {"vocab_size": 0} != has | {"vocab_size": 0} or needs["vocab_size"] > has["vocab_size"]:
                return False
        matrices = safetensors_header(adapter / ADAPTER_WEIGHTS)
        return bool(matrices) and all(_fits(name, matrix["shape"], has) for name, matrix in matrices.items())
    except (CoachError, AttributeError, IndexError, KeyError, TypeError, ValueError, ZeroDivisionError):
        return False


def _llama(config: Mapping[str, Any]) -> dict[str, Any]:
    """All that two Llamas must have in common for one's adapter to fit the other.

    Raises:
        ValueError: it is none.
    """
    if config.get("model_type", "llama") != "llama":
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
    """Whether one of the two matrices of a module fits."""
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
