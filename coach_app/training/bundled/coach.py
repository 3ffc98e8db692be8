"""Trains a bundled coach: a small LLaVA-NeXT that sees a game and says the next move, as the game's lessons teach.

Three stages, as LLaVA itself is trained from a vision tower that already sees:

1. *Look*: the CLIP tower learns from every patch what the lessons label there, for instance what it is, how far the
   goal is from it, and which moves are best on that square. These labels are dense (a picture gives a hundred of
   them), so that planning is learned from far fewer pictures than from one answer each. And each patch learns where in
   the view it is, since a tower forgets that, and sentences need it.
2. *Speak*: projector and language model learn to answer questions about the picture in sentences; the tower rests, or
   goes on learning at a share of the rate.
   Two questions share one picture in a sequence (block-diagonal attention), which halves the cost of an answer.
3. *Refine*: the same, mostly on positions where the way that a glance suggests is wrong, and with more weight on the
   last words of an answer, which are the move. These positions are rare, but who errs on one is stuck there. In a game
   with many steps, the coach plays games itself meanwhile, and learns what is best where its own advice leads to.
"""

import json
import logging
import math
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from functools import partial
from itertools import cycle
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
from coach_app.games.lessons import Exchange, Lessons
from coach_app.training.bundled.arguments import CoachArgs
from coach_app.training.bundled.look import look, place_loss
from coach_app.training.bundled.model import build_model, build_processor, train_tokenizer
from coach_app.training.bundled.stages import Buffer, Report, is_over, mixed, optimise, steps_done
from coach_app.training.bundled.stream import Sample, SampleStream, pixels
from coach_app.training.compiling import compile_for_training

log = logging.getLogger(__name__)

_IGNORED = -100
_SORTED = 8  # batches of answers, by their lengths
_LAST_WORDS = 5  # of an answer, its end included


_Pair = tuple[Sample, tuple[Exchange, Exchange]]


class SpeakBatch:
    """Pictures with two exchanges each, as one batch of sequences.

    A sequence is the prompt up to the picture, then both exchanges. Neither exchange sees the other, and both count
    their positions from the end of the picture, as if each stood alone.
    """

    def __init__(self, processor: LlavaNextProcessor, side: int) -> None:
        self._processor, self._side = processor, side
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

    def __call__(self, samples: Sequence[Sample], exchanges: Sequence[Sequence[Exchange]]) -> dict[str, Tensor]:
        rows = []
        for sample, pair in zip(samples, exchanges, strict=True):
            prompt = self._prompt(sample.size)
            ids, labels = list(prompt), [_IGNORED] * len(prompt)
            places, blocks = list(range(len(prompt))), [0] * len(prompt)
            for block, exchange in enumerate(pair, start=1):
                question = self._encode(f"{exchange.question} [/INST]")
                answer = self._encode(f"{exchange.text}</s>")
                ids += question + answer
                labels += [_IGNORED] * len(question) + answer
                places += range(len(prompt), len(prompt) + len(question) + len(answer))
                blocks += [block] * (len(question) + len(answer))
            rows.append((ids, labels, places, blocks))
        longest = max(len(row[0]) for row in rows)
        fills = (self._pad, _IGNORED, 0, -1)
        tokens, targets, positions, block_of = (
            torch.tensor([row[i] + [fill] * (longest - len(row[i])) for row in rows]) for i, fill in enumerate(fills)
        )
        same = (block_of[:, :, None] == block_of[:, None, :]) | (block_of[:, None, :] == 0)
        allowed = same & torch.ones(longest, longest, dtype=torch.bool).tril()
        mask = torch.zeros(allowed.shape).masked_fill(~allowed, torch.finfo(torch.float32).min)
        return {
            "input_ids": tokens,
            "labels": targets,
            "position_ids": positions,
            "attention_mask": mask[:, None],
            "pixel_values": pixels(np.stack([sample.views for sample in samples])),
            "image_sizes": torch.tensor([(sample.size[1], sample.size[0]) for sample in samples]),
        }


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
    batch = SpeakBatch(processor, args.side)
    end = processor.tokenizer.eos_token_id
    games = lessons.own_games(rng, args.own_games) if stage == "refine" else None
    stream = SampleStream(lessons, (), args.side, args.grid, input_side_px=args.input_side_px)
    batches: list[list[_Pair]] = []
    turns = cycle(range(args.own_every))
    modules: dict[str, torch.nn.Module] = {"model": model}
    place, seen = torch.nn.Linear(args.width, args.grid**2).to(args.device), list[Tensor]()
    if args.tower_share:
        modules["place"] = place
        watched = tower.register_forward_hook(lambda *call: seen.append(call[-1].last_hidden_state))

    def next_batch() -> list[_Pair]:
        if not batches:  # what is about as long comes together, so that no short answer is filled up to a long one
            samples = buffer.draw(_SORTED * args.speak_batch, rng)
            pairs = [(s, (lessons.move_exchange(s.scene, rng), lessons.other_exchange(s.scene, rng))) for s in samples]
            pairs.sort(key=lambda pair: sum(len(exchange.text) for exchange in pair[1]))
            starts = rng.permutation(_SORTED) * args.speak_batch
            batches.extend(pairs[start : start + args.speak_batch] for start in starts)
        return batches.pop()

    def loss_of() -> tuple[Tensor, str]:
        buffer.add(math.ceil(args.speak_batch / args.reuse))
        if games and next(turns) == 0:
            scenes = list(games.scenes)
            buffer.put([stream.clean_sample(scene) for scene in scenes])
            with mixed(args):
                games.play(_advised(model, processor, lessons, scenes))
        samples, exchanges = zip(*next_batch(), strict=True)
        tensors = {name: tensor.to(args.device) for name, tensor in batch(samples, exchanges).items()}
        labels = tensors.pop("labels")[:, 1:]
        weights = torch.ones(labels.shape, device=args.device)
        for back in range(1, _LAST_WORDS + 1):
            weights[:, :-back][labels[:, back:] == end] = weight
        spoken = labels != _IGNORED
        with mixed(args):
            if args.mixed:
                tensors["attention_mask"] = tensors["attention_mask"].bfloat16()
            hidden = model.model(**tensors, use_cache=False).last_hidden_state[:, :-1]
            logits = model.lm_head(hidden[spoken]).float()
        losses = F.cross_entropy(logits, labels[spoken], reduction="none") * weights[spoken]
        right = (logits.argmax(-1) == labels[spoken]).float().mean().item()
        loss, said = losses.sum() / weights[spoken].sum(), f"words right {right:.4f}"
        if args.tower_share:
            lost = place_loss(place, seen[-1][:, 1:].float())
            seen.clear()
            loss, said = loss + lost, f"{said} place {lost.item():.3f}"
        return loss, said

    every, share = args.checkpoint_every, args.tower_share
    optimise(modules, loss_of, checkpoint, *plan, every, report, slow=tower, slow_share=share)
    if args.tower_share:
        watched.remove()


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
    model, processor = build(lessons, args)
    cast(torch.nn.Module, model).to(args.device).train()
    if args.mixed and args.device == "cpu":
        model.set_attn_implementation("eager")  # torch's own attention is slow backwards in bfloat16
    if args.compiled:
        compile_for_training(cast(torch.nn.Module, model.model.vision_tower))
    began = time.monotonic()
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
    model = LlavaNextForConditionalGeneration.from_pretrained(folder, dtype=torch.float32).eval()
    processor = LlavaNextProcessor.from_pretrained(folder)
    metrics = _keep_metrics(folder, lessons.measure(partial(answers, model, processor), seed, report))
    card = lessons.card(metrics, sum(parameter.numel() for parameter in model.parameters()))
    (folder / "README.md").write_text(card, encoding="utf-8")
    return metrics


def _keep_metrics(folder: Path, new: Mapping[str, Any]) -> dict[str, Any]:
    """Add to the metrics beside a model; all of them."""
    path = folder / "metrics.json"
    metrics = {**(json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}), **new}
    path.write_text(json.dumps(metrics, indent=2) + "\n", encoding="utf-8")
    return metrics


def answers(
    model: LlavaNextForConditionalGeneration,
    processor: LlavaNextProcessor,
    pictures: Sequence[Image.Image],
    questions: Sequence[str],
    batch: int = 40,
) -> list[str]:
    """Greedy answers to one question about each picture, in batches padded on the left."""
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
        with torch.inference_mode():
            output = cast(Any, model).generate(**inputs.to(model.device), max_new_tokens=100, do_sample=False)
        texts += processor.tokenizer.batch_decode(output[:, inputs["input_ids"].shape[1] :], skip_special_tokens=True)
    return texts


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
