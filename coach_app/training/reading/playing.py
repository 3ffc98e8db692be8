"""Plays a few short games with a model in training: what its answers are worth cannot be told from its loss."""

import statistics
from collections import Counter
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch

from coach_app.engine.answering import chat_ids
from coach_app.games.achievements import entropy_bits
from coach_app.games.game import Game
from coach_app.games.images import action_names
from coach_app.games.reading import Reading, quoted_move
from coach_app.training.precision import multiplies_bfloat16
from coach_app.training.reading.arguments import ReadingArgs

_FIRST_SEED = 2_900_000


@dataclass(frozen=True)
class Played:
    """What came of the games.

    Attributes:
        step: of the training.
        reward: mean over the games.
        commonest_move: made most often.
        commonest_share: its share of all moves.
        entropy_bits: entropy of the moves.
        no_move: share of the answers that quoted no move.
    """

    step: int
    reward: float
    commonest_move: str
    commonest_share: float
    entropy_bits: float
    no_move: float


@torch.inference_mode()
def played(model: Any, tokenizer: Any, game: Game, reading: Reading, args: ReadingArgs, step: int) -> Played:
    """Play, always in the same worlds, with the likeliest words.

    Args:
        model: the text model, with its adapter.
        tokenizer: the model's.
        game: the game to play; it can be described in words.
        reading: how it is read.
        args: of the training.
        step: of the training.
    """
    assert game.describe
    was_training = model.training
    model.eval()
    envs = [game.make() for _ in range(args.plays)]
    names = action_names(envs[0])
    for number, env in enumerate(envs):
        env.reset(seed=_FIRST_SEED + number)
    rng = np.random.default_rng(args.seed)
    last: list[list[str]] = [[] for _ in envs]
    rewards, made, no_move, asked = [0.0] * len(envs), Counter[str](), 0, 0
    going = list(range(len(envs)))
    for _ in range(args.play_steps):
        prompts = [reading.asked(game.describe(envs[each]), last[each], args.form, args.short) for each in going]
        ended = []
        for each, answer in zip(going, _answers(model, tokenizer, prompts, args.answer_tokens), strict=True):
            move = quoted_move(answer, names)
            asked, no_move = asked + 1, no_move + (move is None)
            move = move or names[rng.integers(len(names))]
            made[move] += 1
            last[each].append(move)
            _, gained, dead, over, _ = envs[each].step(names.index(move))
            rewards[each] += float(gained)
            if dead or over:
                ended.append(each)
        going = [each for each in going if each not in ended]
        if not going:
            break
    for env in envs:
        env.close()
    model.train(was_training)
    commonest, times = made.most_common(1)[0]
    return Played(
        step,
        round(statistics.fmean(rewards), 3),
        commonest,
        round(times / asked, 4),
        entropy_bits(made.values()),
        round(no_move / asked, 4),
    )


def _answers(model: Any, tokenizer: Any, prompts: list[str], most: int) -> list[str]:
    """The likeliest answers to several prompts at once."""
    rows = [chat_ids(tokenizer, prompt) for prompt in prompts]
    longest, pad = max(map(len, rows)), tokenizer.eos_token_id
    ids = torch.tensor([[pad] * (longest - len(row)) + row for row in rows], device=model.device)
    mask = torch.tensor([[0] * (longest - len(row)) + [1] * len(row) for row in rows], device=model.device)
    with torch.autocast(model.device.type, torch.bfloat16, enabled=multiplies_bfloat16()):
        made = model.generate(
            input_ids=ids, attention_mask=mask, max_new_tokens=most, do_sample=False, pad_token_id=pad
        )
    answers: list[str] = tokenizer.batch_decode(made[:, longest:], skip_special_tokens=True)
    return answers
