"""Generates answers about pictures and to text prompts, word by word."""

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import torch
from PIL import Image
from transformers import BatchFeature, LogitsProcessorList, RepetitionPenaltyLogitsProcessor, StoppingCriteriaList

from coach_app.domain.detail import Detail
from coach_app.domain.elapsed import ms_since
from coach_app.domain.errors import CoachError
from coach_app.domain.moves import AvoidedMoves
from coach_app.domain.sampling import Sampling
from coach_app.domain.spoken import spoken
from coach_app.engine.adapters import adapted
from coach_app.engine.chat import HOLE, rendered_chat
from coach_app.engine.decoding import guessing
from coach_app.engine.faults import Stopped
from coach_app.engine.loader import TextModel, VisionModel
from coach_app.engine.second_thought import SecondThought, decoded, move_likelihood
from coach_app.engine.streaming import Answer, AnswerStream
from coach_app.knowledge.prompt import NEXT_QUESTION

REPETITION_PENALTY = 1.2
_MAX_OPENING_LENGTH = 300  # characters of a chat after the question, up to the answer
_PROMPTS = 8  # number of prompts whose tokens are cached
_OF_TOKENS = ("input_ids", "mm_token_type_ids")  # model inputs with one entry per token
_THOUGHT_TOKENS = 4096


def answer(
    vision: VisionModel,
    prompt: str,
    image: Image.Image,
    max_new_tokens: int,
    on_words: Callable[[str], None],
    stopped: Callable[[], bool],
    detail: Detail = "full",
    avoided: AvoidedMoves | None = None,
) -> Answer:
    """Answer a prompt about a picture by greedy decoding, without the model's thoughts.

    Args:
        vision: the loaded model.
        prompt: the question; the model's control tokens are removed from it.
        image: RGB.
        max_new_tokens: maximum length of the answer; 0 only encodes the picture for later answers.
        on_words: gets each further piece of text; all pieces together are the answer's text.
        stopped: called before encoding the picture and before each step; whether to stop.
        detail: resolution at which the picture is encoded, if the model offers a choice.
        avoided: the moves of the game, and those that the answer must not recommend; if there are any, ``on_words``
            gets it in one piece.

    Raises:
        CoachError: the model did nothing but think.
        Stopped: as soon as ``stopped`` says so.
    """
    if avoided is not None and avoided.tried and max_new_tokens:
        return _answer_avoiding(vision, prompt, image, max_new_tokens, on_words, stopped, detail, avoided)
    if vision.thinking.opened is None:
        vision.thinking.opened = _opened(vision)

    def ask(room: int) -> Answer:
        return _answer(
            vision, prompt, image, max_new_tokens, room, on_words, stopped, detail, avoided.moves if avoided else ()
        )

    return _with_room(vision, ask) if max_new_tokens else ask(0)


def _with_room(asked: VisionModel | TextModel, ask: Callable[[int], Answer]) -> Answer:
    """Ask again with more tokens if the model's thoughts left no room for the answer.

    Args:
        asked: the model.
        ask: generates an answer with this many extra tokens for thoughts.
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
    """Number of extra tokens for a model's thoughts, limited by its context length."""
    reads = getattr(model.config.get_text_config(), "max_position_embeddings", None) or _THOUGHT_TOKENS
    return min(_THOUGHT_TOKENS, reads // 2)


def _opened(vision: VisionModel) -> str:
    """The opening mark of a thought at the end of the chat template, which the answer only closes; empty if there is
    none."""
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
    moves: Sequence[str],
) -> Answer:
    """Like ``answer``, with ``room`` extra tokens for thoughts."""
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
        probabilities = vision.decoder.decode(vision.forward, inputs, look.cache, limit, ends, words.add)
        words.end()
        found = words.answer(ends)
        return replace(found, likelihood=move_likelihood(processor.tokenizer, found, probabilities, moves))


def _answer_avoiding(
    vision: VisionModel,
    prompt: str,
    image: Image.Image,
    max_new_tokens: int,
    on_words: Callable[[str], None],
    stopped: Callable[[], bool],
    detail: Detail,
    avoided: AvoidedMoves,
) -> Answer:
    """Like ``answer``, but if the model recommends an avoided move, continue from the most likely other move."""
    plain = AvoidedMoves(avoided.moves, ())
    first = answer(vision, prompt, image, max_new_tokens, lambda words: None, stopped, detail, plain)
    tokenizer = vision.processor.tokenizer
    mention = avoided.find_tried(text := decoded(tokenizer, first.ids))
    if mention is None or not tokenizer.is_fast or first.thought:
        on_words(first.text)
        return first
    thought = SecondThought(tokenizer, text, first.ids, mention, avoided)
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
    """Model inputs for continuing an answer whose beginning is given."""
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
    """Model inputs; for a picture already encoded, only the part after the picture."""
    look = vision.look
    if look.ids is not None:
        question = _after_picture(vision, prompt)
        if look.has_room(question.shape[1] + max_new_tokens):
            if vision.decodes_alone:
                return {"input_ids": question}
            ids = torch.cat([look.ids, question], 1)  # generate itself drops the tokens that are in the cache
            return {"input_ids": ids, "attention_mask": torch.ones_like(ids)}
    inputs = _first_inputs(vision, prompt, image, detail)
    look.begin(inputs["input_ids"], vision.forward, vision.decodes_alone, max_new_tokens)
    return inputs


def _look(vision: VisionModel, image: Image.Image, detail: Detail) -> None:
    """Encode a picture ahead of any question."""
    look = vision.look
    if look.ids is not None:
        return
    inputs = _first_inputs(vision, "", image, detail)
    seen = look.begin(inputs["input_ids"], vision.forward, vision.decodes_alone)
    inputs.pop("attention_mask", None)
    inputs = {name: value[:, :seen] if name in _OF_TOKENS else value for name, value in inputs.items()}
    vision.forward(**inputs, past_key_values=look.cache, use_cache=True, logits_to_keep=1)


def _first_inputs(vision: VisionModel, prompt: str, image: Image.Image, detail: Detail) -> dict[str, Any]:
    """Model inputs for a picture not yet encoded; tokens of the latest prompts are cached."""
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
    """Continue a prompt with a text model by greedy decoding, up to its end token or the next question.

    Leaves the model's thoughts out.

    Args:
        text: the loaded model.
        prompt: ends where the answer begins.
        adapter: folder of a LoRA adapter; empty for none.
        max_new_tokens: maximum length of the answer.
        on_words: gets each further piece of text; all pieces together are the answer's text.
        stopped: called before each step, of one token or several; whether to stop.

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
    """Like ``answer_text``, with ``room`` extra tokens for thoughts."""
    words = AnswerStream(text.tokenizer, on_words, stopped, max_new_tokens, until=NEXT_QUESTION)
    inputs = text.tokenizer(prompt, return_tensors="pt").to(text.model.device)
    inputs.pop("token_type_ids", None)
    length = inputs["input_ids"].shape[1]
    with torch.inference_mode(), adapted(text, adapter):
        return _generate(
            text.model,
            text.tokenizer,
            words,
            max_new_tokens + room,
            # The prompt may be quoted; only the answer must not repeat itself.
            logits_processor=LogitsProcessorList(
                [RepetitionPenaltyLogitsProcessor(REPETITION_PENALTY, prompt_ignore_length=length)]
            ),
            **guessing(text.model),
            **inputs,
        )


def answer_chat(
    text: TextModel,
    prompt: str,
    adapter: str,
    max_new_tokens: int,
    sampling: Sampling,
    on_words: Callable[[str], None],
    stopped: Callable[[], bool],
) -> Answer:
    """Answer what a user says with a text model, by its chat template. Leaves the model's thoughts out.

    Args:
        text: the loaded model.
        prompt: what the user says; the model's control tokens are removed from it.
        adapter: folder of a LoRA adapter; empty for none.
        max_new_tokens: maximum length of the answer.
        sampling: how its tokens are chosen.
        on_words: gets each further piece of text; all pieces together are the answer's text.
        stopped: called before each step, of one token or several; whether to stop.

    Raises:
        CoachError: the adapter or the chat template cannot be used, or the model did nothing but think.
        Stopped: as soon as ``stopped`` says so.
    """
    tokenizer = text.tokenizer
    ids = torch.tensor([chat_ids(tokenizer, prompt)], device=text.model.device)
    options: dict[str, Any] = {"do_sample": sampling.temperature > 0}
    if options["do_sample"]:
        options |= {"temperature": sampling.temperature, "top_p": sampling.top_p, "top_k": 0}
    else:
        options |= guessing(text.model)
    if sampling.avoided_beginning:
        avoided = tokenizer(sampling.avoided_beginning, add_special_tokens=False)["input_ids"]
        options["begin_suppress_tokens"] = avoided[:1]

    def ask(room: int) -> Answer:
        words = AnswerStream(tokenizer, on_words, stopped, max_new_tokens)
        with torch.inference_mode(), adapted(text, adapter), torch.random.fork_rng(devices=[]):
            torch.manual_seed(sampling.seed)
            mask = torch.ones_like(ids)
            return _generate(
                text.model, tokenizer, words, max_new_tokens + room, input_ids=ids, attention_mask=mask, **options
            )

    return _with_room(text, ask)


def chat_ids(tokenizer: Any, prompt: str) -> list[int]:
    """The tokens of a chat in which the user says this, up to the beginning of the answer.

    Raises:
        CoachError: the chat template cannot be used.
    """
    template = getattr(tokenizer, "chat_template", None)
    if isinstance(template, str) and template:
        tokens = json.dumps(tokenizer.special_tokens_map, default=str, sort_keys=True)
        chat = rendered_chat(template, tokens, pictures=False)
    else:
        chat = f"Q: {HOLE}\nA:"  # a model that was never taught to chat
    asked = chat.replace(HOLE, _without(tokenizer.all_special_tokens, prompt))
    start = tokenizer.bos_token
    ids: list[int] = tokenizer(asked, add_special_tokens=not (start and asked.startswith(start)))["input_ids"]
    return ids


def _generate(model: Any, tokenizer: Any, words: AnswerStream, max_new_tokens: int, **options: Any) -> Answer:
    pad = tokenizer.pad_token_id
    ends = _ends(model, tokenizer)
    model.generate(
        streamer=words,
        stopping_criteria=StoppingCriteriaList([words.stops]),
        max_new_tokens=max_new_tokens,
        num_beams=1,
        eos_token_id=ends,
        pad_token_id=tokenizer.eos_token_id if pad is None else pad,
        **{"do_sample": False, **options},
    )
    return words.answer(ends)


def _ends(model: Any, tokenizer: Any) -> list[int]:
    """Tokens that end an answer."""
    ends = model.generation_config.eos_token_id
    if ends is None:
        ends = tokenizer.eos_token_id
    return list(ends) if isinstance(ends, list | tuple) else [ends]


def model_inputs(vision: VisionModel, prompt: str, images: Sequence[Image.Image]) -> Any:
    """Model inputs for a prompt about pictures, on the model's device.

    Args:
        vision: the loaded model.
        prompt: the same for every picture; the model's control tokens are removed from it.
        images: RGB, all of one size, as nothing is padded.
    """
    text, start = _asked(vision, prompt), vision.processor.tokenizer.bos_token
    # Some templates begin with the token that tokenizers add anyway.
    options = {"add_special_tokens": False} if start and text.startswith(start) else {}
    inputs = vision.processor(
        text=[text] * len(images), images=[[image] for image in images], return_tensors="pt", **options
    )
    return inputs.to(vision.model.device, dtype=vision.model.dtype)


def _asked(vision: VisionModel, prompt: str) -> str:
    """The chat as text. The picture comes first, so that its cache serves every question about it."""
    return vision.chat.replace(HOLE, _harmless(prompt, vision.processor))


def _after_picture(vision: VisionModel, prompt: str) -> torch.Tensor:
    """The prompt's tokens after those of the picture, (1, tokens) int64."""
    text = _asked(vision, prompt)
    # Tokenized after the picture's token, as in the first pass: some tokenizers add a space at the start of a text.
    rest = vision.processor.end_of_picture + text.rpartition(vision.processor.image_token)[2]
    ids: torch.Tensor = vision.processor.tokenizer(rest, add_special_tokens=False, return_tensors="pt")["input_ids"]
    return ids[:, 1:].to(vision.model.device)


def warm_up(vision: VisionModel) -> None:
    """Generate one throw-away answer, so that memory, kernels and the graph are ready for the first real one."""
    screen = Image.new("RGB", (672, 378), (128, 128, 128))
    answer(vision, "?", screen, 2, lambda words: None, lambda: False, "wide")


def _harmless(prompt: str, processor: Any) -> str:
    """Remove the model's control tokens from a prompt: a question must not insert pictures or end its own turn."""
    return _without([*processor.all_special_multimodal_tokens, *processor.tokenizer.all_special_tokens], prompt)


def _without(control: Iterable[str], prompt: str) -> str:
    """Remove control tokens from a prompt."""
    tokens = {*control} - {""}
    pattern = "|".join(re.escape(token) for token in sorted(tokens, key=len, reverse=True))
    while (shorter := re.sub(pattern, "", prompt)) != prompt:
        prompt = shorter
    return prompt.strip()
