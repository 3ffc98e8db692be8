"""What a coach of Breakout is asked about a scene, and what the teacher answers.

This is training material only; see ``grid.lessons.text``. The Japanese of every sentence is put together from the
phrases of the game's ``ja.toml``, as the app does it.
"""

import re
from collections.abc import Callable, Iterator
from itertools import islice

import numpy as np

from coach_app.domain.phrases import phrases
from coach_app.games.breakout.lessons import questions
from coach_app.games.breakout.lessons.pictures import Scene
from coach_app.games.breakout.lessons.scenes import UNSEEN_SEEDS, scenes, unseen_scenes
from coach_app.games.breakout.view import View
from coach_app.games.breakout.words import Decision, where_ball, where_bar, where_it_lands
from coach_app.games.lessons import Exchange, Sentence
from coach_app.games.off_topic import OFF_TOPIC_QUESTIONS, off_topic, typed

NO_GAME = "I do not see the practice game Breakout in this picture."
OFF_TOPIC = "I only know Breakout: ask what to do next, where the ball will land, or how many balls are left."


def move_exchange(scene: Scene | None, rng: np.random.Generator) -> Exchange:
    """A question for the next move; half of them are the profile's prompt, as the live loop asks it."""
    question = questions.PROMPT if rng.random() < 0.5 else typed(_one_of(questions.MOVE_QUESTIONS, rng), rng)
    return _exchange(question, NO_GAME if scene is None else scene.decision.answer)


def other_exchange(scene: Scene | None, rng: np.random.Generator) -> Exchange:
    """Any other question: why, what to aim for, what ball and bar do, what is left."""
    kind = int(rng.integers(len(_KINDS) + 1))
    if kind == len(_KINDS):
        return _exchange(typed(off_topic(rng), rng), NO_GAME if scene is None else OFF_TOPIC)
    asked, answer = _KINDS[kind]
    return _exchange(typed(_one_of(asked, rng), rng), NO_GAME if scene is None else answer(scene.decision))


def sentences(rng: np.random.Generator) -> Iterator[Sentence]:
    """Sentences of answers about random scenes without end, for the tokenizer; many of each, as playing takes longer
    than asking."""
    for scene in scenes(rng):
        for exchange in (move_exchange, other_exchange, other_exchange) * 4:
            yield from exchange(scene, rng).answer


def training_answers(levels: int, rng: np.random.Generator) -> Iterator[tuple[Sentence, ...]]:
    """Answers about so many scenes."""
    for scene in islice(scenes(rng), levels):
        yield move_exchange(scene, rng).answer
        yield other_exchange(scene, rng).answer


def unseen_answers(number: int) -> Iterator[tuple[Sentence, ...]]:
    """So many answers about games that no training sees, always the same."""
    rng = np.random.default_rng(UNSEEN_SEEDS.start)
    for count, (_, scene) in enumerate(islice(unseen_scenes(rng), number)):
        yield (other_exchange if count % 2 else move_exchange)(scene, rng).answer


def _exchange(question: str, text: str) -> Exchange:
    sentences = re.split(r"(?<=[.!?]) ", text)
    return Exchange(question, tuple(Sentence(sentence, phrases("ja").translated(sentence)) for sentence in sentences))


def _one_of(choices: tuple[str, ...], rng: np.random.Generator) -> str:
    return choices[int(rng.integers(len(choices)))]


def _lands(decision: Decision) -> str:
    return " ".join(filter(None, (decision.why, where_it_lands(decision.view))))


def _flies(decision: Decision) -> str:
    if decision.view.ball is None:
        return where_ball(decision.view)
    flight = decision.view.flight
    return f"The ball flies {flight}." if flight else "I cannot tell where the ball flies yet."


def _last(view: View) -> str:
    return f"Last move: {view.last}." if view.last else "There was no move yet."


def _rows(view: View) -> str:
    return f"Rows with bricks: {sum(map(any, view.bricks))}."


_KINDS: tuple[tuple[tuple[str, ...], Callable[[Decision], str]], ...] = (
    (questions.EXPLAIN, lambda decision: decision.text),
    (questions.HINT, lambda decision: decision.hint),
    (questions.NUDGE, lambda decision: decision.nudge),
    (questions.LANDS, _lands),
    (questions.FLIES, _flies),
    (questions.BALL, lambda decision: where_ball(decision.view)),
    (questions.BAR, lambda decision: where_bar(decision.view)),
    (questions.BALLS, lambda decision: f"Balls left: {decision.view.lives}."),
    (questions.LAST, lambda decision: _last(decision.view)),
    (questions.ROWS, lambda decision: _rows(decision.view)),
)

QUESTIONS = (
    questions.PROMPT,
    *questions.MOVE_QUESTIONS,
    *(question for asked, _ in _KINDS for question in asked),
    *OFF_TOPIC_QUESTIONS,
)
