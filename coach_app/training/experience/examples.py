"""Questions and what a model knew before, as it is asked them: tokens and pictures."""

import itertools
import json
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from hashlib import blake2b
from pathlib import Path
from types import SimpleNamespace
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
_SEEN_FIRST = 200
"""Characters of a description that a model that sees may give before its advice."""
_TOGETHER = 8
"""Questions that are measured together."""
_KEPT_BYTES = 2_000_000_000
"""Of pictures that were seen; more are seen again each time."""


@dataclass(frozen=True)
class Asked:
    """A question and its answer.

    Attributes:
        prompt: the question; empty for a text without one.
        answer: the answer, or the text.
        picture: what it is about, RGB; None for a model that reads.
        seed: of the episode that it is about; those of one episode are no independent measurements.
        move: that the answer advises; empty if it is no advice.
    """

    prompt: str
    answer: str
    picture: Image.Image | None = None
    seed: int = 0
    move: str = ""


@dataclass(frozen=True)
class Encoded:
    """A question with its answer, as a model takes it.

    Attributes:
        tokens: model inputs with an entry for each token, (tokens,) each; ``input_ids`` among them.
        said: number of tokens of the answer, with its end; the last ones.
        about: what else the model has to know about the picture, one row a picture.
        features: returns those of the picture, as the language model takes them, those of deeper layers last; None for
            a model that reads, or that looks at the picture each time.
    """

    tokens: dict[str, Tensor]
    said: int
    about: dict[str, Tensor] = field(default_factory=dict)
    features: Callable[[], Any] | None = None

    @property
    def length(self) -> int:
        """Number of tokens."""
        return len(self.tokens["input_ids"])


@dataclass(frozen=True)
class Batch:
    """Questions with their answers, of about the same length, as a model takes them.

    Attributes:
        inputs: of the model.
        labels: (questions, longest answer) int64, right-aligned; `IGNORED` where nothing is to be said.
    """

    inputs: dict[str, Any]
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
        return Encoded({"input_ids": torch.tensor(before + said, device=self._text.model.device)}, len(said))


class VisionEncoder:
    """For a model that sees.

    Args:
        vision: the model.
        side_px: maximum side of its pictures.
        rests: the tower rests while the words are learned, so each picture is seen only once.
    """

    def __init__(self, vision: VisionModel, side_px: int, rests: bool = True) -> None:
        self._vision, self._side_px, self._rests = vision, side_px, rests
        self._seen: dict[bytes, Any] = {}
        self._bytes = 0

    def encode(self, asked: Asked) -> Encoded:
        assert asked.picture
        tokenizer = self._vision.processor.tokenizer
        picture = shrink(asked.picture, self._side_px)
        inputs = dict(model_inputs(self._vision, asked.prompt, [picture]))
        said = tokenizer(asked.answer, add_special_tokens=False)["input_ids"] + [tokenizer.eos_token_id]
        ids = inputs["input_ids"]
        tokens = {"input_ids": torch.cat([ids[0], torch.tensor(said, device=ids.device)])}
        for name in ("token_type_ids", "mm_token_type_ids"):
            if name in inputs:
                tokens[name] = torch.cat([inputs[name][0], inputs[name].new_zeros(len(said))])
        about = {
            name: value
            for name, value in inputs.items()
            if name not in tokens and name != "attention_mask" and not (self._rests and name.startswith("pixel_"))
        }
        if not self._rests:
            return Encoded(tokens, len(said), about)
        key = blake2b(picture.tobytes(), digest_size=16, key=repr(picture.size).encode()).digest()
        if key not in self._seen:
            self._see(key, inputs)
        return Encoded(tokens, len(said), about, partial(self._features, key, picture))

    def _features(self, key: bytes, picture: Image.Image) -> Any:
        return self._seen[key] if key in self._seen else self._see(key, dict(model_inputs(self._vision, "", [picture])))

    @torch.no_grad()
    def _see(self, key: bytes, inputs: Mapping[str, Any]) -> Any:
        """What the tower sees; kept as long as there is room."""
        pixels = {name: value for name, value in inputs.items() if name.startswith(("pixel_", "image_"))}
        found = self._vision.model.get_image_features(**pixels, return_dict=True)
        features = [found.pooler_output, *(getattr(found, "deepstack_features", None) or ())]
        size = sum(part.nbytes for layer in features for part in layer)
        if self._bytes + size <= _KEPT_BYTES:
            self._seen[key], self._bytes = features, self._bytes + size
        return features


class Prepared:
    """Questions in tokens, each prepared once, and in batches.

    Args:
        encoder: puts them into tokens.
        pad: token to fill batches with.
    """

    def __init__(self, encoder: Encoder, pad: int) -> None:
        self._encoder, self._pad = encoder, pad
        self._known: dict[int, tuple[Asked, Encoded]] = {}

    def encoded(self, asked: Asked) -> Encoded:
        """A question in tokens."""
        if id(asked) not in self._known:
            self._known[id(asked)] = asked, self._encoder.encode(asked)
        return self._known[id(asked)][1]

    def batch(self, asked: Sequence[Asked]) -> Batch:
        """Questions as one batch."""
        return batch_of([self.encoded(each) for each in asked], self._pad)

    def sorted(self, asked: Sequence[Asked]) -> Iterator[tuple[list[int], Batch]]:
        """Questions in batches, such of about the same length together, with their numbers."""
        order = sorted(range(len(asked)), key=lambda number: self.encoded(asked[number]).length)
        for start in range(0, len(order), _TOGETHER):
            numbers = order[start : start + _TOGETHER]
            yield numbers, self.batch([asked[number] for number in numbers])


def batch_of(examples: Sequence[Encoded], pad: int) -> Batch:
    """Put examples into one batch, filled up on the left.

    Args:
        examples: at least one.
        pad: token to fill with.
    """
    longest = max(each.length for each in examples)
    said = max(each.said for each in examples)
    inputs: dict[str, Any] = {
        name: torch.stack([_filled(each.tokens[name], longest, pad if name == "input_ids" else 0) for each in examples])
        for name in examples[0].tokens
    }
    ones = [torch.ones_like(each.tokens["input_ids"]) for each in examples]
    inputs["attention_mask"] = torch.stack([_filled(each, longest, 0) for each in ones])
    for name in examples[0].about:
        inputs[name] = torch.cat(_as_many([each.about[name] for each in examples]))
    if features := [each.features() for each in examples if each.features]:
        whole, *deeper = (_together(parts) for parts in zip(*features, strict=True))
        inputs["mm_encoder_outputs"] = {"image": SimpleNamespace(pooler_output=whole, deepstack_features=deeper)}
    labels = [_filled(each.tokens["input_ids"][-each.said :], said, IGNORED) for each in examples]
    return Batch(inputs, torch.stack(labels))


def _as_many(rows: Sequence[Tensor]) -> list[Tensor]:
    """Rows of one shape: pictures that are cut into fewer tiles get empty ones, as by the processors."""
    if rows[0].dim() < 3:
        return list(rows)
    most = max(row.shape[1] for row in rows)
    return [torch.cat([row, row.new_zeros(len(row), most - row.shape[1], *row.shape[2:])], 1) for row in rows]


def _together(parts: Sequence[Any]) -> Any:
    """The features of pictures in one: rows of a tensor, or a tensor each."""
    return torch.cat(list(parts)) if isinstance(parts[0], Tensor) else list(itertools.chain.from_iterable(parts))


def _filled(row: Tensor, length: int, fill: int) -> Tensor:
    return torch.cat([row.new_full((length - len(row),), fill), row])


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
    answer, seen = row["answer"], row["descriptions"][0]
    if row["kind"] == "advice" and seen and len(seen) <= _SEEN_FIRST:  # what is seen first is a reason for the move
        answer = f"{seen} {answer}"
    move = row["following"][0] if row["kind"] == "advice" else ""
    return Asked(row["question"], answer, beside(pictures), row["seed"], move)


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
