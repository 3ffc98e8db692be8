"""Trains the small language model under the bundled text adapters, on the English of our guides.

A Llama of a few million parameters, trained from scratch. A small part of the training is plain language modelling; the
rest is lookup: given numbered sentences and some words, answer with the number and the sentence that contains them.
Names, numbers and words are scrambled, so that the model has to copy what it reads instead of reciting what it knows.
Copying takes induction heads (Olsson et al. 2022, arXiv:2209.11895), which a model of this size needs very long to
develop, so it is initialised with approximate ones, and first trained on random tokens: repeated sequences, then
lookup.
"""

import itertools
import logging
import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import torch
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
from torch.utils.data import IterableDataset
from transformers import (
    LlamaConfig,
    LlamaForCausalLM,
    PreTrainedTokenizerFast,
    PrinterCallback,
    Trainer,
    TrainerCallback,
    TrainerControl,
    TrainerState,
    TrainingArguments,
)
from transformers.trainer_utils import get_last_checkpoint

from coach_app.knowledge import library
from coach_app.knowledge.prompt import MAX_MARKS, build_prompt, mark, sentences
from coach_app.knowledge.sections import Section
from coach_app.training.records import write_args, write_json
from coach_app.training.tips.marks import IGNORED, labels_of

log = logging.getLogger(__name__)

Report = Callable[[str], None]
Example = dict[str, list[int]]
_SPECIAL = ("<pad>", "<s>", "</s>")
_PAD, _, _END = range(len(_SPECIAL))
_SLOW = 1e6  # so large that most of a head rotates slowly enough to compare distant words
_FAST = 5  # dimension pairs of a head whose angles distinguish neighbouring positions
_SHARPNESS = 6.0
_STOP = frozenset(
    re.findall(
        r"\w+",
        "a an and are as at be but by can do does for from has have he her him his if in into is it its of on or she "
        "so than that the their them then they this to up when which while who with you your not no",
    )
)


_ASKED = (
    "{}",
    "{}?",
    "How do I {}?",
    "When should I {}?",
    "What does {} do?",
    "Why is {} good?",
    "Where does {} help?",
    "What beats {}?",
    "What should I know about {}?",
    "How does {} work?",
)


@dataclass
class TextBaseArgs:
    """All arguments of the training; saved beside the weights."""

    game: str = field(default_factory=library.default_game)
    out: Path = Path("out/train/text-base")
    seed: int = 1
    steps: int = 1_300
    copying_steps: int = 160  # of these, with repeated random tokens
    plain_steps: int = 350  # of these, with lookup among random tokens
    batch: int = 32
    rate: float = 1e-3
    warm_up: int = 50
    vocabulary: int = 3_000
    width: int = 192
    layers: int = 6
    heads: int = 6
    inner: int = 256
    places: int = 1_024
    threads: int = 0  # 0: all cores
    save_every: int = 100
    measured: int = 100  # lookups for the final measurement


def train(args: TextBaseArgs, report: Report = log.info) -> dict[str, Any]:
    """Train, measure and save; resumes an interrupted run into the same folder.

    Returns:
        The metrics, as saved in ``metrics.json``.
    """
    if args.threads:
        torch.set_num_threads(args.threads)
    sections = library.load(args.game).sections
    tokenizer = build_tokenizer([section.text for section in sections], args.vocabulary)
    torch.manual_seed(args.seed)
    model = LlamaForCausalLM(
        LlamaConfig(
            vocab_size=len(tokenizer),
            hidden_size=args.width,
            intermediate_size=args.inner,
            num_hidden_layers=args.layers,
            num_attention_heads=args.heads,
            num_key_value_heads=args.heads,
            max_position_embeddings=args.places,
            tie_word_embeddings=True,
            attention_bias=True,
            rope_parameters={"rope_type": "default", "rope_theta": _SLOW},
            initializer_range=args.width**-0.5,
            bos_token_id=tokenizer.bos_token_id,
            eos_token_id=tokenizer.eos_token_id,
            pad_token_id=tokenizer.pad_token_id,
        )
    )
    initialise_induction_heads(model)
    report(f"{model.num_parameters() / 1e6:.1f} M parameters, {len(tokenizer)} tokens, {len(sections)} sections")
    trainer = _Trainer(
        model=model,
        args=TrainingArguments(
            output_dir=str(args.out / "run"),
            max_steps=args.steps,
            per_device_train_batch_size=args.batch,
            learning_rate=args.rate,
            warmup_steps=args.warm_up,
            lr_scheduler_type="cosine",
            weight_decay=0.01,
            max_grad_norm=1.0,
            adam_beta2=0.98,
            logging_steps=50,
            save_steps=args.save_every,
            report_to=[],
            seed=args.seed,
            use_cpu=not torch.cuda.is_available(),
            disable_tqdm=True,
            dataloader_pin_memory=False,
        ),
        train_dataset=_ExampleStream(sections, tokenizer, args),
        data_collator=lambda rows: collate(rows, tokenizer.pad_token_id),
        callbacks=[_Reporter(report)],
    )
    trainer.remove_callback(PrinterCallback)
    trainer.train(resume_from_checkpoint=get_last_checkpoint(str(args.out / "run")) if args.out.exists() else None)
    metrics = {"sentences_found": lookup_accuracy(model, tokenizer, sections, args.measured), "steps": args.steps}
    model.half().save_pretrained(args.out)
    tokenizer.save_pretrained(args.out)
    write_args(args.out, args)
    write_json(args.out / "metrics.json", metrics | {"history": trainer.state.log_history})
    return metrics


@torch.no_grad()
def initialise_induction_heads(model: LlamaForCausalLM) -> None:
    """Initialise most heads of the first two layers as approximate induction heads.

    Heads of the first layer attend to the previous token and write its code; those of the second attend to the token
    whose code is that of the current one, and output it. The output of all other parts is small at first.
    """
    config = model.config
    width, heads = config.hidden_size, config.num_attention_heads
    head_dim = width // heads
    for name, weight in model.named_parameters():
        if name.endswith(("o_proj.weight", "down_proj.weight")):
            weight.mul_(0.1)
    first, second = (layer.self_attn for layer in model.model.layers[:2])
    fast_pairs = min(_FAST, head_dim // 2)
    frequencies = config.to_dict()["rope_parameters"]["rope_theta"] ** -(
        torch.arange(fast_pairs) * 2 / head_dim
    )  # radians per position: Su et al. 2021
    for head in range(heads * 2 // 3):
        rows = slice(head * head_dim, (head + 1) * head_dim)
        code, previous, current = (torch.linalg.qr(torch.randn(width, head_dim))[0] for _ in range(3))
        first.q_proj.weight[rows] *= 0.2
        first.k_proj.weight[rows] *= 0.2
        # The query's bias is the key's, rotated back by one position, so that attention peaks at the previous token.
        first.k_proj.bias[rows][:fast_pairs] = _SHARPNESS
        first.q_proj.bias[rows][:fast_pairs] = _SHARPNESS * frequencies.cos()
        first.q_proj.bias[rows][head_dim // 2 : head_dim // 2 + fast_pairs] = -_SHARPNESS * frequencies.sin()
        first.v_proj.weight[rows] = code.T
        first.o_proj.weight[:, rows] = 0.15 * previous
        second.q_proj.weight[rows] = 1.5 * code.T
        second.k_proj.weight[rows] = 1.5 * previous.T
        second.v_proj.weight[rows] = current.T
        second.o_proj.weight[:, rows] = 0.15 * current


def build_tokenizer(texts: Sequence[str], vocabulary: int) -> PreTrainedTokenizerFast:
    """Train a byte-level BPE tokenizer that encodes such texts with few tokens, and any other text."""
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=vocabulary,
        min_frequency=2,
        special_tokens=list(_SPECIAL),
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    tokenizer.train_from_iterator([*texts, *(f"Q: {text}\nA: {text}" for text in texts)], trainer)
    tokenizer.add_tokens([mark(number) for number in range(1, MAX_MARKS + 1)])  # one token each
    return PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, bos_token="<s>", eos_token="</s>", pad_token="<pad>", padding_side="left"
    )


def collate(rows: Sequence[Example], pad: int) -> dict[str, torch.Tensor]:
    """Collate examples of any lengths into one batch, padded on the right."""
    max_length = max(len(row["input_ids"]) for row in rows)

    def padded(fill: int, values: Sequence[list[int]]) -> torch.Tensor:
        return torch.tensor([value + [fill] * (max_length - len(value)) for value in values])

    return {
        "input_ids": padded(pad, [row["input_ids"] for row in rows]),
        "attention_mask": padded(0, [[1] * len(row["input_ids"]) for row in rows]),
        "labels": padded(IGNORED, [row["labels"] for row in rows]),
    }


def loss_of(hidden: torch.Tensor, head: Callable[[torch.Tensor], torch.Tensor], labels: torch.Tensor) -> torch.Tensor:
    """Cross entropy with equal weight for cited marks, uncited marks and words: choosing is the hard part.

    Args:
        hidden: (batch, positions, width) float32, output of the last layer.
        head: computes logits, whose last tokens are the marks; applied only where there are labels, as it is expensive.
        labels: (batch, positions) int64, -100 where there is no label.
    """
    learned = labels[:, 1:] != IGNORED
    logits, targets = head(hidden[:, :-1][learned]).float(), labels[:, 1:][learned]
    losses = torch.nn.functional.cross_entropy(logits, targets, reduction="none")
    chosen = (targets >= logits.shape[-1] - MAX_MARKS) | (targets == _END)
    uncited = targets == _PAD
    parts = [losses[part].mean() for part in (chosen, uncited, ~chosen & ~uncited) if part.any()]
    return torch.stack(parts).sum()


class _Trainer(Trainer):
    """A trainer with our loss."""

    def compute_loss(self, model: Any, inputs: Any, *_: Any, **__: Any) -> torch.Tensor:
        """See transformers; the model's own loss would compute the logits of every position."""
        hidden = model.model(input_ids=inputs["input_ids"], attention_mask=inputs["attention_mask"])
        return loss_of(hidden.last_hidden_state, model.lm_head, inputs["labels"])


class _ExampleStream(IterableDataset[Example]):
    """The examples of a training: first short texts, from which copying is learned fastest, then longer ones.

    Examples of a batch have similar lengths, so that there is little padding.
    """

    def __init__(self, sections: Sequence[Section], tokenizer: PreTrainedTokenizerFast, args: TextBaseArgs) -> None:
        self._sections, self._tokenizer, self._args = sections, tokenizer, args

    def __iter__(self) -> Iterator[Example]:
        rng = random.Random(self._args.seed)
        scramble = Scramble(self._sections)
        for step in itertools.count():
            lookup_step = step - self._args.copying_steps
            sentence_count = rng.randint(
                2, 3 + min(9, max(0, lookup_step) // 60)
            )  # what is found among few is then found among many
            length = rng.randint(4, 14)
            chance = rng.random()
            for _ in range(self._args.batch):
                if lookup_step < 0:
                    yield repeated_tokens(rng, len(self._tokenizer) - MAX_MARKS, length)
                elif chance < (0.9 if lookup_step < self._args.plain_steps else 0.15):
                    yield lookup_tokens(rng, self._tokenizer, sentence_count)
                elif chance > 0.96:
                    yield continuation(rng, self._sections, self._tokenizer)
                else:
                    yield lookup_example(rng, self._sections, scramble, self._tokenizer, sentence_count)


def repeated_tokens(rng: random.Random, vocabulary: int, length: int) -> Example:
    """Distinct random tokens below ``vocabulary``, repeated once; only predictable tokens have labels."""
    ids = rng.sample(range(len(_SPECIAL), vocabulary), length)
    return {"input_ids": ids + ids, "labels": [IGNORED] * (length + 1) + ids[1:]}


def lookup_tokens(rng: random.Random, tokenizer: PreTrainedTokenizerFast, texts: int) -> Example:
    """Like ``lookup_example``, with sentences of random tokens: nothing but the lookup can be learned."""
    *marks, last = _ids(tokenizer, "".join(mark(number) for number in range(1, texts + 2)))
    unused = iter(rng.sample(range(len(_SPECIAL), len(tokenizer) - MAX_MARKS), 12 * texts))
    rows = [[number, *itertools.islice(unused, rng.randint(3, 12))] for number in marks]
    target = rng.choice(rows)
    words = rng.sample(target[1:], rng.randint(1, 3))
    text = [*itertools.chain(*rows), last]
    prompt = [*_ids(tokenizer, "Q:"), *words, *_ids(tokenizer, "\nPassage:"), *text, *_ids(tokenizer, "\nA: ")]
    return {"input_ids": prompt + target, "labels": [*labels_of(tokenizer, prompt, target), *target]}


def _ids(tokenizer: PreTrainedTokenizerFast, text: str) -> list[int]:
    ids: list[int] = tokenizer(text, add_special_tokens=False)["input_ids"]
    return ids


def continuation(rng: random.Random, sections: Sequence[Section], tokenizer: PreTrainedTokenizerFast) -> Example:
    """A section from its title, or from one of its sentences, to its end."""
    section = rng.choice(sections)
    lines = sentences(section.text)
    start = rng.randrange(len(lines)) if rng.random() < 0.5 else 0
    head = f"{section.title}. " if start == 0 else ""
    ids = tokenizer(f"<s>{head}{' '.join(lines[start:])}</s>", add_special_tokens=False)["input_ids"][:128]
    return {"input_ids": ids, "labels": list(ids)}


def lookup_example(
    rng: random.Random,
    sections: Sequence[Section],
    scramble: "Scramble",
    tokenizer: PreTrainedTokenizerFast,
    texts: int,
) -> Example:
    """A question with shuffled words of one or two sentences, a passage that contains them, and these sentences.

    In the format of prompts for adapters (``knowledge/prompt.py``).
    """
    question, passage, answer = lookup(rng, sections, scramble, texts)
    prompt = _ids(tokenizer, build_prompt(question, [passage]))
    target = _ids(tokenizer, f"{answer}</s>")
    return {"input_ids": prompt + target, "labels": [*labels_of(tokenizer, prompt, target), *target]}


def lookup(
    rng: random.Random, sections: Sequence[Section], scramble: "Scramble", texts: int
) -> tuple[str, Section, str]:
    """A question, a passage of at most ``texts`` sentences, and the sentences of it that contain the question's
    words."""
    section = rng.choice(sections)
    if rng.random() < 0.6:
        lines = sentences(section.text)
        start = rng.randrange(max(1, len(lines) - texts))
        lines = lines[start : start + texts]
    else:
        lines = [rng.choice(sentences(rng.choice(sections).text)) for _ in range(texts)]
    if rng.random() < 0.6:
        lines = scramble(rng, lines)
    first = rng.randrange(len(lines))
    cited = lines[first : first + (2 if rng.random() < 0.3 else 1)]
    others = {word.casefold() for sentence in lines if sentence not in cited for word in _words(sentence)}
    words: list[str] = []
    for sentence in cited:
        candidates = [word for word in dict.fromkeys(_words(sentence)) if word.casefold() not in _STOP]
        distinctive = [word for word in candidates if word.casefold() not in others] or candidates or _words(sentence)
        words += [rng.choice(distinctive), *rng.sample(candidates, min(len(candidates), rng.randint(0, 3)))]
    rng.shuffle(words)
    query = " ".join(word.casefold() if rng.random() < 0.3 else word for word in dict.fromkeys(words))
    answer = " ".join(f"{mark(number)} {sentence}" for number, sentence in enumerate(cited, first + 1))
    return rng.choice(_ASKED).format(query), replace(section, text=" ".join(lines)), answer


def _words(sentence: str) -> list[str]:
    return re.findall(r"[\w'-]+", sentence)


class Scramble:
    """Consistently replaces names, numbers and words of a text by others."""

    def __init__(self, sections: Sequence[Section]) -> None:
        self._subjects = list(dict.fromkeys(section.subject for section in sections))
        found = {word for section in sections for word in re.findall(r"\b[a-z]{4,}\b", section.text)}
        self._all = sorted(found - _STOP)

    def __call__(self, rng: random.Random, lines: Sequence[str]) -> list[str]:
        subjects = dict(zip(self._subjects, rng.sample(self._subjects, len(self._subjects)), strict=True))
        found = sorted({word for sentence in lines for word in re.findall(r"\b[a-z]{4,}\b", sentence)} - _STOP)
        words = {word: rng.choice(self._all) for word in rng.sample(found, round(len(found) * rng.random()))}
        names = re.compile("|".join(map(re.escape, sorted(subjects, key=len, reverse=True))))

        def changed(sentence: str) -> str:
            sentence = names.sub(lambda match: subjects[match.group()], sentence)
            sentence = re.sub(r"\d+", lambda match: str(rng.randint(1, 150)), sentence)
            return re.sub(r"\b[a-z]{4,}\b", lambda match: words.get(match.group(), match.group()), sentence)

        return [changed(sentence) for sentence in lines]


@torch.inference_mode()
def lookup_accuracy(
    model: Any, tokenizer: PreTrainedTokenizerFast, sections: Sequence[Section], texts: int = 100, seed: int = 77
) -> float:
    """Share of lookups in scrambled texts that the model answers exactly."""
    rng, scramble = random.Random(seed), Scramble(sections)
    model.eval()
    correct = 0
    for _ in range(texts):
        question, passage, answer = lookup(rng, sections, scramble, rng.randint(4, 12))
        inputs = tokenizer(build_prompt(question, [passage]), return_tensors="pt")
        generated = model.generate(
            input_ids=inputs["input_ids"], attention_mask=inputs["attention_mask"], max_new_tokens=120, do_sample=False
        )
        correct += tokenizer.decode(generated[0, inputs["input_ids"].shape[1] :], skip_special_tokens=True) == answer
    return correct / texts


class _Reporter(TrainerCallback):
    """Reports the trainer's logs."""

    def __init__(self, report: Report) -> None:
        self._report = report

    def on_log(
        self, args: TrainingArguments, state: TrainerState, control: TrainerControl, logs: Any = None, **_: Any
    ) -> None:
        if logs and "loss" in logs:
            self._report(f"text {state.global_step:,}/{state.max_steps:,}  loss {float(logs['loss']):.3f}")
