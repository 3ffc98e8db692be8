"""Tiny real checkpoints with random weights: models that answer about pictures, Marian EN→JA, Llama. Imports torch."""

import io
import json
import warnings
from pathlib import Path
from typing import Any

import sentencepiece
import torch
from peft import LoraConfig, get_peft_model
from tokenizers import Tokenizer, decoders, pre_tokenizers
from tokenizers.models import BPE
from transformers import (
    CLIPVisionConfig,
    GenerationConfig,
    LlamaConfig,
    LlamaForCausalLM,
    LlavaNextConfig,
    LlavaNextForConditionalGeneration,
    LlavaNextProcessor,
    LlavaOnevisionConfig,
    LlavaOnevisionForConditionalGeneration,
    MarianConfig,
    MarianMTModel,
    MarianTokenizer,
    MistralConfig,
    PreTrainedTokenizerFast,
    Qwen2Config,
    Qwen3VLConfig,
    Qwen3VLForConditionalGeneration,
    SiglipVisionConfig,
    SmolVLMConfig,
    SmolVLMForConditionalGeneration,
)
from transformers.models.llava_next.image_processing_pil_llava_next import LlavaNextImageProcessorPil
from transformers.models.llava_onevision.image_processing_pil_llava_onevision import LlavaOnevisionImageProcessorPil
from transformers.models.qwen2_vl.image_processing_pil_qwen2_vl import Qwen2VLImageProcessorPil
from transformers.models.smolvlm.image_processing_pil_smolvlm import SmolVLMImageProcessorPil

SIDE_PX = 28
PATCH_PX = 14
GRID_PINPOINTS = [[SIDE_PX, SIDE_PX * 2], [SIDE_PX * 2, SIDE_PX], [SIDE_PX * 2, SIDE_PX * 2]]
SPECIAL_TOKENS = ["<s>", "</s>", "<pad>", "<image>", "[INST]", "[/INST]"]
CHAT_TEMPLATE = (
    "{% for message in messages %}[INST] "
    "{% for part in message['content'] %}"
    "{% if part['type'] == 'image' %}<image>\n{% else %}{{ part['text'] }}{% endif %}"
    "{% endfor %} [/INST]{% endfor %}"
)


SPOKEN = ["Ġ", *"acdeinotr"]
_SIGHT: dict[str, Any] = {
    "hidden_size": 32,
    "intermediate_size": 64,
    "num_hidden_layers": 2,
    "num_attention_heads": 2,
}
_LANGUAGE: dict[str, Any] = {
    "hidden_size": 64,
    "intermediate_size": 128,
    "num_hidden_layers": 2,
    "num_attention_heads": 4,
    "num_key_value_heads": 2,
}


def _byte_tokenizer(*further: str) -> Any:
    alphabet = sorted(pre_tokenizers.ByteLevel.alphabet())
    vocabulary = {token: index for index, token in enumerate([*SPECIAL_TOKENS, *alphabet])}
    tokenizer = Tokenizer(BPE(vocab=vocabulary, merges=[]))
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)
    tokenizer.decoder = decoders.ByteLevel()
    fast = PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, bos_token="<s>", eos_token="</s>", pad_token="<pad>", padding_side="left"
    )
    fast.add_special_tokens({"additional_special_tokens": ["<image>", "[INST]", "[/INST]", *further]})
    return fast


def build_llava(folder: Path, seed: int = 0, text: type[LlamaConfig | MistralConfig] = MistralConfig) -> Path:
    """Write a LLaVA-NeXT checkpoint of 0.3 MB into a folder.

    Its answers are random letters with a space now and then, the same for the same picture and prompt, and never end
    by themselves (up to some hundred tokens).
    """
    torch.manual_seed(seed)
    tokenizer = _byte_tokenizer()
    image_token = tokenizer.convert_tokens_to_ids("<image>")
    config = LlavaNextConfig(
        vision_config=CLIPVisionConfig(
            hidden_size=32,
            intermediate_size=64,
            num_hidden_layers=2,
            num_attention_heads=2,
            image_size=SIDE_PX,
            patch_size=PATCH_PX,
            projection_dim=32,
        ),
        text_config=text(
            vocab_size=len(tokenizer),
            hidden_size=32,
            intermediate_size=64,
            num_hidden_layers=2,
            num_attention_heads=2,
            num_key_value_heads=1 if text is MistralConfig else 2,
            max_position_embeddings=4096,
            pad_token_id=tokenizer.pad_token_id,
            bos_token_id=tokenizer.bos_token_id,
            eos_token_id=tokenizer.eos_token_id,
        ),
        image_token_index=image_token,
        image_grid_pinpoints=GRID_PINPOINTS,
        vision_feature_layer=-1,
        tie_word_embeddings=False,
    )
    model = LlavaNextForConditionalGeneration(config)
    with torch.no_grad():
        # Large weights make the answer depend on picture and prompt.
        for name, weight in model.named_parameters():
            if weight.dim() > 1 and "norm" not in name:
                weight.mul_(8)
    spoken = set(tokenizer.convert_tokens_to_ids(SPOKEN))
    model.generation_config = GenerationConfig(
        eos_token_id=tokenizer.eos_token_id,
        pad_token_id=tokenizer.pad_token_id,
        suppress_tokens=[token for token in range(len(tokenizer)) if token not in spoken],
        no_repeat_ngram_size=3,
    )
    processor = LlavaNextProcessor(
        image_processor=LlavaNextImageProcessorPil(
            size={"shortest_edge": SIDE_PX},
            crop_size={"height": SIDE_PX, "width": SIDE_PX},
            image_grid_pinpoints=GRID_PINPOINTS,
        ),
        tokenizer=tokenizer,
        patch_size=PATCH_PX,
        vision_feature_select_strategy="default",
        num_additional_image_tokens=1,
        chat_template=CHAT_TEMPLATE,
    )
    model.save_pretrained(folder)
    processor.save_pretrained(folder)
    return folder


def build_onevision(folder: Path) -> Path:
    """Write a LLaVA-OneVision checkpoint of 0.3 MB into a folder, its files parted as on the hub."""
    tokenizer = _byte_tokenizer("<video>")
    config = LlavaOnevisionConfig(
        vision_config=SiglipVisionConfig(**_SIGHT, image_size=SIDE_PX, patch_size=PATCH_PX, vision_use_head=False),
        text_config=Qwen2Config(vocab_size=len(tokenizer), **_LANGUAGE),
        image_token_index=tokenizer.convert_tokens_to_ids("<image>"),
        video_token_index=tokenizer.convert_tokens_to_ids("<video>"),
        image_grid_pinpoints=GRID_PINPOINTS,
        tie_word_embeddings=False,
    )
    pictures = LlavaOnevisionImageProcessorPil(
        size={"height": SIDE_PX, "width": SIDE_PX}, image_grid_pinpoints=GRID_PINPOINTS
    )
    options = {"num_image_tokens": (SIDE_PX // PATCH_PX) ** 2, "vision_feature_select_strategy": "full"}
    model = _random(LlavaOnevisionForConditionalGeneration, config, tokenizer)
    return _write(folder, "LlavaOnevision", model, tokenizer, pictures, CHAT_TEMPLATE, options)


def build_qwen(folder: Path) -> Path:
    """Write a Qwen3-VL checkpoint of 0.4 MB into a folder, its files parted as on the hub."""
    image, video, start, end = "<|image_pad|>", "<|video_pad|>", "<|vision_start|>", "<|vision_end|>"
    tokenizer = _byte_tokenizer(image, video, start, end)
    positions = {"rope_type": "default", "rope_theta": 1e6, "mrope_section": [4, 2, 2], "mrope_interleaved": True}
    config = Qwen3VLConfig(
        vision_config={
            "depth": 2,
            "hidden_size": 32,
            "intermediate_size": 64,
            "num_heads": 2,
            "patch_size": 16,
            "out_hidden_size": _LANGUAGE["hidden_size"],
            "num_position_embeddings": 64,
            "deepstack_visual_indexes": [0],
        },
        text_config={"vocab_size": len(tokenizer), **_LANGUAGE, "head_dim": 16, "rope_parameters": positions},
        image_token_id=tokenizer.convert_tokens_to_ids(image),
        video_token_id=tokenizer.convert_tokens_to_ids(video),
        vision_start_token_id=tokenizer.convert_tokens_to_ids(start),
        vision_end_token_id=tokenizer.convert_tokens_to_ids(end),
        tie_word_embeddings=False,
    )
    pictures = Qwen2VLImageProcessorPil(patch_size=16, min_pixels=32**2, max_pixels=128**2)
    model = _random(Qwen3VLForConditionalGeneration, config, tokenizer)
    template = CHAT_TEMPLATE.replace("<image>", start + image + end)
    return _write(folder, "Qwen3VL", model, tokenizer, pictures, template, {})


def build_smolvlm(folder: Path) -> Path:
    """Write a SmolVLM checkpoint of 0.3 MB into a folder, its files parted as on the hub."""
    tokenizer = _byte_tokenizer("<fake_token_around_image>", "<global-img>", "<end_of_utterance>")
    side, factor = 2 * SIDE_PX, 2
    config = SmolVLMConfig(
        vision_config={**_SIGHT, "image_size": side, "patch_size": PATCH_PX},
        text_config={
            "model_type": "llama",
            "vocab_size": len(tokenizer),
            "pad_token_id": tokenizer.pad_token_id,
            **_LANGUAGE,
        },
        image_token_id=tokenizer.convert_tokens_to_ids("<image>"),
        scale_factor=factor,
        tie_word_embeddings=False,
    )
    pictures = SmolVLMImageProcessorPil(size={"longest_edge": 2 * side}, max_image_size={"longest_edge": side})
    options = {"image_seq_len": (side // PATCH_PX // factor) ** 2}
    model = _random(SmolVLMForConditionalGeneration, config, tokenizer)
    return _write(folder, "SmolVLM", model, tokenizer, pictures, CHAT_TEMPLATE.replace("\n", ""), options)


def _random(kind: Any, config: Any, tokenizer: Any) -> Any:
    """A model whose answers depend on picture and prompt, and are letters without being told to, so that it may decode
    alone."""
    torch.manual_seed(0)
    model = kind(config)
    with torch.no_grad():
        for name, weight in model.named_parameters():
            if weight.dim() > 1 and "norm" not in name:
                weight.mul_(8)
        silent = torch.ones(len(model.lm_head.weight), dtype=torch.bool)
        silent[tokenizer.convert_tokens_to_ids(SPOKEN)] = False
        model.lm_head.weight[silent] = 0
    model.generation_config = GenerationConfig(eos_token_id=tokenizer.eos_token_id, pad_token_id=tokenizer.pad_token_id)
    return model


def _write(
    folder: Path, family: str, model: Any, tokenizer: Any, pictures: Any, template: str, options: dict[str, Any]
) -> Path:
    """Write what ``save_pretrained`` of a processor could write only with torchvision."""
    model.save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    kind = {"processor_class": f"{family}Processor"}
    seen = json.loads(pictures.to_json_string())
    files = {
        "preprocessor_config.json": seen | kind,
        "video_preprocessor_config.json": seen | kind | {"video_processor_type": f"{family}VideoProcessor"},
    }
    if options:  # Qwen's has none, and no file for them
        files["processor_config.json"] = kind | options
    for name, content in files.items():
        (folder / name).write_text(json.dumps(content), encoding="utf-8")
    (folder / "chat_template.jinja").write_text(template, encoding="utf-8")
    return folder


def build_marian(folder: Path, seed: int = 0) -> Path:
    """Write a Marian EN→JA checkpoint of some 100 KB into a folder; its translations are random."""
    torch.manual_seed(seed)
    folder.mkdir(parents=True, exist_ok=True)
    sentences = ["Move the cat up.", "The crate is on the right.", "猫を上に動かして。", "箱は右にあります。"] * 20
    pieces = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(sentences), model_writer=pieces, vocab_size=60, hard_vocab_limit=False, minloglevel=2
    )
    for name in ("source.spm", "target.spm"):
        (folder / name).write_bytes(pieces.getvalue())
    known = sentencepiece.SentencePieceProcessor(model_proto=pieces.getvalue())
    words = [known.id_to_piece(index) for index in range(known.get_piece_size())]
    words = ["</s>", "<unk>", *[word for word in words if word not in ("<s>", "</s>", "<unk>")], "<pad>"]
    (folder / "vocab.json").write_text(json.dumps({word: index for index, word in enumerate(words)}), encoding="utf-8")
    files: list[Any] = [str(folder / name) for name in ("source.spm", "target.spm", "vocab.json")]
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Recommended: pip install sacremoses")
        tokenizer = MarianTokenizer(*files)
    model = MarianMTModel(
        MarianConfig(
            vocab_size=len(words),
            d_model=32,
            encoder_layers=1,
            decoder_layers=1,
            encoder_attention_heads=2,
            decoder_attention_heads=2,
            encoder_ffn_dim=64,
            decoder_ffn_dim=64,
            max_position_embeddings=512,
            pad_token_id=len(words) - 1,
            eos_token_id=0,
            decoder_start_token_id=len(words) - 1,
            forced_eos_token_id=0,
        )
    )
    model.generation_config = GenerationConfig(
        pad_token_id=len(words) - 1,
        eos_token_id=0,
        decoder_start_token_id=len(words) - 1,
        bad_words_ids=[[len(words) - 1]],
        exponential_decay_length_penalty=(8, 2.0),
    )
    model.save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder


def build_text(folder: Path, width: int = 32, seed: int = 0) -> Path:
    """Write a Llama of some 100 KB into a folder; it goes on with random letters."""
    torch.manual_seed(seed)
    tokenizer = _byte_tokenizer()
    model = LlamaForCausalLM(
        LlamaConfig(
            vocab_size=len(tokenizer),
            hidden_size=width,
            intermediate_size=2 * width,
            num_hidden_layers=2,
            num_attention_heads=2,
            num_key_value_heads=2,
            max_position_embeddings=1024,
            pad_token_id=tokenizer.pad_token_id,
            bos_token_id=tokenizer.bos_token_id,
            eos_token_id=tokenizer.eos_token_id,
        )
    )
    with torch.no_grad():
        for name, weight in model.named_parameters():
            if weight.dim() > 1 and "norm" not in name:
                weight.mul_(8)
    spoken = set(tokenizer.convert_tokens_to_ids(SPOKEN))
    model.generation_config = GenerationConfig(
        eos_token_id=tokenizer.eos_token_id,
        pad_token_id=tokenizer.pad_token_id,
        suppress_tokens=[token for token in range(len(tokenizer)) if token not in spoken],
    )
    model.save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder


def build_adapter(folder: Path, base: Path, seed: int = 0, strength: float = 1.0, rank: int = 4) -> Path:
    """Write a LoRA adapter for the queries and values of a text model into a folder; strength 0 changes nothing."""
    torch.manual_seed(seed)
    model = LlamaForCausalLM.from_pretrained(base)
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="`is_gradient_checkpointing` is deprecated")  # peft still asks for it
        adapted = get_peft_model(model, LoraConfig(r=rank, lora_alpha=16, target_modules=["q_proj", "v_proj"]))
    with torch.no_grad():
        for name, weight in adapted.named_parameters():
            if "lora_B" in name:
                weight.normal_(0, strength)
    adapted.save_pretrained(str(folder))
    return folder
