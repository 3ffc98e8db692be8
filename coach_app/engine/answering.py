"""Answers about a picture, word by word."""

import re
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import torch
from PIL import Image
from transformers import BatchFeature, LogitsProcessorList, RepetitionPenaltyLogitsProcessor, StoppingCriteriaList
from transformers.generation.streamers import BaseStreamer

from coach_app.domain.detail import Detail
from coach_app.domain.elapsed import ms_since
from coach_app.domain.words import WholeWords
from coach_app.engine.adapters import adapted
from coach_app.engine.faults import Stopped
from coach_app.engine.loader import TextModel, VisionModel
from coach_app.engine.otherwise import Otherwise, SecondThought, decoded
from coach_app.engine.quoting import Quoting
from coach_app.knowledge.prompt import NEXT_QUESTION

REPETITION_PENALTY = 1.2
_PROMPTS = 8  # whose tokens are remembered
_OF_TOKENS = ("input_ids", "mm_token_type_ids")  # what a model is given for each token
_LOOK_BACK = 8  # tokens that the next question's beginning takes at most


@dataclass(frozen=True)
class Answer:
    """A whole answer.

    Attributes:
        text: plain text.
        tokens: number of generated tokens, the end token included.
        first_word_ms: from the call to the first word.
        sure: of an answer that begins with a citation: how probable that was to the model, 0 to 1.
        cut: it became too long, and was broken off before its end.
        said: the generated tokens.
        weight: of an answer that tells another move than at first: how likely that was to the model, beside the first
            one; 1 is as likely.
    """

    text: str
    tokens: int
    first_word_ms: float
    sure: float | None = None
    cut: bool = False
    said: tuple[int, ...] = ()
    weight: float | None = None


def answer(
    vision: VisionModel,
    prompt: str,
    image: Image.Image,
    max_new_tokens: int,
    on_words: Callable[[str], None],
    stopped: Callable[[], bool],
    detail: Detail = "full",
    otherwise: Otherwise | None = None,
) -> Answer:
    """Let the model answer a prompt about a picture, greedily.

    Args:
        vision: the loaded model.
        prompt: the question; control tokens of the model in it are taken out.
        image: RGB.
        max_new_tokens: the answer is cut off there; with 0 the picture is only looked at, for answers to come.
        on_words: gets each further piece of text; all pieces together are the answer's text.
        stopped: asked before the picture is looked at and before each token whether to stop.
        detail: how finely the picture is looked at, where the model leaves a choice.
        otherwise: moves that the answer is not to tell; ``on_words`` then gets it in one piece.

    Raises:
        Stopped: as soon as ``stopped`` says so.
    """
    if otherwise is not None and max_new_tokens:
        return _answer_otherwise(vision, prompt, image, max_new_tokens, on_words, stopped, detail, otherwise)
    words = _Words(vision.processor.tokenizer, on_words, stopped)
    model, processor, look = vision.model, vision.processor, vision.look
    if stopped():
        raise Stopped
    with torch.inference_mode(), vision.family.cut(model, processor, detail), look.at(image, detail):
        if max_new_tokens == 0:
            _look(vision, image, detail)
            return words.answer()
        inputs = _inputs(vision, prompt, image, max_new_tokens, detail)
        if not vision.decodes_alone:
            return _generate(model, processor.tokenizer, words, max_new_tokens, past_key_values=look.cache, **inputs)
        ends = _ends(model, processor.tokenizer)
        vision.decoder.decode(vision.forward, inputs, look.cache, max_new_tokens, ends, words.add)
        words.end()
        return words.answer(ends)


def _answer_otherwise(
    vision: VisionModel,
    prompt: str,
    image: Image.Image,
    max_new_tokens: int,
    on_words: Callable[[str], None],
    stopped: Callable[[], bool],
    detail: Detail,
    otherwise: Otherwise,
) -> Answer:
    """As ``answer``; where the model tells a move that is not to be told, it goes on from the likeliest other one."""
    first = answer(vision, prompt, image, max_new_tokens, lambda words: None, stopped, detail)
    tokenizer = vision.processor.tokenizer
    told = otherwise.told(text := decoded(tokenizer, first.said))
    if told is None or not tokenizer.is_fast:
        on_words(first.text)
        return first
    thought = SecondThought(tokenizer, text, first.said, told, otherwise)
    words = _Words(tokenizer, lambda words: None, stopped)
    model, look = vision.model, vision.look
    kept = torch.tensor([thought.kept], dtype=torch.long, device=model.device)
    with torch.inference_mode(), vision.family.cut(model, vision.processor, detail), look.at(image, detail):
        inputs = _going_on(_inputs(vision, prompt, image, max_new_tokens, detail), kept)
        words.tokens += thought.kept
        room = max_new_tokens - len(thought.kept)
        if not vision.decodes_alone:
            options = {"past_key_values": look.cache, "logits_processor": LogitsProcessorList([thought])}
            second = _generate(model, tokenizer, words, room, **options, **inputs)
        else:
            given = {name: value for name, value in inputs.items() if name != "attention_mask"}
            made = vision.forward(past_key_values=look.cache, use_cache=True, logits_to_keep=1, **given)
            chosen = thought.choose(made.logits[:, -1])
            if not chosen:
                on_words(first.text)
                return first
            for token in chosen:
                words.add(token)
            ends, next_ids = _ends(model, tokenizer), kept.new_tensor([chosen])
            limit = max(1, room - len(chosen))
            vision.decoder.decode(vision.forward, {"input_ids": next_ids}, look.cache, limit, ends, words.add)
            words.end()
            second = words.answer(ends)
    on_words(second.text)
    return replace(second, first_word_ms=ms_since(words.began_at), weight=thought.weight)


def _going_on(inputs: Mapping[str, Any], kept: torch.Tensor) -> dict[str, Any]:
    """What the model is given where the beginning of its answer stands already."""
    given = dict(inputs)
    given["input_ids"] = torch.cat([given["input_ids"], kept], 1)
    for name in ("attention_mask", "mm_token_type_ids"):
        if name in given:
            filling = kept.new_full(kept.shape, 1 if name == "attention_mask" else 0, dtype=given[name].dtype)
            given[name] = torch.cat([given[name], filling], 1)
    return given


def _inputs(
    vision: VisionModel, prompt: str, image: Image.Image, max_new_tokens: int, detail: Detail
) -> Mapping[str, Any]:
    """What the model is given; of a picture that it has looked at already, only what follows the picture."""
    look = vision.look
    if look.ids is not None:
        question = _after_picture(vision, prompt)
        if look.has_room(question.shape[1] + max_new_tokens):
            if vision.decodes_alone:
                return {"input_ids": question}
            ids = torch.cat([look.ids, question], 1)  # generate drops what is in the cache by itself
            return {"input_ids": ids, "attention_mask": torch.ones_like(ids)}
    inputs = _first_inputs(vision, prompt, image, detail)
    look.begin(inputs["input_ids"], vision.forward, vision.decodes_alone, max_new_tokens)
    return inputs


def _look(vision: VisionModel, image: Image.Image, detail: Detail) -> None:
    """Look at a picture that nothing is asked about yet."""
    look = vision.look
    if look.ids is not None:
        return
    inputs = _first_inputs(vision, "", image, detail)
    seen = look.begin(inputs["input_ids"], vision.forward, vision.decodes_alone)
    inputs.pop("attention_mask", None)
    inputs = {name: value[:, :seen] if name in _OF_TOKENS else value for name, value in inputs.items()}
    vision.forward(**inputs, past_key_values=look.cache, use_cache=True, logits_to_keep=1)


def _first_inputs(vision: VisionModel, prompt: str, image: Image.Image, detail: Detail) -> dict[str, Any]:
    """What the model is given for a picture that it has not looked at; tokens of the last prompts are remembered."""
    model, key = vision.model, (prompt, image.size, detail)
    if (ids := vision.prompts.get(key)) is not None:
        pictures = BatchFeature(vision.processor.pictures(image)).to(model.device, dtype=model.dtype)
        return {"input_ids": ids, **pictures}
    inputs = dict(model_inputs(vision, prompt, [image]))
    if vision.decodes_alone:
        while len(vision.prompts) >= _PROMPTS:
            del vision.prompts[next(iter(vision.prompts))]
        vision.prompts[key] = inputs["input_ids"]
    return inputs


def answer_text(
    text: TextModel,
    prompt: str,
    adapter: str,
    max_new_tokens: int,
    on_words: Callable[[str], None],
    stopped: Callable[[], bool],
) -> Answer:
    """Let a text model go on with a prompt, greedily, up to its end token or to the next question.

    Args:
        text: the loaded model.
        prompt: ends where the answer begins.
        adapter: folder of a LoRA adapter; empty is none.
        max_new_tokens: the answer is cut off there.
        on_words: gets each further piece of text; all pieces together are the answer's text.
        stopped: asked before each token whether to stop.

    Raises:
        CoachError: the adapter cannot be used with this model.
        Stopped: as soon as ``stopped`` says so.
    """
    words = _Words(text.tokenizer, on_words, stopped, NEXT_QUESTION)
    inputs = text.tokenizer(prompt, return_tensors="pt").to(text.model.device)
    inputs.pop("token_type_ids", None)
    length = inputs["input_ids"].shape[1]
    quoting = Quoting(text.tokenizer, prompt)
    with torch.inference_mode(), adapted(text, adapter):
        answer = _generate(
            text.model,
            text.tokenizer,
            words,
            max_new_tokens,
            # What the prompt says may be quoted; only the answer may not repeat itself.
            logits_processor=LogitsProcessorList(
                [
                    RepetitionPenaltyLogitsProcessor(REPETITION_PENALTY, prompt_ignore_length=length),
                    quoting,
                ]
            ),
            stopping_criteria=StoppingCriteriaList([words.over]),
            **inputs,
        )
    return replace(answer, sure=quoting.sure)


def _generate(model: Any, tokenizer: Any, words: "_Words", max_new_tokens: int, **options: Any) -> Answer:
    pad = tokenizer.pad_token_id
    ends = _ends(model, tokenizer)
    model.generate(
        streamer=words,
        max_new_tokens=max_new_tokens,
        do_sample=False,
        num_beams=1,
        eos_token_id=ends,
        pad_token_id=tokenizer.eos_token_id if pad is None else pad,
        **options,
    )
    return words.answer(ends)


def _ends(model: Any, tokenizer: Any) -> list[int]:
    """Tokens that end an answer."""
    ends = model.generation_config.eos_token_id
    if ends is None:
        ends = tokenizer.eos_token_id
    return list(ends) if isinstance(ends, list | tuple) else [ends]


def model_inputs(vision: VisionModel, prompt: str, images: Sequence[Image.Image]) -> Any:
    """A prompt about pictures as the model takes it, on its device.

    Args:
        vision: the loaded model.
        prompt: the same for every picture; control tokens of the model in it are taken out.
        images: RGB; all of one size, as nothing is padded.
    """
    chats = [_chat(vision, prompt, {"type": "image", "image": image}) for image in images]
    inputs = vision.processor.apply_chat_template(
        chats, add_generation_prompt=True, tokenize=True, return_dict=True, return_tensors="pt"
    )
    return inputs.to(vision.model.device, dtype=vision.model.dtype)


def _chat(vision: VisionModel, prompt: str, image: dict[str, Any]) -> list[dict[str, Any]]:
    """The picture comes first: what has been computed for it serves every question about it."""
    return [{"role": "user", "content": [image, {"type": "text", "text": _harmless(prompt, vision.processor)}]}]


def _after_picture(vision: VisionModel, prompt: str) -> torch.Tensor:
    """What follows the picture's tokens where a prompt is asked about it, (1, tokens) int64."""
    text = vision.processor.apply_chat_template(
        [_chat(vision, prompt, {"type": "image"})], add_generation_prompt=True, tokenize=False
    )[0]
    # Tokenized behind the picture's token, as at the first look: at the start of a text some tokenizers add a space.
    rest = vision.processor.end_of_picture + text.rpartition(vision.processor.image_token)[2]
    ids: torch.Tensor = vision.processor.tokenizer(rest, add_special_tokens=False, return_tensors="pt")["input_ids"]
    return ids[:, 1:].to(vision.model.device)


def warm_up(vision: VisionModel) -> None:
    """Answer once for practice, so that the first real answer finds memory, kernels and the graph prepared."""
    screen = Image.new("RGB", (672, 378), (128, 128, 128))
    answer(vision, "?", screen, 2, lambda words: None, lambda: False, "wide")


def _harmless(prompt: str, processor: Any) -> str:
    """The prompt without the model's control tokens: a question must not place pictures or end its own turn."""
    tokens = {*processor.all_special_multimodal_tokens, *processor.tokenizer.all_special_tokens} - {""}
    pattern = "|".join(re.escape(token) for token in sorted(tokens, key=len, reverse=True))
    while (shorter := re.sub(pattern, "", prompt)) != prompt:
        prompt = shorter
    return prompt.strip()


class _Words(BaseStreamer):
    """Turns generated tokens into whole words, and stops the generation when asked to.

    The whole answer is decoded anew for each token, as a tokenizer may join tokens across any boundary.
    """

    def __init__(
        self, tokenizer: Any, on_words: Callable[[str], None], stopped: Callable[[], bool], until: str = ""
    ) -> None:
        self.began_at = time.perf_counter()
        self._until = until
        self._tokenizer = tokenizer
        self._words = WholeWords(on_words)
        self._stopped = stopped
        self._prompt_tokens = 0
        self.tokens: list[int] = []
        self.first_word_at: float | None = None

    @property
    def text(self) -> str:
        """What was passed on so far."""
        return self._words.text

    def put(self, value: torch.Tensor) -> None:
        """Take the prompt (first call) or the next token."""
        if self._stopped():
            raise Stopped
        if not self._prompt_tokens:
            self._prompt_tokens = value.numel()
            return
        self.tokens += value.flatten().tolist()
        self._show(last=False)

    def add(self, token: int) -> None:
        """Take the next token where no prompt was put."""
        if self._stopped():
            raise Stopped
        self.tokens.append(token)
        self._show(last=False)

    def answer(self, ends: Sequence[int] = ()) -> Answer:
        """What was said, once it has ended: by one of these tokens, unless it was broken off."""
        first_word_at = self.first_word_at or time.perf_counter()
        ended = not self.tokens or self.tokens[-1] in ends or bool(self._until and self._until in self._raw())
        return Answer(
            self.text, len(self.tokens), (first_word_at - self.began_at) * 1000, cut=not ended, said=tuple(self.tokens)
        )

    def end(self) -> None:
        """Show the last word."""
        self._show(last=True)

    def _raw(self) -> str:
        text = self._tokenizer.decode(self.tokens, skip_special_tokens=True, clean_up_tokenization_spaces=False)
        return str(text).rstrip("\ufffd")  # half of a character that takes several tokens

    def _decoded(self) -> str:
        text = self._raw()
        return text.partition(self._until)[0] if self._until else text

    def over(self, input_ids: torch.Tensor, scores: object, **_: object) -> torch.Tensor:
        """Whether what the answer goes until has come, as a stopping criterion: (batch,) bool."""
        said = input_ids[0, self._prompt_tokens :][-_LOOK_BACK:]
        over = bool(self._until) and self._until in self._tokenizer.decode(said)
        return torch.full((len(input_ids),), over, device=input_ids.device)

    def _show(self, last: bool) -> None:
        self._words.show(self._decoded(), last)
        if self.text and self.first_word_at is None:
            self.first_word_at = time.perf_counter()
