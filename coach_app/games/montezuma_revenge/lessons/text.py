"""What a coach of Montezuma's Revenge is asked about a scene, and what the teacher answers.

This is training material only; see ``grid.lessons.text``. The Japanese of every sentence is put together from the
phrases of the game's ``ja.toml``, as the app does it.
"""

import re
from collections.abc import Callable, Iterator
from itertools import islice

import numpy as np

from coach_app.domain.phrases import phrases
from coach_app.games.lessons import Exchange, Sentence
from coach_app.games.montezuma_revenge.lessons import questions
from coach_app.games.montezuma_revenge.lessons.pictures import Scene
from coach_app.games.montezuma_revenge.lessons.scenes import UNSEEN_SEEDS, scenes, unseen_scenes
from coach_app.games.montezuma_revenge.view import DOORS, KEY, View
from coach_app.games.montezuma_revenge.words import Decision, joe_is, off, rolling
from coach_app.games.off_topic import OFF_TOPIC_QUESTIONS, off_topic, typed

NO_GAME = "I do not see the practice game Montezuma's Revenge in this picture."
OFF_TOPIC = "I only know Montezuma's Revenge: ask what to do next, where the skull is, or what you carry."


def move_exchange(scene: Scene | None, rng: np.random.Generator) -> Exchange:
    """A question for the next move; half of them are the profile's prompt, as the live loop asks it."""
    question = questions.PROMPT if rng.random() < 0.5 else typed(_one_of(questions.MOVE_QUESTIONS, rng), rng)
    return _exchange(question, NO_GAME if scene is None else scene.decision.answer)


def other_exchange(scene: Scene | None, rng: np.random.Generator) -> Exchange:
    """Any other question: why, what to aim for, where Joe and the skull are, what is carried and left."""
    kind = int(rng.integers(len(_KINDS) + 1))
    if kind == len(_KINDS):
        return _exchange(typed(off_topic(rng), rng), NO_GAME if scene is None else OFF_TOPIC)
    asked, answer = _KINDS[kind]
    return _exchange(typed(_one_of(asked, rng), rng), NO_GAME if scene is None else answer(scene.decision))


def sentences(rng: np.random.Generator) -> Iterator[Sentence]:
    """Sentences of answers about random scenes without end, for the tokenizer."""
    for scene in scenes(rng):
        for exchange in (move_exchange, other_exchange, other_exchange):
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


def _skull(view: View) -> str:
    if view.skull is None:
        return "I see no skull here."
    where = f"The skull is {off(view.skull.x - view.joe.x)}." if view.joe else "Joe is lost."
    return " ".join(filter(None, (where, rolling(view))))


def _carried(view: View) -> str:
    if KEY in view.items:
        return "You have the key."
    return "The key is there: get it." if view.key else "You carry no key."


def _doors(view: View) -> str:
    opened = [side for side, is_shut in zip(DOORS, view.doors, strict=True) if not is_shut]
    if view.room:
        return "Joe is in another room."
    if not opened:
        return "Both doors are shut."
    return "Both doors are open." if len(opened) == len(DOORS) else f"The {opened[0]} door is open."


def _last(view: View) -> str:
    return f"Last move: {view.last}." if view.last else "There was no move yet."


_KINDS: tuple[tuple[tuple[str, ...], Callable[[Decision], str]], ...] = (
    (questions.EXPLAIN, lambda decision: decision.text),
    (questions.HINT, lambda decision: decision.hint),
    (questions.NUDGE, lambda decision: decision.nudge),
    (questions.WHERE, lambda decision: joe_is(decision.view)),
    (questions.SKULL, lambda decision: _skull(decision.view)),
    (questions.CARRIED, lambda decision: _carried(decision.view)),
    (questions.LIVES, lambda decision: f"Hats left: {decision.view.hats}."),
    (questions.DOORS, lambda decision: _doors(decision.view)),
    (questions.LAST, lambda decision: _last(decision.view)),
)

QUESTIONS = (
    questions.PROMPT,
    *questions.MOVE_QUESTIONS,
    *(question for asked, _ in _KINDS for question in asked),
    *OFF_TOPIC_QUESTIONS,
)
