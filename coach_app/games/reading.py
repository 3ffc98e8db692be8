"""Games for agents that read: how a language model is asked for a move, and what the teacher would answer."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

LAST_MOVES = 10
"""So many of an agent's last moves are told to it."""
_QUOTED = re.compile(r'["“]([^"“”\n]*)["”]')


@dataclass(frozen=True)
class Taught:
    """The teacher's decision.

    Attributes:
        move: name of an action.
        goal: what for, in a few words.
        thoughts: the way to it, by the form of the answer; empty for none.
    """

    move: str
    goal: str
    thoughts: Mapping[str, str]

    def answer(self, form: str) -> str:
        """What an agent should say in a form: its thoughts, and one quoted action."""
        return "\n".join(filter(None, [self.thoughts[form], quoted(self.move)]))


@dataclass(frozen=True)
class Reading:
    """How a game is played by reading.

    Attributes:
        prompt: all that a model has to know which never saw the game, with places for ``{state}``, the last moves as
            ``{last}``, and ``{form}``; read when it is needed.
        short_prompt: the same for a model that was trained on this game.
        forms: instructions for the form of an answer, by name; the first one is for playing.
        teach: the teacher's decision in an environment.
    """

    prompt: Callable[[], str]
    short_prompt: str
    forms: Mapping[str, str]
    teach: Callable[[Any], Taught]

    def asked(self, state: str, last: Sequence[str], form: str = "", short: bool = False) -> str:
        """The whole question.

        Args:
            state: what is seen, in words.
            last: the last moves, the oldest first.
            form: name of the form of the answer; empty for the first one.
            short: whether the model was trained on this game.
        """
        prompt = self.short_prompt if short else self.prompt()
        moves = ", ".join(last[-LAST_MOVES:]) or "none"
        instruction = self.forms[form or next(iter(self.forms))]
        for place, text in (("{state}", state), ("{last}", moves), ("{form}", instruction)):
            prompt = prompt.replace(place, text)
        return prompt.strip()


def quoted(move: str) -> str:
    """How an answer ends."""
    return f'Action: "{move}"'


def quoted_move(answer: str, moves: Sequence[str]) -> str | None:
    """The move that an answer quotes; None unless it quotes exactly one thing, and that is a move."""
    said = {words.strip().rstrip(".").casefold() for words in _QUOTED.findall(answer)}
    return next((move for move in moves if said == {move.casefold()}), None)
