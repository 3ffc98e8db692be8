"""Keeps the weights of a text model in 8 bits on a processor: half of the memory of 16 bits, a quarter of that of 32.

Every output of a layer has its own scale (absmax quantisation; Dettmers et al. 2022, arXiv:2208.07339, section 2). Few
tokens are multiplied by the 8-bit weights directly, in bfloat16, which is faster, since generating reads all weights
for each token; for a prompt the weights of a layer are turned back for its product.
"""

import sys
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

_FEW = 16
"""So many tokens are multiplied directly: those of one step, of which some are guessed."""
_AT_ONCE = 16
"""torch's kernel takes so many inputs at once, and reads on behind the last ones if there are fewer."""


class EightBitLinear(nn.Linear):
    """A layer with 8-bit weights.

    Args:
        layer: with weights in full precision, and a multiple of 16 inputs; not changed.

    Attributes:
        weight: (out, in) int8.
        scales: (out,) bfloat16.
    """

    scales: Tensor

    def __init__(self, layer: nn.Linear) -> None:
        nn.Module.__init__(self)
        self.in_features, self.out_features, self.bias = layer.in_features, layer.out_features, layer.bias
        weight, scales = _in_eight_bits(layer.weight.detach())
        self.weight = nn.Parameter(weight, requires_grad=False)
        self.register_buffer("scales", scales, persistent=False)

    def forward(self, x: Tensor) -> Tensor:
        """Multiply (…, in) by the weights."""
        rows = x.reshape(-1, self.in_features)
        if len(rows) > _FEW:
            return functional.linear(x, self.weight.to(x.dtype).mul_(self.scales[:, None]), self.bias)
        product = torch._weight_int8pack_mm(rows.bfloat16().contiguous(), self.weight, self.scales)
        product = product.to(x.dtype).view(*x.shape[:-1], self.out_features)
        return product if self.bias is None else product + self.bias


class EightBitEmbedding(nn.Module):
    """The embedding of a model whose last layer has the same weights, and shares these.

    Args:
        embedding: in full precision; not changed.
        head: the last layer.

    Attributes:
        weight: (tokens, width) int8, the last layer's.
    """

    scales: Tensor

    def __init__(self, embedding: nn.Embedding, head: EightBitLinear) -> None:
        super().__init__()
        self.weight, self.dtype = head.weight, embedding.weight.dtype
        self.register_buffer("scales", head.scales, persistent=False)

    def forward(self, ids: Tensor) -> Tensor:
        """Look up the rows of some tokens, (…) int64."""
        return self.weight[ids].to(self.dtype) * self.scales[ids, None]


def multiplies_eight_bits() -> bool:
    """Whether torch has a fast kernel for that; the other one takes ten times as long as full precision. It has none
    on Windows (as of 2.13), whatever the processor knows, and is not asked for one on processors other than Intel's
    and AMD's, which were not tried."""
    return sys.platform != "win32" and torch.backends.cpu.get_cpu_capability().startswith("AVX")


def keep_in_eight_bits(model: Any) -> None:
    """Replace the plain linear layers of a model that the kernel can compute; changed in place.

    An embedding that has the same weights as the last layer goes on sharing them. One that computes more than to look
    them up cannot be replaced, and keeps them as they are for both.
    """
    head, embedding = model.get_output_embeddings(), model.get_input_embeddings()
    shared = getattr(head, "weight", None) is embedding.weight
    kept = head if shared and type(embedding) is not nn.Embedding else None
    for module in [module for module in model.modules() if not isinstance(module, nn.Linear)]:
        for name, layer in list(module.named_children()):
            if type(layer) is nn.Linear and layer.in_features % _AT_ONCE == 0 and layer is not kept:
                setattr(module, name, EightBitLinear(layer))
    if shared and isinstance(replaced := model.get_output_embeddings(), EightBitLinear):
        model.set_input_embeddings(EightBitEmbedding(embedding, replaced))


def _in_eight_bits(weight: Tensor) -> tuple[Tensor, Tensor]:
    """Weights (out, in) as int8, and their scales (out,) bfloat16."""
    least = torch.finfo(torch.bfloat16).tiny
    scales = (weight.abs().amax(1).float() / 127).clamp(min=least).bfloat16()
    return (weight.float() / scales[:, None]).round_().clamp_(-127, 127).to(torch.int8), scales
