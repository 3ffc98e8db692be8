"""What would have happened: another move, made in a copy of a game."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from coach_app.domain.errors import CoachError
from coach_app.domain.phrases import phrases
from coach_app.games.catalogue import copier_of, teacher_of
from coach_app.games.game import Game, Size
from coach_app.games.images import ImageEnv, Picture, action_names
from coach_app.games.positions import rendered
from coach_app.games.profiles import action_meant

_FORMS: Final = {
    **dict.fromkeys(("gone", "went", "going", "moved", "walked", "stepped"), "go"),
    "turned": "turn",
    "picked": "pick",
    "dropped": "drop",
    "toggled": "toggle",
    "made": "make",
    "placed": "place",
    "put": "place",
    "slept": "sleep",
    "waited": "wait",
    "interacted": "interact",
    "fired": "fire",
    "jumped": "jump",
    "forwards": "forward",
    "leftwards": "left",
    "rightwards": "right",
    "upwards": "up",
    "downwards": "down",
}
"""Words of a question, and those that name moves."""
_WHAT_WAS_DONE: Final = re.compile(r"\b(?:instead of|rather than|and not)\b.*|,\s*not\b.*", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True)
class Outcome:
    """What a move leads to.

    Attributes:
        move: name of the action.
        reward: of this step.
        ended: how the episode ended with it, as a sentence; empty if it goes on.
        description: the state after it in words; empty if the game has none.
        changed: the parts of the description that are new.
        picture: of the state after it, (height, width, 3) uint8 RGB.
        later_moves: what the teacher did from there.
        later_reward: of those moves, together.
        later_ended: how the episode ended with them.
        later_picture: after those moves.
    """

    move: str
    reward: float
    ended: str
    description: str
    changed: tuple[str, ...]
    picture: Picture = field(repr=False)
    later_moves: tuple[str, ...]
    later_reward: float
    later_ended: str
    later_picture: Picture = field(repr=False)

    @property
    def text(self) -> str:
        """The outcome in a few lines."""
        lines = [f"{self.move}: reward {self.reward:+.2f} {self.ended}".rstrip()]
        lines += [f"  {change}" for change in self.changed]
        if count := len(self.later_moves):
            moves = f"{count} move{'s' * (count > 1)}"
            lines.append(f"  after {moves} by the teacher: {self.later_reward:+.2f} more {self.later_ended}".rstrip())
        return "\n".join(lines)

    def as_json(self) -> dict[str, Any]:
        """Everything but the pictures."""
        return {name: value for name, value in vars(self).items() if "picture" not in name}


@dataclass(frozen=True)
class WhatIf:
    """Two moves from the same state.

    Attributes:
        made: what the move that was made led to.
        instead: what the other one would have led to.
    """

    made: Outcome
    instead: Outcome

    @property
    def text(self) -> str:
        """The answer in a few lines."""
        if self.made.move == self.instead.move:
            return f"as it was, {self.made.text}"
        return f"instead, {self.instead.text}\nas it was, {self.made.text}"


def what_if(game: Game, env: ImageEnv, made: str, instead: str, ahead: int = 5) -> WhatIf:
    """Compare two moves in copies of a game.

    Args:
        game: the game.
        env: the game in the state where the move was made; it is not changed.
        made: name of the action that was made.
        instead: name of another one.
        ahead: how many moves of the teacher follow, if there is one.

    Raises:
        CoachError: the game cannot be copied.
    """
    copied = copier_of(game)
    return WhatIf(*(_outcome(game, copied(env), move, ahead) for move in (made, instead)))


def played(game: Game, seed: int, moves: Sequence[str], size: Size | None = None) -> ImageEnv:
    """A game after some moves.

    Args:
        game: the game.
        seed: of the episode.
        moves: names of its actions.
        size: of the map; None is the game's default.

    Raises:
        CoachError: the episode ends before the last of them.
    """
    env = game.make(size)
    names = action_names(env)
    env.reset(seed=seed)
    for number, move in enumerate(moves, 1):
        _, _, terminated, truncated, _ = env.step(names.index(move))
        if terminated or truncated:
            raise CoachError(f"The episode ends with move {number}: {move}.", "Name fewer moves.")
    return env


def teachers_moves(game: Game, seed: int, count: int, size: Size | None = None) -> tuple[str, ...]:
    """The first moves that the teacher makes in an episode; fewer if it ends.

    Raises:
        CoachError: there is no teacher.
    """
    best, env = teacher_of(game), game.make(size)
    env.reset(seed=seed)
    return _let_teacher_play(best, env, count)[0]


def move_named(name: str, names: Sequence[str]) -> str:
    """The action that a word stands for.

    Raises:
        CoachError: it stands for none; the sentence names the actions.
    """
    found = action_meant(name.strip().lower(), names)
    if found is None:
        raise CoachError(f"There is no move “{name.strip()}” in this game.", f"Its moves are: {', '.join(names)}.")
    return found


def move_asked(question: str, names: Sequence[str]) -> str:
    """The action that a question such as "What if I had gone left?" is about.

    Args:
        question: in English, where what follows "instead of" does not count, or with a move's Japanese name.
        names: of the game's actions.

    Raises:
        CoachError: it names no action, or several.
    """
    words = re.findall(r"[a-z]+|\d+", _WHAT_WAS_DONE.sub("", question).lower())
    words = [_FORMS.get(word, word) for word in words]
    best: dict[str, int] = {}
    for name in names:
        parts = re.findall(r"[a-z]+|\d+", name.lower())
        at = -1
        for part in parts:  # all of them, in this order: "place the stone"
            at = next((index for index, word in enumerate(words) if index > at and word == part), len(words))
        if at < len(words):
            best[name] = len(parts)
    longest = [name for name, length in best.items() if length == max(best.values())]
    if not longest:  # "left" for "turn left"
        longest = [name for name in names if set(words) & {part for part in name.lower().split() if len(part) > 2}]
    if not longest:
        in_japanese = {phrases("ja").translated(name): name for name in names}
        found = [word for word in in_japanese if word in question]
        longest = [in_japanese[word] for word in found if not any(word != other and word in other for other in found)]
    if not longest:
        raise CoachError(f"“{question.strip()}” names no move of this game.", f"Its moves are: {', '.join(names)}.")
    if len(longest) > 1:
        raise CoachError(f"“{question.strip()}” names several moves.", f"Name one of: {', '.join(longest)}.")
    return longest[0]


def _outcome(game: Game, env: ImageEnv, move: str, ahead: int) -> Outcome:
    """Make a move in an environment, which is used up."""
    before = game.describe(env) if game.describe else ""
    _, reward, terminated, truncated, _ = env.step(action_names(env).index(move))
    picture, ended = rendered(env), _ending(game, env, terminated, truncated)
    description = game.describe(env) if game.describe else ""
    moves: tuple[str, ...] = ()
    later, later_ended = 0.0, ""
    if game.teacher and not ended:
        moves, later, terminated, truncated = _let_teacher_play(game.teacher, env, ahead)
        later_ended = _ending(game, env, terminated, truncated)
    return Outcome(
        move,
        float(reward),
        ended,
        description,
        changes(before, description),
        picture,
        moves,
        later,
        later_ended,
        rendered(env),
    )


def _let_teacher_play(
    best: Callable[[Any], tuple[str, ...]], env: ImageEnv, count: int
) -> tuple[tuple[str, ...], float, bool, bool]:
    """The moves, their reward together, and whether the episode ended or ran out of steps."""
    names, moves, total = action_names(env), list[str](), 0.0
    terminated = truncated = False
    while len(moves) < count and not (terminated or truncated):
        moves.append(best(env)[0])
        _, reward, terminated, truncated, _ = env.step(names.index(moves[-1]))
        total += float(reward)
    return tuple(moves), total, terminated, truncated


def _ending(game: Game, env: ImageEnv, terminated: bool, truncated: bool) -> str:
    if terminated:
        return game.practice.ending(env).text if game.practice else "The episode ended."
    return "The episode ran out of steps." if truncated else ""


def changes(before: str, after: str) -> tuple[str, ...]:
    """The sentences and clauses of a description that are new.

    Args:
        before: description of the state before.
        after: of the state after.
    """
    old = set(_clauses(before))
    return tuple(clause for clause in _clauses(after) if clause not in old)


def _clauses(description: str) -> list[str]:
    return [clause.strip().removesuffix(".") for clause in re.split(r"[\n;]", description) if clause.strip()]
