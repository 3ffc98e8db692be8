"""Adapts a model to a game by LoRA (Hu et al. 2021, arXiv:2106.09685), and reports what it learned and forgot."""

import hashlib
import json
import logging
import re
import shutil
import time
import warnings
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import torch
from peft import LoraConfig, get_peft_model
from torch import Tensor

from coach_app.domain.moves import named_move
from coach_app.engine.loader import VisionModel, load_text, load_vision
from coach_app.games.profiles import profile_of
from coach_app.models.catalogue import ModelEntry, learned_from, resolve
from coach_app.training.bootstrap import improvement
from coach_app.training.experience.arguments import AdaptArgs
from coach_app.training.experience.examples import (
    IGNORED,
    Asked,
    Encoder,
    Prepared,
    TextEncoder,
    VisionEncoder,
    known_before,
    questions,
)
from coach_app.training.experience.fitting import fit
from coach_app.training.experience.losses import dpo_loss, margin_loss
from coach_app.training.experience.measuring import (
    Answers,
    commonest,
    losses_of,
    measured,
)
from coach_app.training.experience.own_words import advice_of, in_own_words
from coach_app.training.precision import multiplies_bfloat16
from coach_app.training.reading.adapter import keep
from coach_app.training.records import write_args, write_json

log = logging.getLogger(__name__)

Report = Callable[[str], None]
_MOST_SAME = 0.9
_OWN_WORDS = "own-words.json"
_PICTURES = ("processor_config.json", "preprocessor_config.json")
_LANGUAGE = r"(?:.*\.)?language_model\."
"""The language model in a model that sees: its vision tower has layers of the same names."""


@dataclass(frozen=True)
class Answered:
    """One question with several answers, of which some are better.

    Attributes:
        answers: the question with each answer.
        ratings: of each, from 1 to 7.
        held_out: whether it is for the test.
    """

    answers: tuple[Asked, ...]
    ratings: tuple[int, ...]
    held_out: bool


@dataclass(frozen=True)
class _Learner:
    """A model with an adapter that changes nothing yet."""

    entry: ModelEntry
    model: Any
    prepared: Prepared
    vision: VisionModel | None

    @property
    def sees(self) -> bool:
        return self.vision is not None

    def in_own_words(self, asked: list[Asked], args: AdaptArgs, report: Report) -> list[Asked]:
        """Questions as a model that is made for this game answers them, with the moves to be learned; others as they
        are. Kept beside what is learned, so that an interrupted run goes on with the same."""
        if self.vision is None or not self._advises(args.game):
            return asked
        made = hashlib.blake2b(
            repr([(each.prompt, each.answer) for each in asked]).encode(), digest_size=16
        ).hexdigest()
        file = args.out / _OWN_WORDS
        kept = json.loads(file.read_text("utf-8")) if file.exists() else {}
        if kept.get("questions") != made:
            moves = profile_of(args.game).moves
            told = in_own_words(self.vision, self.entry.input_side_px, asked, moves, args.seed, report)
            kept = {"questions": made, "answers": [each.answer for each in told]}
            args.out.mkdir(parents=True, exist_ok=True)
            write_json(file, kept)
        return [replace(each, answer=answer) for each, answer in zip(asked, kept["answers"], strict=True)]

    def answers(self, asked: Sequence[Asked], game: str) -> Answers:
        """How it answers about a game: by the moves that it names if it is made for it, else word by word."""
        answers = measured(self.model.eval(), self.prepared, asked)
        advice = [number for number, each in enumerate(asked) if each.move and each.picture]
        if self.vision is None or not advice or not self._advises(game):
            return answers
        right, moves = list(answers.right), profile_of(game).moves
        told = advice_of(self.vision, self.entry.input_side_px, [asked[number] for number in advice])
        named = [named_move(text, moves) for text in told]
        for number, move in zip(advice, named, strict=True):
            right[number] = move == asked[number].move
        same = Counter(named).most_common(1)[0][1] / len(named)
        return replace(answers, right=tuple(right), same=max(same, answers.same))

    def _advises(self, game: str) -> bool:
        return profile_of(game).id in self.entry.games


def adapt(args: AdaptArgs, report: Report = log.info) -> dict[str, Any]:
    """Learn the questions about a game; goes on where an interrupted run into the same folder stopped.

    Returns:
        The report, as saved in ``metrics.json``: what was learned and forgotten, and whether it is ``better``.

    Raises:
        CoachError: the base or the questions are not there.
    """
    began = time.perf_counter()
    learner = _learner(args)
    learned = questions(args.questions, "train", learner.sees, args.examples, args.seed)
    tested = questions(args.questions, "test", learner.sees, args.measured, args.seed)
    learned = learner.in_own_words(learned, args, report)
    known = known_before(learner.entry, learner.sees, args.general, args.seed)
    unseen = known_before(learner.entry, learner.sees, args.measured, args.seed, unseen=True)
    before = _both(learner, tested, unseen, args.game)
    report(f"{len(learned):,} questions about {args.game} for {learner.entry.title}, method {args.method}")

    def loss(batch: Sequence[Asked]) -> Tensor:
        return losses_of(learner.model, learner.prepared.batch(batch)).mean()

    words = [f"{asked.prompt}\n{asked.answer}" for asked in learned]
    fit(learner.model, learner.prepared, args, learned, words, loss, known, report)
    after = _both(learner, tested, unseen, args.game)
    mean, low, high = improvement(before[0].right, after[0].right, [asked.seed for asked in tested], args.seed)
    collapsed = after[0].same > max(_MOST_SAME, commonest(tested))
    metrics = {
        "method": args.method,
        "questions": {"before": round(before[0].share, 4), "after": round(after[0].share, 4)},
        "improvement": {"mean": round(mean, 4), "low": round(low, 4), "high": round(high, 4)},
        **_forgotten(before[1], after[1]),
        "collapsed": collapsed,
        "better": low > 0 and not collapsed,
        "seconds": round(time.perf_counter() - began),
    }
    _save(learner, args, metrics)
    return metrics


def prefer(args: AdaptArgs, answered: Sequence[Answered], report: Report = log.info) -> dict[str, Any]:
    """Learn what the player prefers, by the margin loss of Stable Alignment or by direct preference optimization.

    Goes on where an interrupted run into the same folder stopped.

    Returns:
        The report, as saved in ``metrics.json``: how often better answers are more likely, and what was forgotten.

    Raises:
        CoachError: the base is not there.
    """
    began = time.perf_counter()
    learner = _learner(args)
    known = known_before(learner.entry, learner.sees, args.general, args.seed)
    unseen = known_before(learner.entry, learner.sees, args.measured, args.seed, unseen=True)
    learned = [each for each in answered if not each.held_out] or list(answered)
    tested = [each for each in answered if each.held_out]
    orders, before = _ordered(learner, learned), measured(learner.model.eval(), learner.prepared, unseen)
    held_orders = _ordered(learner, tested)

    as_before: dict[int, Tensor] = {}

    def loss_of(each: Answered) -> Tensor:
        batch = learner.prepared.batch(each.answers)
        losses = losses_of(learner.model, batch)
        if args.loss == "margin":
            return margin_loss(list(losses), each.ratings)
        if id(each) not in as_before:
            with torch.no_grad(), learner.model.disable_adapter():
                as_before[id(each)] = losses_of(learner.model, batch)
        words = (batch.labels != IGNORED).sum(1)
        return dpo_loss(losses * words, as_before[id(each)] * words, each.ratings)

    def loss(batch: Sequence[Answered]) -> Tensor:
        return torch.stack([loss_of(each) for each in batch]).mean()

    words = [f"{asked.prompt}\n{asked.answer}" for each in learned for asked in each.answers]
    fit(learner.model, learner.prepared, args, learned, words, loss, known, report)
    after = measured(learner.model.eval(), learner.prepared, unseen)
    metrics = {
        "method": args.method,
        "ordered": {"before": orders, "after": _ordered(learner, learned)},
        "ordered_held_out": {"before": held_orders, "after": _ordered(learner, tested)},
        **_forgotten(before, after),
        "seconds": round(time.perf_counter() - began),
    }
    _save(learner, args, metrics)
    return metrics


def _learner(args: AdaptArgs) -> _Learner:
    if args.threads:
        torch.set_num_threads(args.threads)
    torch.manual_seed(args.seed)
    entry = entry_of(args.base)
    sees = entry.role == "vision"
    encoder: Encoder
    vision = None
    if sees:
        vision = load_vision(entry.path(), args.four_bit, quick=False)
        base, encoder = vision.model, VisionEncoder(vision, entry.input_side_px, rests=not args.wide)
        pad = vision.processor.tokenizer.pad_token_id
    else:
        text = load_text(entry.path(), args.four_bit, trained=True)
        base, encoder, pad = text.model, TextEncoder(text), text.tokenizer.pad_token_id
    if base.device.type == "cpu" and multiplies_bfloat16():
        base.set_attn_implementation("eager")  # torch's own attention is slow backwards in bfloat16
    layers = "|".join(map(re.escape, args.targets))
    named = f"{_LANGUAGE if sees else ''}.*\\.(?:{layers})"
    lora = LoraConfig(
        r=args.rank,
        lora_alpha=args.alpha,
        lora_dropout=args.dropout,
        target_modules=_all_linear(base) if sees and args.wide else named,
        task_type=None if sees else "CAUSAL_LM",
    )
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="`is_gradient_checkpointing` is deprecated")  # still required by peft
        model = get_peft_model(base, lora)
    return _Learner(entry, model, Prepared(encoder, pad or 0), vision)


def _all_linear(base: torch.nn.Module) -> list[str]:
    return [name for name, module in base.named_modules() if isinstance(module, torch.nn.Linear)]


def entry_of(base: str) -> ModelEntry:
    """The entry of a model; a folder holds one that sees if it says how pictures are prepared.

    Raises:
        CoachError: there is no such model.
    """
    folder = Path(base)
    sees = any((folder / name).is_file() for name in _PICTURES)
    return resolve(base, "vision" if sees else "text")


def _both(learner: _Learner, tested: Sequence[Asked], unseen: Sequence[Asked], game: str) -> tuple[Answers, Answers]:
    """How it answers about the game, and what it knew before."""
    return learner.answers(tested, game), measured(learner.model.eval(), learner.prepared, unseen)


def _forgotten(before: Answers, after: Answers) -> dict[str, Any]:
    return {
        "known": {"before": round(before.share, 4), "after": round(after.share, 4)},
        "perplexity": {"before": round(before.perplexity, 4), "after": round(after.perplexity, 4)},
        "distance": round(after.distance, 5),
    }


@torch.no_grad()
def _ordered(learner: _Learner, answered: Sequence[Answered]) -> float | None:
    """The share of questions whose best answer is the most likely one; None without questions."""
    model, right = learner.model.eval(), []
    for each in answered:
        losses = losses_of(model, learner.prepared.batch(each.answers)).tolist()
        best = max(range(len(losses)), key=lambda index: each.ratings[index])
        right.append(losses[best] == min(losses))
    return round(sum(right) / len(right), 4) if right else None


def _save(learner: _Learner, args: AdaptArgs, metrics: dict[str, Any]) -> None:
    keep(learner.model, learner.entry, args.out)
    write_args(args.out, args)
    write_json(args.out / "metrics.json", metrics)
    if args.merged:
        folder, base = args.out / "model", learner.entry.path()
        folder.mkdir(exist_ok=True)
        for file in base.iterdir():
            if file.suffix in (".json", ".model", ".jinja", ".txt") and not file.name.endswith(".index.json"):
                shutil.copy(file, folder / file.name)
        learner.model.merge_and_unload().save_pretrained(str(folder))
        learned_from(folder, learner.entry, args.game)
