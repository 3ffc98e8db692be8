"""Which precision a computer trains in."""

import torch


def multiplies_bfloat16() -> bool:
    """Whether there are matrix units for bfloat16: a card's, or a processor's (Intel's AMX)."""
    if torch.cuda.is_available():
        return bool(torch.cuda.is_bf16_supported(including_emulation=False))
    return bool(torch.cpu._is_amx_tile_supported())
