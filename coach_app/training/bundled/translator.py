"""Trains the offline translator of the bundled coach: a small MarianMT for the sentences that this coach uses.

The sentences and their Japanese come from the lessons of the coach's game. One in ten of the long ones (by its hash) is
held out, so that the figures measure generalisation; short ones are not, as each is unique in content.

The result is a standard Marian checkpoint, with the criterion of ``coach_app.engine.confidence`` beside it.
"""

import hashlib
import io
import json
import math
import random
import shutil
import tempfile
import time
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import sentencepiece
import torch
from transformers import MarianConfig, MarianMTModel, MarianTokenizer

from coach_app.domain.errors import CoachError
from coach_app.engine.confidence import Confidence, save_confidence, word_pairs
from coach_app.engine.loader import TranslationModel, load_translator
from coach_app.engine.translating import translate, translate_with_log_probs
from coach_app.games.lessons import Lessons, Sentence
from coach_app.training.records import write_args, write_json

Report = Callable[[Mapping[str, Any]], None]
"""Gets what has happened so far, by name; for a progress line or a line of JSON."""

_MAX_TOKENS = 512  # as in other Marian models
_CALIBRATION_SENTENCES = 600
_SHORT_WEIGHT = 20
_SPECIAL = ("</s>", "<unk>", "<pad>")


@dataclass(frozen=True)
class TranslatorArgs:
    """The arguments of the training.

    Attributes:
        out: folder of the checkpoint; replaced as a whole at the end of the training.
        seed: seed of levels, weights and batches.
        levels: number of random levels whose answers are trained on.
        vocabulary: maximum number of pieces of each language.
        width: d_model.
        layers: number of layers of the encoder, and of the decoder.
        heads: number of attention heads.
        steps: number of batches.
        batch: sentences in a batch.
        learning_rate: maximum, reached after a twentieth of the steps, followed by cosine decay to zero.
        dropout: dropout rate.
        rough: share of training sentences without their final punctuation.
        test_answers: number of answers about unseen levels for the evaluation.
    """

    out: Path = Path("out/train/translator")
    seed: int = 1
    levels: int = 1_500
    vocabulary: int = 300
    width: int = 128
    layers: int = 2
    heads: int = 4
    steps: int = 2_000
    batch: int = 48
    learning_rate: float = 2e-3
    dropout: float = 0.05
    rough: float = 0.1
    test_answers: int = 500

    def __post_init__(self) -> None:
        for name in ("levels", "vocabulary", "width", "layers", "heads", "steps", "batch", "test_answers"):
            if getattr(self, name) < 1:
                raise CoachError(f"{name} has to be 1 or more.", "Leave it out to use the usual value.")
        if self.seed < 0:
            raise CoachError("The seed has to be 0 or more.", "For instance 1.")
        if self.width % (2 * self.heads):
            raise CoachError("The width has to be a multiple of twice the heads.", "For instance 128 and 4.")
        if not 0 < self.learning_rate < 1:
            raise CoachError("The learning rate has to be between 0 and 1.", "For instance 0.002.")
        for name in ("dropout", "rough"):
            if not 0 <= getattr(self, name) < 1:
                raise CoachError(f"{name} has to be between 0 and 1.", "For instance 0.1.")


def train(args: TranslatorArgs, lessons: Lessons, report: Report = lambda _: None) -> dict[str, Any]:
    """Train, measure and save the translator.

    Args:
        args: the arguments; the same ones give the same weights on the same machine.
        lessons: source of the coach's sentences.
        report: called every hundred batches with ``step``, ``of`` and ``loss``.

    Returns:
        The metrics, as saved in ``metrics.json``.
    """
    torch.manual_seed(args.seed)
    answers = lessons.training_answers(args.levels, np.random.default_rng(args.seed))
    sentences = sorted({part for answer in answers for part in answer}, key=lambda part: part.en)
    trained = [sentence for sentence in sentences if not _kept_back(sentence)]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        tokenizer = _make_tokenizer(folder, trained, args.vocabulary)
        model = _make_model(tokenizer, args)
        started = time.monotonic()
        _fit(model, tokenizer, trained, args, report)
        seconds = time.monotonic() - started
        model.half().save_pretrained(folder)
        pairs = frozenset(pair for sentence in trained for pair in word_pairs(sentence.en))
        save_confidence(folder, _calibrate(load_translator(folder), pairs, [s for s in sentences if _kept_back(s)]))
        metrics = {
            "training_sentences": len(trained),
            "training_s": round(seconds),
            "text": text_hash(lessons),
            **evaluate(folder, lessons, args.test_answers),
        }
        _describe(folder, args, metrics, sum(parameter.numel() for parameter in model.parameters()))
        shutil.rmtree(args.out, ignore_errors=True)
        args.out.mkdir(parents=True)
        for file in folder.iterdir():
            shutil.copyfile(file, args.out / file.name)  # without its mode: temporary files are private
    return metrics


def evaluate(folder: Path, lessons: Lessons, answers: int = 500) -> dict[str, Any]:
    """Translate answers about unseen levels, and other English, with the engine's code.

    Returns:
        Counts, and shares from 0 to 1: exact answers and sentences, mean chrF of sentences, the coach's own sentences
        that were refused, and other English that was not. ``new`` sentences are the held-out ones; the other sentences
        of an unseen answer may have occurred in training answers.
    """
    translation = load_translator(folder)
    near, other = lessons.NEVER_SAID
    unseen = list(lessons.unseen_answers(answers))
    sentences = [sentence for answer in unseen for sentence in answer]
    japanese = {english: _translation(translation, english) for english in {sentence.en for sentence in sentences}}
    new = [sentence for sentence in sentences if _kept_back(sentence)]
    return {
        "answers": len(unseen),
        "exact_answers": _share(all(japanese[sentence.en] == sentence.ja for sentence in answer) for answer in unseen),
        "sentences": len(sentences),
        "exact_sentences": _share(japanese[sentence.en] == sentence.ja for sentence in sentences),
        "chrf": round(
            sum(chrf(japanese[sentence.en] or "", sentence.ja) for sentence in sentences) / len(sentences), 4
        ),
        "refused_sentences": _share(japanese[sentence.en] is None for sentence in sentences),
        "new_sentences": len(new),
        "exact_new_sentences": _share(japanese[sentence.en] == sentence.ja for sentence in new),
        "near_english_believed": _share(_translation(translation, english) is not None for english in near),
        "other_english_believed": _share(_translation(translation, english) is not None for english in other),
    }


def text_hash(lessons: Lessons) -> str:
    """A hash of the coach's current answers.

    It changes when the wording or translation of the lessons changes; the translator then has to be retrained.
    """
    digest = hashlib.sha256()
    for answer in lessons.unseen_answers(100):
        digest.update(json.dumps([[sentence.en, sentence.ja] for sentence in answer]).encode())
    return digest.hexdigest()[:16]


def chrf(candidate: str, reference: str, max_order: int = 6, beta: float = 2.0) -> float:
    """Character n-gram F-score of one sentence, from 0 to 1.

    M. Popović, chrF: character n-gram F-score for automatic MT evaluation, WMT 2015.
    """
    precisions, recalls = [], []
    for length in range(1, min(max_order, len(reference)) + 1):
        ours, theirs = (
            Counter(text[start : start + length] for start in range(len(text) - length + 1))
            for text in (candidate, reference)
        )
        both = (ours & theirs).total()
        precisions.append(both / max(1, ours.total()))
        recalls.append(both / theirs.total())
    precision, recall = (sum(shares) / max(1, len(shares)) for shares in (precisions, recalls))
    return (1 + beta**2) * precision * recall / (beta**2 * precision + recall) if precision and recall else 0.0


def _kept_back(sentence: Sentence) -> bool:
    return _is_long(sentence) and zlib.crc32(sentence.en.encode()) % 10 == 0


def _is_long(sentence: Sentence) -> bool:
    """Whether it combines two statements, like thousands of other sentences."""
    return len(sentence.en.split()) > 15


def _make_tokenizer(folder: Path, sentences: Sequence[Sentence], vocabulary: int) -> MarianTokenizer:
    """Train two SentencePiece models with a common vocabulary, and save them in ``folder``."""
    # English is lower-cased, so that capitals do not matter; Japanese is not, and gets no leading space.
    sides: tuple[tuple[str, list[str], dict[str, Any]], ...] = (
        ("source", [sentence.en for sentence in sentences], {"normalization_rule_name": "nmt_nfkc_cf"}),
        (
            "target",
            [sentence.ja for sentence in sentences],
            {"normalization_rule_name": "identity", "add_dummy_prefix": False},
        ),
    )
    pieces = list(_SPECIAL)
    for name, texts, options in sides:
        model = io.BytesIO()
        sentencepiece.SentencePieceTrainer.train(
            sentence_iterator=iter(texts),
            model_writer=model,
            vocab_size=vocabulary,
            hard_vocab_limit=False,
            character_coverage=1.0,
            num_threads=1,
            bos_id=-1,
            model_type="bpe",
            split_by_whitespace=False,
            split_by_unicode_script=False,
            split_by_number=False,
            max_sentencepiece_length=16,
            minloglevel=2,
            **options,
        )
        (folder / f"{name}.spm").write_bytes(model.getvalue())
        processor = sentencepiece.SentencePieceProcessor(model_proto=model.getvalue())
        pieces += [processor.id_to_piece(number) for number in range(processor.get_piece_size())]
    ids = {piece: number for number, piece in enumerate(dict.fromkeys(pieces))}
    (folder / "vocab.json").write_text(json.dumps(ids, ensure_ascii=False), encoding="utf-8")
    tokenizer = MarianTokenizer(
        str(folder / "source.spm"),
        str(folder / "target.spm"),
        str(folder / "vocab.json"),
        source_lang="en",
        target_lang="ja",
        model_max_length=_MAX_TOKENS,
    )
    tokenizer.save_pretrained(folder)
    return tokenizer


def _make_model(tokenizer: MarianTokenizer, args: TranslatorArgs) -> MarianMTModel:
    model = MarianMTModel(
        MarianConfig(
            vocab_size=len(tokenizer),
            d_model=args.width,
            encoder_layers=args.layers,
            decoder_layers=args.layers,
            encoder_attention_heads=args.heads,
            decoder_attention_heads=args.heads,
            encoder_ffn_dim=4 * args.width,
            decoder_ffn_dim=4 * args.width,
            max_position_embeddings=_MAX_TOKENS,
            activation_function="swish",
            dropout=args.dropout,
            scale_embedding=True,
            pad_token_id=tokenizer.pad_token_id,
            eos_token_id=tokenizer.eos_token_id,
            decoder_start_token_id=tokenizer.pad_token_id,
            forced_eos_token_id=None,
        )
    )
    model.generation_config.bad_words_ids = [[tokenizer.pad_token_id]]
    return model


def _fit(
    model: MarianMTModel,
    tokenizer: MarianTokenizer,
    sentences: Sequence[Sentence],
    args: TranslatorArgs,
    report: Report,
) -> None:
    rng = random.Random(args.seed)
    weights = [1 if _is_long(sentence) else _SHORT_WEIGHT for sentence in sentences]
    whole = tokenizer([sentence.en for sentence in sentences])["input_ids"]
    rough = tokenizer([sentence.en.rstrip(".!?") for sentence in sentences])["input_ids"]
    wanted = tokenizer(text_target=[sentence.ja for sentence in sentences])["input_ids"]
    optimiser = torch.optim.AdamW(model.parameters(), lr=args.learning_rate, betas=(0.9, 0.98), weight_decay=0.01)
    warm = max(1, args.steps // 20)

    def rate(step: int) -> float:
        return min((step + 1) / warm, 0.5 * (1 + math.cos(math.pi * step / args.steps)))

    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, rate)
    model.train()
    total = 0.0
    for step in range(1, args.steps + 1):
        batch = rng.choices(range(len(sentences)), weights, k=args.batch)
        inputs = _padded([(rough if rng.random() < args.rough else whole)[n] for n in batch], tokenizer.pad_token_id)
        loss = model(
            input_ids=inputs,
            attention_mask=(inputs != tokenizer.pad_token_id).long(),
            labels=_padded([wanted[n] for n in batch], -100),
        ).loss
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()
        schedule.step()
        total += loss.item()
        if step % 100 == 0:
            report({"step": step, "of": args.steps, "loss": round(total / 100, 5)})
            total = 0.0
    model.eval()


def _padded(rows: Sequence[Sequence[int]], padding: int) -> torch.Tensor:
    """Pad rows of tokens into one tensor (rows, longest row), int64."""
    longest = max(map(len, rows))
    return torch.tensor([[*row, *[padding] * (longest - len(row))] for row in rows])


def _calibrate(
    translation: TranslationModel, pairs: frozenset[tuple[str, str]], unseen: Sequence[Sentence]
) -> Confidence:
    """Set the threshold so that 199 of 200 correct translations of unseen sentences are trusted.

    Limited to a probability of 0.5 to 0.95 for the least probable token, as there may be few such sentences, or none.
    """
    least: list[float] = []
    for sentence in random.Random(0).sample(unseen, min(len(unseen), _CALIBRATION_SENTENCES)):
        japanese, log_probs = translate_with_log_probs(translation, sentence.en, lambda: False)
        if japanese == sentence.ja:
            least.append(min(log_probs))
    sure = sorted(least)[len(least) // 200] if least else 0.0
    return Confidence(pairs, round(min(max(sure, math.log(0.5)), math.log(0.95)), 4))


def _translation(translation: TranslationModel, english: str) -> str | None:
    try:
        return translate(translation, english, lambda: False)
    except CoachError:
        return None


def _share(hits: Iterable[bool]) -> float:
    found = list(hits)
    return round(sum(found) / len(found), 4) if found else 0.0


def _describe(folder: Path, args: TranslatorArgs, metrics: Mapping[str, Any], parameters: int) -> None:
    """Write arguments, commit, metrics and a model card."""
    write_args(folder, args)
    write_json(folder / "metrics.json", metrics)
    (folder / "README.md").write_text(_CARD.format(args=args, parameters=parameters, **metrics), encoding="utf-8")


_CARD = """\
# {args.out.name}: the offline translator of the bundled coach

A MarianMT model from English to Japanese of {parameters:,} parameters (fp16, {args.layers} + {args.layers} layers,
width {args.width}), trained from scratch by `coach train translator` on the sentences of
its lessons (`coach_app/games/*/lessons`) and nothing else. It loads through `MarianMTModel` and
`MarianTokenizer`, as any local Marian model does.

## What it knows
The sentences that the bundled coach says about its practice games, one at a time, whatever their
capitals and with or without their full stop. One in ten of the long sentences was kept back from the
training, to see what the model makes of new ones.

## What it does not know
Any other English. `confidence.json` holds the rule by which the engine refuses it: each pair of
neighbouring words must be one of the training's, and each token of the translation as probable as in right
translations of unseen sentences. Refused sentences stay English (or go to another translator, where the
user allows one).

## Measured
On {answers} answers about levels that the training never draws ({sentences} sentences), greedily decoded by the engine:

| | |
|---|---|
| exact answers | {exact_answers:.1%} |
| exact sentences | {exact_sentences:.1%} |
| exact among the {new_sentences} sentences never trained on | {exact_new_sentences:.1%} |
| chrF of the sentences | {chrf:.3f} |
| the coach's own sentences refused | {refused_sentences:.1%} |
| other models' English about the same game believed | {near_english_believed:.1%} |
| English about anything else believed | {other_english_believed:.1%} |

Trained on {training_sentences:,} sentences in {args.steps:,} batches of {args.batch}, {training_s} s on a
CPU shared with other work.
All arguments, the seed and the commit are in `args.json`, the figures in `metrics.json`.
"""
