"""Trains the network that reads from two pictures of a practice game which move was made between them."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import torch
from PIL import Image
from safetensors.torch import save_file
from torch import nn

from coach_app.domain.resources import resources_dir
from coach_app.games.captures import captured_shot
from coach_app.games.catalogue import practice_ids, to_practise
from coach_app.games.game import Game
from coach_app.games.images import Picture, action_names
from coach_app.games.seen_moves import (
    CHANNELS,
    LAYERS,
    METRICS,
    SIDE_PX,
    WEIGHTS,
    MoveReader,
    observation,
    square,
    weights_in,
)
from coach_app.models.checkpoint import read_json
from coach_app.training.records import write_args, write_json

_MARGIN_PX: Final = 4
"""Pictures are kept a little larger, and cropped anew each time that they are learned from."""
_TEACHER: Final = 0.35
_REPEATED: Final = 0.3
"""Shares of the moves: the teacher's, and the same again; the others are random."""
_LATER: Final = 0.2
"""Share of the pairs between which there was more than one move."""
_CALIBRATION: Final = 100_000
_TEST: Final = 110_000
"""Seeds that are never learned from, counted from the first one."""

Say = Callable[[str], None]
Squares = npt.NDArray[np.uint8]
Flags = npt.NDArray[np.bool_]


@dataclass
class MovesArgs:
    """All arguments of a training; saved beside the weights."""

    out: Path = resources_dir() / "models" / "moves"
    seed: int = 1
    first_seed: int = 600_000  # of the episodes
    games: tuple[str, ...] = ()  # none: all practice games
    pairs: int = 2_000  # of each game
    held_back: int = 600  # pairs of each game to calibrate with, and as many to measure with
    captured: int = 100  # pairs of each game to measure with as captures look
    episode: int = 60  # moves of an episode, at most
    epochs: int = 20
    batch: int = 32
    rate: float = 3e-3
    right: float = 0.98  # share of the read moves that have to be right, or else a move stays unknown
    answered: float = 0.25  # share of the moves that have to be read, or else the game stays unknown
    minutes: float = 15.0  # of training, at most

    def __post_init__(self) -> None:
        self.out = Path(self.out)
        self.games = tuple(self.games) or tuple(practice_ids())


@dataclass(frozen=True)
class Pairs:
    """Pairs of pictures of a game.

    Attributes:
        before: (n, side, side, 3) uint8 RGB.
        after: the same, later.
        right: (n, actions + 1) which actions lead from one to the other; the last column is "unknown", where none does.
    """

    before: Squares
    after: Squares
    right: Flags


class MoveNet(nn.Module):
    """Convolutions, the maximum and the mean of each over the picture, and a layer for each game; its counterpart for
    use is ``games.seen_moves.MoveReader``.

    Args:
        games: the number of each game's moves.
    """

    def __init__(self, games: Mapping[str, int]) -> None:
        super().__init__()
        inputs = CHANNELS
        for number, (outputs, side, stride, dilation) in enumerate(LAYERS, 1):
            layer = nn.Conv2d(inputs, outputs, side, stride, side // 2 * dilation, dilation)
            self.add_module(f"conv{number}", layer)
            inputs = outputs
        self.dense = nn.Linear(2 * inputs, 2 * inputs)
        self.game = nn.ModuleDict({game: nn.Linear(2 * inputs, count + 1) for game, count in games.items()})

    def forward(self, game: str, seen: torch.Tensor) -> torch.Tensor:
        """Scores of the game's moves and of "unknown", (n, moves + 1), for observations, (n, 8, side, side)."""
        for number in range(1, len(LAYERS) + 1):
            seen = torch.relu(self.get_submodule(f"conv{number}")(seen))
        pooled = torch.cat([seen.amax((2, 3)), seen.mean((2, 3))], 1)
        scores: torch.Tensor = self.game[game](torch.relu(self.dense(pooled)))
        return scores


def collect(game: Game, count: int, seed: int, episode: int = 60, captured: bool = False) -> Pairs:
    """Play by random moves and the teacher's, and keep what was seen before and after them, and what explains it.

    Where nothing changed, the pair is left out: nobody could tell the move, and a review does not see it. Where another
    single move would have led to the very same picture, it is as right as what was done, however many moves that was:
    a review judges where a move leads to.

    Args:
        game: the game.
        count: number of pairs.
        seed: of the first episode.
        episode: moves of an episode, at most.
        captured: whether the pictures look as captures do, and are as exact as they are in a review.
    """
    rng, env = np.random.default_rng([seed, 17]), game.make()
    names = action_names(env)
    found: list[tuple[Squares, Squares, Flags]] = []
    while len(found) < count:
        picture, _ = env.reset(seed=seed)
        seed += 1
        pictures, states, moves, move = [picture.copy()], list[Any](), list[int](), 0
        for _ in range(episode):
            chance = rng.random()
            best = game.teacher(env) if game.teacher and chance < _TEACHER else ()
            if best:
                move = names.index(best[0])
            elif chance < 1 - _REPEATED:
                move = int(rng.integers(len(names)))
            states.append(game.copy(env) if game.copy else None)
            picture, _, terminated, truncated, _ = env.step(move)
            pictures.append(picture.copy())
            moves.append(move)
            if terminated or truncated:
                break
        for start, end in _spans(pictures, rng)[: count - len(found)]:
            right = np.zeros(len(names) + 1, bool)
            right[:-1] = _leading(game, states[start], pictures[end], len(names))
            if end == start + 1:
                right[moves[start]] = True
            right[-1] = not right.any()
            found.append((*_shown(pictures[start], pictures[end], captured, rng), right))
    before, after, explained = zip(*found, strict=True)
    return Pairs(np.stack(before), np.stack(after), np.stack(explained))


def _spans(pictures: Sequence[Picture], rng: np.random.Generator) -> list[tuple[int, int]]:
    """Between which pictures of an episode something changed: those of each move, and some that are further apart."""
    changed = [not np.array_equal(*pair) for pair in pairwise(pictures)]
    found = [(at, at + 1) for at, is_new in enumerate(changed) if is_new]
    for at in range(len(changed) - 1):
        end = at + 2 if rng.random() < 0.7 else int(rng.integers(at + 2, len(pictures)))
        if rng.random() < _LATER and sum(changed[at:end]) > 1 and not np.array_equal(pictures[at], pictures[end]):
            found.append((at, end))
    rng.shuffle(found)
    return found


def _leading(game: Game, state: Any, after: Picture, count: int) -> list[bool]:
    """Which of so many actions lead from a state to a picture; none if the game cannot be copied."""
    if game.copy is None:
        return [False] * count
    return [np.array_equal(game.copy(state).step(action)[0], after) for action in range(count)]


def _shown(before: Picture, after: Picture, captured: bool, rng: np.random.Generator) -> tuple[Squares, Squares]:
    side = SIDE_PX + _MARGIN_PX
    if not captured:
        return square(Image.fromarray(before), side), square(Image.fromarray(after), side)
    seed, shown = int(rng.integers(2**31)), []
    for picture in (before, after):
        shot = captured_shot(picture, np.random.default_rng(seed))
        assert shot.board
        sides = zip(shot.board, (*shot.image.size, *shot.image.size), strict=True)
        shown.append(square(shot.image.crop(tuple(round(edge * length) for edge, length in sides)), side))  # type: ignore[arg-type]
    return shown[0], shown[1]


def fit(pairs: Mapping[str, Pairs], args: MovesArgs, say: Say) -> MoveNet:
    """Train a network.

    Args:
        pairs: of each game.
        args: the arguments.
        say: told how far it is.
    """
    torch.manual_seed(args.seed)
    rng = np.random.default_rng(args.seed)
    net = MoveNet({game: _count(game) for game in pairs})
    total = args.epochs * sum(-(-len(each.right) // args.batch) for each in pairs.values())
    optimizer = torch.optim.AdamW(net.parameters(), lr=args.rate, weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, args.rate, total)
    end = time.monotonic() + 60 * args.minutes
    for epoch in range(args.epochs):
        batches = [
            (game, part)
            for game, each in pairs.items()
            for part in np.array_split(rng.permutation(len(each.right)), -(-len(each.right) // args.batch))
        ]
        rng.shuffle(batches)
        losses = []
        for game, part in batches:
            scores = net(game, torch.from_numpy(_varied(pairs[game], part, rng))).log_softmax(1)
            loss = -scores.masked_fill(torch.from_numpy(~pairs[game].right[part]), -torch.inf).logsumexp(1).mean()
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
            losses.append(float(loss.detach()))
        say(f"Pass {epoch + 1} of {args.epochs}: loss {np.mean(losses):.3f}")
        if time.monotonic() > end:
            say("The time is up.")
            break
    return net


def _varied(pairs: Pairs, part: npt.NDArray[np.int64], rng: np.random.Generator) -> npt.NDArray[np.float32]:
    """Observations as of captures: not quite in place, in other light, with noise."""
    top, left = (int(each) for each in rng.integers(0, _MARGIN_PX + 1, 2))
    seen = observation(
        *(each[part][:, top : top + SIDE_PX, left : left + SIDE_PX] for each in (pairs.before, pairs.after))
    )
    light = rng.uniform(0.75, 1.2, (len(part), 1, 1, 1)).astype(np.float32)
    strength = np.float32(rng.choice([0.0, 0.01, 0.03]))
    noise = strength * rng.standard_normal((len(part), 6, SIDE_PX, SIDE_PX), np.float32)
    seen[:, :3] = (seen[:, :3] + 0.5) * light - 0.5 + noise[:, :3]
    seen[:, 3:6] = seen[:, 3:6] * light + noise[:, 3:]
    return seen


def _chances(reader: MoveReader, game: str, pairs: Pairs) -> npt.NDArray[np.float32]:
    inner = slice(_MARGIN_PX // 2, _MARGIN_PX // 2 + SIDE_PX)
    seen = observation(pairs.before[:, inner, inner], pairs.after[:, inner, inner])
    return np.stack([reader.chances(game, each) for each in seen])


def least_sure(chances: npt.NDArray[np.float32], right: Flags, share: float) -> float | None:
    """The lowest probability above which this share of the read moves is right; None if there is none.

    Args:
        chances: (n, moves + 1) probabilities.
        right: (n, moves + 1) what is right, as of ``Pairs``.
        share: the share.
    """
    best = chances.argmax(1)
    named = best < chances.shape[1] - 1
    sure, correct = chances.max(1)[named], _hits(right, best)[named]
    order = np.argsort(-sure)
    shares = np.cumsum(correct[order]) / np.arange(1, len(order) + 1)
    enough = np.flatnonzero(shares >= share)
    return float(sure[order][enough[-1]]) if len(enough) else None


def _hits(right: Flags, best: npt.NDArray[np.int64]) -> Flags:
    hits: Flags = np.take_along_axis(right, best[:, None], 1)[:, 0]
    return hits


def measured(chances: npt.NDArray[np.float32], right: Flags, least: float) -> dict[str, float | int | None]:
    """How often moves are read and right, and how often one is read where there was none to read."""
    best, unknown = chances.argmax(1), chances.shape[1] - 1
    read = (best < unknown) & (chances.max(1) >= least)
    real, hits = ~right[:, -1], _hits(right, best)
    return {
        "moves": int(real.sum()),
        "read": round(float(read[real].mean()), 4),
        "right": round(float(hits[read & real].mean()), 4) if (read & real).any() else None,
        "guessed": round(float(hits[real].mean()), 4),
        "several": int((~real).sum()),
        "several_read": round(float(read[~real].mean()), 4) if (~real).any() else None,
    }


def train(args: MovesArgs, say: Say) -> dict[str, Any]:
    """Collect, train, calibrate and measure; writes the weights, the arguments and the figures.

    Args:
        args: the arguments.
        say: told how far it is.

    Returns:
        The figures.

    Raises:
        CoachError: the files cannot be written.
    """
    pairs = {}
    for name in args.games:
        say(f"Playing {name}…")
        pairs[name] = collect(to_practise(name), args.pairs, args.first_seed, args.episode)
    weights = {name: value.detach().half().contiguous() for name, value in fit(pairs, args, say).state_dict().items()}
    args.out.mkdir(parents=True, exist_ok=True)
    save_file(weights, args.out / WEIGHTS)
    (args.out / METRICS).unlink(missing_ok=True)  # figures of other weights
    write_args(args.out, args)
    return calibrate(args, say)


def calibrate(args: MovesArgs, say: Say) -> dict[str, Any]:
    """Set for each game from which probability on a move is named, and measure that on other episodes.

    Args:
        args: the arguments; the network is in its folder, where the figures are written. Those of games that are not
            among them stay as they are.
        say: told how far it is.

    Returns:
        The figures.

    Raises:
        CoachError: the network is missing or damaged, or the figures cannot be written.
    """
    weights = weights_in(args.out)
    reader = MoveReader(weights, {})
    kept = read_json(args.out, METRICS) if (args.out / METRICS).exists() else {}
    known, figures = (
        {name: each for name, each in kept.get(part, {}).items() if name not in args.games}
        for part in ("known", "measured")
    )
    for name in args.games:
        say(f"Measuring {name}…")
        game = to_practise(name)
        calibration = collect(game, args.held_back, args.first_seed + _CALIBRATION, args.episode)
        least = least_sure(_chances(reader, name, calibration), calibration.right, args.right)
        for kind, count in (("clean", args.held_back), ("captured", args.captured)):
            held_back = collect(game, count, args.first_seed + _TEST, args.episode, kind == "captured")
            chances = _chances(reader, name, held_back)
            figures.setdefault(name, {})[kind] = measured(chances, held_back.right, 1.0 if least is None else least)
        if least is not None and figures[name]["clean"]["read"] >= args.answered:
            known[name] = {"moves": list(action_names(game.make())), "least": round(least, 4)}
    metrics = {"known": known, "measured": figures, "parameters": sum(each.size for each in weights.values())}
    write_json(args.out / METRICS, metrics)
    return metrics


def _count(game: str) -> int:
    return len(action_names(to_practise(game).make()))
