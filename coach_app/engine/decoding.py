"""Greedy decoding of one answer, faster than ``generate``.

Two methods produce the same tokens as ``generate``:

* On a processor, and on any card without CUDA, tokens are guessed from earlier answers, which often continue alike, and
  several guesses are verified in one forward pass (prompt-lookup decoding, with past answers in place of the prompt:
  https://github.com/apoorvumang/prompt-lookup-decoding). A pass over a few tokens takes hardly longer than over one:
  the time goes into calling the layers, or into reading their weights.
* With CUDA, the pass for one token is recorded once as a graph and then replayed, so that the card need not wait for
  Python between its hundreds of small kernels. This requires a key-value cache at a fixed address with a fixed length.
"""

import logging
from collections import deque
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any

import torch
from transformers import DynamicCache, StaticCache

logger = logging.getLogger(__name__)

_GUESSED = 6
"""Tokens that are guessed at once at most."""
_ALIKE = 4
"""So many tokens before them are compared at most."""
_ANSWERS = 24
"""So many earlier answers are looked at."""
_FROM_PROMPT, _ALIKE_IN_PROMPT = 8, 3
"""The same, where they are guessed from a text prompt."""
_LENGTH_STEP = 256
"""Lengths of the memory on a card are multiples of this many tokens, so that few graphs are recorded."""
_HARMLESS = {
    "_from_model_config",
    "bos_token_id",
    "do_sample",
    "eos_token_id",
    "max_length",
    "max_new_tokens",
    "pad_token_id",
    "temperature",
    "top_k",
    "top_p",
    "transformers_version",
    "use_cache",
}
"""Options of a generation config that do not change which token is the most likely."""


def is_greedy(model: Any) -> bool:
    """Whether the model's generation config amounts to plain greedy decoding."""
    wants = {name for name, value in model.generation_config.to_diff_dict().items() if value not in (None, False)}
    return wants <= _HARMLESS


class Guesses:
    """Guesses the continuation of an answer from earlier answers."""

    def __init__(self) -> None:
        self._answers: deque[list[int]] = deque(maxlen=_ANSWERS)

    def learn(self, tokens: Sequence[int]) -> None:
        """Remember an answer."""
        if tokens and list(tokens) not in self._answers:
            self._answers.append(list(tokens))

    def after(self, tokens: Sequence[int]) -> list[int]:
        """Guess the tokens after ``tokens``: those after the longest common suffix in the latest earlier answer."""
        best: list[int] = []
        longest = -1
        for answer in reversed(self._answers):
            if not tokens:
                return answer[:_GUESSED]
            for index, token in enumerate(answer[:-1]):
                if token != tokens[-1]:
                    continue
                same = 1
                while same < min(_ALIKE, len(tokens), index + 1) and answer[index - same] == tokens[-1 - same]:
                    same += 1
                if same > longest:
                    longest, best = same, answer[index + 1 : index + 1 + _GUESSED]
            if longest == min(_ALIKE, len(tokens)):
                break
        return best


class Decoder:
    """Generates answers with one model and learns from each. Use from one thread at a time."""

    def __init__(self) -> None:
        self._guesses = Guesses()
        self._graph: _Graph | None = None

    def decode(
        self,
        model: Any,
        inputs: Mapping[str, Any],
        cache: Any,
        limit: int,
        ends: Collection[int],
        on_token: Callable[[int], bool | None],
    ) -> list[float]:
        """Generate one answer.

        Args:
            model: always the same one; its positions must simply count up.
            inputs: model inputs for the tokens that are not in the cache yet.
            cache: key-value cache, extended in place.
            limit: maximum number of tokens.
            ends: tokens that end an answer.
            on_token: called with each token; a true result ends the answer, as does an exception.

        Returns:
            The probability of each token.
        """
        step_inputs = {name: value for name, value in inputs.items() if name != "attention_mask"}
        make = self._replayed if isinstance(cache, StaticCache) else self._guessed
        generated: list[int] = []
        probabilities: list[float] = []
        try:
            for token, probability in make(model, step_inputs, cache, limit, generated):
                generated.append(token)
                probabilities.append(probability)
                if on_token(token) or token in ends or len(generated) == limit:
                    break
        finally:
            self._guesses.learn(generated)
        return probabilities

    def _guessed(
        self, model: Any, step_inputs: dict[str, Any], cache: Any, limit: int, generated: list[int]
    ) -> Iterator[tuple[int, float]]:
        # The 4-bit kernels are made for single tokens, and tokens that slid out of a window cannot be restored.
        may_guess = not getattr(model, "is_quantized", False) and not slides(model)
        while True:
            guesses = self._guesses.after(generated)[: limit - len(generated) - 1] if may_guess else []
            ids: torch.Tensor = step_inputs["input_ids"]
            step_inputs["input_ids"] = torch.cat([ids, ids.new_tensor([guesses])], 1) if guesses else ids
            output = model(past_key_values=cache, use_cache=True, logits_to_keep=len(guesses) + 1, **step_inputs)
            likeliest: list[int] = output.logits[0].argmax(-1).tolist()
            probabilities: list[float] = _probability(output.logits[0]).tolist()
            accepted = next((at for at, guess in enumerate(guesses) if guess != likeliest[at]), len(guesses))
            if accepted < len(guesses):
                cache.crop(accepted - len(guesses))
            yield from zip(likeliest[: accepted + 1], probabilities, strict=False)
            step_inputs = {"input_ids": ids.new_tensor([[likeliest[accepted]]])}

    def _replayed(
        self, model: Any, step_inputs: dict[str, Any], cache: StaticCache, limit: int, generated: list[int]
    ) -> Iterator[tuple[int, float]]:
        output = model(past_key_values=cache, use_cache=True, logits_to_keep=1, **step_inputs)
        if self._graph is None or self._graph.cache is not cache:
            self._graph = None  # free its memory first
            self._graph = _Graph(model, cache)
        self._graph.take(output.logits)
        while True:
            yield int(self._graph.token), float(self._graph.probability)
            self._graph.step()


class _Graph:
    """The forward pass of one token with a fixed cache: a CUDA graph if possible, otherwise a normal call.

    Attributes:
        token: (1, 1) int64, the current token; ``step`` replaces it by the next one.
        probability: (1,) float32, its probability.
    """

    def __init__(self, model: Any, cache: StaticCache) -> None:
        self._model, self.cache = model, cache
        self.token = torch.zeros((1, 1), dtype=torch.long, device=model.device)
        self.probability = torch.zeros(1, device=model.device)
        self._recorded: Any = None
        if self.token.is_cuda:
            try:
                self._record()
            except RuntimeError as error:  # a kernel that cannot be recorded: slower, but still correct
                logger.info("Tokens are made without a graph: %s", error)

    def take(self, logits: torch.Tensor) -> None:
        """Make the most likely token, by scores of (1, positions, vocabulary), the current one."""
        self.token.copy_(logits[:, -1].argmax(-1, keepdim=True))
        self.probability.copy_(_probability(logits[:, -1]))

    def step(self) -> None:
        """Add the token to the cache, and replace it by the most likely next one."""
        if self._recorded is None:
            self._pass()
        else:
            self._recorded.replay()

    def _pass(self) -> None:
        output = self._model(input_ids=self.token, past_key_values=self.cache, use_cache=True, logits_to_keep=1)
        self.take(output.logits)

    def _record(self) -> None:
        """Record the graph, after warm-up passes in a side stream:
        https://docs.pytorch.org/docs/stable/notes/cuda.html#cuda-graphs."""
        length = filled(self.cache)
        stream = torch.cuda.Stream()
        stream.wait_stream(torch.cuda.current_stream())
        with torch.cuda.stream(stream):
            for _ in range(3):
                self._pass()
                refill(self.cache, length)
        torch.cuda.current_stream().wait_stream(stream)
        graph = torch.cuda.CUDAGraph()
        with torch.cuda.graph(graph, capture_error_mode="thread_local"):  # a translator may use the card, too
            self._pass()
        refill(self.cache, length)
        self._recorded = graph


def _probability(logits: torch.Tensor) -> torch.Tensor:
    """Of the most likely token, by scores of (positions, vocabulary); (positions,) float32."""
    return logits.float().softmax(-1).amax(-1)


def guessing(model: Any) -> dict[str, Any]:
    """Options of ``generate`` with which tokens are guessed from the prompt, and several verified in one pass.

    An answer from passages mostly repeats them (prompt-lookup decoding:
    https://github.com/apoorvumang/prompt-lookup-decoding); but for rounding, the tokens are the same. Nothing is
    guessed where a pass over several tokens takes as long as several passes (quantised weights), or cannot be taken
    back.
    """
    config = model.generation_config
    fixed = slides(model) or model._is_stateful or config.use_cache is False or config.cache_implementation
    if fixed or getattr(model, "is_quantized", False):
        return {}
    return {"prompt_lookup_num_tokens": _FROM_PROMPT, "max_matching_ngram_size": _ALIKE_IN_PROMPT}


def _is_recorded(model: Any) -> bool:
    return model.device.type == "cuda" and not slides(model)


def slides(model: Any) -> bool:
    """Whether the model attends to a part of the tokens only: a sliding window, or a chunk."""
    config = model.config.get_text_config()
    return any(getattr(config, name, None) is not None for name in ("sliding_window", "attention_chunk_size"))


def new_cache(model: Any, tokens: int, alone: bool, old: Any = None) -> Any:
    """Create an empty cache: of fixed length if ``Decoder`` uses it with CUDA, otherwise growing.

    Args:
        model: fills it, and may provide its own kind of cache.
        tokens: number of tokens that a fixed cache must hold.
        alone: whether tokens are generated by ``Decoder`` instead of ``generate``.
        old: a previous cache, emptied and reused if possible; a fixed one of the same length keeps its graph.
    """
    if not isinstance(model, torch.nn.Module):
        return model.new_cache(tokens, old)
    module: Any = model
    config = module.config.get_text_config()
    if not (alone and _is_recorded(module)):
        return DynamicCache(config=config)
    length = -(-tokens // _LENGTH_STEP) * _LENGTH_STEP
    if isinstance(old, StaticCache) and old.get_max_length() == length:
        refill(old, 0)
        return old
    return StaticCache(config=config, max_cache_len=length)


def filled(cache: Any) -> int:
    """Number of tokens in a cache."""
    return int(cache.get_seq_length())


def refill(cache: StaticCache, tokens: int) -> None:
    """Truncate a fixed cache to its first tokens."""
    layers: list[Any] = cache.layers
    for layer in layers:
        layer.cumulative_length.fill_(tokens)
