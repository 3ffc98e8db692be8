"""Advice about a game in a model's own words, in which a move that is to be learned is reached.

A model that was made for a game says what it sees, and then the move. Learning that in other words would cost it these
(on-policy data forget least: Shenfeld et al. 2025, arXiv:2509.04259). Where it says another move, it is asked again
until what it sees leads to the right one (STaR: Zelikman et al. 2022, arXiv:2203.14465); where that does not happen,
the move is exchanged.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any

import torch

from coach_app.domain.frame import shrink
from coach_app.domain.moves import find_named_move, named_move
from coach_app.engine.answering import model_inputs
from coach_app.engine.loader import VisionModel
from coach_app.training.experience.examples import Asked

_TOGETHER = 40
_LONGEST = 100
"""Tokens of an answer."""
_TRIES = 6


def in_own_words(
    vision: VisionModel,
    side_px: int,
    asked: Sequence[Asked],
    moves: Sequence[str],
    seed: int,
    report: Callable[[str], None],
) -> list[Asked]:
    """Questions with what the model itself says, where it names a move, but with the move that is to be learned.

    Args:
        vision: the model, before it learns.
        side_px: maximum side of its pictures.
        asked: the questions, in any order; those that ask for no move stay as they are.
        moves: names of the game's moves.
        seed: of what it says when it is asked again.
        report: gets how far it is.
    """
    found = list(asked)
    missing = [number for number, each in enumerate(asked) if each.move and each.picture]
    for attempt in range(1 + _TRIES):
        wrong = []
        said = advice_of(vision, side_px, [asked[number] for number in missing], seed + attempt if attempt else None)
        for number, text in zip(missing, said, strict=True):
            wanted = asked[number].move
            if named_move(text, moves) == wanted:
                found[number] = replace(asked[number], answer=text)
                continue
            wrong.append(number)
            if not attempt and (exchanged := with_move(text, wanted, moves)):
                found[number] = replace(asked[number], answer=exchanged)
        missing = wrong
        report(f"asked {attempt + 1} of {1 + _TRIES} times: {len(missing):,} positions in which it names another move")
        if not missing:
            break
    return found


def advice_of(vision: VisionModel, side_px: int, asked: Sequence[Asked], seed: int | None = None) -> list[str]:
    """What a model says of some pictures.

    Args:
        vision: the model.
        side_px: maximum side of its pictures.
        asked: questions with pictures, in any order.
        seed: of the choice among what it might say; without one it says what is likeliest.
    """
    texts = [""] * len(asked)
    alike = sorted(range(len(asked)), key=lambda number: _shape(asked[number]))
    with torch.random.fork_rng(enabled=seed is not None):
        if seed is not None:
            torch.manual_seed(seed)
        for _, group in groupby(alike, key=lambda number: _shape(asked[number])):
            numbers = list(group)
            for start in range(0, len(numbers), _TOGETHER):
                some = numbers[start : start + _TOGETHER]
                for number, text in zip(
                    some, _said(vision, side_px, [asked[each] for each in some], seed), strict=True
                ):
                    texts[number] = text
    return texts


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
def _said(vision: VisionModel, side_px: int, asked: Sequence[Asked], seed: int | None) -> list[str]:
    """What a model says of pictures of one size, asked in the same words."""
    pictures = [shrink(each.picture, side_px) for each in asked if each.picture]
    inputs: Any = model_inputs(vision, asked[0].prompt, pictures)
    output = vision.model.generate(**inputs, max_new_tokens=_LONGEST, do_sample=seed is not None)
    told = output[:, inputs["input_ids"].shape[1] :]
    texts: list[str] = vision.processor.tokenizer.batch_decode(told, skip_special_tokens=True)
    return texts
