"""LoRA adapters (Hu et al. 2021, arXiv:2106.09685): checked before use, switched while the text model stays loaded."""

import logging
import re
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file
from torch import Tensor

from coach_app.domain.errors import CoachError
from coach_app.engine.loader import TextModel
from coach_app.models.checkpoint import ADAPTER_CONFIG, ADAPTER_WEIGHTS, check_checkpoint, read_json

logger = logging.getLogger(__name__)

_REMEDY = "Choose another adapter, or the base model that it was trained for."
_OTHER_KIND = "Choose a LoRA adapter."
_PROBE = "Q: How do I win?\nA: "
# Prefixes of the language model's modules: in text models, in vision models, and in older vision models.
_PLACES = ("model.", "model.language_model.", "language_model.model.")
# Options of LoRA that use the two matrices differently or modify the base, and initialisations that change the base.
_OTHER_WAYS = (
    "use_dora",
    "use_qalora",
    "use_bdlora",
    "modules_to_save",
    "layer_replication",
    "alora_invocation_tokens",
    "arrow_config",
    "kasa_config",
    "monteclora_config",
    "target_parameters",
    "trainable_token_indices",
)
_CHANGES_BASE = ("pissa", "olora", "corda", "loftq", "lora_ga")
_DTYPES = (torch.float16, torch.bfloat16, torch.float32, torch.float64)
_LARGEST = torch.finfo(torch.float16).max  # no trained weight is larger, and cards compute in 16 bits


@dataclass(frozen=True)
class _Adapter:
    """The contents of an adapter's folder: scaling, rank, and two matrices per module, by the module's name in its
    base."""

    config: dict[str, Any]
    alphas: dict[str, float]
    weights: dict[str, tuple[Tensor, Tensor]]  # (rank, in), (out, rank)


@contextmanager
def adapted(text: TextModel, folder: str) -> Iterator[None]:
    """Activate one adapter exclusively for the duration of the block; none if ``folder`` is empty.

    Raises:
        CoachError: it is damaged, not safetensors, made for another base, or has no effect.
    """
    if not folder:
        yield
        return
    if folder not in text.adapters:
        _add(text, folder)
    _switch(text.model, text.adapters[folder])
    try:
        yield
    finally:
        _switch(text.model, None)


def release(text: TextModel) -> None:
    """Remove all adapters from a model."""
    for name in text.adapters.values():
        _forget(text, name)
    text.adapters.clear()


def _add(text: TextModel, folder: str) -> None:
    # Imported only if there is an adapter: it is the slowest import of an engine's start.
    from peft import LoraConfig, inject_adapter_in_model, set_peft_model_state_dict

    adapter = _read(Path(folder))
    places = _places(adapter, text.model, folder)
    name = f"adapter{len(text.adapters)}"
    state: dict[str, Tensor] = {}
    for module, (a, b) in adapter.weights.items():
        state[f"{places[module]}.lora_A.weight"] = a
        state[f"{places[module]}.lora_B.weight"] = b
    before = _reaction(text)
    try:
        config = LoraConfig(
            r=adapter.config["r"],
            lora_alpha=adapter.config["lora_alpha"],
            use_rslora=bool(adapter.config.get("use_rslora", False)),
            # Full names: suffixes would also match modules of a LLaVA's vision tower.
            target_modules=list(places.values()),
            rank_pattern={
                re.escape(places[m]): len(a) for m, (a, _) in adapter.weights.items() if len(a) != adapter.config["r"]
            },
            alpha_pattern={re.escape(places[m]): alpha for m, alpha in adapter.alphas.items()},
        )
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", message="Already found a `peft_config`")  # several adapters are intended
            inject_adapter_in_model(config, text.model, name)
        set_peft_model_state_dict(text.model, state, name)
        for layer in _layers(text.model):  # peft takes the dtype from the base's weights, which may be integers
            for part in (layer.lora_A, layer.lora_B):
                if name in part:
                    part[name].to(text.model.dtype)
        _switch(text.model, name)
        after = _reaction(text)
        _switch(text.model, None)
    except Exception as error:
        _forget(text, name)
        logger.info("The adapter in %s could not be loaded", folder, exc_info=error)
        raise CoachError(f"The adapter in {folder} could not be loaded.", _REMEDY) from error
    fault = ""
    if not after.isfinite().all():
        fault = f"The adapter in {folder} is damaged: with it, {text.name} computes no numbers."
    elif torch.equal(before, after):
        fault = f"The adapter in {folder} does not change what {text.name} answers."
    if fault:
        _forget(text, name)
        raise CoachError(fault, _REMEDY)
    text.adapters[folder] = name


def _read(folder: Path) -> _Adapter:
    if not folder.is_dir():
        raise CoachError(f"There is no adapter folder {folder}.", "Choose another adapter.")
    check_checkpoint(folder, "adapter")
    config = read_json(folder, ADAPTER_CONFIG)
    changes_base = str(config.get("init_lora_weights")).lower().startswith(_CHANGES_BASE)
    if config.get("peft_type") != "LORA" or changes_base or any(config.get(way) for way in _OTHER_WAYS):
        raise CoachError(f"The adapter in {folder} is of a kind that the coach does not know.", _OTHER_KIND)
    if not all(isinstance(config.get(key), int | float) and config[key] > 0 for key in ("r", "lora_alpha")):
        raise CoachError(f"The file {folder / ADAPTER_CONFIG} is damaged.", "Get the adapter again.")
    try:
        tensors = load_file(folder / ADAPTER_WEIGHTS)
    except (SafetensorError, OSError, KeyError, ValueError) as error:
        raise CoachError(f"The file {folder / ADAPTER_WEIGHTS} is damaged.", "Get the adapter again.") from error
    halves: dict[str, dict[str, Tensor]] = {}
    for key, tensor in tensors.items():
        matched = re.fullmatch(r"base_model\.model\.(.+)\.lora_([AB])(?:\.\w+)?\.weight", key)
        if not matched or tensor.dim() != 2:
            raise CoachError(f"The adapter in {folder} has weights of an unknown kind: {key}.", _OTHER_KIND)
        halves.setdefault(matched[1], {})[matched[2]] = tensor
    weights = {module: (half["A"], half["B"]) for module, half in halves.items() if len(half) == 2}
    if not weights or len(weights) < len(halves) or any(len(a) != b.shape[1] for a, b in weights.values()):
        raise CoachError(
            f"The adapter in {folder} is damaged: some of its matrices are missing or do not fit.", _REMEDY
        )
    if not all(_is_sane(matrix) for pair in weights.values() for matrix in pair):
        raise CoachError(
            f"The adapter in {folder} is damaged: some of its weights are not numbers, or are far too large.", _REMEDY
        )
    return _Adapter(config, _alphas(folder, config, weights), weights)


def _is_sane(matrix: Tensor) -> bool:
    return matrix.dtype in _DTYPES and bool((matrix.abs() <= _LARGEST).all())


def _alphas(folder: Path, config: dict[str, Any], modules: Iterable[str]) -> dict[str, float]:
    """The scaling of modules with their own alpha, selected as peft does."""
    from peft.utils.other import get_pattern_key

    patterns = config.get("alpha_pattern") or {}
    try:
        if not all(isinstance(alpha, int | float) and alpha > 0 for alpha in patterns.values()):
            raise ValueError("a scaling is no number above zero")
        keys = {module: get_pattern_key(list(patterns), module) for module in modules}
    except (AttributeError, TypeError, ValueError, RecursionError, re.error) as error:
        raise CoachError(f"The file {folder / ADAPTER_CONFIG} is damaged.", "Get the adapter again.") from error
    return {module: patterns[key] for module, key in keys.items() if key in patterns}


def _places(adapter: _Adapter, model: Any, folder: str) -> dict[str, str]:
    """Map the names of modules in an adapter's base to those in a model."""
    modules = dict(model.named_modules())
    language = model.get_decoder()
    here = next(name for name, module in modules.items() if module is language) + "."
    layouts = [
        {name: here + name.removeprefix(there) if name.startswith(there) else name for name in adapter.weights}
        for there in _PLACES
    ]
    found = max(layouts, key=lambda layout: len(modules.keys() & layout.values()))
    if not modules.keys() & found.values():
        raise CoachError(f"The adapter in {folder} is for a base model of another make.", _REMEDY)
    for name, (a, b) in adapter.weights.items():
        module = modules.get(found[name])
        wanted = (getattr(module, "in_features", None), getattr(module, "out_features", None))
        if wanted != (a.shape[1], b.shape[0]):
            raise CoachError(
                f"The adapter in {folder} does not fit the base model: {name} is {a.shape[1]} → {b.shape[0]} there, "
                f"and {wanted[0]} → {wanted[1]} here.",
                _REMEDY,
            )
    return found


@torch.inference_mode()
def _reaction(text: TextModel) -> Tensor:
    """Logits of the token after a question."""
    inputs = text.tokenizer(_PROBE, return_tensors="pt").to(text.model.device)
    reaction: Tensor = text.model(input_ids=inputs["input_ids"], use_cache=False).logits[0, -1].clone()
    return reaction


def _switch(model: Any, name: str | None) -> None:
    """Activate one adapter of a model; None deactivates all."""
    for layer in _layers(model):
        layer.set_adapter([name] if name and name in layer.lora_A else [], inference_mode=True)


def _forget(text: TextModel, name: str) -> None:
    _switch(text.model, None)
    for layer in _layers(text.model):
        layer.delete_adapter(name)
    getattr(text.model, "peft_config", {}).pop(name, None)


def _layers(model: Any) -> list[Any]:
    from peft.tuners.lora import LoraLayer

    return [module for module in model.modules() if isinstance(module, LoraLayer)]
