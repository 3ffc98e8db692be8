"""Loads models from folders into memory, in the same way for every size."""

import contextlib
import ctypes
import gc
import json
import logging
import math
import os
import sys
import warnings
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import torch
from transformers import (
    AutoConfig,
    AutoModelForCausalLM,
    AutoModelForImageTextToText,
    AutoTokenizer,
    BitsAndBytesConfig,
    MarianMTModel,
    MarianTokenizer,
)

from coach_app.domain.errors import CoachError
from coach_app.engine.chat import rendered_chat
from coach_app.engine.confidence import Confidence, load_confidence
from coach_app.engine.decoding import Decoder
from coach_app.engine.eight_bit import keep_in_eight_bits, multiplies_eight_bits
from coach_app.engine.families.choosing import family_of
from coach_app.engine.families.family import Family
from coach_app.engine.faults import is_out_of_memory
from coach_app.engine.looking import Look
from coach_app.engine.packing import limit_packing
from coach_app.engine.transcript import Thinking
from coach_app.engine.weights import Watch, ignore, watched
from coach_app.models.checkpoint import ModelRole, check_checkpoint, read_json, safetensors_header, weights_of
from coach_app.models.fit import LARGE_BYTES, require_room

logger = logging.getLogger(__name__)

# A checkpoint with missing weights is rejected below with a sentence; keep the library's table out of the log.
logging.getLogger("transformers.modeling_utils").addFilter(lambda record: "LOAD REPORT" not in str(record.msg))

_MAX_SIZE_RATIO = 4  # two 4-bit weights are stored per byte


@dataclass(frozen=True)
class Asking:
    """Everything needed to ask a model about pictures, except its weights.

    Attributes:
        processor: tokenizer and image processor.
        chat: its rendered chat template, with `chat.HOLE` as the question.
    """

    processor: Any
    chat: str


@dataclass(frozen=True)
class VisionModel:
    """A model that answers about pictures, with its processor (tokenizer and image processor).

    Attributes:
        chat: see `Asking`.
        forward: computes the forward passes: the model itself, or its faster equivalent.
        decodes_alone: whether ``decoder`` generates answers by ``forward``; otherwise ``generate`` does.
        family: special support for its family.
        look: the cache for the last picture.
        decoder: generates its answers, and learns from each.
        prompts: tokens of the latest prompts.
        thinking: what is known about its thoughts before it answers.
    """

    name: str
    model: Any
    processor: Any
    chat: str
    forward: Any
    decodes_alone: bool
    family: Family
    look: Look = field(default_factory=Look)
    decoder: Decoder = field(default_factory=Decoder)
    prompts: dict[tuple[Any, ...], torch.Tensor] = field(default_factory=dict)
    thinking: Thinking = field(default_factory=Thinking)


@dataclass(frozen=True)
class TextModel:
    """A causal language model with its tokenizer.

    Attributes:
        adapters: names of the adapters in the model, by folder.
        thinking: as in ``VisionModel``.
    """

    name: str
    model: Any
    tokenizer: Any
    adapters: dict[str, str] = field(default_factory=dict)
    thinking: Thinking = field(default_factory=Thinking)


@dataclass(frozen=True)
class TranslationModel:
    """An English-to-Japanese model with its tokenizer, and the criterion for trusting it (None: always)."""

    name: str
    model: Any
    tokenizer: Any
    confidence: Confidence | None = None


def load_asking(folder: Path, quick: bool = True) -> Asking:
    """Load everything but the weights of a checkpoint for pictures, and render its chat template once.

    Raises:
        CoachError: it cannot be used, or its chat template does not end.
    """
    check_checkpoint(folder, "vision")
    try:
        config = AutoConfig.from_pretrained(folder, local_files_only=True, trust_remote_code=False)
    except Exception as error:
        raise _unusable(folder, "model", error) from error
    processor = load_processor(folder, config, quick)
    template = getattr(processor, "chat_template", None)
    if isinstance(template, dict):
        template = template.get("default")
    if not isinstance(template, str) or not template:
        raise CoachError(f"The model folder {folder} has no chat template.", "Choose an instruction-tuned model.")
    tokens = json.dumps(processor.tokenizer.special_tokens_map, default=str, sort_keys=True)
    return Asking(processor, rendered_chat(template, tokens))


def load_vision(
    folder: Path,
    four_bit: bool | None = False,
    quick: bool = True,
    asking: Asking | None = None,
    watch: Watch = ignore,
) -> VisionModel:
    """Load a checkpoint for pictures and its processor onto the best device of this computer.

    Args:
        folder: a local checkpoint; nothing is downloaded, and no code in it is run.
        four_bit: quantise the language model (nf4 with double quantisation, a quarter of the memory); None does so for
            large models if bitsandbytes supports the device. A checkpoint that was saved quantised is unchanged.
        quick: use faster implementations if there are any.
        asking: the result of ``load_asking``, if already called.
        watch: told how far it is.

    Raises:
        CoachError: if the folder is not a model that can be used.
        MemoryError, torch.OutOfMemoryError: if it does not fit.
    """
    asking = asking or load_asking(folder, quick)
    family = family_of(read_json(folder, "config.json").get("model_type"))
    options = _precision(folder, four_bit, list(family.wide))
    model = _placed(_from_folder(AutoModelForImageTextToText, folder, watch, **options))
    forward = family.forward(model, quick, _second_core())
    alone = forward is not None
    return VisionModel(folder.name, model, asking.processor, asking.chat, forward if alone else model, alone, family)


def load_processor(folder: Path, config: Any, quick: bool) -> Any:
    """Load a model's processor, with defaults for what older ones omit.

    Args:
        folder: a local checkpoint.
        config: of the model.
        quick: use the faster picture preparation if there is one.

    Raises:
        CoachError: if it cannot be used.
    """
    try:
        return family_of(config.model_type).processor(folder, config, quick)
    except Exception as error:
        raise _unusable(folder, "processor", error) from error


def load_text(folder: Path, four_bit: bool | None = False, trained: bool = False, watch: Watch = ignore) -> TextModel:
    """Load a causal language model and its tokenizer onto the best device of this computer.

    On a processor its weights are kept in 8 bits, unless it is to be trained.

    Args:
        folder: a local checkpoint; nothing is downloaded, and no code in it is run.
        four_bit: as for ``load_vision``.
        trained: whether gradients have to pass through it; its weights are then as they are stored.
        watch: told how far it is.

    Raises:
        CoachError: if the folder is not a model that can be used.
        MemoryError, torch.OutOfMemoryError: if it does not fit.
    """
    check_checkpoint(folder, "text")
    options = _precision(folder, four_bit, ["lm_head"])
    if not trained and options["dtype"] is torch.float32 and computes_in_16_bits():
        options["dtype"] = torch.bfloat16
    model = _from_folder(AutoModelForCausalLM, folder, watch, **options)
    try:
        tokenizer = AutoTokenizer.from_pretrained(folder, local_files_only=True, trust_remote_code=False)
    except Exception as error:
        raise _unusable(folder, "tokenizer", error) from error
    model = _placed(model, trained)
    plain = model.device.type == "cpu" and not getattr(model, "is_quantized", False)
    if plain and not trained and multiplies_eight_bits():
        keep_in_eight_bits(model)
        give_back()
    return TextModel(folder.name, model, tokenizer)


def load_translator(folder: Path, watch: Watch = ignore) -> TranslationModel:
    """Load a Marian EN→JA checkpoint; ``watch`` is called with the progress.

    Raises:
        CoachError: if the folder is not a model that can be used.
        MemoryError, torch.OutOfMemoryError: if it does not fit.
    """
    check_checkpoint(folder, "translator")
    model = _from_folder(MarianMTModel, folder, watch, dtype=_dtype())
    try:
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", message="Recommended: pip install sacremoses")
            tokenizer = MarianTokenizer.from_pretrained(folder, local_files_only=True)
    except Exception as error:
        raise _unusable(folder, "tokenizer", error) from error
    return TranslationModel(folder.name, model.to(_device()), tokenizer, load_confidence(folder))


def make_room(folder: Path, role: ModelRole, four_bit: bool | None) -> None:
    """Free unused memory, and raise if a model would not fit into what is free.

    Raises:
        CoachError: it does not fit; the remedy is the next best choice.
    """
    give_back()
    require_room(folder, role, four_bit)


def give_back() -> None:
    """Return to the system what is not used any more; the C library would keep what loading a model leaves over."""
    gc.collect()
    if torch.cuda.is_available():
        torch.cuda.empty_cache()
    if sys.platform == "linux":
        with contextlib.suppress(OSError, AttributeError):  # only glibc has it
            ctypes.CDLL(None).malloc_trim(0)


def use_cores() -> None:
    """Let torch use all cores but one, which is left to the game and the interface.

    Threads of torch wait for each other at every step: with one on a core that is otherwise busy, an answer takes five
    times as long as with one thread fewer. A number set by ``OMP_NUM_THREADS`` is respected.
    """
    if "OMP_NUM_THREADS" not in os.environ:
        torch.set_num_threads(max(1, _usable_cores() - 1))


def _usable_cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _second_core() -> bool:
    """Whether there is another core besides the only one that ``use_cores`` gave torch."""
    return "OMP_NUM_THREADS" not in os.environ and torch.get_num_threads() == 1 and _usable_cores() > 1


def _device() -> str:
    """The best device of this computer. AMD's cards are "cuda", too; Intel's and Apple's are untested."""
    kinds = {"cuda": torch.cuda, "xpu": torch.xpu, "mps": torch.backends.mps}
    return next((name for name, kind in kinds.items() if kind.is_available()), "cpu")


def computes_in_16_bits() -> bool:
    """Whether the processor has instructions for bfloat16; without them it would be slower than 32 bits."""
    return bool(torch.cpu._is_avx512_bf16_supported())


def _dtype() -> torch.dtype:
    """The dtype for the device: bfloat16 if supported, as it does not overflow."""
    device = _device()
    if device == "cpu":
        return torch.float32
    wide = device == "cuda" and torch.cuda.is_bf16_supported(including_emulation=False)
    return torch.bfloat16 if wide else torch.float16


def _precision(folder: Path, four_bit: bool | None, wide: list[str]) -> dict[str, Any]:
    """Options of ``from_pretrained`` for a precision; the modules in ``wide`` are never quantised."""
    if four_bit is None:
        weights = sum(file.stat().st_size for file in weights_of(folder))
        four_bit = _device() != "mps" and weights > LARGE_BYTES
    quantised = bool(read_json(folder, "config.json").get("quantization_config"))
    options: dict[str, Any] = {"dtype": _dtype()}
    if four_bit or quantised:
        options["device_map"] = {"": _device()}
    if four_bit and not quantised:
        options["quantization_config"] = BitsAndBytesConfig(
            load_in_4bit=True,
            bnb_4bit_quant_type="nf4",
            bnb_4bit_use_double_quant=True,
            bnb_4bit_compute_dtype=_dtype(),
            llm_int8_skip_modules=wide,
        )
    return options


def _placed(model: Any, trained: bool = False) -> Any:
    """Move a model to the device; a quantised one is already there, but may have been saved with another dtype."""
    if not getattr(model, "is_quantized", False):
        return model.to(_device())
    limit_packing(model, trained)
    for module in model.modules():
        if hasattr(module, "compute_dtype"):
            module.compute_dtype = _dtype()
    return model


def _from_folder(kind: Any, folder: Path, watch: Watch, **options: Any) -> Any:
    try:
        if _is_far_larger(kind, folder):
            raise ValueError("config.json describes another model than that of the weights")
        with watched(folder, watch) as weights:
            model, info = kind.from_pretrained(
                folder,
                local_files_only=True,
                use_safetensors=True,
                trust_remote_code=False,
                output_loading_info=True,
                **options,
            )
    except Exception as error:
        raise _unusable(folder, "model", error) from error
    if info["missing_keys"]:
        # transformers would continue with random weights.
        raise CoachError(
            f"The model in {folder} lacks {len(info['missing_keys'])} of its weights.",
            "Download or copy the model again, or choose another one in the settings.",
        )
    if weights.damaged:
        raise CoachError(
            f"The model in {folder} is damaged: some of its weights are not numbers (NaN or infinity).",
            "Download or copy the model again, or choose another one in the settings.",
        )
    return model.eval()


def _is_far_larger(kind: Any, folder: Path) -> bool:
    """Whether config.json describes a much larger model than the weights.

    transformers would first create it with random weights, perhaps gigabytes, and then report what is missing.
    """
    tensors = [tensor for file in weights_of(folder) for tensor in safetensors_header(file).values()]
    if _most_layers(read_json(folder, "config.json")) > len(tensors):
        return True
    config = AutoConfig.from_pretrained(folder, local_files_only=True, trust_remote_code=False)
    with torch.device("meta"):
        described = kind(config) if kind is MarianMTModel else kind.from_config(config)
    stored = sum(math.prod(tensor["shape"]) for tensor in tensors)
    return bool(sum(weights.numel() for weights in described.parameters()) > _MAX_SIZE_RATIO * stored)


def _most_layers(config: dict[str, Any]) -> float:
    """The largest number of layers in a config or any part of it."""
    parts = [_most_layers(part) for part in config.values() if isinstance(part, dict)]
    own = [value for name, value in config.items() if name.endswith("layers") and isinstance(value, int | float)]
    return max([0, *parts, *own])


def _unusable(folder: Path, part: str, error: Exception) -> Exception:
    if is_out_of_memory(error):
        return error
    logger.info("The %s in %s could not be loaded", part, folder, exc_info=error)
    return CoachError(
        f"The {part} in {folder} could not be loaded: it is damaged or of a kind that the coach does not know.",
        "Choose another model or folder in the settings.",
    )
