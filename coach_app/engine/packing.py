"""Decides which 4-bit layers bitsandbytes may pack on a CPU with AVX512-BF16.

On such a CPU bitsandbytes 0.50 repacks the weights of every layer at its first forward pass, which makes generation
four times as fast. But its code (``_convert_weight_packed_for_cpu``) supports only some layers: outputs are packed in
groups of 32, and every row of inputs has to fill whole blocks of 64 weights that share a scale; others fail, for
instance with "shape '[32, 0]' is invalid" if narrower than a block. A packed layer also has no gradient. The layers
excluded here are computed as on any other CPU.
"""

import logging
from typing import Any

_OUTPUTS = 32

# On import it tries to download kernels for these CPUs, which the coach does not ship.
logging.getLogger("bitsandbytes.backends.cpu.ops").addFilter(lambda record: "gemm_4bit_forward" not in str(record.msg))


def limit_packing(model: Any, trained: bool) -> None:
    """Keep bitsandbytes from packing layers that it does not support.

    Args:
        model: a quantised model; changed in place.
        trained: whether gradients have to pass through all layers.
    """
    from bitsandbytes.nn.modules import Linear4bit

    layers: list[Any] = [module for module in model.modules() if isinstance(module, Linear4bit)]
    for layer in layers:
        whole_blocks = layer.in_features % layer.weight.quant_state.blocksize == 0
        if trained or not whole_blocks or layer.out_features % _OUTPUTS:
            layer.support_avx512bf16_for_cpu = False
