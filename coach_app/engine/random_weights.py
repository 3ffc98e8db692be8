"""Writes checkpoints with the dimensions of a published model and random weights, for measuring without downloading it.

Time and memory do not depend on the values of weights. The checkpoint goes through the same loader as real ones, so
that quantisation is part of the measurement.
"""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import save_file
from tokenizers import Tokenizer, decoders, pre_tokenizers
from tokenizers.models import BPE
from transformers import (
    CLIPVisionConfig,
    LlavaNextConfig,
    LlavaNextForConditionalGeneration,
    LlavaNextProcessor,
    MistralConfig,
    PreTrainedTokenizerFast,
)
from transformers.models.llava_next.image_processing_pil_llava_next import LlavaNextImageProcessorPil

_SPECIAL = ["<unk>", "<s>", "</s>", "<pad>", "<image>", "[INST]", "[/INST]"]
_END = _SPECIAL.index("</s>")
_CHAT = (
    "{% for message in messages %}[INST] {% for part in message['content'] %}"
    "{% if part['type'] == 'image' %}<image>\n{% else %}{{ part['text'] }}{% endif %}"
    "{% endfor %} [/INST]{% endfor %}"
)
_SHARD_BYTES = 1_000_000_000
_SPREAD = 0.02


def llava_next_7b() -> LlavaNextConfig:
    """The dimensions of llava-hf/llava-v1.6-mistral-7b-hf."""
    return LlavaNextConfig(
        vision_config=CLIPVisionConfig(
            hidden_size=1024,
            intermediate_size=4096,
            num_hidden_layers=24,
            num_attention_heads=16,
            image_size=336,
            patch_size=14,
            projection_dim=768,
        ),
        text_config=MistralConfig(
            vocab_size=32064,
            hidden_size=4096,
            intermediate_size=14336,
            num_hidden_layers=32,
            num_attention_heads=32,
            num_key_value_heads=8,
            max_position_embeddings=32768,
            rope_parameters={"rope_theta": 1_000_000.0, "rope_type": "default"},
            sliding_window=None,
        ),
        image_grid_pinpoints=[[336, 672], [672, 336], [672, 672], [1008, 336], [336, 1008]],
        vision_feature_layer=-2,
        tie_word_embeddings=False,
    )


def llava_next_small() -> LlavaNextConfig:
    """A model of 185 million parameters that answers in seconds on a CPU; 164 million of them can have 4 bits."""
    return LlavaNextConfig(
        vision_config=CLIPVisionConfig(
            hidden_size=256,
            intermediate_size=1024,
            num_hidden_layers=4,
            num_attention_heads=4,
            image_size=112,
            patch_size=14,
            projection_dim=256,
        ),
        text_config=MistralConfig(
            vocab_size=8000,
            hidden_size=1024,
            intermediate_size=3584,
            num_hidden_layers=12,
            num_attention_heads=16,
            num_key_value_heads=4,
            max_position_embeddings=8192,
            sliding_window=None,
        ),
        image_grid_pinpoints=[[112, 224], [224, 112], [224, 224]],
        vision_feature_layer=-2,
        tie_word_embeddings=False,
    )


def write_random(folder: Path, config: Any, say: Callable[[str], None], seed: int = 0) -> None:
    """Write a complete checkpoint with random 16-bit weights; its answers are random words and never end.

    Args:
        folder: created; takes two bytes per parameter.
        config: LlavaNextConfig with the dimensions; the ids of its special tokens are set here.
        say: told how far it is.
        seed: seed of the weights.
    """
    folder.mkdir(parents=True)
    tokenizer = _tokenizer(config.text_config.vocab_size)
    config.image_token_index = config.image_token_id = tokenizer.convert_tokens_to_ids("<image>")
    for name in ("bos", "eos", "pad"):
        setattr(config.text_config, f"{name}_token_id", getattr(tokenizer, f"{name}_token_id"))
    with torch.device("meta"):
        model = LlavaNextForConditionalGeneration(config)
    config.architectures = [type(model).__name__]
    config.dtype = "float16"
    config.save_pretrained(folder)
    model.generation_config.save_pretrained(folder)
    _processor(tokenizer, config).save_pretrained(folder)
    _write_weights(folder, model.state_dict(), say, seed)


def _write_weights(folder: Path, tensors: dict[str, torch.Tensor], say: Callable[[str], None], seed: int) -> None:
    device = "cuda" if torch.cuda.is_available() else "cpu"
    random = torch.Generator(device).manual_seed(seed)
    total = sum(2 * tensor.numel() for tensor in tensors.values())
    files: dict[str, str] = {}
    shard: dict[str, torch.Tensor] = {}
    written = held = 0
    for name, tensor in tensors.items():
        made = torch.empty(tensor.shape, dtype=torch.float16, device=device)
        if tensor.dim() > 1:
            made.normal_(0, _SPREAD, generator=random)
        else:
            made.fill_(0.0 if name.endswith("bias") else 1.0)
        if name == "lm_head.weight":
            made[_END] = 0  # so that it is never the most likely token
        shard[name] = made.cpu()
        held += 2 * tensor.numel()
        if held > _SHARD_BYTES or written + held == total:
            file = f"model-{len(set(files.values())):05}.safetensors"
            save_file(shard, folder / file, {"format": "pt"})
            files |= dict.fromkeys(shard, file)
            written, held, shard = written + held, 0, {}
            say(f"Random weights: {written / 1e9:.1f} of {total / 1e9:.1f} GB.")
    index = {"metadata": {"total_size": total}, "weight_map": files}
    (folder / "model.safetensors.index.json").write_text(json.dumps(index), encoding="utf-8")


def _tokenizer(size: int) -> Any:
    """A character-level tokenizer, filled up with words."""
    letters = sorted(pre_tokenizers.ByteLevel.alphabet())
    words = [f"Ġword{number}" for number in range(size - len(_SPECIAL) - len(letters))]
    vocabulary = {token: index for index, token in enumerate([*_SPECIAL, *letters, *words])}
    tokenizer = Tokenizer(BPE(vocab=vocabulary, merges=[]))
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)
    tokenizer.decoder = decoders.ByteLevel()
    fast = PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, unk_token="<unk>", bos_token="<s>", eos_token="</s>", pad_token="<pad>"
    )
    fast.add_special_tokens({"additional_special_tokens": ["<image>", "[INST]", "[/INST]"]})
    return fast


def _processor(tokenizer: Any, config: Any) -> LlavaNextProcessor:
    side = config.vision_config.image_size
    return LlavaNextProcessor(
        image_processor=LlavaNextImageProcessorPil(
            size={"shortest_edge": side},
            crop_size={"height": side, "width": side},
            image_grid_pinpoints=config.image_grid_pinpoints,
        ),
        tokenizer=tokenizer,
        patch_size=config.vision_config.patch_size,
        vision_feature_select_strategy=config.vision_feature_select_strategy,
        num_additional_image_tokens=1,
        chat_template=_CHAT,
    )
