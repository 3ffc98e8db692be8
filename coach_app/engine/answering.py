"""Answers about a picture, word by word."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import torch
from PIL import Image
from transformers import BatchFeature, LogitsProcessorList, RepetitionPenaltyLogitsProcessor, StoppingCriteriaList

from coach_app.domain.detail import Detail
from coach_app.domain.elapsed import ms_since
from coach_app.domain.errors import CoachError
from coach_app.domain.spoken import spoken
from coach_app.engine.adapters import adapted
from coach_app.engine.chat import HOLE
from coach_app.engine.faults import Stopped
from coach_app.engine.loader import TextModel, VisionModel
from coach_app.engine.otherwise import Otherwise, SecondThought, decoded
from coach_app.engine.quoting import Quoting
from coach_app.engine.streaming import Answer, AnswerStream
from coach_app.knowledge.prompt import NEXT_QUESTION

REPETITION_PENALTY = 1.2
_MAX_OPENING_LENGTH = 300  # characters of a chat behind the question, where the answer begins
_PROMPTS = 8  # whose tokens are remembered
_OF_TOKENS = ("input_ids", "mm_token_type_ids")  # what a model is given for each token
_THOUGHT_TOKENS = 4096


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
    """Let the model answer a prompt about a picture, greedily; its thoughts are left out.

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
        CoachError: the model did nothing but think.
        Stopped: as soon as ``stopped`` says so.
    """
    if otherwise is not None and max_new_tokens:
        return _answer_otherwise(vision, prompt, image, max_new_tokens, on_words, stopped, detail, otherwise)
    if vision.thinking.opened is None:
        vision.thinking.opened = _opened(vision)

    def ask(room: int) -> Answer:
        return _answer(vision, prompt, image, max_new_tokens, room, on_words, stopped, detail)

    return _with_room(vision, ask) if max_new_tokens else ask(0)


def _with_room(asked: VisionModel | TextModel, ask: Callable[[int], Answer]) -> Answer:
    """An answer for which there is room behind the thoughts, if the model has any.

    Args:
        asked: the model.
        ask: asks it, and lets thoughts take so many more tokens.
    """
    thinking = asked.thinking
    if thinking.opened:
        thinking.room = _thoughts(asked.model)
    found = ask(thinking.room)
    if found.thought and found.cut and not found.text and not thinking.room:
        thinking.room = _thoughts(asked.model)
        found = ask(thinking.room)
    if found.thought and not found.text:
        raise CoachError(f"The model {asked.name} did nothing but think, and gave no answer.", "Choose another model.")
    return found


def _thoughts(model: Any) -> int:
    """So many tokens for thoughts are given to a model, which reads only so many at all."""
    reads = getattr(model.config.get_text_config(), "max_position_embeddings", None) or _THOUGHT_TOKENS
    return min(_THOUGHT_TOKENS, reads // 2)


def _opened(vision: VisionModel) -> str:
    """A thought that the chat template opens for the model, so that it is only closed in the answer; or nothing."""
    tail = vision.chat.rpartition(HOLE)[2][-_MAX_OPENING_LENGTH:]
    if not spoken(tail).within:
        return ""
    return next(tail[start:] for start in reversed(range(len(tail))) if spoken(tail[start:]).within)


def _answer(
    vision: VisionModel,
    prompt: str,
    image: Image.Image,
    max_new_tokens: int,
    room: int,
    on_words: Callable[[str], None],
    stopped: Callable[[], bool],
    detail: Detail,
) -> Answer:
    """As ``answer``, with so many more tokens for thoughts."""
    words = AnswerStream(
        vision.processor.tokenizer, on_words, stopped, max_new_tokens, opened=vision.thinking.opened or ""
    )
    limit = max_new_tokens + room
    model, processor, look = vision.model, vision.processor, vision.look
    if stopped():
        raise Stopped
    with torch.inference_mode(), vision.family.cut(model, processor, detail), look.at(image, detail):
        if max_new_tokens == 0:
            _look(vision, image, detail)
            return words.answer()
        inputs = _inputs(vision, prompt, image, limit, detail)
        if not vision.decodes_alone:
            return _generate(model, processor.tokenizer, words, limit, past_key_values=look.cache, **inputs)
        ends = _ends(model, processor.tokenizer)
        vision.decoder.decode(vision.forward, inputs, look.cache, limit, ends, words.add)
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
    if told is None or not tokenizer.is_fast or first.thought:
        on_words(first.text)
        return first
    thought = SecondThought(tokenizer, text, first.said, told, otherwise)
    words = AnswerStream(tokenizer, lambda words: None, stopped, max_new_tokens)
    model, look = vision.model, vision.look
    kept = torch.tensor([thought.kept], dtype=torch.long, device=model.device)
    with torch.inference_mode(), vision.family.cut(model, vision.processor, detail), look.at(image, detail):
        inputs = _going_on(_inputs(vision, prompt, image, max_new_tokens, detail), kept)
        words.keep(thought.kept)
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

    Its thoughts are left out.

    Args:
        text: the loaded model.
        prompt: ends where the answer begins.
        adapter: folder of a LoRA adapter; empty is none.
        max_new_tokens: the answer is cut off there.
        on_words: gets each further piece of text; all pieces together are the answer's text.
        stopped: asked before each token whether to stop.

    Raises:
        CoachError: the adapter cannot be used with this model, or the model did nothing but think.
        Stopped: as soon as ``stopped`` says so.
    """
    return _with_room(text, lambda room: _answer_text(text, prompt, adapter, max_new_tokens, room, on_words, stopped))


def _answer_text(
    text: TextModel,
    prompt: str,
    adapter: str,
    max_new_tokens: int,
    room: int,
    on_words: Callable[[str], None],
    stopped: Callable[[], bool],
) -> Answer:
    """As ``answer_text``, with so many more tokens for thoughts."""
    words = AnswerStream(text.tokenizer, on_words, stopped, max_new_tokens, until=NEXT_QUESTION)
    inputs = text.tokenizer(prompt, return_tensors="pt").to(text.model.device)
    inputs.pop("token_type_ids", None)
    length = inputs["input_ids"].shape[1]
    quoting = Quoting(text.tokenizer, prompt)
    with torch.inference_mode(), adapted(text, adapter):
        answer = _generate(
            text.model,
            text.tokenizer,
            words,
            max_new_tokens + room,
            # What the prompt says may be quoted; only the answer may not repeat itself.
            logits_processor=LogitsProcessorList(
                [
                    RepetitionPenaltyLogitsProcessor(REPETITION_PENALTY, prompt_ignore_length=length),
                    quoting,
                ]
            ),
            **inputs,
        )
    return replace(answer, sure=quoting.sure)


def _generate(model: Any, tokenizer: Any, words: AnswerStream, max_new_tokens: int, **options: Any) -> Answer:
    pad = tokenizer.pad_token_id
    ends = _ends(model, tokenizer)
    model.generate(
        streamer=words,
        stopping_criteria=StoppingCriteriaList([words.stops]),
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
    text, start = _asked(vision, prompt), vision.processor.tokenizer.bos_token
    # Some templates begin with the token that tokenizers add by themselves.
    options = {"add_special_tokens": False} if start and text.startswith(start) else {}
    inputs = vision.processor(
        text=[text] * len(images), images=[[image] for image in images], return_tensors="pt", **options
    )
    return inputs.to(vision.model.device, dtype=vision.model.dtype)


def _asked(vision: VisionModel, prompt: str) -> str:
    """The chat as text. The picture comes first: what has been computed for it serves every question about it."""
    return vision.chat.replace(HOLE, _harmless(prompt, vision.processor))


def _after_picture(vision: VisionModel, prompt: str) -> torch.Tensor:
    """What follows the picture's tokens where a prompt is asked about it, (1, tokens) int64."""
    text = _asked(vision, prompt)
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
