"""Trains a bundled coach: a small LLaVA-NeXT that sees a game and says the next move, as the game's lessons teach.

Three stages, as LLaVA itself is trained from a vision tower that already sees:

1. *Look*: the CLIP tower learns from every patch what the lessons label there, for instance what it is, how far the
   goal is from it, and which moves are best on that square. These labels are dense (a picture gives a hundred of
   them), so that planning is learned from far fewer pictures than from one answer each.
2. *Speak*: projector and language model learn to answer questions about the picture in sentences; the tower rests.
   Two questions share one picture in a sequence (block-diagonal attention), which halves the cost of an answer.
3. *Refine*: the same, mostly on positions where the way that a glance suggests is wrong, and with more weight on the
   last words of an answer, which are the move. These positions are rare, but who errs on one is stuck there.
"""

import json
import logging
import math
import os
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any, Literal, cast

import numpy as np
import torch
import torch.nn.functional as F
from PIL import Image
from torch import Tensor, nn
from torch.utils.data import DataLoader
from transformers import LlavaNextForConditionalGeneration, LlavaNextProcessor

from coach_app.games.captures import INPUT_SIDE_PX
from coach_app.games.lessons import Exchange, Lessons
from coach_app.training.bundled.model import build_model, build_processor, train_tokenizer
from coach_app.training.bundled.reading import features, reading, unseen_samples
from coach_app.training.bundled.stream import Sample, SampleStream, pixels

log = logging.getLogger(__name__)

Report = Callable[[str], None]
_IGNORED = -100
_LAST_WORDS = 5  # of an answer, its end included


def _multiplies_bfloat16() -> bool:
    """Whether this processor has matrix units for bfloat16 (Intel's AMX)."""
    return bool(torch.cpu._is_amx_tile_supported())


@dataclass
class CoachArgs:
    """Everything that the training depends on; saved beside the weights."""

    out: Path = Path("out/train/coach/model")
    work: Path = Path("out/train/coach/work")  # checkpoints, to go on after a stop
    seed: int = 1
    threads: int = field(default_factory=lambda: os.cpu_count() or 1)
    mixed: bool = field(default_factory=_multiplies_bfloat16)  # bfloat16 where it is safe: twice as fast
    workers: int = 1  # processes that draw pictures; 0 draws them in this one
    input_side_px: int = INPUT_SIDE_PX  # pictures are shrunk to this, as the catalogue says of the coach
    side: int = 128  # pixels of a view
    patch: int = 16  # pixels of a patch
    width: int = 192  # of tower and language model
    heads: int = 6
    tower_layers: int = 6
    layers: int = 4  # of the language model
    vocabulary: int = 1024
    sentences: int = 20_000  # that the tokenizer is trained on
    buffer: int = 8192  # pictures kept to draw from
    reuse: int = 3  # how often a picture is used
    warm_up: int = 200  # steps
    look_steps: int = 2600
    look_batch: int = 32  # views
    look_rate: float = 1e-3
    look_floor: float = 0.3  # share of the rate at the end
    own_games: int = 8  # that the coach plays itself, where its lessons have such
    own_from: int = 600  # steps
    look_test: int = 200  # unseen pictures that are read at every checkpoint
    speak_steps: int = 1500
    speak_batch: int = 24  # pictures with two questions each
    speak_rate: float = 1.5e-3
    speak_floor: float = 0.03
    refine_steps: int = 1500
    refine_rate: float = 5e-4
    refine_floor: float = 0.0
    refine_warm_up: int = 20
    refine_tricky_share: float = 0.7  # of the positions
    refine_weight: float = 4.0  # of the last words
    checkpoint_every: int = 200  # steps

    def __post_init__(self) -> None:
        if self.side % self.patch or self.width % (2 * self.heads):
            raise ValueError("side must be a multiple of patch, and width of twice the heads")
        for name in (
            "look_steps",
            "speak_steps",
            "refine_steps",
            "look_batch",
            "speak_batch",
            "reuse",
            "buffer",
            "checkpoint_every",
        ):
            if getattr(self, name) < 1:
                raise ValueError(f"{name} must be at least 1")
        self.out, self.work = Path(self.out), Path(self.work)

    @property
    def grid(self) -> int:
        """Patches along a side of a view."""
        return self.side // self.patch


def _mixed(args: CoachArgs) -> torch.autocast:
    return torch.autocast("cpu", torch.bfloat16, enabled=args.mixed)


class _Buffer:
    """The last pictures of a stream: drawing a new one costs more than learning from an old one again."""

    def __init__(self, lessons: Lessons, args: CoachArgs, *salt: int, tricky_share: float = 0.0) -> None:
        stream = SampleStream(
            lessons, (args.seed, *salt), args.side, args.grid, tricky_share, input_side_px=args.input_side_px
        )
        ahead = 128 if args.workers else None
        loader = DataLoader(stream, batch_size=None, num_workers=args.workers, prefetch_factor=ahead)
        self._stream: Iterator[Sample] = iter(loader)
        self._samples: list[Sample] = []
        self._room, self._at = args.buffer, 0
        self.add(min(256, args.buffer))

    def add(self, count: int) -> None:
        self.put([next(self._stream) for _ in range(count)])

    def put(self, samples: Sequence[Sample]) -> None:
        """Keep these instead of the oldest."""
        for sample in samples:
            if len(self._samples) < self._room:
                self._samples.append(sample)
            else:
                self._samples[self._at % self._room] = sample
            self._at += 1

    def draw(self, count: int, rng: np.random.Generator) -> list[Sample]:
        return [self._samples[i] for i in rng.integers(len(self._samples), size=count)]


def _schedule(step: int, steps: int, floor: float, warm_up: int) -> float:
    """Share of the full learning rate: a linear start, then half a cosine down to ``floor``."""
    if step < warm_up:
        return (step + 1) / warm_up
    return floor + (1 - floor) * 0.5 * (1 + math.cos(math.pi * min(1.0, step / steps)))


def _look_losses(seen: Tensor, labels: Tensor, split: Sequence[int]) -> Tensor:
    """The losses of the looking stage.

    Args:
        seen: (views, patches, sum of the class counts) float32.
        labels: (views, patches, labels) int64, from ``patch_labels``.
        split: how many of ``seen`` belong to each label, and to the best moves.

    Returns:
        float32: one for each label, and one for the best moves.
    """
    *classes, best = seen.split(split, -1)
    losses = [_look_loss(c.flatten(0, 1), labels[..., i].flatten()) for i, c in enumerate(classes)]
    wanted = labels[..., len(classes) :].float()
    counts = (wanted >= 0).float()
    each = F.binary_cross_entropy_with_logits(best, wanted.clamp(min=0), reduction="none")
    return torch.stack([*losses, (each * counts).sum() / counts.sum().clamp(min=1)])


def _look_loss(seen: Tensor, labels: Tensor) -> Tensor:
    """Of one label, whose last value says that there is nothing of it.

    What a single patch of a picture shows (where the player looks, for instance) counts as much as what all show.
    """
    each, shown = F.cross_entropy(seen, labels, reduction="none"), labels != seen.shape[-1] - 1
    return each[shown].sum() / shown.sum().clamp(min=1) + each[~shown].sum() / len(each)


def _steps_done(checkpoint: Path) -> int:
    """Where the run that left this checkpoint had come to; 0 without one."""
    return int(torch.load(checkpoint, weights_only=True)["step"]) if checkpoint.is_file() else 0


def _optimise(
    modules: dict[str, nn.Module],
    loss_of: Callable[[], tuple[Tensor, str]],
    checkpoint: Path,
    rate: float,
    floor: float,
    warm_up: int,
    steps: int,
    every: int,
    report: Report,
    measure: Callable[[], str] = str,
) -> None:
    """AdamW with a warm-up and a cosine, going on where the last checkpoint stopped.

    Args:
        modules: what the checkpoint holds; trained as far as it requires gradients.
        loss_of: draws a batch; the loss, and words for the report.
        every: steps from checkpoint to checkpoint.
        measure: what is reported at every checkpoint.
    """
    parameters = [p for module in modules.values() for p in module.parameters() if p.requires_grad]
    optimiser = torch.optim.AdamW(parameters, lr=rate, betas=(0.9, 0.98), weight_decay=0.01)
    first = _steps_done(checkpoint)
    if first:
        state = torch.load(checkpoint, weights_only=True)
        for name, module in modules.items():
            module.load_state_dict(state[name])
        optimiser.load_state_dict(state["optimiser"])
        report(f"{checkpoint.stem} goes on at step {first}")
    began = time.monotonic()
    for step in range(first, steps):
        for group in optimiser.param_groups:
            group["lr"] = rate * _schedule(step, steps, floor, warm_up)
        loss, words = loss_of()
        if not torch.isfinite(loss):
            raise FloatingPointError(f"the loss of step {step} is not a number; the last checkpoint is {checkpoint}")
        optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(parameters, 1.0)
        optimiser.step()
        if step % 50 == 0 or step == steps - 1:
            left = (time.monotonic() - began) / (step - first + 1) * (steps - step - 1)
            report(f"{checkpoint.stem} {step + 1}/{steps}  loss {loss.item():.4f}  {words}  {left / 60:.0f} min left")
        if (step + 1) % every == 0 or step == steps - 1:
            checkpoint.parent.mkdir(parents=True, exist_ok=True)
            whole = {name: module.state_dict() for name, module in modules.items()}
            partial = checkpoint.with_suffix(".part")
            torch.save({**whole, "optimiser": optimiser.state_dict(), "step": step + 1}, partial)
            partial.replace(checkpoint)
            if measured := measure():
                report(f"{checkpoint.stem} {step + 1}/{steps}  {measured}")


def look(model: LlavaNextForConditionalGeneration, lessons: Lessons, args: CoachArgs, report: Report) -> None:
    """Stage 1: the vision tower learns what every patch shows."""
    tower = model.model.vision_tower
    split = (*map(len, lessons.LABELS.values()), lessons.MOVES)
    head = nn.Linear(args.width, sum(split))
    checkpoint = args.work / "look.pt"
    buffer = _Buffer(lessons, args, 1, _steps_done(checkpoint))
    rng = np.random.default_rng([args.seed, 2, _steps_done(checkpoint)])
    weights = torch.tensor([*[1.0] * len(lessons.LABELS), 2.0])

    stream = SampleStream(lessons, (), args.side, args.grid, input_side_px=args.input_side_px)
    games = lessons.own_games(np.random.default_rng([args.seed, 13, _steps_done(checkpoint)]), args.own_games)
    steps = count(_steps_done(checkpoint))

    def loss_of() -> tuple[Tensor, str]:
        buffer.add(math.ceil(args.look_batch / args.reuse))
        if games and next(steps) >= args.own_from:
            own = [stream.clean_sample(scene) for scene in games.scenes]
            with _mixed(args):
                moves = _moves(tower, head, lessons, own)
            games.play(moves)
            buffer.put(own)
        samples = buffer.draw(args.look_batch, rng)
        which = rng.integers(2, size=len(samples))
        views = np.stack([sample.views[i] for sample, i in zip(samples, which, strict=True)])
        labels = np.stack([sample.labels[i] for sample, i in zip(samples, which, strict=True)]).astype(np.int64)
        with _mixed(args):
            seen = head(features(tower, views))
        losses = _look_losses(seen.float(), torch.from_numpy(labels), split)
        return (losses * weights).sum(), " ".join(f"{part:.3f}" for part in losses.tolist())

    modules = {"tower": tower, "head": head}
    rates = (args.look_rate, args.look_floor, args.warm_up)
    unseen = unseen_samples(stream, lessons, args.look_test, np.random.default_rng([args.seed, 7]))
    measure = partial(reading, tower, head, lessons, unseen)
    _optimise(modules, loss_of, checkpoint, *rates, args.look_steps, args.checkpoint_every, report, measure)


def _moves(tower: nn.Module, head: nn.Linear, lessons: Lessons, samples: Sequence[Sample]) -> list[str]:
    """The moves that a tower in training has read off these pictures, where it is surest of one."""
    with torch.inference_mode():
        seen = head(features(tower, np.stack([sample.views[0] for sample in samples])))
    names, at = list(lessons.LABELS), list(lessons.LABELS).index("move")
    logits = seen.split([len(lessons.LABELS[name]) for name in names] + [lessons.MOVES], -1)[at][..., :-1]
    found = logits.flatten(1).argmax(-1) % logits.shape[-1]
    return [lessons.LABELS["move"][number] for number in found.tolist()]


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

    def __call__(self, samples: list[Sample], exchanges: Sequence[Sequence[Exchange]]) -> dict[str, Tensor]:
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
    """Stages 2 and 3: the projector and the language model learn to answer; the tower stays as it is."""
    model.model.vision_tower.requires_grad_(False)
    checkpoint = args.work / f"{stage}.pt"
    done = _steps_done(checkpoint)
    if stage == "speak":
        plan, weight = (args.speak_rate, args.speak_floor, args.warm_up, args.speak_steps), 1.0
        buffer, rng = _Buffer(lessons, args, 3, done), np.random.default_rng([args.seed, 4, done])
    else:
        plan = (args.refine_rate, args.refine_floor, args.refine_warm_up, args.refine_steps)
        weight = args.refine_weight
        buffer = _Buffer(lessons, args, 11, done, tricky_share=args.refine_tricky_share)
        rng = np.random.default_rng([args.seed, 12, done])
    batch = SpeakBatch(processor, args.side)
    end = processor.tokenizer.eos_token_id

    def loss_of() -> tuple[Tensor, str]:
        buffer.add(math.ceil(args.speak_batch / args.reuse))
        samples = buffer.draw(args.speak_batch, rng)
        exchanges = [(lessons.move_exchange(s.scene, rng), lessons.other_exchange(s.scene, rng)) for s in samples]
        tensors = batch(samples, exchanges)
        labels = tensors.pop("labels")[:, 1:]
        weights = torch.ones(labels.shape)
        for back in range(1, _LAST_WORDS + 1):
            weights[:, :-back][labels[:, back:] == end] = weight
        spoken = labels != _IGNORED
        with _mixed(args):
            hidden = model.model(**tensors, use_cache=False).last_hidden_state[:, :-1]
            logits = model.lm_head(hidden[spoken]).float()
        losses = F.cross_entropy(logits, labels[spoken], reduction="none") * weights[spoken]
        right = (logits.argmax(-1) == labels[spoken]).float().mean().item()
        return losses.sum() / weights[spoken].sum(), f"words right {right:.4f}"

    _optimise({"model": model}, loss_of, checkpoint, *plan, args.checkpoint_every, report)


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
    model.train()
    if args.mixed:
        model.set_attn_implementation("eager")  # torch's own attention is slow backwards in bfloat16
    began = time.monotonic()
    look(model, lessons, args, report)
    speak(model, processor, lessons, args, report)
    speak(model, processor, lessons, args, report, "refine")
    model.eval()
    model.set_attn_implementation("sdpa")
    save(model, processor, args)
    metrics = {
        "training_minutes": round((time.monotonic() - began) / 60, 1),
        **lessons.measure(partial(answers, model, processor), args.seed, report),
    }
    (args.out / "metrics.json").write_text(json.dumps(metrics, indent=2) + "\n", encoding="utf-8")
    parameters = sum(parameter.numel() for parameter in model.parameters())
    (args.out / "README.md").write_text(lessons.card(metrics, parameters), encoding="utf-8")
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
            output = cast(Any, model).generate(**inputs, max_new_tokens=100, do_sample=False)
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
