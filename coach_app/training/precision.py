"""Which precision a computer trains in."""

import torch


def multiplies_bfloat16() -> bool:
    """Whether bfloat16 is multiplied faster: by a card, or a processor (AVX-512 BF16, Intel's AMX)."""
    if torch.cuda.is_available():
        return bool(torch.cuda.is_bf16_supported(including_emulation=False))
    return bool(torch.cpu._is_amx_tile_supported() or torch.cpu._is_avx512_bf16_supported())
