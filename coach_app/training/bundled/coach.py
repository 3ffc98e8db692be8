"""Trains a bundled coach: a small LLaVA-NeXT that sees a game and says the next move, as the game's lessons teach.

Three stages, as LLaVA itself is trained from a vision tower that already sees:

1. *Look*: the CLIP tower learns from every patch what the lessons label there, for instance what it is, how far the
   goal is from it, and which moves are best on that square. These labels are dense (a picture gives a hundred of
   them), so that planning is learned from far fewer pictures than from one answer each. And each patch learns where in
   the view it is, since a tower forgets that, and sentences need it.
2. *Speak*: projector and language model learn to answer questions about the picture in sentences; the tower rests, or
   goes on learning at a share of the rate.
   Two questions share one picture in a sequence (block-diagonal attention), which halves the cost of an answer.
3. *Refine*: the same, mostly on positions that are hard (the way that a glance suggests is wrong) or rare, with more
   weight on the last words of an answer, which are the move. Who errs on one of these positions is stuck there. In a
   game with many steps, the coach plays games itself meanwhile, and learns what is best where its own advice leads to.
"""

import json
import logging
import math
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from functools import partial
from itertools import count, cycle, islice
from pathlib import Path
from typing import Any, Literal, cast

import numpy as np
import torch
import torch.nn.functional as F
from PIL import Image
from torch import Tensor
from transformers import LlavaNextForConditionalGeneration, LlavaNextProcessor

from coach_app.domain.errors import CoachError
from coach_app.domain.moves import named_move
from coach_app.domain.pointing import POINT_AT_IT, Mark, carried, read_marks, written
from coach_app.games.captures import WINDOW_SIDE_PX, captured_shot, seen
from coach_app.games.lessons import Exchange, Lessons
from coach_app.training.bundled.arguments import CoachArgs
from coach_app.training.bundled.asking import answers
from coach_app.training.bundled.look import Head, look, place_loss
from coach_app.training.bundled.model import build_model, build_processor, train_tokenizer
from coach_app.training.bundled.stages import Buffer, Report, is_over, mixed, optimise, steps_done
from coach_app.training.bundled.stream import Sample, SampleStream, pixels
from coach_app.training.compiling import compile_for_training

log = logging.getLogger(__name__)

_IGNORED = -100
_SORTED = 8  # batches of answers, by their lengths
_LAST_WORDS = 5  # of an answer, its end included
_HEAD_FIRST = 100  # steps in which a new head learns to tell what the tower sees, before the tower learns from it


_Asked = tuple[Sample, list[Exchange]]


class SpeakBatch:
    """Pictures with two exchanges each, as one batch of sequences.

    A sequence is the prompt up to the picture, then both exchanges. Neither exchange sees the other, and both count
    their positions from the end of the picture, as if each stood alone.

    Args:
        processor: the coach's.
        side: pixels of a view.
        weight: of the words that matter most: the last ones of an answer, which are the move, and its point.
    """

    def __init__(self, processor: LlavaNextProcessor, side: int, weight: float = 1.0) -> None:
        self._processor, self._side, self._weight = processor, side, weight
        tokenizer = processor.tokenizer
        self._head, self._newline = self._encode("<s>[INST] "), self._encode("\n")
        self._image, self._pad = tokenizer.convert_tokens_to_ids("<image>"), tokenizer.pad_token_id

    def _encode(self, text: str) -> list[int]:
        ids: list[int] = self._processor.tokenizer(text, add_special_tokens=False)["input_ids"]
        return ids

    def _prompt(self, size: tuple[int, int]) -> list[int]:
        width, height = size
        # one less: the tower's class token is counted but not used
        images = self._processor._get_number_of_features(height, width, self._side, self._side) - 1
        return [*self._head, *[self._image] * images, *self._newline]

    def __call__(
        self,
        samples: Sequence[Sample],
        exchanges: Sequence[Sequence[Exchange]],
        pointed: Sequence[Sequence[bool]] | None = None,
    ) -> dict[str, Tensor]:
        """What the model takes, and the labels with their weights.

        Args:
            samples: pictures.
            exchanges: about each of them.
            pointed: which of them ask to point, too; None for none.

        Returns:
            Beside the model's inputs (rows, length): ``labels``, int64; ``weights``, float32; and ``known``, bool:
            what a coach reads, too, that was never asked to point, nor for nudges and hints.
        """
        rows = []
        pointed = pointed or [[False] * len(pair) for pair in exchanges]
        for sample, pair, points in zip(samples, exchanges, pointed, strict=True):
            prompt = self._prompt(sample.size)
            ids, labels = list(prompt), [_IGNORED] * len(prompt)
            places, blocks = list(range(len(prompt))), [0] * len(prompt)
            weights, known = [0.0] * len(prompt), [True] * len(prompt)
            for block, (exchange, pointing) in enumerate(zip(pair, points, strict=True), start=1):
                asked, point = _pointed(exchange, sample) if pointing else (exchange.question, "")
                question, answer = self._encode(f"{asked} [/INST]"), self._encode(exchange.text)
                end = self._encode(f"{point}</s>")
                least = max(0, len(answer) - _LAST_WORDS)
                ids += question + answer + end
                labels += [_IGNORED] * len(question) + answer + end
                weights += [0.0] * len(question) + [1.0] * least + [self._weight] * (len(answer) - least)
                weights += [self._weight] * (len(end) - 1) + [1.0]
                length = len(question) + len(answer) + len(end)
                places += range(len(prompt), len(prompt) + length)
                blocks += [block] * length
                known += [not pointing and exchange.level == "answer"] * length
            rows.append((ids, labels, places, blocks, weights, known))
        longest = max(len(row[0]) for row in rows)
        fills = (self._pad, _IGNORED, 0, -1, 0.0, False)
        tokens, targets, positions, block_of, weighted, old = (
            torch.tensor([row[i] + [fill] * (longest - len(row[i])) for row in rows]) for i, fill in enumerate(fills)
        )
        same = (block_of[:, :, None] == block_of[:, None, :]) | (block_of[:, None, :] == 0)
        allowed = same & torch.ones(longest, longest, dtype=torch.bool).tril()
        mask = torch.zeros(allowed.shape).masked_fill(~allowed, torch.finfo(torch.float32).min)
        return {
            "input_ids": tokens,
            "labels": targets,
            "weights": weighted,
            "known": old,
            "position_ids": positions,
            "attention_mask": mask[:, None],
            "pixel_values": pixels(np.stack([sample.views for sample in samples])),
            "image_sizes": torch.tensor([(sample.size[1], sample.size[0]) for sample in samples]),
        }


def _pointed(exchange: Exchange, sample: Sample) -> tuple[str, str]:
    """A question that asks to point, too, and what is added to its answer: nothing where it is about no place, or the
    board that its squares are counted on does not fill the picture."""
    point = ""
    if exchange.place and exchange.squares and sample.is_cut_out:
        point = f" {written(exchange.place, exchange.squares)}"
    return f"{exchange.question}\n{POINT_AT_IT}", point


def speak(
    model: LlavaNextForConditionalGeneration,
    processor: LlavaNextProcessor,
    lessons: Lessons,
    args: CoachArgs,
    report: Report,
    stage: Literal["speak", "refine"] = "speak",
) -> None:
    """Stages 2 and 3: the projector and the language model learn to answer; the tower rests, or learns slowly, too."""
    tower = cast(torch.nn.Module, model.model.vision_tower)
    tower.requires_grad_(args.tower_share > 0)
    checkpoint = args.work / f"{stage}.pt"
    if is_over({"model": model}, checkpoint, args.speak_steps if stage == "speak" else args.refine_steps):
        return
    done = steps_done(checkpoint)
    if stage == "speak":
        plan, weight = (args.speak_rate, args.speak_floor, args.warm_up, args.speak_steps), 1.0
        buffer, rng = Buffer(lessons, args, 3, done), np.random.default_rng([args.seed, 4, done])
    else:
        plan = (args.refine_rate, args.refine_floor, args.refine_warm_up, args.refine_steps)
        weight = args.refine_weight
        buffer = Buffer(lessons, args, 11, done, tricky_share=args.refine_tricky_share)
        rng = np.random.default_rng([args.seed, 12, done])
    batch = SpeakBatch(processor, args.side, weight)
    before = _coach(args.start)[0] if args.start and args.keep else None
    if before:
        cast(torch.nn.Module, before).to(args.device)
    games = lessons.own_games(rng, args.own_games) if stage == "refine" else None
    stream = SampleStream(lessons, (), args.side, args.grid, input_side_px=args.input_side_px)
    batches: list[list[_Asked]] = []
    pairs = 1 if stage == "speak" else args.refine_pairs
    turns, compared = cycle(range(args.own_every)), cycle(range(args.keep_every))
    modules: dict[str, torch.nn.Module] = {"model": model}
    place, seen = torch.nn.Linear(args.width, args.grid**2).to(args.device), list[Tensor]()
    head, steps = Head(lessons, args.width).to(args.device), count(done)
    if args.tower_share:
        modules["place"] = place
        if args.look_weight:
            modules["head"] = head
        watched = tower.register_forward_hook(lambda *call: seen.append(call[-1].last_hidden_state))

    def exchanges(scene: Any) -> list[Exchange]:
        ask = (lessons.move_exchange, lessons.other_exchange)
        return [exchange(scene, rng) for _ in range(pairs) for exchange in ask]

    def next_batch() -> list[_Asked]:
        if not batches:  # what is about as long comes together, so that no short answer is filled up to a long one
            samples = buffer.draw(_SORTED * args.speak_batch, rng)
            asked = [(sample, exchanges(sample.scene)) for sample in samples]
            asked.sort(key=lambda each: sum(len(exchange.text) for exchange in each[1]))
            starts = rng.permutation(_SORTED) * args.speak_batch
            batches.extend(asked[start : start + args.speak_batch] for start in starts)
        return batches.pop()

    def loss_of() -> tuple[Tensor, str]:
        buffer.add(math.ceil(args.speak_batch / args.reuse))
        if games and next(turns) == 0:
            scenes = list(games.scenes)
            buffer.put([stream.clean_sample(scene) for scene in scenes])
            with mixed(args):
                games.play(_advised(model, processor, lessons, scenes))
        samples, asked = zip(*next_batch(), strict=True)
        pointed = rng.random((len(samples), 2 * pairs)) < args.pointed_share
        pointed &= np.array([[exchange.level == "answer" for exchange in each] for each in asked])
        tensors = {name: tensor.to(args.device) for name, tensor in batch(samples, asked, pointed.tolist()).items()}
        labels, weights = (tensors.pop(name)[:, 1:] for name in ("labels", "weights"))
        known = tensors.pop("known")[:, :-1]
        spoken = labels != _IGNORED
        with mixed(args):
            if args.mixed:
                tensors["attention_mask"] = tensors["attention_mask"].bfloat16()
            hidden = model.model(**tensors, use_cache=False).last_hidden_state[:, :-1]
            logits = model.lm_head(hidden[spoken]).float()
            was = None
            if before and next(compared) == 0:
                with torch.no_grad():
                    was = before.model(**tensors, use_cache=False).last_hidden_state[:, :-1]
        losses = F.cross_entropy(logits, labels[spoken], reduction="none") * weights[spoken]
        right = (logits.argmax(-1) == labels[spoken]).float().mean().item()
        loss, said = losses.sum() / weights[spoken].sum(), f"words right {right:.4f}"
        if was is not None:
            moved = F.mse_loss(hidden[known].float(), was[known].float())
            loss, said = loss + args.keep * moved, f"{said} moved {moved.item():.4f}"
        if args.tower_share:
            patches = seen[-1][:, 1:].float()
            seen.clear()
            lost = place_loss(place, patches)
            loss, said = loss + lost, f"{said} place {lost.item():.3f}"
            if args.look_weight:
                shown = np.concatenate([sample.labels for sample in samples])
                lost = head.losses(head(patches.detach() if next(steps) < _HEAD_FIRST else patches), shown).sum()
                loss, said = loss + args.look_weight * lost, f"{said} look {lost.item():.3f}"
        return loss, said

    every, share = args.checkpoint_every, args.tower_share
    measure = partial(_points, model, processor, lessons, args) if args.pointed_share else str
    optimise(modules, loss_of, checkpoint, *plan, every, report, measure, slow=tower, slow_share=share)
    if args.tower_share:
        watched.remove()


def _points(
    model: LlavaNextForConditionalGeneration, processor: LlavaNextProcessor, lessons: Lessons, args: CoachArgs
) -> str:
    """How exactly a coach in training points at the square to go to, in captured pictures of unseen levels."""
    rng, asked = np.random.default_rng([args.seed, 14]), list[tuple[Image.Image, str, Mark]]()
    for _, scene in islice(lessons.unseen_scenes(rng), args.look_test):
        shot = seen(captured_shot(lessons.picture(scene), rng, WINDOW_SIDE_PX), lessons.BOARD, args.input_side_px)
        exchange = lessons.move_exchange(scene, rng)
        if exchange.place and shot.board:
            places = carried((exchange.place,), shot.board)
            asked += [(shot.image, f"{exchange.question}\n{POINT_AT_IT}", place) for place in places]
    with mixed(args):
        texts = answers(model, processor, [image for image, _, _ in asked], [question for _, question, _ in asked])
    found = [read_marks(text, image.size)[1] for text, (image, _, _) in zip(texts, asked, strict=True)]
    off = [marks[0].off(place) if marks else 1.0 for marks, (_, _, place) in zip(found, asked, strict=True)]
    return f"points within 2 %: {np.mean(np.array(off) <= 0.02):.1%}, median {np.median(off):.3f}"


def _advised(
    model: LlavaNextForConditionalGeneration, processor: LlavaNextProcessor, lessons: Lessons, scenes: Sequence[Any]
) -> list[str]:
    """The moves that a coach in training advises; empty where it names none."""
    pictures = [Image.fromarray(lessons.picture(scene)) for scene in scenes]
    texts = answers(model, processor, pictures, [lessons.QUESTIONS[0]] * len(pictures))
    return [named_move(text, lessons.LABELS["move"]) or "" for text in texts]


def _texts(lessons: Lessons, seed: int, count: int) -> Iterator[str]:
    """What the tokenizer is trained on."""
    yield from lessons.QUESTIONS
    rng = np.random.default_rng([seed, 5])
    stream = lessons.sentences(rng)
    for _ in range(count):
        yield next(stream).en
    for _ in range(count // 10):
        yield lessons.other_exchange(None, rng).question


def build(lessons: Lessons, args: CoachArgs) -> tuple[LlavaNextForConditionalGeneration, LlavaNextProcessor]:
    """The untrained model of these arguments, always with the same weights for a seed."""
    torch.manual_seed(args.seed)
    tokenizer = train_tokenizer(_texts(lessons, args.seed, args.sentences), args.vocabulary)
    processor = build_processor(tokenizer, args.side, args.patch)
    model = build_model(
        tokenizer,
        side=args.side,
        patch=args.patch,
        width=args.width,
        tower_layers=args.tower_layers,
        layers=args.layers,
        heads=args.heads,
    )
    return model, processor


def train(lessons: Lessons, args: CoachArgs, report: Report = log.info) -> dict[str, Any]:
    """Train, measure and save; goes on where an earlier run with the same ``work`` folder stopped.

    Returns:
        The metrics, as saved in ``metrics.json``.

    Raises:
        FloatingPointError: the training diverged; the last checkpoint stays.
    """
    torch.set_num_threads(args.threads)
    model, processor = _coach(args.start) if args.start else build(lessons, args)
    cast(torch.nn.Module, model).to(args.device).train()
    if args.mixed and args.device == "cpu":
        model.set_attn_implementation("eager")  # torch's own attention is slow backwards in bfloat16
    if args.compiled:
        compile_for_training(cast(torch.nn.Module, model.model.vision_tower))
    began = time.monotonic()
    if args.start is None:
        look(model, lessons, args, report)
        speak(model, processor, lessons, args, report)
    speak(model, processor, lessons, args, report, "refine")
    model.set_attn_implementation("sdpa")
    save(model, processor, args)
    _keep_metrics(args.out, {"training_minutes": round((time.monotonic() - began) / 60, 1)})
    return evaluate(args.out, lessons, args.seed, report)


def evaluate(folder: Path, lessons: Lessons, seed: int = 1, report: Report = log.info) -> dict[str, Any]:
    """Measure a saved coach as its lessons do; the figures and its model card are kept beside it.

    Returns:
        The metrics, as saved in ``metrics.json``.

    Raises:
        CoachError: the folder has no coach.
    """
    if not (folder / "config.json").is_file():
        raise CoachError(f"There is no model in {folder}.", "Train it first.")
    model, processor = _coach(folder)
    metrics = _keep_metrics(folder, lessons.measure(partial(answers, model, processor), seed, report))
    card = lessons.card(metrics, sum(parameter.numel() for parameter in model.parameters()))
    (folder / "README.md").write_text(card, encoding="utf-8")
    return metrics


def _coach(folder: Path) -> tuple[LlavaNextForConditionalGeneration, LlavaNextProcessor]:
    """A saved coach, to be asked."""
    model = LlavaNextForConditionalGeneration.from_pretrained(folder, dtype=torch.float32).eval()
    return model, LlavaNextProcessor.from_pretrained(folder)


def _keep_metrics(folder: Path, new: Mapping[str, Any]) -> dict[str, Any]:
    """Add to the metrics beside a model; all of them."""
    path = folder / "metrics.json"
    metrics = {**(json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}), **new}
    path.write_text(json.dumps(metrics, indent=2) + "\n", encoding="utf-8")
    return metrics


def save(model: LlavaNextForConditionalGeneration, processor: LlavaNextProcessor, args: CoachArgs) -> None:
    """Write the checkpoint (float16 safetensors), its processor and the arguments."""
    args.out.mkdir(parents=True, exist_ok=True)
    model.half().save_pretrained(args.out)
    model.float()
    (args.out / "model.safetensors").chmod(0o644)  # safetensors lets only its owner read it
    processor.save_pretrained(args.out)
    commit = subprocess.run(["git", "rev-parse", "HEAD"], capture_output=True, text=True, check=False).stdout.strip()
    arguments = {key: str(value) if isinstance(value, Path) else value for key, value in asdict(args).items()}
    text = json.dumps({**arguments, "commit": commit}, indent=2)
    (args.out / "training.json").write_text(text + "\n", encoding="utf-8")
