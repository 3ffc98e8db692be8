"""Trains a LoRA adapter (Hu et al. 2021, arXiv:2106.09685) that plays by reading, and stops by how well it plays."""

import json
import logging
import math
import random
import time
import warnings
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, cast

import torch
from peft import LoraConfig, get_peft_model
from transformers import PrinterCallback, Trainer, TrainerCallback, TrainerControl, TrainerState, TrainingArguments
from transformers.trainer_utils import get_last_checkpoint

from coach_app.domain.errors import CoachError
from coach_app.engine.answering import chat_ids
from coach_app.engine.loader import load_text
from coach_app.games.catalogue import to_play
from coach_app.games.reading import Reading
from coach_app.models.catalogue import ModelEntry, resolve
from coach_app.models.checkpoint import ADAPTER_CONFIG, read_json
from coach_app.training.collapse import refuse_collapse
from coach_app.training.precision import multiplies_bfloat16
from coach_app.training.reading.arguments import ReadingArgs
from coach_app.training.reading.lessons import Lesson, balanced, lessons
from coach_app.training.reading.playing import Played, played
from coach_app.training.records import write_args, write_json
from coach_app.training.rows import IGNORED, collate

log = logging.getLogger(__name__)

Report = Callable[[str], None]
_MOST_SAME = 0.9
"""Share of the commonest move above which an adapter has collapsed; a teacher's is below a third."""


def train(args: ReadingArgs, report: Report = log.info) -> dict[str, Any]:
    """Train, keep the adapter that plays best, and check for a collapse; resumes an interrupted run.

    Returns:
        The metrics, as saved in ``metrics.json``.

    Raises:
        CoachError: the game cannot be played by reading, the base is not here, or the adapter has collapsed; that is
            saved all the same, and the sentence says where.
    """
    began = time.perf_counter()
    if args.threads:
        torch.set_num_threads(args.threads)
    game = to_play(args.game)
    if game.reading is None:
        raise CoachError(f"{args.game} cannot be played by reading.", "Choose another game.")
    reading, base = game.reading(), resolve(args.base, role="text")
    text = load_text(base.path(), trained=True)
    chosen = balanced(lessons(game, reading, args, report), args)
    rows = [example(text.tokenizer, reading, lesson, form, args) for lesson, form in _formed(chosen, reading, args)]
    rows = [row for row in rows if len(row["input_ids"]) <= args.length]
    if not rows:
        raise CoachError(f"No question with its answer is as short as {args.length} tokens.")
    report(f"{len(rows):,} lessons of {args.game} for {base.title}")
    card = torch.cuda.is_available()
    torch.manual_seed(args.seed)
    lora = LoraConfig(
        r=args.rank,
        lora_alpha=args.alpha,
        lora_dropout=args.dropout,
        target_modules=list(args.targets),
        task_type="CAUSAL_LM",
    )
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="`is_gradient_checkpointing` is deprecated")  # still required by peft
        model = get_peft_model(text.model, lora)
    steps = max(1, math.ceil(len(rows) / args.batch * args.epochs))
    every = max(1, steps // args.evaluations)

    def play(step: int) -> Played:
        return played(model, text.tokenizer, game, reading, args, step)

    watch = _Watch(args, base, play, steps, every, report)
    trainer = _Trainer(
        model=model,
        args=TrainingArguments(
            output_dir=str(args.out / "run"),
            max_steps=steps,
            per_device_train_batch_size=args.batch // args.pieces,
            gradient_accumulation_steps=args.pieces,
            learning_rate=args.rate,
            warmup_steps=steps // 20,
            lr_scheduler_type="cosine",
            max_grad_norm=1.0,
            logging_steps=max(1, steps // 40),
            save_steps=every,
            report_to=[],
            seed=args.seed,
            use_cpu=not card,
            bf16=multiplies_bfloat16(),
            disable_tqdm=True,
            dataloader_pin_memory=card,
            remove_unused_columns=False,
        ),
        train_dataset=cast(Any, rows),
        data_collator=lambda batch: collate(batch, text.tokenizer.eos_token_id),
        callbacks=[watch],
    )
    trainer.model_accepts_loss_kwargs = False  # the loss of a piece is a mean, which the trainer has to divide
    trainer.remove_callback(PrinterCallback)
    trainer.train(resume_from_checkpoint=get_last_checkpoint(str(args.out / "run")) if args.out.exists() else None)
    best = max(watch.plays[1:] or watch.plays, key=lambda each: each.reward)
    metrics: dict[str, Any] = {
        "lessons": len(rows),
        "steps": trainer.state.global_step,
        "before": asdict(watch.plays[0]),
        "best": asdict(best),
        "seconds": round(time.perf_counter() - began),
    }
    write_args(args.out, args)
    history = {"plays": [asdict(each) for each in watch.plays], "history": trainer.state.log_history}
    write_json(args.out / "metrics.json", metrics | history)
    refuse_collapse(best.commonest_share, _MOST_SAME, f"moves ({best.commonest_move})", args.out)
    return metrics


def _formed(chosen: Sequence[Lesson], reading: Reading, args: ReadingArgs) -> list[tuple[Lesson, str]]:
    """Each lesson with the form of its answer."""
    rng = random.Random(args.seed)
    forms = list(reading.forms)
    playing = args.form or forms[0]
    return [(lesson, rng.choice([playing, *forms]) if args.varied else playing) for lesson in chosen]


def example(tokenizer: Any, reading: Reading, lesson: Lesson, form: str, args: ReadingArgs) -> dict[str, list[int]]:
    """A lesson as tokens: ``input_ids`` and ``labels``, lists of int of equal length."""
    asked = chat_ids(tokenizer, reading.asked(lesson.state, lesson.last, form, args.short))
    said = tokenizer(lesson.taught().answer(form), add_special_tokens=False)["input_ids"] + [tokenizer.eos_token_id]
    labels = [IGNORED] * len(asked) if args.answer_only else asked
    return {"input_ids": asked + said, "labels": labels + said}


class _Trainer(Trainer):
    """A trainer that computes logits only where something is learned."""

    def compute_loss(self, model: Any, inputs: Any, *_: Any, **__: Any) -> torch.Tensor:
        """See transformers."""
        base = self.accelerator.unwrap_model(model).get_base_model()
        learned = inputs["labels"][:, 1:] != IGNORED
        with torch.autocast(self.args.device.type, torch.bfloat16, enabled=self.args.bf16):
            ids, mask = inputs["input_ids"], inputs["attention_mask"]
            hidden = base.model(input_ids=ids, attention_mask=mask).last_hidden_state
            logits = base.lm_head(hidden[:, :-1][learned]).float()
        return torch.nn.functional.cross_entropy(logits, inputs["labels"][:, 1:][learned])


class _Watch(TrainerCallback):
    """Reports, plays now and then, keeps the best adapter, and stops when it plays no better.

    Args:
        args: of the training.
        base: the text model.
        play: plays at a step.
        steps: of the whole training.
        every: so many steps it plays.
        report: gets each line.

    Attributes:
        plays: what came of all plays, the one before the training first.
    """

    def __init__(
        self,
        args: ReadingArgs,
        base: ModelEntry,
        play: Callable[[int], Played],
        steps: int,
        every: int,
        report: Report,
    ) -> None:
        self._args, self._base, self._play, self._report = args, base, play, report
        self._steps, self._every = steps, every
        self._file = args.out / "plays.json"
        self.plays: list[Played] = []
        self._began, self._first = time.perf_counter(), 0

    def on_train_begin(self, args: TrainingArguments, state: TrainerState, control: TrainerControl, **_: Any) -> None:
        self._began, self._first = time.perf_counter(), state.global_step
        if state.global_step and self._file.is_file():
            kept = [Played(**row) for row in json.loads(self._file.read_text("utf-8"))["plays"]]
            self.plays = [each for each in kept if each.step <= state.global_step]
        if not self.plays:
            self._add(self._play(0))

    def on_step_end(
        self, args: TrainingArguments, state: TrainerState, control: TrainerControl, model: Any = None, **_: Any
    ) -> None:
        step = state.global_step
        if step % self._every and step != self._steps:
            return
        best = max((each.reward for each in self.plays[1:]), default=-math.inf)
        self._add(now := self._play(step))
        if now.reward > best:
            keep(model, self._base, self._args.out)
        rewards = [each.reward for each in self.plays[1:]]
        if self._args.patience and len(rewards) - 1 - rewards.index(max(rewards)) >= self._args.patience:
            self._report("It plays no better any more: stopped.")
            control.should_training_stop = True

    def on_log(
        self, args: TrainingArguments, state: TrainerState, control: TrainerControl, logs: Any = None, **_: Any
    ) -> None:
        done = state.global_step - self._first
        if logs and done and "loss" in logs:
            left = (time.perf_counter() - self._began) / done * (self._steps - state.global_step)
            self._report(
                f"text {state.global_step:,}/{self._steps:,}  loss {float(logs['loss']):.3f}  {left / 60:.1f} min left"
            )

    def _add(self, now: Played) -> None:
        self.plays.append(now)
        write_json(self._file, {"plays": [asdict(each) for each in self.plays]})
        self._report(
            f"plays at step {now.step:,}: reward {now.reward:.2f}, {now.commonest_share:.0%} {now.commonest_move}, "
            f"{now.entropy_bits:.2f} bits, no move in {now.no_move:.0%}"
        )


def keep(model: Any, base: ModelEntry, folder: Path) -> None:
    """Save an adapter, which names its base by the name that others know, too."""
    model.save_pretrained(str(folder), save_embedding_layers=False)  # an adapted head is still the base's
    (folder / "README.md").unlink(missing_ok=True)  # peft's default, which is empty
    config = read_json(folder, ADAPTER_CONFIG)
    write_json(folder / ADAPTER_CONFIG, config | {"base_model_name_or_path": base.hub_id or str(base.location())})
