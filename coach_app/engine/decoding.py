"""Token after token, the likeliest each time: what ``generate`` does for one answer, in less time.

Two ways make the same tokens as ``generate`` would:

* On a processor, and on any card without CUDA, tokens are guessed from earlier answers, which often go on alike, and
  several guesses are checked in one pass of the model (prompt-lookup decoding, https://github.com/apoorvumang/
  prompt-lookup-decoding, with past answers in the place of the prompt). A pass over some tokens takes hardly longer
  than over one: the time goes into calling the layers, or into reading their weights.
* With CUDA, the pass for one token is recorded once as a graph and then replayed, so that the card need not wait for
  Python between its hundreds of small steps. For that, keys and values lie in memory of a fixed place and length.
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
"""What a generation config may hold without changing which token is the likeliest."""


def wants_likeliest(model: Any) -> bool:
    """Whether the likeliest token is all that the model wants each time."""
    wants = {name for name, value in model.generation_config.to_diff_dict().items() if value not in (None, False)}
    return wants <= _HARMLESS


class Guesses:
    """What may come next in an answer, after earlier answers."""

    def __init__(self) -> None:
        self._answers: deque[list[int]] = deque(maxlen=_ANSWERS)

    def learn(self, tokens: Sequence[int]) -> None:
        """Remember an answer."""
        if tokens and list(tokens) not in self._answers:
            self._answers.append(list(tokens))

    def after(self, said: Sequence[int]) -> list[int]:
        """Tokens that followed, in the latest answer with the longest part alike, what has just been said."""
        best: list[int] = []
        longest = -1
        for answer in reversed(self._answers):
            if not said:
                return answer[:_GUESSED]
            for at, token in enumerate(answer[:-1]):
                if token != said[-1]:
                    continue
                alike = 1
                while alike < min(_ALIKE, len(said), at + 1) and answer[at - alike] == said[-1 - alike]:
                    alike += 1
                if alike > longest:
                    longest, best = alike, answer[at + 1 : at + 1 + _GUESSED]
            if longest == min(_ALIKE, len(said)):
                break
        return best


class Decoder:
    """Makes answers with one model; keeps what it learns from one answer to the next. Used by one thread at a time."""

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
        say: Callable[[int], bool | None],
    ) -> None:
        """Make one answer.

        Args:
            model: computes the passes of always the same one, whose tokens follow each other simply.
            inputs: of the model, for what is not in the cache yet.
            cache: what is; gets all that is computed.
            limit: number of tokens at most.
            ends: tokens after which an answer is over.
            say: told each token; returns whether that is enough. It may raise, which ends the answer, too.
        """
        given = {name: value for name, value in inputs.items() if name != "attention_mask"}
        make = self._replayed if isinstance(cache, StaticCache) else self._guessed
        said: list[int] = []
        try:
            for token in make(model, given, cache, limit, said):
                said.append(token)
                if say(token) or token in ends or len(said) == limit:
                    return
        finally:
            self._guesses.learn(said)

    def _guessed(self, model: Any, given: dict[str, Any], cache: Any, limit: int, said: list[int]) -> Iterator[int]:
        # The kernels for 4 bits are made for one token; and what has slid out of a window cannot be taken back.
        may_guess = not getattr(model, "is_quantized", False) and not _slides(model)
        while True:
            guesses = self._guesses.after(said)[: limit - len(said) - 1] if may_guess else []
            ids: torch.Tensor = given["input_ids"]
            given["input_ids"] = torch.cat([ids, ids.new_tensor([guesses])], 1) if guesses else ids
            made = model(past_key_values=cache, use_cache=True, logits_to_keep=len(guesses) + 1, **given)
            likeliest: list[int] = made.logits[0].argmax(-1).tolist()
            right = next((at for at, guess in enumerate(guesses) if guess != likeliest[at]), len(guesses))
            if right < len(guesses):
                cache.crop(right - len(guesses))
            yield from likeliest[: right + 1]
            given = {"input_ids": ids.new_tensor([[likeliest[right]]])}

    def _replayed(
        self, model: Any, given: dict[str, Any], cache: StaticCache, limit: int, said: list[int]
    ) -> Iterator[int]:
        made = model(past_key_values=cache, use_cache=True, logits_to_keep=1, **given)
        if self._graph is None or self._graph.cache is not cache:
            self._graph = None  # its memory is given back first
            self._graph = _Graph(model, cache)
        self._graph.token.copy_(made.logits[:, -1].argmax(-1, keepdim=True))
        while True:
            yield int(self._graph.token)
            self._graph.step()


class _Graph:
    """One token's pass through a model, its cache in a fixed place: recorded where there is CUDA, else made anew.

    Attributes:
        token: (1, 1) int64; ``step`` replaces it by the next one.
    """

    def __init__(self, model: Any, cache: StaticCache) -> None:
        self._model, self.cache = model, cache
        self.token = torch.zeros((1, 1), dtype=torch.long, device=model.device)
        self._recorded: Any = None
        if self.token.is_cuda:
            try:
                self._record()
            except RuntimeError as error:  # a kernel that cannot be recorded: slower, and right all the same
                logger.info("Tokens are made without a graph: %s", error)

    def step(self) -> None:
        """Put the token into the cache, and the likeliest after it into its place."""
        if self._recorded is None:
            self._pass()
        else:
            self._recorded.replay()

    def _pass(self) -> None:
        made = self._model(input_ids=self.token, past_key_values=self.cache, use_cache=True, logits_to_keep=1)
        self.token.copy_(made.logits[:, -1].argmax(-1, keepdim=True))

    def _record(self) -> None:
        """Record, as https://docs.pytorch.org/docs/stable/notes/cuda.html#cuda-graphs says: some passes aside first."""
        length = filled(self.cache)
        aside = torch.cuda.Stream()
        aside.wait_stream(torch.cuda.current_stream())
        with torch.cuda.stream(aside):
            for _ in range(3):
                self._pass()
                refill(self.cache, length)
        torch.cuda.current_stream().wait_stream(aside)
        graph = torch.cuda.CUDAGraph()
        with torch.cuda.graph(graph, capture_error_mode="thread_local"):  # a translator may use the card meanwhile
            self._pass()
        refill(self.cache, length)
        self._recorded = graph


def _is_recorded(model: Any) -> bool:
    return model.device.type == "cuda" and not _slides(model)


def _slides(model: Any) -> bool:
    """Whether attention sees only a window of the latest tokens."""
    return getattr(model.config.get_text_config(), "sliding_window", None) is not None


def new_cache(model: Any, tokens: int, alone: bool, old: Any = None) -> Any:
    """An empty cache: of a fixed length where a model decodes alone with CUDA, growing elsewhere.

    Args:
        model: which fills it, and may make one of its own kind.
        tokens: that one of a fixed length must hold.
        alone: tokens are made by ``Decoder``, not by ``generate``.
        old: is emptied and used again where it can be; one of just that length with the graph recorded for it.
    """
    if not isinstance(model, torch.nn.Module):
        return model.new_cache(tokens, old)
    theirs: Any = model
    config = theirs.config.get_text_config()
    if not (alone and _is_recorded(theirs)):
        return DynamicCache(config=config)
    length = -(-tokens // _LENGTH_STEP) * _LENGTH_STEP
    if isinstance(old, StaticCache) and old.get_max_length() == length:
        refill(old, 0)
        return old
    return StaticCache(config=config, max_cache_len=length)


def filled(cache: Any) -> int:
    """How many tokens a cache holds."""
    return int(cache.get_seq_length())


def refill(cache: StaticCache, tokens: int) -> None:
    """Let a cache of a fixed length hold its first tokens only."""
    layers: list[Any] = cache.layers
    for layer in layers:
        layer.cumulative_length.fill_(tokens)
