"""Keeps the weights of a text model in 8 bits on a processor: half of the memory of 16 bits, a quarter of that of 32.

Every output of a layer has its own scale (absmax quantisation; Dettmers et al. 2022, arXiv:2208.07339, section 2). Few
tokens are multiplied by the 8-bit weights directly, in bfloat16, which is faster, since generating reads all weights
for each token; for a prompt the weights of a layer are turned back for its product.
"""

from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

_FEW = 16
"""So many tokens are multiplied directly: those of one step, of which some are guessed."""


class EightBitLinear(nn.Linear):
    """A layer with 8-bit weights.

    Args:
        layer: with weights in full precision; not changed.

    Attributes:
        weight: (out, in) int8.
        scales: (out,) bfloat16.
    """

    def __init__(self, layer: nn.Linear) -> None:
        nn.Module.__init__(self)
        self.in_features, self.out_features, self.bias = layer.in_features, layer.out_features, layer.bias
        weight, scales = _in_eight_bits(layer.weight)
        self.weight = nn.Parameter(weight, requires_grad=False)
        self.scales = nn.Parameter(scales, requires_grad=False)

    def forward(self, x: Tensor) -> Tensor:
        """Multiply (…, in) by the weights."""
        rows = x.reshape(-1, self.in_features)
        if len(rows) > _FEW:
            return functional.linear(x, self.weight.to(x.dtype).mul_(self.scales[:, None]), self.bias)
        made = torch._weight_int8pack_mm(rows.bfloat16(), self.weight, self.scales)
        made = made.to(x.dtype).view(*x.shape[:-1], self.out_features)
        return made if self.bias is None else made + self.bias


class EightBitEmbedding(nn.Embedding):
    """The embedding of a model whose last layer has the same weights, and shares these.

    Args:
        embedding: in full precision; not changed.
        head: the last layer.
    """

    def __init__(self, embedding: nn.Embedding, head: EightBitLinear) -> None:
        nn.Module.__init__(self)
        self.num_embeddings, self.embedding_dim = embedding.num_embeddings, embedding.embedding_dim
        self.weight, self.scales, self.dtype = head.weight, head.scales, embedding.weight.dtype

    def forward(self, ids: Tensor) -> Tensor:
        """Look up the rows of some tokens, (…) int64."""
        return self.weight[ids].to(self.dtype) * self.scales[ids, None]


def multiplies_eight_bits() -> bool:
    """Whether the processor has the instructions for that; without them it would be ten times as slow."""
    return torch.backends.cpu.get_cpu_capability() != "DEFAULT"


def keep_in_eight_bits(model: Any) -> None:
    """Replace the plain linear layers of a model, and an embedding that is tied to the last one; changed in place."""
    head, embedding = model.get_output_embeddings(), model.get_input_embeddings()
    tied = head is not None and head.weight is embedding.weight
    for module in list(model.modules()):
        for name, layer in list(module.named_children()):
            if type(layer) is nn.Linear and (tied or layer is not head):
                setattr(module, name, EightBitLinear(layer))
    if tied:
        model.set_input_embeddings(EightBitEmbedding(embedding, model.get_output_embeddings()))


def _in_eight_bits(weight: Tensor) -> tuple[Tensor, Tensor]:
    """Weights (out, in) as int8, and their scales (out,) bfloat16."""
    least = torch.finfo(torch.bfloat16).tiny
    scales = (weight.detach().abs().amax(1).float() / 127).clamp(min=least).bfloat16()
    return (weight.detach() / scales[:, None]).round_().clamp_(-127, 127).to(torch.int8), scales
