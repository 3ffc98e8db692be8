"""Asks a coach in training about many pictures at a time."""

from collections.abc import Mapping, Sequence
from typing import Any, cast

import torch
from PIL import Image
from torch import Tensor
from torch.nn.utils.rnn import pad_sequence
from transformers import (
    LlavaNextForConditionalGeneration,
    LlavaNextProcessor,
    LogitsProcessor,
    LogitsProcessorList,
)

from coach_app.domain.moves import AvoidedMoves
from coach_app.engine.second_thought import SecondThought, decoded


def answers(
    model: LlavaNextForConditionalGeneration,
    processor: LlavaNextProcessor,
    pictures: Sequence[Image.Image],
    questions: Sequence[str],
    avoided: Sequence[AvoidedMoves] = (),
    batch: int = 40,
) -> list[str]:
    """Greedy answers to one question about each picture, in batches padded on the left.

    Args:
        model: the coach.
        processor: the coach's.
        pictures: RGB.
        questions: as many.
        avoided: the moves that each answer must not recommend; as many, or none. What names one is said to its word,
            and goes on with the most likely other move, as the engine does it.
        batch: how many are asked at a time.
    """
    texts = []
    for start in range(0, len(pictures), batch):
        some = slice(start, start + batch)
        chats = [
            [{"role": "user", "content": [{"type": "image", "image": picture}, {"type": "text", "text": question}]}]
            for picture, question in zip(pictures[some], questions[some], strict=True)
        ]
        inputs: Any = processor.apply_chat_template(
            cast(Any, chats), tokenize=True, return_dict=True, return_tensors="pt", processor_kwargs={"padding": True}
        )
        inputs = inputs.to(model.device)
        new = _generated(model, inputs)
        told = processor.tokenizer.batch_decode(new, skip_special_tokens=True)
        for row, text in _other_moves(model, processor.tokenizer, inputs, new.tolist(), avoided[some]).items():
            told[row] = text
        texts += told
    return texts


def _generated(model: LlavaNextForConditionalGeneration, inputs: Mapping[str, Any], **options: Any) -> Tensor:
    """Tokens of the answers, (rows, length) int64."""
    with torch.inference_mode():
        output = cast(Any, model).generate(**inputs, max_new_tokens=100, do_sample=False, **options)
    return cast(Tensor, output[:, inputs["input_ids"].shape[1] :])


def _other_moves(
    model: LlavaNextForConditionalGeneration,
    tokenizer: Any,
    inputs: Mapping[str, Any],
    told: Sequence[list[int]],
    avoided: Sequence[AvoidedMoves],
) -> dict[int, str]:
    """What is said instead, by row, where an answer recommends a move that is to be avoided.

    Args:
        model, tokenizer: the coach's.
        inputs: what was asked, padded on the left.
        told: tokens of the answers.
        avoided: for each of them; or none.
    """
    begun, thoughts = dict[int, Tensor](), list[SecondThought]()
    for row, moves in enumerate(avoided):
        tokens = [token for token in told[row] if token != tokenizer.pad_token_id]
        if mention := moves.find_tried(text := decoded(tokenizer, tokens)):
            thoughts.append(SecondThought(tokenizer, text, tokens, mention, moves))
            prompt = inputs["input_ids"][row][inputs["attention_mask"][row].bool()]
            begun[row] = torch.cat([prompt, prompt.new_tensor(thoughts[-1].kept, dtype=prompt.dtype)])
    if not begun:
        return {}
    rows = list(begun)
    ids = pad_sequence([*begun.values()], True, tokenizer.pad_token_id, "left")
    mask = pad_sequence([torch.ones_like(each) for each in begun.values()], True, 0, "left")
    pictures = {name: inputs[name][rows] for name in ("pixel_values", "image_sizes")}
    given = {"input_ids": ids, "attention_mask": mask, **pictures}
    new = _generated(model, given, logits_processor=LogitsProcessorList([_EachItsOwn(thoughts)]))
    return {
        row: tokenizer.decode([*thought.kept, *tokens], skip_special_tokens=True)
        for row, thought, tokens in zip(rows, thoughts, new.tolist(), strict=True)
    }


class _EachItsOwn(LogitsProcessor):
    """Asks another logits processor about each row of a batch."""

    def __init__(self, processors: Sequence[LogitsProcessor]) -> None:
        self._processors = processors

    def __call__(self, input_ids: Any, scores: Any) -> Any:
        rows = zip(self._processors, input_ids.split(1), scores.split(1), strict=True)
        return torch.cat([processor(ids, scored) for processor, ids, scored in rows])
