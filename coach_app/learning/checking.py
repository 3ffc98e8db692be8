"""Derives the answers of questions again by playing, from seeds and moves alone, never from what was recorded.

Where there is nothing but pictures, the moves are read from these again.
"""

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Final

import numpy as np
from PIL import Image

from coach_app.domain.errors import CoachError
from coach_app.domain.moves import named_move
from coach_app.games.game import Game
from coach_app.games.images import ImageEnv, action_names
from coach_app.games.positions import rendered
from coach_app.games.profiles import profile_of
from coach_app.games.seen_moves import bundled
from coach_app.learning.experience import size_of_name
from coach_app.learning.moves import move_within
from coach_app.learning.questions import IT_ENDS, NOTHING_CHANGES, WIN, Kind, Question, places_in, written


class _Play:
    """An episode that is played again up to a question."""

    def __init__(self, game: Game, question: Question) -> None:
        self.game = game
        self.env: ImageEnv = game.make(size_of_name(question.size))
        self.env.reset(seed=question.seed)
        self.names = action_names(self.env)
        self.reward, self.terminated = 0.0, False
        for move in question.moves:
            self.make(move)

    def make(self, move: str) -> None:
        _, reward, self.terminated, _, _ = self.env.step(self.names.index(move))
        self.reward = float(reward)

    @property
    def achieved(self) -> dict[str, bool]:
        return dict(self.game.achievements(self.env)) if self.game.achievements else {}

    @property
    def sentences(self) -> list[str]:
        text = self.game.describe(self.env) if self.game.describe else ""
        return [part.strip().rstrip(".") for line in text.splitlines() for part in line.split(";") if part.strip()]

    def reaches(self, goal: str, moves: list[str]) -> bool:
        """Whether the last of these moves reaches a goal, and none before it does."""
        for number, move in enumerate(moves, 1):
            before = self.achieved.get(goal, False)
            self.make(move)
            won = self.terminated and self.reward > 0 if goal == WIN else self.achieved[goal] and not before
            if won or self.terminated:
                return won and number == len(moves)
        return False


def is_right(game: Game, question: Question, folder: Path = Path()) -> bool:
    """Whether the answer of a question is what the game itself does.

    Args:
        game: the game of the question.
        question: any.
        folder: what the question's pictures are relative to.

    Raises:
        CoachError: the game cannot be played, or a picture is missing.
    """
    if question.how == "seen":
        return _as_seen(question, folder)
    return _CHECKS[question.kind](_Play(game, question), question)


def _as_seen(question: Question, folder: Path) -> bool:
    """Whether the moves that a question is about are read from its pictures again."""
    profile, shown = profile_of(question.game), list[Image.Image]()
    for name in question.pictures:
        try:
            with Image.open(folder / name) as picture:
                shown.append(picture.convert("RGB"))
        except (OSError, ValueError) as error:
            raise CoachError(f"The picture {name} is missing or damaged.", "Make the questions again.") from error
    moves = tuple(move_within(bundled(), profile, *pair) for pair in pairwise(shown))
    expected = str(moves.count(question.about)) if question.kind == "counting" else "".join(moves)
    return moves == question.following and question.answer == expected


def _plan(play: _Play, question: Question) -> bool:
    return play.reaches(question.about, question.answer.split(", "))


def _activity(play: _Play, question: Question) -> bool:
    assert play.game.copy
    seen = {}
    for name in play.names:
        twin = play.game.copy(play.env)
        twin.step(play.names.index(name))
        seen[name] = rendered(twin)
    shown = seen[question.answer]
    same = [name for name, picture in seen.items() if np.array_equal(picture, shown)]
    return question.following == (question.answer,) and same == [question.answer]


def _counting(play: _Play, question: Question) -> bool:
    if question.about in play.names:
        return question.answer == str(sum(move == question.about for move in question.following))
    return question.answer == str(len(dict.fromkeys(_way(play, question))))


def _path(play: _Play, question: Question) -> bool:
    return ", ".join(_way(play, question)) == question.answer


def _way(play: _Play, question: Question) -> list[str]:
    """The places of the thing that a question is about, in all its pictures."""
    assert play.game.state
    states = [play.game.state(play.env)]
    for move in question.following:
        play.make(move)
        states.append(play.game.state(play.env))
    return [written(places_in(state)[question.about]) for state in states]


def _next(play: _Play, question: Question) -> bool:
    before = play.sentences
    play.make(question.about)
    parts = [sentence for sentence in play.sentences if sentence not in before]
    if play.terminated:
        parts.append(IT_ENDS)
    return (parts or [NOTHING_CHANGES]) == question.answer.split("; ")


def _decision(play: _Play, question: Question) -> bool:
    return play.reaches(question.about, list(question.following)) and question.answer.startswith(
        f"{question.following[0]}, as "
    )


def _advice(play: _Play, question: Question) -> bool:
    first = question.following[0]
    return play.reaches(question.about, list(question.following)) and named_move(question.answer, play.names) == first


_CHECKS: Final[dict[Kind, Callable[[_Play, Question], bool]]] = {
    "plan": _plan,
    "activity": _activity,
    "counting": _counting,
    "path": _path,
    "next": _next,
    "decision": _decision,
    "advice": _advice,
}
