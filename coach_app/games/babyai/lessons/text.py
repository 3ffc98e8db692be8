"""What a coach of BabyAI is asked about a scene, and what the teacher answers.

This is training material only; see ``grid.lessons.text``. The Japanese of every sentence is put together from the
phrases of the game's ``ja.toml``, as the app does it.
"""

import re
from collections.abc import Callable, Iterator
from itertools import islice

import numpy as np

from coach_app.domain.phrases import phrases
from coach_app.games.babyai.lessons import questions
from coach_app.games.babyai.lessons.scenes import UNSEEN_SEEDS, scenes, unseen_scenes
from coach_app.games.babyai.teacher import decide
from coach_app.games.babyai.view import COLOURS, DOOR, PORTABLE, STEPS, View
from coach_app.games.babyai.words import away
from coach_app.games.lessons import Exchange, Sentence
from coach_app.games.off_topic import OFF_TOPIC_QUESTIONS, off_topic, typed

NO_GAME = "I do not see the practice game BabyAI in this picture."
OFF_TOPIC = "I only know BabyAI: ask what to do next, what your mission is, or where things are."

_PLURALS = {"key": "keys", "ball": "balls", "box": "boxes"}
_THINGS = tuple(f"{colour} {kind}" for kind in (*PORTABLE, DOOR) for colour in COLOURS)
_IN_VIEW = 0.6  # share of the questions about a thing that is in view, where there is any


def move_exchange(scene: View | None, rng: np.random.Generator) -> Exchange:
    """A question for the next move; half of them are the profile's prompt, as the live loop asks it."""
    question = questions.PROMPT if rng.random() < 0.5 else typed(_one_of(questions.MOVE_QUESTIONS, rng), rng)
    return _exchange(question, NO_GAME if scene is None else decide(scene).answer)


def other_exchange(scene: View | None, rng: np.random.Generator) -> Exchange:
    """Any other question: why, what to aim for, the mission, what is carried, what is seen and where."""
    kind = int(rng.integers(len(_KINDS) + 1))
    if kind == len(_KINDS):
        return _exchange(typed(off_topic(rng), rng), NO_GAME if scene is None else OFF_TOPIC)
    asked, subjects, answer = _KINDS[kind]
    subject = _one_of(subjects, rng)
    if subjects == _THINGS and scene and (seen := _seen(scene)) and rng.random() < _IN_VIEW:
        subject = _one_of(seen, rng)
    question = typed(_one_of(asked, rng).format(_PLURALS.get(subject, subject)), rng)
    return _exchange(question, NO_GAME if scene is None else answer(scene, subject))


def sentences(rng: np.random.Generator) -> Iterator[Sentence]:
    """Sentences of answers about random scenes without end, for the tokenizer."""
    for scene in scenes(rng):
        exchange = move_exchange(scene, rng) if rng.random() < 0.5 else other_exchange(scene, rng)
        yield from exchange.answer


def training_answers(levels: int, rng: np.random.Generator) -> Iterator[tuple[Sentence, ...]]:
    """Answers about so many scenes."""
    for scene in islice(scenes(rng), levels):
        yield move_exchange(scene, rng).answer
        yield other_exchange(scene, rng).answer


def unseen_answers(number: int) -> Iterator[tuple[Sentence, ...]]:
    """So many answers about levels that no training sees, always the same."""
    rng = np.random.default_rng(UNSEEN_SEEDS.start)
    for count, (_, scene) in enumerate(islice(unseen_scenes(rng), number)):
        yield (other_exchange if count % 2 else move_exchange)(scene, rng).answer


def _exchange(question: str, text: str) -> Exchange:
    sentences = re.split(r"(?<=[.!?]) ", text)
    return Exchange(question, tuple(Sentence(sentence, phrases("ja").translated(sentence)) for sentence in sentences))


def _one_of(choices: tuple[str, ...], rng: np.random.Generator) -> str:
    return choices[int(rng.integers(len(choices)))]


def _seen(view: View) -> tuple[str, ...]:
    """Things in view, as a question names them."""
    return tuple(f"{square.colour} {square.kind}" for square in view.squares if square.kind in (*PORTABLE, DOOR))


def _where(view: View, thing: str) -> str:
    """Where the nearest one is."""
    colour, kind = thing.split()
    places = [
        step
        for step, square in zip(STEPS, view.squares, strict=True)
        if (square.kind, square.colour) == (kind, colour) and step != (0, 0)
    ]
    nearest = min(places, key=lambda step: (abs(step[0]) + step[1], step), default=None)
    return f"The {thing} is {away(nearest)}." if nearest else f"I see no {thing} here."


def _number(view: View, kind: str) -> str:
    number = sum(square.kind == kind for square in view.squares)
    return f"I see {number or 'no'} {kind if number == 1 else _PLURALS[kind]} here."


def _carried(view: View, _: str) -> str:
    carried = view.carried.name if view.carried else "nothing"
    return f"You carry {carried}."


_Answer = Callable[[View, str], str]
_KINDS: tuple[tuple[tuple[str, ...], tuple[str, ...], _Answer], ...] = (
    (questions.EXPLAIN, ("",), lambda view, _: decide(view).text),
    (questions.HINT, ("",), lambda view, _: decide(view).hint),
    (questions.NUDGE, ("",), lambda view, _: decide(view).nudge),
    (questions.MISSION, ("",), lambda view, _: view.mission.sentence),
    (questions.CARRIED, ("",), _carried),
    (questions.WHERE, _THINGS, _where),
    (questions.NUMBER, PORTABLE, _number),
    (questions.AHEAD, ("",), lambda view, _: f"Ahead of you: {view.at((0, 1)).name}."),
)

QUESTIONS = (
    questions.PROMPT,
    *questions.MOVE_QUESTIONS,
    *(question for asked, *_ in _KINDS for question in asked),
    *OFF_TOPIC_QUESTIONS,
)
