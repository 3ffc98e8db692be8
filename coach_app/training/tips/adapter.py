"""Trains a LoRA adapter that answers questions about a game: QLoRA (Dettmers et al. 2023, arXiv:2305.14314) by trl."""

import hashlib
import logging
import math
import random
import time
import warnings
from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from functools import partial
from typing import Any

import torch
from accelerate.state import PartialState
from datasets import Dataset, disable_progress_bars
from peft import LoraConfig
from transformers import (
    EarlyStoppingCallback,
    PrinterCallback,
    TrainerCallback,
    TrainerControl,
    TrainerState,
    TrainingArguments,
)
from transformers.trainer_utils import get_last_checkpoint
from trl.trainer.sft_config import SFTConfig
from trl.trainer.sft_trainer import SFTTrainer

from coach_app.domain.errors import CoachError
from coach_app.domain.sampling import GREEDY
from coach_app.engine.answering import answer_chat, answer_text
from coach_app.engine.loader import TextModel, computes_in_16_bits, load_text
from coach_app.models.catalogue import ModelEntry, resolve
from coach_app.models.checkpoint import ADAPTER_CONFIG, ADAPTER_WEIGHTS, chats, read_json
from coach_app.models.memory import memory_of
from coach_app.training.collapse import refuse_collapse
from coach_app.training.compiling import compile_for_training
from coach_app.training.curve import draw_curves
from coach_app.training.records import write_args, write_json
from coach_app.training.rows import IGNORED
from coach_app.training.tips.arguments import TipsArgs
from coach_app.training.tips.examples import Examples, collate
from coach_app.training.tips.pairs import Pair, pairs_about, read_pairs

log = logging.getLogger(__name__)

Report = Callable[[str], None]
_PROBES = 24
_STEP = 256  # a compiled base gets rows of multiples of this length, as each new one is compiled anew
_MOST_SAME = 0.5
_WORSE = 1.1
_CARD_BYTES = 600_000_000
"""What CUDA and its libraries take for themselves."""


class Trainer(SFTTrainer):
    """A trainer that computes logits only where something is learned, which is a tenth of the tokens."""

    def compute_loss(self, model: Any, inputs: Any, return_outputs: bool = False, *_: Any, **__: Any) -> Any:
        """See transformers."""
        base = self.accelerator.unwrap_model(model).get_base_model()
        given = {name: inputs[name] for name in ("input_ids", "position_ids")}
        unread = torch.finfo(base.dtype).min
        mask = torch.zeros_like(inputs["attention_mask"], dtype=base.dtype).masked_fill(
            ~inputs["attention_mask"], unread
        )
        hidden = base.model(**given, attention_mask=mask, use_cache=False).last_hidden_state
        learned = inputs["labels"][:, 1:] != IGNORED
        logits = base.lm_head(hidden[:, :-1][learned]).float()
        loss = torch.nn.functional.cross_entropy(logits, inputs["labels"][:, 1:][learned])
        return (loss, {}) if return_outputs else loss


def memory_needed(base: ModelEntry, args: TipsArgs, card: bool, tokens: int, learned: int) -> int:
    """Estimated memory of a training in bytes: weights, adapter with optimiser state, and one micro-batch.

    Args:
        base: the model under the adapter.
        args: of the training.
        card: whether it runs on a graphics card.
        tokens: of the largest micro-batch, with padding.
        learned: how many of these are learned; only there the loss is computed.

    Raises:
        CoachError: the base is not here.
    """
    folder = base.path()
    config = read_json(folder, "config.json")
    width, layers = int(config["hidden_size"]), int(config["num_hidden_layers"])
    inner, vocabulary = int(config["intermediate_size"]), int(config["vocab_size"])
    narrow = width * int(config.get("num_key_value_heads") or config["num_attention_heads"])
    narrow //= int(config["num_attention_heads"])
    shapes = {"q_proj": (width, width), "o_proj": (width, width), "k_proj": (width, narrow), "v_proj": (width, narrow)}
    shapes |= dict.fromkeys(("gate_proj", "up_proj"), (width, inner)) | {"down_proj": (inner, width)}
    trained = layers * sum(args.rank * sum(shapes[target]) for target in args.targets)
    weights = memory_of(folder, "text").weights(4 if card else 16, wide=not card)
    number = 2 if card else 4
    # Of each adapted matrix, its input is kept, once more after the dropout, and once more in 32 bits on a card.
    adapted = sum(shapes[target][0] for target in args.targets) * (2 * number + (4 if card else 0))
    layer = tokens * ((10 * width + 4 * inner) * number + adapted)
    kept = tokens * layers * width * number if card else (layers - 1) * layer  # a card keeps only the inputs of layers
    if args.compiled:  # plain attention keeps who reads whom, in 16 and in 32 bits
        kept += layers * int(config["num_attention_heads"]) * tokens * tokens * args.pieces // args.batch * 6
    return weights + trained * 16 + kept + layer + learned * vocabulary * 12 + (_CARD_BYTES if card else 0)


def train(args: TipsArgs, report: Report = log.info) -> dict[str, Any]:
    """Train, check for a collapse, and save; resumes an interrupted run into the same folder.

    Returns:
        The metrics, as saved in ``metrics.json``.

    Raises:
        CoachError: there is no data, or the adapter learned nothing or collapsed; it is saved all the same, and the
            sentence says where.
    """
    began = time.perf_counter()
    if args.threads:
        torch.set_num_threads(args.threads)
    card = torch.cuda.is_available()
    disable_progress_bars()
    PartialState()  # under `accelerate launch`, this assigns each process its card before anything is loaded
    base = resolve(args.base, role="text")
    chat = chats(base.path()) if args.chat is None else args.chat
    args = replace(args, four_bit=card if args.four_bit is None else args.four_bit, chat=chat)
    data = args.data or pairs_about(args.game)
    pairs = read_pairs(data)
    learned, watched = _divided([pair for pair in pairs if pair.split != "held-out"], args)
    report(f"{len(learned):,} questions to learn from, {len(watched):,} to watch")
    text = load_text(base.path(), bool(args.four_bit), trained=True)
    if not card:
        _prepare(text.model, args)
    examples = Examples(text.tokenizer, args, [pair for pair in pairs if pair.split == "held-out"], report)
    kept = partial(_kept, args, hashlib.sha256(data.read_bytes()).hexdigest())
    rows = kept("learned", lambda: examples.of(learned, args.seed))
    watched_rows = kept("watched", lambda: examples.of(watched, args.seed + 1, watched=True))
    steps = max(1, math.ceil(len(rows) / args.batch * args.epochs))
    begun = get_last_checkpoint(str(args.out / "run"))
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="`is_gradient_checkpointing` is deprecated")  # still required by peft
        trainer = Trainer(
            model=text.model,
            args=SFTConfig(
                output_dir=str(args.out / "run"),
                num_train_epochs=args.epochs,
                per_device_train_batch_size=args.batch // args.pieces,
                per_device_eval_batch_size=args.batch // args.pieces,
                gradient_accumulation_steps=args.pieces,
                activation_checkpointing=card,
                learning_rate=args.rate,
                warmup_steps=steps // 20,
                lr_scheduler_type="cosine",
                optim="paged_adamw_8bit" if card else "adamw_torch",
                max_grad_norm=1.0,
                train_sampling_strategy="group_by_length",
                logging_steps=max(1, steps // 40),
                eval_strategy="steps",
                eval_steps=max(1, steps // args.evaluations),
                save_strategy="steps",
                save_steps=max(1, steps // args.evaluations),
                save_total_limit=2,
                load_best_model_at_end=True,
                metric_for_best_model="eval_loss",
                eval_on_start=begun is None,
                report_to=[],
                seed=args.seed,
                use_cpu=not card,
                bf16=torch.cuda.is_bf16_supported() if card else computes_in_16_bits(),
                fp16=card and not torch.cuda.is_bf16_supported(),
                disable_tqdm=True,
                dataloader_pin_memory=card,
                max_length=args.length,
                dataset_kwargs={"skip_prepare_dataset": True},
                remove_unused_columns=False,
                prediction_loss_only=True,
            ),
            data_collator=partial(
                collate, padding=text.tokenizer.pad_token_id or 0, step=_STEP if args.compiled else 1
            ),
            processing_class=text.tokenizer,
            train_dataset=rows,
            eval_dataset=watched_rows,
            peft_config=LoraConfig(
                r=args.rank,
                lora_alpha=args.alpha,
                lora_dropout=args.dropout,
                target_modules=list(args.targets),
                task_type="CAUSAL_LM",
            ),
            callbacks=[
                _Reporter(report),
                _Saver(args.saved_every_s),
                *([EarlyStoppingCallback(args.patience)] if args.patience else []),
            ],
        )
        trainer.remove_callback(PrinterCallback)
        report(_cost(trainer, base, args, card, steps))
        trainer.train(resume_from_checkpoint=begun)
    losses = [row["eval_loss"] for row in trainer.state.log_history if "eval_loss" in row]
    answers = [_answer(trainer.model, text, examples.prompt(pair), args) for pair in _some(watched)]
    metrics: dict[str, Any] = {
        "questions": len(learned),
        "data_sha256": hashlib.sha256(data.read_bytes()).hexdigest(),
        "loss_before": round(losses[0], 4),
        "loss": round(min(losses), 4),
        "loss_last": round(losses[-1], 4),
        "different_answers": round(len(set(answers)) / max(1, len(answers)), 3),
        "steps": trainer.state.global_step,
        "seconds": round(time.perf_counter() - began),
    }
    _save(trainer, base, args, metrics, list(zip(_some(watched), answers, strict=True))[:8])
    _sound_the_alarm(metrics, args)
    return metrics


def _kept(args: TipsArgs, data: str, name: str, make: Callable[[], Dataset]) -> Dataset:
    """Rows as they were made when the training began: resuming must not learn others, and makes none anew."""
    same = hashlib.blake2b(f"{data} {asdict(args)}".encode(), digest_size=6).hexdigest()
    folder = args.out / "run" / f"{name}-{same}"
    with PartialState().main_process_first():
        if not folder.is_dir():
            made, beside = make(), folder.with_name(f".{folder.name}")
            made.save_to_disk(str(beside))
            beside.rename(folder)
    return Dataset.load_from_disk(str(folder))


def _divided(pairs: Sequence[Pair], args: TipsArgs) -> tuple[list[Pair], list[Pair]]:
    """Split pairs into training and validation sets with different meanings."""
    meanings = sorted({pair.meaning or pair.question for pair in pairs})
    random.Random(args.seed).shuffle(meanings)
    kept = set(meanings[: max(1, round(args.validation * len(meanings)))])
    watched = [pair for pair in pairs if (pair.meaning or pair.question) in kept]
    learned = [pair for pair in pairs if (pair.meaning or pair.question) not in kept]
    if not learned or not watched:
        raise CoachError(f"There are only {len(pairs)} questions to learn from.", "Make more with: coach train guides")
    return learned, watched


def _some(watched: Sequence[Pair]) -> Sequence[Pair]:
    """A diverse selection of the validation questions."""
    return watched[:: max(1, len(watched) // _PROBES)][:_PROBES]


def _answer(model: Any, text: TextModel, prompt: str, args: TipsArgs) -> str:
    model.eval()
    asked = TextModel(text.name, model, text.tokenizer), prompt, "", 80
    if args.chat:
        return answer_chat(*asked, GREEDY, lambda _: None, lambda: False).text
    return answer_text(*asked, lambda _: None, lambda: False).text


def _prepare(base: Any, args: TipsArgs) -> None:
    """Make a base quick on a processor: in 16 bits, and compiled with plain attention, as that of torch is slower there
    when gradients are taken."""
    if computes_in_16_bits():
        base.to(torch.bfloat16)
    if args.compiled:
        base.set_attn_implementation("eager")
        for layer in base.model.layers:
            compile_for_training(layer)


def _cost(trainer: Trainer, base: ModelEntry, args: TipsArgs, card: bool, steps: int) -> str:
    """What the training takes, measured on one example of middle length."""
    data: Any = trainer.train_dataset
    rows = sorted(data, key=lambda row: len(row["input_ids"]))
    piece = args.batch // args.pieces
    largest = rows[-piece:]
    tokens = piece * len(largest[-1]["input_ids"])
    learned = sum(label != IGNORED for row in largest for label in row["labels"])
    needed = memory_needed(base, args, card, tokens, learned)
    collated: Any = trainer.data_collator([rows[len(rows) // 2]])
    inputs = {name: value.to(trainer.args.device) for name, value in collated.items()}
    model: Any = trainer.model
    seconds = 0.0
    for _ in range(2):  # the first pass warms up
        began = time.perf_counter()
        with torch.autocast(trainer.args.device.type, torch.bfloat16, enabled=trainer.args.bf16):
            trainer.compute_loss(model, inputs).backward()
        seconds = time.perf_counter() - began
        model.zero_grad()
    minutes = seconds * steps * args.batch / 60 / (piece if card else 1)  # a card takes a piece as fast as one example
    return (
        f"about {needed / 1e9:.1f} GB of {'the card' if card else 'memory'}, and at most "
        f"{minutes:.0f} minutes for {steps:,} steps; it goes on where it was interrupted"
    )


def _save(
    trainer: SFTTrainer, base: ModelEntry, args: TipsArgs, metrics: dict[str, Any], samples: list[tuple[Pair, str]]
) -> None:
    adapted: Any = trainer.model
    adapted.save_pretrained(str(args.out))
    (args.out / "README.md").unlink(missing_ok=True)  # peft's default, which is empty
    config = read_json(args.out, ADAPTER_CONFIG)
    write_json(args.out / ADAPTER_CONFIG, config | {"base_model_name_or_path": base.hub_id or base.name})
    write_args(args.out, args)
    shown = [{"question": pair.question, "answer": said, "wanted": pair.answer} for pair, said in samples]
    write_json(args.out / "metrics.json", metrics | {"samples": shown, "history": trainer.state.log_history})
    curves = {
        name: [(row["step"], row[key]) for row in trainer.state.log_history if key in row]
        for name, key in (("learned from", "loss"), ("watched", "eval_loss"))
    }
    draw_curves(curves, f"Loss of the answers, {args.game}", args.out / "curve.png")
    if not (args.out / ADAPTER_WEIGHTS).is_file():
        raise CoachError(f"The adapter could not be saved in {args.out}.", "Make room there, and run it again.")


def _sound_the_alarm(metrics: dict[str, Any], args: TipsArgs) -> None:
    kept = f"It is kept in {args.out}, but do not use it."
    if metrics["loss"] >= metrics["loss_before"]:
        raise CoachError(f"The adapter learned nothing that helps with new questions. {kept}", "Choose a smaller rate.")
    if not args.patience and metrics["loss_last"] > _WORSE * metrics["loss"]:
        raise CoachError(
            f"The loss on watched questions rose from {metrics['loss']} to {metrics['loss_last']}. "
            f"The adapter of the best moment is kept in {args.out}.",
            "Train for fewer epochs, or use the default preset.",
        )
    refuse_collapse(1 - metrics["different_answers"], _MOST_SAME, "answers to different questions", args.out)


class _Saver(TrainerCallback):
    """Saves by the clock, so that little is lost however long a step takes."""

    def __init__(self, every_s: float) -> None:
        self._every_s, self._saved = every_s, time.monotonic()

    def on_save(self, *_: Any, **__: Any) -> None:
        self._saved = time.monotonic()

    def on_step_end(self, args: TrainingArguments, state: TrainerState, control: TrainerControl, **_: Any) -> None:
        control.should_save |= time.monotonic() - self._saved > self._every_s


class _Reporter(TrainerCallback):
    """Reports the trainer's logs."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._began = time.perf_counter()
        self._first = 0

    def on_train_begin(self, args: TrainingArguments, state: TrainerState, control: TrainerControl, **_: Any) -> None:
        self._began, self._first = time.perf_counter(), state.global_step

    def on_log(
        self, args: TrainingArguments, state: TrainerState, control: TrainerControl, logs: Any = None, **_: Any
    ) -> None:
        done = state.global_step - self._first
        if logs and done and ("loss" in logs or "eval_loss" in logs):
            left = (time.perf_counter() - self._began) / done * (state.max_steps - state.global_step)
            what = f"loss {float(logs['loss']):.3f}" if "loss" in logs else f"watched loss {logs['eval_loss']:.3f}"
            self._report(f"tips {state.global_step:,}/{state.max_steps:,}  {what}  {left / 60:.1f} min left")
