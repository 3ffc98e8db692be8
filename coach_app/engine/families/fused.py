"""A faster forward pass of LLaVA-NeXT on a CPU, with the same results as transformers.

A small model spends most of its time between its matrix products: in Python, and in operations that each read and write
all activations again. Here neighbouring operations are fused (queries, keys and values are one product; a residual is
added by the preceding product), weights are stored in the order in which products read them fastest, keys and values
are written into preallocated memory, and unused results are not computed: the last layer for all but the requested
tokens, and the vision tower's layers after the selected one.
"""

import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace
from typing import Any, NamedTuple

import torch
from torch import Tensor, nn
from torch.nn.functional import scaled_dot_product_attention
from transformers.models.clip.modeling_clip import CLIPVisionModel
from transformers.models.llama.modeling_llama import LlamaModel
from transformers.models.mistral.modeling_mistral import MistralModel

_LENGTH_STEP = 256
"""Memory for keys and values grows by so many tokens at least."""

_TRIED_EACH = 8
"""Each time of so many, the slower of two ways is tried."""
_SIZES = 64
"""For so many sizes of pictures it is remembered how their tokens follow each other."""


class Cache:
    """A key-value cache in memory that is written in place.

    Attributes:
        keys: (layers, heads, capacity, dimension) float32, valid for the first ``length`` tokens.
        values: like ``keys``.
        length: number of tokens.
    """

    is_croppable = True

    def __init__(self, layers: int, heads: int, dimension: int) -> None:
        self.keys = torch.empty(layers, heads, 0, dimension)
        self.values = torch.empty_like(self.keys)
        self.length = 0

    def get_seq_length(self) -> int:
        """Number of tokens in the cache."""
        return self.length

    def crop(self, tokens: int) -> None:
        """Remove the last ``-tokens`` tokens, like caches of transformers."""
        self.length += tokens

    def reserve(self, tokens: int) -> None:
        """Ensure capacity for this many more tokens."""
        room, needed = self.keys.shape[2], self.length + tokens
        if needed > room:
            more = (*self.keys.shape[:2], max(needed - room, _LENGTH_STEP), self.keys.shape[3])
            self.keys = torch.cat((self.keys, self.keys.new_empty(more)), 2)
            self.values = torch.cat((self.values, self.values.new_empty(more)), 2)


class _Linear(NamedTuple):
    weight: Tensor  # (in, out)
    bias: Tensor | None

    def __call__(self, x: Tensor) -> Tensor:
        return torch.mm(x, self.weight) if self.bias is None else torch.addmm(self.bias, x, self.weight)

    def add_to(self, residual: Tensor, x: Tensor) -> None:
        if self.bias is not None:
            residual.add_(self.bias)
        residual.addmm_(x, self.weight)


class _Race:
    """Chooses the faster of two implementations by recent timings; retries the slower one occasionally."""

    def __init__(self) -> None:
        self._times = 0
        self._took_s = {True: 0.0, False: 0.0}

    def next(self) -> bool:
        """The implementation to use this time."""
        self._times += 1
        quicker = self._took_s[True] <= self._took_s[False]
        return quicker != (self._times % _TRIED_EACH == 0)

    def took(self, way: bool, seconds: float) -> None:
        """Record how long an implementation took."""
        self._took_s[way] = (self._took_s[way] + seconds) / 2 if self._took_s[way] else seconds


class _Layer(NamedTuple):
    """A layer of the language model, or of the tower, which has no gate."""

    before_attention: Any
    qkv: _Linear
    out: _Linear
    before_mlp: Any
    gate: _Linear | None
    up: _Linear
    activation: nn.Module
    down: _Linear

    def widened(self, y: Tensor) -> Tensor:
        """The input of the last product."""
        if self.gate is None:
            return self.activation(self.up(y))  # type: ignore[no-any-return]
        return self.activation(self.gate(y)).mul_(self.up(y))  # type: ignore[no-any-return]


def _layer(norms: tuple[Any, Any], attention: Any, out: Any, gate: Any, up: Any, activation: Any, down: Any) -> _Layer:
    """Build a layer from the parts of one of transformers; ``gate`` may be None."""
    qkv = _joined(attention.q_proj, attention.k_proj, attention.v_proj)
    gate = None if gate is None else _joined(gate)
    return _Layer(norms[0], qkv, _joined(out), norms[1], gate, _joined(up), activation, _joined(down))


def can_fuse(model: Any) -> bool:
    """Whether ``Fused`` supports a model: full precision, on a CPU, with standard parts."""
    inner = model.model
    parts = (type(getattr(inner, "vision_tower", None)), type(getattr(inner, "language_model", None)))
    if parts not in {(CLIPVisionModel, LlamaModel), (CLIPVisionModel, MistralModel)}:
        return False
    config = inner.language_model.config
    products = [module for module in inner.language_model.modules() if isinstance(module, nn.Linear)]
    return (
        (model.device.type, model.dtype) == ("cpu", torch.float32)
        and isinstance(model.config.vision_feature_layer, int)
        and getattr(config, "sliding_window", None) is None
        and config.rope_parameters["rope_type"] == "default"
        and all(type(product) is nn.Linear and product.bias is None for product in products)
    )


class Fused:
    """A drop-in replacement for a model of transformers, for one prompt at a time.

    Args:
        model: accepted by ``can_fuse``. Its weights are shared, in a new layout, and it remains usable.
        halves: encode the two halves of a picture in parallel on a second core while that is faster. torch itself is
            limited to one core, as its threads would wait for each other at every operation while a game runs on the
            other; these wait only once.
    """

    def __init__(self, model: Any, halves: bool = False) -> None:
        self.model, self._halves = model, halves
        self.config, self.generation_config, self.device = model.config, model.generation_config, model.device
        tower, text = model.model.vision_tower, model.model.language_model
        used = len(tower.encoder.layers) + 1 + self.config.vision_feature_layer
        if self.config.vision_feature_layer >= 0:
            used = self.config.vision_feature_layer
        patch = tower.embeddings.patch_embedding
        self._patch = _Linear(patch.weight.detach().flatten(1).t().contiguous(), None)
        self._tower = [
            _layer(
                (layer.layer_norm1, layer.layer_norm2),
                layer.self_attn,
                layer.self_attn.out_proj,
                None,
                layer.mlp.fc1,
                layer.mlp.activation_fn,
                layer.mlp.fc2,
            )
            for layer in tower.encoder.layers[:used]
        ]
        self._layers = [
            _layer(
                (layer.input_layernorm, layer.post_attention_layernorm),
                layer.self_attn,
                layer.self_attn.o_proj,
                layer.mlp.gate_proj,
                layer.mlp.up_proj,
                layer.mlp.act_fn,
                layer.mlp.down_proj,
            )
            for layer in text.layers
        ]
        self._head = _joined(model.lm_head)
        self._heads, self._kv_heads = text.config.num_attention_heads, text.config.num_key_value_heads
        self._dimension: int = text.layers[0].self_attn.head_dim
        self._cos, self._sin = self._angles(0)
        self._race = _Race()
        self._packing: dict[tuple[Any, ...], Tensor] = {}

    def new_cache(self, tokens: int = 0, old: Any = None) -> Cache:
        """An empty cache with capacity for this many tokens; reuses ``old`` if it is one."""
        cache = old if isinstance(old, Cache) else Cache(len(self._layers), self._kv_heads, self._dimension)
        cache.length = 0
        cache.reserve(tokens)
        return cache

    def __call__(
        self,
        *,
        input_ids: Tensor,
        past_key_values: Cache,
        logits_to_keep: int,
        pixel_values: Tensor | None = None,
        image_sizes: Tensor | None = None,
        use_cache: bool = True,
    ) -> SimpleNamespace:
        """One forward pass.

        Args:
            input_ids: (1, tokens) int64, the tokens not in the cache yet.
            past_key_values: from ``new_cache``; extended in place.
            logits_to_keep: number of last tokens to compute logits for.
            pixel_values: (1, tiles, 3, side, side) float32, of the picture among the tokens.
            image_sizes: (1, 2) int64, height and width of the picture before cutting.
            use_cache: ignored; always True.

        Returns:
            ``logits``: (1, logits_to_keep, vocabulary) float32.
        """
        text, cache = self.model.model.language_model, past_key_values
        x = torch.embedding(text.embed_tokens.weight, input_ids[0])
        if pixel_values is not None:
            assert image_sizes is not None
            seen = self._look(pixel_values, image_sizes)
            places = (input_ids[0] == self.config.image_token_id).nonzero()[:, 0]
            if len(places) != len(seen):
                raise ValueError(f"a picture of {len(seen)} tokens does not fit into a prompt with {len(places)}")
            x[places] = seen
        tokens, before = len(x), cache.length
        after = before + tokens
        cache.reserve(tokens)
        if after > len(self._cos):
            self._cos, self._sin = self._angles(2 * after)
        cos, sin = self._cos[before:after], self._sin[before:after]
        mask = None
        if before and tokens > 1:
            mask = _causal(tokens, after)
        for index, layer in enumerate(self._layers):
            qkv = layer.qkv(_rms(layer.before_attention, x)).view(tokens, -1, self._dimension)
            qk, v = qkv.split((self._heads + self._kv_heads, self._kv_heads), 1)
            half, other = qk.chunk(2, -1)
            q, k = torch.cat((other, half), -1).mul_(sin).addcmul_(qk, cos).split((self._heads, self._kv_heads), 1)
            keys, values = cache.keys[index], cache.values[index]
            keys[:, before:after] = k.transpose(0, 1)
            values[:, before:after] = v.transpose(0, 1)
            if index == len(self._layers) - 1 and logits_to_keep < tokens:
                x, q = x[-logits_to_keep:], q[-logits_to_keep:]
                mask = _causal(logits_to_keep, after)
            seen = scaled_dot_product_attention(
                q.transpose(0, 1)[None],
                keys[None, :, :after],
                values[None, :, :after],
                attn_mask=mask,
                is_causal=mask is None and len(q) > 1,
                enable_gqa=self._heads != self._kv_heads,
            )
            seen = seen[0].transpose(0, 1).reshape(len(q), -1)
            layer.out.add_to(x, seen)
            layer.down.add_to(x, layer.widened(_rms(layer.before_mlp, x)))
        cache.length = after
        return SimpleNamespace(logits=self._head(_rms(text.norm, x))[None])

    def _look(self, pixel_values: Tensor, image_sizes: Tensor) -> Tensor:
        """Embeddings of a picture for the language model, (tokens, hidden size) float32."""
        squares = pixel_values[0]
        began = time.perf_counter()
        in_halves = self._halves and len(squares) > 1 and self._race.next()
        if in_halves:
            with ThreadPoolExecutor(1) as beside:
                further = beside.submit(self._seen, squares[len(squares) // 2 :])
                x = torch.cat((self._seen(squares[: len(squares) // 2]), further.result()))
        else:
            x = self._seen(squares)
        self._race.took(in_halves, time.perf_counter() - began)
        inner = self.model.model
        features = torch.cat((inner.multi_modal_projector(x).flatten(0, 1), inner.image_newline[None]))
        return features[self._packed(x.shape[:2], image_sizes)]

    @torch.inference_mode()
    def _seen(self, pixel_values: Tensor) -> Tensor:
        """Tiles encoded by the vision tower, (tiles, tokens, size) float32."""
        tower = self.model.model.vision_tower
        heads = tower.config.num_attention_heads
        x = _layer_norm(tower.pre_layrnorm, self._embedded(pixel_values))
        squares, tokens, size = x.shape
        x = x.flatten(0, 1)
        for layer in self._tower:
            qkv = layer.qkv(_layer_norm(layer.before_attention, x)).view(squares, tokens, 3, heads, -1)
            q, k, v = qkv.permute(2, 0, 3, 1, 4).unbind(0)
            seen = scaled_dot_product_attention(q, k, v)
            layer.out.add_to(x, seen.transpose(1, 2).reshape(-1, size))
            layer.down.add_to(x, layer.widened(_layer_norm(layer.before_mlp, x)))
        x = x.view(squares, tokens, size)
        return x[:, 1:] if self.config.vision_feature_select_strategy == "default" else x

    def _embedded(self, squares: Tensor) -> Tensor:
        """Embeddings of tiles for the vision tower's first layer, (tiles, tokens, size) float32."""
        embeddings = self.model.model.vision_tower.embeddings
        count, channels, height, width = squares.shape
        patch = embeddings.patch_size
        cut = squares.view(count, channels, height // patch, patch, width // patch, patch)
        patches = self._patch(cut.permute(0, 2, 4, 1, 3, 5).reshape(-1, channels * patch * patch))
        x = patches.new_empty(count, embeddings.num_positions, patches.shape[1])
        x[:, 0] = embeddings.class_embedding
        x[:, 1:] = patches.view(count, -1, patches.shape[1])
        return x.add_(embeddings.position_embedding.weight)

    def _packed(self, shape: Sequence[int], image_sizes: Tensor) -> Tensor:
        """Order of the tiles' features in the picture's tokens; the last index stands for the end of a row."""
        key = (*shape, *image_sizes[0].tolist(), repr(self.config.image_grid_pinpoints))
        if key not in self._packing:
            numbers = torch.arange(shape[0] * shape[1] + 1)
            packed, _ = self.model.model.pack_image_features(
                [numbers[:-1].view(*shape, 1)],
                image_sizes,
                self.config.vision_feature_select_strategy,
                image_newline=numbers[-1:],
            )
            if len(self._packing) >= _SIZES:
                self._packing.clear()
            self._packing[key] = packed[0][:, 0]
        return self._packing[key]

    def _angles(self, tokens: int) -> tuple[Tensor, Tensor]:
        """Cosines and sines of the positions, (tokens, 1, dimension); the sines are signed for swapped halves."""
        positions = torch.arange(-(-tokens // _LENGTH_STEP) * _LENGTH_STEP)[None]
        cos, sin = self.model.model.language_model.rotary_emb(self._head.weight, positions)
        sin[..., : self._dimension // 2].neg_()
        return cos[0, :, None], sin[0, :, None]


def _causal(tokens: int, after: int) -> Tensor:
    """Causal mask for the last ``tokens`` of ``after`` tokens, (tokens, after)."""
    return torch.full((tokens, after), -torch.inf).triu_(after - tokens + 1)


def _rms(norm: Any, x: Tensor) -> Tensor:
    mean = torch.linalg.vecdot(x, x).mul_(1 / x.shape[-1])
    return x.mul(mean.add_(norm.variance_epsilon).rsqrt_()[:, None]).mul_(norm.weight)


def _layer_norm(norm: nn.LayerNorm, x: Tensor) -> Tensor:
    return torch.layer_norm(x, norm.normalized_shape, norm.weight, norm.bias, norm.eps)


def _joined(*linears: nn.Linear) -> _Linear:
    """Merge several linear layers into one; the originals become views of its weights, so that no memory is wasted."""
    weight = torch.cat([linear.weight.detach().t() for linear in linears], 1).contiguous()
    for linear, part in zip(linears, weight.split([linear.out_features for linear in linears], 1), strict=True):
        linear.weight.data = part.t()
    biases = [linear.bias.detach() for linear in linears if linear.bias is not None]
    return _Linear(weight, torch.cat(biases) if biases else None)
