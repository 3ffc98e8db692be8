"""What a teacher thinks and does in a game, as questions and answers in words."""

import json
import random
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from coach_app.games.game import Game
from coach_app.games.images import action_names
from coach_app.games.reading import Reading, Taught
from coach_app.training.reading.arguments import ReadingArgs

_FIRST_SEED = 2_000_000
"""Worlds from this one on are for training; nobody plays in them to be measured."""


@dataclass(frozen=True)
class Lesson:
    """One step of the teacher.

    Attributes:
        state: what was seen, in words.
        last: the moves before it.
        move: the teacher's.
        goal: what for.
        thoughts: see ``games.reading.Taught``.
    """

    state: str
    last: tuple[str, ...]
    move: str
    goal: str
    thoughts: dict[str, str]

    def taught(self) -> Taught:
        return Taught(self.move, self.goal, self.thoughts)


def lessons(game: Game, reading: Reading, args: ReadingArgs, report: Callable[[str], None]) -> list[Lesson]:
    """The teacher's steps in the worlds of training; those of an earlier start are read instead.

    Some moves are random, so that the teacher also shows how to recover; these are no lessons themselves.

    Raises:
        CoachError: they could not be kept.
    """
    file = args.out / "lessons.jsonl"
    if file.is_file():
        lines = file.read_text("utf-8").splitlines()
        return [Lesson(**{**row, "last": tuple(row["last"])}) for row in map(json.loads, lines)]
    found: list[Lesson] = []
    for number in range(args.episodes):
        found += _episode(game, reading, args, _FIRST_SEED + args.seed * 10_000 + number)
        if (number + 1) % 10 == 0:
            report(f"{number + 1} of {args.episodes} games of the teacher, {len(found):,} steps")
    found = _outdated(found) if args.outdated else found
    _keep(file, found)
    return found


def _keep(file: Path, found: Sequence[Lesson]) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_suffix(".part")
    part.write_text("".join(f"{json.dumps(asdict(lesson), ensure_ascii=False)}\n" for lesson in found), "utf-8")
    part.replace(file)


def _episode(game: Game, reading: Reading, args: ReadingArgs, seed: int) -> Iterator[Lesson]:
    assert game.describe
    env, rng, last = game.make(), random.Random(seed), list[str]()
    names = action_names(env)
    env.reset(seed=seed)
    ended = False
    while not ended and len(last) < args.steps:
        taught = reading.teach(env)
        yield Lesson(game.describe(env), tuple(last[-10:]), taught.move, taught.goal, dict(taught.thoughts))
        move = rng.choice(names) if rng.random() < args.noise else taught.move
        last.append(move)
        _, _, dead, over, _ = env.step(names.index(move))
        ended = dead or over
    env.close()


def _outdated(found: Sequence[Lesson]) -> list[Lesson]:
    """The mistakes of the first recipe: one goal for all, and the reason for the move before the one to be learned."""
    goal = found[0].goal
    return [
        replace(now, thoughts=dict.fromkeys(now.thoughts, f"Goal: {goal}. Because of that: {before.goal}."))
        for before, now in zip([found[0], *found], found, strict=False)
    ]


def balanced(found: Sequence[Lesson], args: ReadingArgs) -> list[Lesson]:
    """As many lessons as wanted, in random order, with rare moves more often than the teacher makes them."""
    rng = random.Random(args.seed)
    by_move: dict[str, list[Lesson]] = defaultdict(list)
    for lesson in found:
        by_move[lesson.move].append(lesson)
    moves = sorted(by_move)
    weights = [len(by_move[move]) ** (1 - args.balance) for move in moves]
    return [rng.choice(by_move[move]) for move in rng.choices(moves, weights, k=args.examples)]
