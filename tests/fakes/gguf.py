"""Small GGUF files."""

from pathlib import Path

import numpy as np
from gguf import GGUFWriter, TokenType

WIDTH, INNER, HEADS, LAYERS = 64, 128, 4, 2
_CHAT = "{% for message in messages %}{{ message['role'] + ': ' + message['content'] + '\n' }}{% endfor %}assistant:"


def write_gguf(file: Path, make: str = "llama", layers: int = LAYERS) -> Path:
    """Write a tiny model with random weights and a byte-level tokenizer.

    Args:
        file: to write.
        make: its architecture; the tensors are those of a Llama in any case.
        layers: how many have weights; the header says `LAYERS`.
    """
    rng = np.random.default_rng(1)
    tokens = ["<end>", "<s>", "</s>", *(chr(code) for code in (*range(33, 127), 0x120, 0x10A)), "he", "lo"]
    writer = GGUFWriter(file, make)
    writer.add_context_length(256)
    writer.add_embedding_length(WIDTH)
    writer.add_block_count(LAYERS)
    writer.add_feed_forward_length(INNER)
    writer.add_head_count(HEADS)
    writer.add_head_count_kv(HEADS)
    writer.add_rope_freq_base(10_000.0)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_vocab_size(len(tokens))
    writer.add_tokenizer_model("gpt2")
    writer.add_token_list(tokens)
    writer.add_token_types([TokenType.CONTROL] * 3 + [TokenType.NORMAL] * (len(tokens) - 3))
    writer.add_token_merges(["h e", "l o"])
    writer.add_bos_token_id(1)
    writer.add_eos_token_id(2)
    writer.add_chat_template(_CHAT)
    shapes: dict[str, tuple[int, ...]] = {"token_embd": (len(tokens), WIDTH), "output_norm": (WIDTH,)}
    for layer in range(layers):
        for name in ("attn_q", "attn_k", "attn_v", "attn_output"):
            shapes[f"blk.{layer}.{name}"] = (WIDTH, WIDTH)
        for name, sides in (("gate", (INNER, WIDTH)), ("up", (INNER, WIDTH)), ("down", (WIDTH, INNER))):
            shapes[f"blk.{layer}.ffn_{name}"] = sides
        shapes |= {f"blk.{layer}.attn_norm": (WIDTH,), f"blk.{layer}.ffn_norm": (WIDTH,)}
    for name, shape in shapes.items():
        writer.add_tensor(f"{name}.weight", rng.normal(size=shape).astype(np.float32))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return file
