"""Trains a LoRA adapter that answers questions about a game: QLoRA (Dettmers et al. 2023, arXiv:2305.14314) by trl.

The preset ``original`` has the values of the first public tips bot (docs/tips.md); ``default`` also trains the end
token, computes the loss on answers only, adapts all linear layers, trains with passages as in use, and stops early when
the validation loss rises.
"""

import hashlib
import logging
import math
import random
import time
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import torch
from accelerate.state import PartialState
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
from coach_app.engine.loader import TextModel, load_text
from coach_app.knowledge.library import default_game
from coach_app.knowledge.prompt import without_marks
from coach_app.models.catalogue import ModelEntry, resolve
from coach_app.models.checkpoint import ADAPTER_CONFIG, ADAPTER_WEIGHTS, chats, read_json
from coach_app.models.memory import memory_of
from coach_app.training.collapse import refuse_collapse
from coach_app.training.curve import draw_curves
from coach_app.training.records import write_args, write_json
from coach_app.training.tips.examples import Examples
from coach_app.training.tips.marks import IGNORED
from coach_app.training.tips.pairs import Pair, read_pairs, shipped_pairs

log = logging.getLogger(__name__)

Report = Callable[[str], None]
_ALL_LINEAR = ("q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj")
_PROBES = 24
_MOST_SAME = 0.5
_WORSE = 1.1


@dataclass
class TipsArgs:
    """All arguments of the training; saved beside the adapter. Created by ``preset``.

    Attributes:
        game: game whose guides provide the passages.
        base: name or folder of the base model.
        data: questions and answers as JSON lines; None for the bundled set of the game.
        out: folder of the adapter and of the state for resuming.
        answer_only: compute the loss on the tokens of answers only, not on questions and passages.
        end_token: whether to train the end token of an answer.
        chat: teach the base by lessons (tips/lessons.py) in its chat template; None does so if it has one.
        lessons: number of lessons in an epoch, equally many of each kind.
        passages: share of the questions that get passages, if they are not taught as lessons.
        wrong_passages: share of these with the search result, right or wrong; the others get the right passage.
        validation: share of the meanings in the training set that are used for validation.
        patience: number of evaluations without progress before stopping early; 0 never stops.
        four_bit: quantise the base; None does so if there is a card.
    """

    game: str = field(default_factory=default_game)
    base: str = "coach-text"
    data: Path | None = None
    out: Path = Path("out/train/tips")
    seed: int = 1
    rank: int = 32
    alpha: int = 64
    dropout: float = 0.05
    targets: tuple[str, ...] = _ALL_LINEAR
    epochs: float = 2.0
    batch: int = 16
    pieces: int = 1
    rate: float = 1e-3
    length: int = 512
    answer_only: bool = True
    end_token: bool = True
    chat: bool | None = None
    lessons: int = 8_000
    passages: float = 1.0
    wrong_passages: float = 0.0
    validation: float = 0.05
    evaluations: int = 5
    patience: int = 3
    four_bit: bool | None = None
    threads: int = 0

    def __post_init__(self) -> None:
        if (
            min(self.rank, self.alpha, self.batch, self.pieces, self.length, self.evaluations, self.lessons) < 1
            or self.epochs <= 0
        ):
            raise ValueError("rank, alpha, batch, pieces, length, evaluations, lessons and epochs must be above 0")
        if self.batch % self.pieces:
            raise ValueError("pieces must divide batch")
        if not 0 < self.validation < 1:
            raise ValueError("validation must be between 0 and 1")


_ORIGINAL: dict[str, Any] = {
    "rank": 64,
    "alpha": 16,
    "dropout": 0.3,
    "targets": ("q_proj", "v_proj"),
    "epochs": 3.0,
    "batch": 8,
    "rate": 2e-4,
    "length": 1_024,
    "answer_only": False,
    "end_token": False,
    "chat": False,
    "passages": 0.0,
    "patience": 0,
}
_PRETRAINED: dict[str, Any] = {"rank": 16, "alpha": 32, "rate": 5e-4, "length": 1_024}
"""For a base that others have taught English: it has less to learn than one of our own."""
_LARGE: dict[str, Any] = _PRETRAINED | {"rate": 2e-4, "pieces": 8}
"""For a base of billions of parameters: a smaller rate, and a batch in pieces that a card of 12 GB can hold."""
_CARD_BYTES = 600_000_000
"""What CUDA and its libraries take for themselves."""
_PRETRAINED_BYTES, _LARGE_BYTES = 50e6, 1e9


def preset(name: str = "default", **chosen: Any) -> TipsArgs:
    """The arguments of a preset (``default``, ``original``) with overrides; None keeps a value.

    Raises:
        CoachError: there is no such preset, or no such base.
        ValueError: a value is invalid.
    """
    given = {key: value for key, value in chosen.items() if value is not None}
    if name not in ("default", "original"):
        raise CoachError(f"There is no preset {name!r}.", "Presets: default, original.")
    values: dict[str, Any] = dict(_ORIGINAL) if name == "original" else {}
    base = resolve(given.get("base", TipsArgs.base), role="text")
    memory = base.memory or memory_of(base.path(), "text")
    if memory.bits16 > _LARGE_BYTES:
        values |= _LARGE if name == "default" else {"pieces": _LARGE["pieces"]}
    elif memory.bits16 > _PRETRAINED_BYTES and name == "default":
        # A processor keeps all activations, so 16 questions in one piece would take 26 GB.
        values |= _PRETRAINED | ({} if torch.cuda.is_available() else {"pieces": _LARGE["pieces"]})
    return TipsArgs(**values | given)


class Trainer(SFTTrainer):
    """A trainer that computes logits only where something is learned, which is a tenth of the tokens."""

    def compute_loss(self, model: Any, inputs: Any, return_outputs: bool = False, *_: Any, **__: Any) -> Any:
        """See transformers."""
        base = self.accelerator.unwrap_model(model).get_base_model()
        hidden = base.model(input_ids=inputs["input_ids"], attention_mask=inputs["attention_mask"]).last_hidden_state
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
    PartialState()  # under `accelerate launch`, this assigns each process its card before anything is loaded
    base = resolve(args.base, role="text")
    chat = chats(base.path()) if args.chat is None else args.chat
    args = replace(args, four_bit=card if args.four_bit is None else args.four_bit, chat=chat)
    data = args.data or shipped_pairs(args.game)
    pairs = read_pairs(data)
    learned, watched = _divided([pair for pair in pairs if pair.split != "held-out"], args)
    report(f"{len(learned):,} questions to learn from, {len(watched):,} to watch")
    text = load_text(base.path(), bool(args.four_bit), trained=True)
    examples = Examples(text.tokenizer, args, [pair for pair in pairs if pair.split == "held-out"], report)
    rows, watched_rows = examples.of(learned, args.seed), examples.of(watched, args.seed + 1, watched=True)
    steps = max(1, math.ceil(len(rows) / args.batch * args.epochs))
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
                load_best_model_at_end=True,
                metric_for_best_model="eval_loss",
                eval_on_start=True,
                report_to=[],
                seed=args.seed,
                use_cpu=not card,
                bf16=torch.cuda.is_bf16_supported() if card else _computes_in_16_bits(),
                fp16=card and not torch.cuda.is_bf16_supported(),
                disable_tqdm=True,
                dataloader_pin_memory=card,
                max_length=args.length,
                dataset_kwargs={"skip_prepare_dataset": True},
                prediction_loss_only=True,
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
            callbacks=[_Reporter(report), *([EarlyStoppingCallback(args.patience)] if args.patience else [])],
        )
        trainer.remove_callback(PrinterCallback)
        report(_cost(trainer, base, args, card, steps))
        trainer.train(resume_from_checkpoint=get_last_checkpoint(str(args.out / "run")) if args.out.exists() else None)
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
    return without_marks(answer_text(*asked, lambda _: None, lambda: False).text)


def _computes_in_16_bits() -> bool:
    """Whether the processor has instructions for bfloat16; without them it would be slower than 32 bits."""
    return bool(torch.cpu._is_avx512_bf16_supported())


def _cost(trainer: Trainer, base: ModelEntry, args: TipsArgs, card: bool, steps: int) -> str:
    """What the training takes, measured on one example of middle length."""
    data: Any = trainer.train_dataset
    rows = sorted(data, key=lambda row: len(row["input_ids"]))
    piece = args.batch // args.pieces
    largest = rows[-piece:]
    tokens = piece * len(largest[-1]["input_ids"])
    learned = sum(label != IGNORED for row in largest for label in row["labels"])
    needed = memory_needed(base, args, card, tokens, learned)
    row = rows[len(rows) // 2]
    inputs = {name: torch.tensor([row[name]], device=trainer.args.device) for name in ("input_ids", "labels")}
    inputs["attention_mask"] = torch.ones_like(inputs["input_ids"])
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
