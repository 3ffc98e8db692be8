"""Advice about a game in a model's own words: what it says of a position already, with the move that is to be learned.

A model that was made for a game says what it sees, and then the move. Learning that in other words would cost it these
(on-policy data forget least: Shenfeld et al. 2025, arXiv:2509.04259).
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any

import torch

from coach_app.domain.frame import shrink
from coach_app.domain.moves import find_named_move
from coach_app.engine.answering import model_inputs
from coach_app.engine.loader import VisionModel
from coach_app.training.experience.examples import Asked

_TOGETHER = 40
_LONGEST = 100
"""Tokens of an answer."""


def in_own_words(vision: VisionModel, side_px: int, asked: Sequence[Asked], moves: Sequence[str]) -> list[Asked]:
    """Questions with what the model itself says, where it names a move, but with the move that is to be learned.

    Args:
        vision: the model, before it learns.
        side_px: maximum side of its pictures.
        asked: the questions, in any order; those that ask for no move stay as they are.
        moves: names of the game's moves.
    """
    found = list(asked)
    about_moves = [number for number, each in enumerate(asked) if each.move and each.picture]
    alike = sorted(about_moves, key=lambda number: _shape(asked[number]))
    for _, group in groupby(alike, key=lambda number: _shape(asked[number])):
        numbers = list(group)
        for start in range(0, len(numbers), _TOGETHER):
            some = numbers[start : start + _TOGETHER]
            for number, text in zip(some, _answers(vision, side_px, [asked[number] for number in some]), strict=True):
                if corrected := with_move(text, asked[number].move, moves):
                    found[number] = replace(asked[number], answer=corrected)
    return found


def with_move(text: str, move: str, moves: Sequence[str]) -> str:
    """Advice with another move; empty if it names none.

    Args:
        text: in English.
        move: the other move.
        moves: names of the game's moves.
    """
    named = find_named_move(text, moves)
    if named is None:
        return ""
    written = move.capitalize() if text[named.start].isupper() else move
    return f"{text[: named.start]}{written}{text[named.end :]}"


def _shape(asked: Asked) -> tuple[str, tuple[int, int]]:
    """What questions that are answered together have in common."""
    assert asked.picture
    return asked.prompt, asked.picture.size


@torch.inference_mode()
def _answers(vision: VisionModel, side_px: int, asked: Sequence[Asked]) -> Iterator[str]:
    """What a model says."""
    pictures = [shrink(each.picture, side_px) for each in asked if each.picture]
    inputs: Any = model_inputs(vision, asked[0].prompt, pictures)
    output = vision.model.generate(**inputs, max_new_tokens=_LONGEST, do_sample=False)
    told = output[:, inputs["input_ids"].shape[1] :]
    yield from vision.processor.tokenizer.batch_decode(told, skip_special_tokens=True)
