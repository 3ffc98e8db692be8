"""Layers of 4 bits on a processor with AVX512-BF16: which of them bitsandbytes may pack.

For such a processor bitsandbytes 0.50 lays the weights of a layer out anew at its first pass, which makes a token in a
quarter of the time. It does so with every layer, but what it does fits only some (``_convert_weight_packed_for_cpu``):
outputs are packed by 32, and each row of inputs has to fill whole blocks, of 64 weights that share a scale; another
layer fails, with "shape '[32, 0]' is invalid" where it is narrower than a block. And gradients end at a packed
layer, whose product has no derivative. Such layers are computed as on any other processor.
"""

import logging
from typing import Any

_OUTPUTS = 32

# It looks for kernels to download, for the same processors, as soon as it is imported; the coach brings none.
logging.getLogger("bitsandbytes.backends.cpu.ops").addFilter(lambda record: "gemm_4bit_forward" not in str(record.msg))


def limit_packing(model: Any, trained: bool) -> None:
    """Keep bitsandbytes from packing the layers that it cannot pack.

    Args:
        model: a quantised one, as it was loaded; changed in place.
        trained: gradients are to pass through all of its layers.
    """
    from bitsandbytes.nn.modules import Linear4bit

    layers: list[Any] = [module for module in model.modules() if isinstance(module, Linear4bit)]
    for layer in layers:
        whole_blocks = layer.in_features % layer.weight.quant_state.blocksize == 0
        if trained or not whole_blocks or layer.out_features % _OUTPUTS:
            layer.support_avx512bf16_for_cpu = False
