"""Makes of the player's ratings what a model can learn from: several answers to one question, the better ones rated
higher."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from PIL import Image

from coach_app.knowledge.feedback import Rating
from coach_app.knowledge.likeness import features_of, is_same
from coach_app.learning.questions import split_of

LOWEST, DOWN, UP, BEST = 1, 2, 6, 7
"""Ratings from 1 to 7, as in Stable Alignment: of thumbs down and up, and of what the player wrote."""


@dataclass(frozen=True)
class Preference:
    """Answers to one question about one picture.

    Attributes:
        prompt: the question.
        picture: number of the rating whose picture is meant; None if there is none.
        answers: texts with their ratings, from 1 to 7; the best first, at least two.
        held_out: whether it is for the test.
    """

    prompt: str
    picture: int | None
    answers: tuple[tuple[str, int], ...]
    held_out: bool


def preferences(
    ratings: Sequence[Rating], picture_of: Callable[[int], Image.Image | None] = lambda number: None
) -> list[Preference]:
    """What the player prefers: corrected answers over wrong ones, and good ones over bad ones about the same picture.

    Args:
        ratings: of one game.
        picture_of: returns the picture of a rating.
    """
    groups: list[list[Rating]] = []
    pictures = {rating.id: picture for rating in ratings if (picture := picture_of(rating.id))}
    for rating in ratings:
        group = next((group for group in groups if _alike(group[0], rating, pictures)), None)
        if group is None:
            groups.append([rating])
        else:
            group.append(rating)
    return [made for group in groups if (made := _preference(group))]


def _preference(group: Sequence[Rating]) -> Preference | None:
    """The preference of ratings about the same picture and question; None if all answers are as good."""
    answers: dict[str, int] = {}
    for rating in group:
        answers[rating.of.text] = UP if rating.good else DOWN
    for rating in group:
        if rating.better:
            answers[rating.better] = BEST
    if len(set(answers.values())) < 2:
        return None
    first = group[0]
    picture = next((rating.id for rating in group if rating.has_picture), None)
    held_out = split_of(first.of.game, int(first.of.at)) == "test"
    ordered = sorted(answers.items(), key=lambda answer: -answer[1])
    return Preference(first.of.prompt, picture, tuple(ordered), held_out)


def _alike(one: Rating, other: Rating, pictures: dict[int, Image.Image]) -> bool:
    """Whether two ratings are about the same question and picture."""
    if one.of.prompt != other.of.prompt:
        return False
    first, second = pictures.get(one.id), pictures.get(other.id)
    if first is None or second is None:
        return one.of.at == other.of.at
    return bool(is_same(np.stack([features_of(first, "")]), features_of(second, ""))[0])
