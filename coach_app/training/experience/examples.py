"""Questions and what a model knew before, as it is asked them: tokens and pictures."""

import itertools
import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import torch
from PIL import Image
from torch import Tensor

from coach_app.domain.errors import CoachError
from coach_app.domain.frame import shrink
from coach_app.engine.answering import chat_ids, model_inputs
from coach_app.engine.loader import TextModel, VisionModel
from coach_app.games.catalogue import games
from coach_app.knowledge import library
from coach_app.models.catalogue import ModelEntry

IGNORED = -100


@dataclass(frozen=True)
class Asked:
    """A question and its answer.

    Attributes:
        prompt: the question; empty for a text without one.
        answer: the answer, or the text.
        picture: what it is about, RGB; None for a model that reads.
        seed: of the episode that it is about; those of one episode are no independent measurements.
    """

    prompt: str
    answer: str
    picture: Image.Image | None = None
    seed: int = 0


@dataclass(frozen=True)
class Encoded:
    """A question with its answer, as a model takes it.

    Attributes:
        inputs: (1, …) tensors on the model's device.
        labels: (1, tokens) int64; `IGNORED` where nothing is to be said.
    """

    inputs: dict[str, Tensor]
    labels: Tensor


class Encoder(Protocol):
    """Puts questions into tokens."""

    def encode(self, asked: Asked) -> Encoded:
        """A question with its answer, and the end of it."""


class TextEncoder:
    """For a model that reads.

    Args:
        text: the model.
    """

    def __init__(self, text: TextModel) -> None:
        self._text = text

    def encode(self, asked: Asked) -> Encoded:
        tokenizer = self._text.tokenizer
        before = chat_ids(tokenizer, asked.prompt) if asked.prompt else [tokenizer.bos_token_id or 0]
        said = tokenizer(asked.answer, add_special_tokens=False)["input_ids"] + [tokenizer.eos_token_id]
        ids = torch.tensor([before + said], device=self._text.model.device)
        labels = torch.tensor([[IGNORED] * len(before) + said], device=ids.device)
        return Encoded({"input_ids": ids, "attention_mask": torch.ones_like(ids)}, labels)


class VisionEncoder:
    """For a model that sees.

    Args:
        vision: the model.
        side_px: maximum side of its pictures.
    """

    def __init__(self, vision: VisionModel, side_px: int) -> None:
        self._vision, self._side_px = vision, side_px

    def encode(self, asked: Asked) -> Encoded:
        assert asked.picture
        tokenizer = self._vision.processor.tokenizer
        inputs = dict(model_inputs(self._vision, asked.prompt, [shrink(asked.picture, self._side_px)]))
        said = tokenizer(asked.answer, add_special_tokens=False)["input_ids"] + [tokenizer.eos_token_id]
        before = inputs["input_ids"]
        tail = torch.tensor([said], device=before.device)
        inputs["input_ids"] = torch.cat([before, tail], 1)
        for name in ("attention_mask", "token_type_ids", "mm_token_type_ids"):
            if name in inputs:
                filled = torch.ones_like(tail) if name == "attention_mask" else torch.zeros_like(tail)
                inputs[name] = torch.cat([inputs[name], filled.to(inputs[name].dtype)], 1)
        return Encoded(inputs, torch.cat([torch.full_like(before, IGNORED), tail], 1))


def questions(folder: Path, split: str, sees: bool, most: int, seed: int) -> list[Asked]:
    """The questions that were made of experiences, in random order.

    Args:
        folder: where they are, with their pictures.
        split: "train" or "test".
        sees: whether the model sees; it is shown all pictures of a question side by side.
        most: maximum number.
        seed: of the order.

    Raises:
        CoachError: there are none.
    """
    file = folder / f"questions-{split}.jsonl"
    try:
        rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    except (OSError, ValueError) as error:
        raise CoachError(
            f"There are no questions in {folder}.", "Make some with: coach learn GAME questions"
        ) from error
    random.Random(seed).shuffle(rows)
    if not sees:
        rows = [row for row in rows if all(row["descriptions"])]
    if not rows:
        raise CoachError(f"There are no questions in {file} that this model can be asked.", "Collect more experiences.")
    return [_asked(row, folder, sees) for row in rows[:most]]


def _asked(row: dict[str, Any], folder: Path, sees: bool) -> Asked:
    if not sees:
        seen = "\n".join(row["descriptions"])
        return Asked(f"{seen}\n{row['question']}", row["answer"], seed=row["seed"])
    try:
        pictures = [Image.open(folder / name).convert("RGB") for name in row["pictures"]]
    except OSError as error:
        raise CoachError("A picture of a question is missing.", "Collect the experiences again.") from error
    return Asked(row["question"], row["answer"], beside(pictures), row["seed"])


def beside(pictures: Sequence[Image.Image]) -> Image.Image:
    """Pictures side by side, in one."""
    if len(pictures) == 1:
        return pictures[0]
    whole = Image.new("RGB", (sum(picture.width for picture in pictures), max(picture.height for picture in pictures)))
    left = 0
    for picture in pictures:
        whole.paste(picture, (left, 0))
        left += picture.width
    return whole


def known_before(entry: ModelEntry, sees: bool, count: int, seed: int, unseen: bool = False) -> list[Asked]:
    """What a model knew before: text of the guides, or for a model that sees, questions of games with lessons.

    Args:
        entry: the model; one that is made for some games is asked about these.
        sees: whether it sees.
        count: maximum number.
        seed: of the choice.
        unseen: choose from others, to measure with.
    """
    rng = np.random.default_rng([seed, 7 + unseen])
    if sees:
        return list(itertools.islice(_of_lessons(entry, rng, unseen), count))
    texts = [section.text for game in library.games() for section in library.load(game).sections]
    kept = [text for number, text in enumerate(texts) if (number % 5 == 0) is unseen]
    return [Asked("", kept[index]) for index in rng.permutation(len(kept))[:count]]


def _of_lessons(entry: ModelEntry, rng: np.random.Generator, unseen: bool) -> Iterator[Asked]:
    """Questions of the teachers of the games that a model is made for, or else of all, without end."""
    taught = [game for game in games().values() if game.lessons]
    own = [game for game in taught if game.id in entry.games or game.coach == entry.name]
    for number in itertools.count():
        game = (own or taught)[number % len(own or taught)]
        assert game.lessons
        lessons = game.lessons()
        scene = next(lessons.unseen_scenes(rng))[1] if unseen else _first(lessons.scenes(rng, 0.0))
        exchange = lessons.move_exchange(scene, rng)
        yield Asked(exchange.question, exchange.text, Image.fromarray(lessons.picture(scene)))


def _first(scenes: Iterator[Any]) -> Any:
    """The first scene that is one of the game."""
    return next(scene for scene in scenes if scene is not None)
