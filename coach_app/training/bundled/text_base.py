"""Trains the small language model that the bundled text adapters stand on: English as our guides write it.

A Llama of a few million parameters, from nothing. A little of what it learns is to go on with a text; the rest is to
look something up: numbered sentences, some words, and it says the number and the sentence that has them. Names,
numbers and words are mixed up there, so that it has to copy what it reads instead of reciting what it knows. Copying
takes induction heads (Olsson et al. 2022, arXiv:2209.11895); a model of this size needs very long to find them by
itself, so it begins with rough ones, and with tokens in no order: first said twice, then looked up.
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
_SLOW = 1e6  # so that most of a head turns so slowly that words are compared far apart, too
_FAST = 5  # pairs of a head whose angles tell neighbouring places apart
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
    """Everything that the training depends on; saved beside the weights."""

    game: str = field(default_factory=library.default_game)
    out: Path = Path("out/train/text-base")
    seed: int = 1
    steps: int = 1_300
    copying_steps: int = 160  # of them, with tokens said twice
    plain_steps: int = 350  # of them, with looking up among tokens in no order
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
    measured: int = 100  # texts in which something is looked up at the end


def train(args: TextBaseArgs, report: Report = log.info) -> dict[str, Any]:
    """Train, measure and save; goes on where an earlier run into the same folder was cut short.

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
    begin_to_copy(model)
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
        train_dataset=_Drawn(sections, tokenizer, args),
        data_collator=lambda rows: collate(rows, tokenizer.pad_token_id),
        callbacks=[_Told(report)],
    )
    trainer.remove_callback(PrinterCallback)
    trainer.train(resume_from_checkpoint=get_last_checkpoint(str(args.out / "run")) if args.out.exists() else None)
    metrics = {"sentences_found": looked_up(model, tokenizer, sections, args.measured), "steps": args.steps}
    model.half().save_pretrained(args.out)
    tokenizer.save_pretrained(args.out)
    write_args(args.out, args)
    write_json(args.out / "metrics.json", metrics | {"history": trainer.state.log_history})
    return metrics


@torch.no_grad()
def begin_to_copy(model: LlamaForCausalLM) -> None:
    """Change the first weights of a model so that most heads of its first two layers are rough induction heads.

    Those of the first layer look at the token before, and write a code of it; those of the second look for a token
    whose code is that of the present one, and say what it is. What the other parts write is small at first.
    """
    config = model.config
    width, heads = config.hidden_size, config.num_attention_heads
    part = width // heads
    for name, weight in model.named_parameters():
        if name.endswith(("o_proj.weight", "down_proj.weight")):
            weight.mul_(0.1)
    first, second = (layer.self_attn for layer in model.model.layers[:2])
    fast = min(_FAST, part // 2)
    turns = config.to_dict()["rope_parameters"]["rope_theta"] ** -(
        torch.arange(fast) * 2 / part
    )  # radians a place: Su et al. 2021
    for head in range(heads * 2 // 3):
        here = slice(head * part, (head + 1) * part)
        code, back, said = (torch.linalg.qr(torch.randn(width, part))[0] for _ in range(3))
        first.q_proj.weight[here] *= 0.2
        first.k_proj.weight[here] *= 0.2
        # The bias of the query is that of the key, turned back by one place: they meet best one place apart.
        first.k_proj.bias[here][:fast] = _SHARPNESS
        first.q_proj.bias[here][:fast] = _SHARPNESS * turns.cos()
        first.q_proj.bias[here][part // 2 : part // 2 + fast] = -_SHARPNESS * turns.sin()
        first.v_proj.weight[here] = code.T
        first.o_proj.weight[:, here] = 0.15 * back
        second.q_proj.weight[here] = 1.5 * code.T
        second.k_proj.weight[here] = 1.5 * back.T
        second.v_proj.weight[here] = said.T
        second.o_proj.weight[:, here] = 0.15 * said


def build_tokenizer(texts: Sequence[str], vocabulary: int) -> PreTrainedTokenizerFast:
    """A byte-level BPE tokenizer that can write anything, and writes such texts with few tokens."""
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
    """Rows of ``input_ids`` and ``labels`` of any lengths as one batch, padded on the right."""
    longest = max(len(row["input_ids"]) for row in rows)

    def padded(filler: int, values: Sequence[list[int]]) -> torch.Tensor:
        return torch.tensor([value + [filler] * (longest - len(value)) for value in values])

    return {
        "input_ids": padded(pad, [row["input_ids"] for row in rows]),
        "attention_mask": padded(0, [[1] * len(row["input_ids"]) for row in rows]),
        "labels": padded(IGNORED, [row["labels"] for row in rows]),
    }


def loss_of(hidden: torch.Tensor, head: Callable[[torch.Tensor], torch.Tensor], labels: torch.Tensor) -> torch.Tensor:
    """Cross entropy in which what is chosen, what is not, and all words count the same: choosing is what is hard.

    Args:
        hidden: (batch, places, width) float32, of the last layer.
        head: makes logits, whose last tokens are the marks; only where something is learned, as they are much work.
        labels: (batch, places) int64, -100 where nothing is to be learned.
    """
    learned = labels[:, 1:] != IGNORED
    logits, wanted = head(hidden[:, :-1][learned]).float(), labels[:, 1:][learned]
    losses = torch.nn.functional.cross_entropy(logits, wanted, reduction="none")
    chosen = (wanted >= logits.shape[-1] - MAX_MARKS) | (wanted == _END)
    passed = wanted == _PAD
    parts = [losses[part].mean() for part in (chosen, passed, ~chosen & ~passed) if part.any()]
    return torch.stack(parts).sum()


class _Trainer(Trainer):
    """With our loss."""

    def compute_loss(self, model: Any, inputs: Any, *_: Any, **__: Any) -> torch.Tensor:
        """See transformers; the model's own loss would make the logits of every place."""
        hidden = model.model(input_ids=inputs["input_ids"], attention_mask=inputs["attention_mask"])
        return loss_of(hidden.last_hidden_state, model.lm_head, inputs["labels"])


class _Drawn(IterableDataset[Example]):
    """The examples of a training: first from short texts, where copying is learned soonest, then from longer ones.

    Those of one batch are of much the same length, so that little of it is padding.
    """

    def __init__(self, sections: Sequence[Section], tokenizer: PreTrainedTokenizerFast, args: TextBaseArgs) -> None:
        self._sections, self._tokenizer, self._args = sections, tokenizer, args

    def __iter__(self) -> Iterator[Example]:
        rng = random.Random(self._args.seed)
        scramble = Scramble(self._sections)
        for step in itertools.count():
            tried = step - self._args.copying_steps
            texts = rng.randint(2, 3 + min(9, max(0, tried) // 60))  # what is found among few is then found among many
            length = rng.randint(4, 14)
            chance = rng.random()
            for _ in range(self._args.batch):
                if tried < 0:
                    yield said_twice(rng, len(self._tokenizer) - MAX_MARKS, length)
                elif chance < (0.9 if tried < self._args.plain_steps else 0.15):
                    yield looking_up_tokens(rng, self._tokenizer, texts)
                elif chance > 0.96:
                    yield going_on(rng, self._sections, self._tokenizer)
                else:
                    yield looking_up(rng, self._sections, scramble, self._tokenizer, texts)


def said_twice(rng: random.Random, vocabulary: int, length: int) -> Example:
    """Different tokens in no order below ``vocabulary``, and again; only what can be known is learned from."""
    ids = rng.sample(range(len(_SPECIAL), vocabulary), length)
    return {"input_ids": ids + ids, "labels": [IGNORED] * (length + 1) + ids[1:]}


def looking_up_tokens(rng: random.Random, tokenizer: PreTrainedTokenizerFast, texts: int) -> Example:
    """As ``looking_up``, in so many sentences of tokens in no order: only the looking up can be learned there."""
    *marks, last = _ids(tokenizer, "".join(mark(number) for number in range(1, texts + 2)))
    some = iter(rng.sample(range(len(_SPECIAL), len(tokenizer) - MAX_MARKS), 12 * texts))
    said = [[number, *itertools.islice(some, rng.randint(3, 12))] for number in marks]
    wanted = rng.choice(said)
    words = rng.sample(wanted[1:], rng.randint(1, 3))
    text = [*itertools.chain(*said), last]
    asked = [*_ids(tokenizer, "Q:"), *words, *_ids(tokenizer, "\nPassage:"), *text, *_ids(tokenizer, "\nA: ")]
    return {"input_ids": asked + wanted, "labels": [*labels_of(tokenizer, asked, wanted), *wanted]}


def _ids(tokenizer: PreTrainedTokenizerFast, text: str) -> list[int]:
    ids: list[int] = tokenizer(text, add_special_tokens=False)["input_ids"]
    return ids


def going_on(rng: random.Random, sections: Sequence[Section], tokenizer: PreTrainedTokenizerFast) -> Example:
    """A section from its title, or from some sentence of it, to its end."""
    section = rng.choice(sections)
    said = sentences(section.text)
    start = rng.randrange(len(said)) if rng.random() < 0.5 else 0
    head = f"{section.title}. " if start == 0 else ""
    ids = tokenizer(f"<s>{head}{' '.join(said[start:])}</s>", add_special_tokens=False)["input_ids"][:128]
    return {"input_ids": ids, "labels": list(ids)}


def looking_up(
    rng: random.Random,
    sections: Sequence[Section],
    scramble: "Scramble",
    tokenizer: PreTrainedTokenizerFast,
    texts: int,
) -> Example:
    """A question with some words of one or two sentences in any order, a passage with them, and these sentences.

    It is written as a question to the adapter will be (``knowledge/prompt.py``).
    """
    question, passage, wanted = look_up(rng, sections, scramble, texts)
    asked = _ids(tokenizer, build_prompt(question, [passage]))
    said = _ids(tokenizer, f"{wanted}</s>")
    return {"input_ids": asked + said, "labels": [*labels_of(tokenizer, asked, said), *said]}


def look_up(
    rng: random.Random, sections: Sequence[Section], scramble: "Scramble", texts: int
) -> tuple[str, Section, str]:
    """A question, a passage of so many sentences at most, and those of its sentences that have the question's words."""
    section = rng.choice(sections)
    if rng.random() < 0.6:
        said = sentences(section.text)
        start = rng.randrange(max(1, len(said) - texts))
        said = said[start : start + texts]
    else:
        said = [rng.choice(sentences(rng.choice(sections).text)) for _ in range(texts)]
    if rng.random() < 0.6:
        said = scramble(rng, said)
    at = rng.randrange(len(said))
    wanted = said[at : at + (2 if rng.random() < 0.3 else 1)]
    others = {word.casefold() for sentence in said if sentence not in wanted for word in _words(sentence)}
    words: list[str] = []
    for sentence in wanted:
        candidates = [word for word in dict.fromkeys(_words(sentence)) if word.casefold() not in _STOP]
        telling = [word for word in candidates if word.casefold() not in others] or candidates or _words(sentence)
        words += [rng.choice(telling), *rng.sample(candidates, min(len(candidates), rng.randint(0, 3)))]
    rng.shuffle(words)
    asked = " ".join(word.casefold() if rng.random() < 0.3 else word for word in dict.fromkeys(words))
    answer = " ".join(f"{mark(number)} {sentence}" for number, sentence in enumerate(wanted, at + 1))
    return rng.choice(_ASKED).format(asked), replace(section, text=" ".join(said)), answer


def _words(sentence: str) -> list[str]:
    return re.findall(r"[\w'-]+", sentence)


class Scramble:
    """Puts other names, numbers and words in the place of those of a text, the same everywhere in it."""

    def __init__(self, sections: Sequence[Section]) -> None:
        self._subjects = list(dict.fromkeys(section.subject for section in sections))
        found = {word for section in sections for word in re.findall(r"\b[a-z]{4,}\b", section.text)}
        self._all = sorted(found - _STOP)

    def __call__(self, rng: random.Random, said: Sequence[str]) -> list[str]:
        subjects = dict(zip(self._subjects, rng.sample(self._subjects, len(self._subjects)), strict=True))
        here = sorted({word for sentence in said for word in re.findall(r"\b[a-z]{4,}\b", sentence)} - _STOP)
        words = {word: rng.choice(self._all) for word in rng.sample(here, round(len(here) * rng.random()))}
        names = re.compile("|".join(map(re.escape, sorted(subjects, key=len, reverse=True))))

        def changed(sentence: str) -> str:
            sentence = names.sub(lambda match: subjects[match.group()], sentence)
            sentence = re.sub(r"\d+", lambda match: str(rng.randint(1, 150)), sentence)
            return re.sub(r"\b[a-z]{4,}\b", lambda match: words.get(match.group(), match.group()), sentence)

        return [changed(sentence) for sentence in said]


@torch.inference_mode()
def looked_up(
    model: Any, tokenizer: PreTrainedTokenizerFast, sections: Sequence[Section], texts: int = 100, seed: int = 77
) -> float:
    """How often the model says exactly the sentences that it was to look up, of so many mixed-up texts."""
    rng, scramble = random.Random(seed), Scramble(sections)
    model.eval()
    right = 0
    for _ in range(texts):
        question, passage, wanted = look_up(rng, sections, scramble, rng.randint(4, 12))
        asked = tokenizer(build_prompt(question, [passage]), return_tensors="pt")
        made = model.generate(
            input_ids=asked["input_ids"], attention_mask=asked["attention_mask"], max_new_tokens=120, do_sample=False
        )
        right += tokenizer.decode(made[0, asked["input_ids"].shape[1] :], skip_special_tokens=True) == wanted
    return right / texts


class _Told(TrainerCallback):
    """Passes what the trainer logs on to whoever waits."""

    def __init__(self, report: Report) -> None:
        self._report = report

    def on_log(
        self, args: TrainingArguments, state: TrainerState, control: TrainerControl, logs: Any = None, **_: Any
    ) -> None:
        if logs and "loss" in logs:
            self._report(f"text {state.global_step:,}/{state.max_steps:,}  loss {float(logs['loss']):.3f}")
