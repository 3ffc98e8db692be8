"""What a coach of Crafter is asked about a scene, and what the teacher answers.

This is training material only; see ``grid.lessons.text``. The Japanese of every sentence is put together from the
phrases of the game's ``ja.toml``, as the app does it.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice

import numpy as np

from coach_app.domain.phrases import phrases
from coach_app.games.crafter.describe import nearest
from coach_app.games.crafter.explore import explore
from coach_app.games.crafter.land import Land
from coach_app.games.crafter.lessons import questions
from coach_app.games.crafter.lessons.pictures import Scene, visible
from coach_app.games.crafter.lessons.scenes import UNSEEN_SEEDS, made_scenes, scenes, unseen_scenes
from coach_app.games.crafter.sight import Sight
from coach_app.games.crafter.teacher import decide
from coach_app.games.crafter.view import FACINGS, ITEMS, View
from coach_app.games.crafter.words import a, away, counted, listed
from coach_app.games.lessons import Exchange, Sentence
from coach_app.games.off_topic import OFF_TOPIC_QUESTIONS, off_topic, typed

NO_GAME = "I do not see the practice game Crafter in this picture."
OFF_TOPIC = "I only know Crafter: ask what to do next, what you have, or where things are."

_VITALS, _STOCK, _TOOLS = ITEMS[:4], ITEMS[4:10], ITEMS[10:]
_THINGS = (
    *("tree", "water", "grass", "sand", "path", "stone", "coal", "iron", "diamond", "lava", "table", "furnace"),
    *("cow", "zombie", "skeleton", "sapling", "ripe plant"),
)
_THERE = 0.5  # share of the questions where a thing is that are about what is there: most things are rare
_NEEDED: Mapping[str, Mapping[str, int]] = {
    "table": {"wood": 2},
    "furnace": {"stone": 4},
    "wood_pickaxe": {"wood": 1},
    "stone_pickaxe": {"wood": 1, "stone": 1},
    "iron_pickaxe": {"wood": 1, "coal": 1, "iron": 1},
    "wood_sword": {"wood": 1},
    "stone_sword": {"wood": 1, "stone": 1},
    "iron_sword": {"wood": 1, "coal": 1, "iron": 1},
}
"""What each thing is made of, as ``crafter/data.yaml`` has it."""


def move_exchange(scene: Scene | None, rng: np.random.Generator) -> Exchange:
    """A question for the next move; half of them are the profile's prompt, as the live loop asks it."""
    question = questions.PROMPT if rng.random() < 0.5 else typed(_one_of(questions.MOVE_QUESTIONS, rng), rng)
    return _exchange(question, NO_GAME if scene is None else decide(visible(scene)).answer)


def other_exchange(scene: Scene | None, rng: np.random.Generator) -> Exchange:
    """Any other question: why, what to aim for, what the player has, where things are, what can be made."""
    kind = int(rng.integers(len(_KINDS) + 1))
    if kind == len(_KINDS):
        return _exchange(typed(off_topic(rng), rng), NO_GAME if scene is None else OFF_TOPIC)
    asked, subjects, answer = _KINDS[kind]
    subject = _one_of(subjects, rng)
    if scene and answer is _where and rng.random() < _THERE:
        seen = nearest(visible(scene))
        subject = _one_of([thing for thing in subjects if thing in seen] or subjects, rng)
    question = typed(_one_of(asked, rng).format(subject.replace("_", " ")), rng)
    return _exchange(question, NO_GAME if scene is None else answer(visible(scene), subject))


def sentences(rng: np.random.Generator) -> Iterator[Sentence]:
    """Sentences of answers about random scenes without end, for the tokenizer."""
    for scene in made_scenes(rng):
        exchange = move_exchange(scene, rng) if rng.random() < 0.5 else other_exchange(scene, rng)
        yield from exchange.answer


def training_answers(levels: int, rng: np.random.Generator) -> Iterator[tuple[Sentence, ...]]:
    """Answers about so many scenes."""
    for scene in islice(scenes(rng), levels):
        yield move_exchange(scene, rng).answer
        yield other_exchange(scene, rng).answer


def unseen_answers(number: int) -> Iterator[tuple[Sentence, ...]]:
    """So many answers about worlds that no training sees, always the same."""
    rng = np.random.default_rng(UNSEEN_SEEDS.start)
    for count, (_, scene) in enumerate(islice(unseen_scenes(rng), number)):
        yield (other_exchange if count % 2 else move_exchange)(scene, rng).answer


def _exchange(question: str, text: str) -> Exchange:
    sentences = re.split(r"(?<=[.!?]) ", text)
    return Exchange(question, tuple(Sentence(sentence, phrases("ja").translated(sentence)) for sentence in sentences))


def _one_of(choices: Sequence[str], rng: np.random.Generator) -> str:
    return choices[int(rng.integers(len(choices)))]


def _explained(view: View, _: str) -> str:
    return decide(view).text


def _aim(view: View, _: str) -> str:
    return decide(view).aim


def _hint(view: View, _: str) -> str:
    return decide(view).hint


def _nudge(view: View, _: str) -> str:
    return decide(view).nudge


def _number(view: View, item: str) -> str:
    return f"You have {counted(item.replace('_', ' '), view.count(item))}."


def _vital(view: View, item: str) -> str:
    return f"Your {item} is {view.count(item)} of 9."


def _where(view: View, thing: str) -> str:
    step = nearest(view).get(thing)
    return f"The nearest {thing} is {away(step)}." if step else f"I see no {thing} here."


def _can_make(view: View, thing: str) -> str:
    """Whether something can be made or placed now, or what is missing for it."""
    sight = Sight(view, Land.of(view), explore)
    missing = {item: number - view.count(item) for item, number in _NEEDED[thing].items()}
    places = () if thing in ("table", "furnace") else ("table", "furnace") if "iron" in thing else ("table",)
    near = [f"a {place} beside you" for place in places if not sight.at_hand(place)]
    lacking = ", ".join([*(f"{number} more {item}" for item, number in missing.items() if number > 0), *near])
    name = a(thing.replace("_", " "))
    return f"For {name} you still need {lacking}." if lacking else f"Yes, you can make {name} now."


def _faced(view: View, _: str) -> str:
    if view.sleeping:
        return "You are asleep and face nothing."
    ahead = FACINGS[view.facing]
    return f"You face {view.object(ahead) or view.material(ahead)}."


def _daytime(view: View, _: str) -> str:
    return ("It is deep night.", "It is night.", "It is half dark.", "It is day.")[view.light]


def _danger(view: View, _: str) -> str:
    threats = decide(view).threats
    if not threats:
        return "No enemy is in sight."
    return f"Mind this: {listed(threats)}."


def _carried(view: View, _: str) -> str:
    things = (counted(item.replace("_", " "), view.count(item)) for item in ITEMS[4:] if view.count(item))
    return f"You have this: {', '.join(things) or 'nothing'}."


_Answer = Callable[[View, str], str]
_KINDS: tuple[tuple[tuple[str, ...], tuple[str, ...], _Answer], ...] = (
    (questions.EXPLAIN, ("",), _explained),
    (questions.AIM, ("",), _aim),
    (questions.HINT, ("",), _hint),
    (questions.NUDGE, ("",), _nudge),
    (questions.NUMBER, _STOCK, _number),
    (questions.VITAL, _VITALS, _vital),
    (questions.TOOL, _TOOLS, _number),
    (questions.WHERE, _THINGS, _where),
    (questions.MAKE, _TOOLS, _can_make),
    (questions.PLACE, ("table", "furnace"), _can_make),
    (questions.FACE, ("",), _faced),
    (questions.LIGHT, ("",), _daytime),
    (questions.DANGER, ("",), _danger),
    (questions.HAVE, ("",), _carried),
)

QUESTIONS = (
    questions.PROMPT,
    *questions.MOVE_QUESTIONS,
    *(question for asked, *_ in _KINDS for question in asked),
    *OFF_TOPIC_QUESTIONS,
)
