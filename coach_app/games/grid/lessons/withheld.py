"""Nudges and hints about a scene: where to look, and what to aim for. None of them names or leaves only one move.

Their Japanese is in the game's ``ja.toml``, as the app does not ask the translator for what it knows itself.
"""

from collections.abc import Callable

import numpy as np

from coach_app.domain.advice import Level
from coach_app.domain.phrases import phrases
from coach_app.games.grid.lessons.pictures import Scene
from coach_app.games.grid.lessons.text import NO_GAME, advised_move, nearer, steps_in_words
from coach_app.games.grid.level import Move
from coach_app.games.lessons import Exchange, Sentence
from coach_app.games.off_topic import typed

NUDGE_PROMPT = "Where should the player look? Please do not say what to do."
HINT_PROMPT = "What should the player aim for? Please do not say how."
NUDGE_QUESTIONS = (
    NUDGE_PROMPT,
    NUDGE_PROMPT,
    "Where should I look?",
    "What should I look at?",
    "What should I watch?",
    "Give me a nudge.",
)
HINT_QUESTIONS = (
    HINT_PROMPT,
    HINT_PROMPT,
    "Give me a hint.",
    "Just a hint, please.",
    "What should I aim for? Don't say how.",
)


def nudge(scene: Scene) -> str:
    """Where to look: the crate or the hole beside the cat, the walls in its way, or how far the crate is."""
    level, cat = scene.level, scene.cat
    if level.steps_to_crate[cat] == 1:
        return "The crate is next to you."
    if not nearer(scene, advised_move(scene)):
        return "Look at what lies between you and the crate."
    if _is_beside_the_hole(scene):
        return "Mind the hole next to you."
    return f"Look at the crate: it is {steps_in_words(level.steps_to_crate[cat])} away."


def hint(scene: Scene) -> str:
    """What to aim for: the crate, a way round to it, or a safe distance from the hole."""
    level, cat = scene.level, scene.cat
    steps = level.steps_to_crate[cat]
    if level.move_prob < 1 and _is_beside_the_hole(scene):
        return "The floor is slippery: aim for squares away from the hole."
    if not nearer(scene, advised_move(scene)):
        return f"Aim for a way round to the crate: it takes {steps_in_words(steps)}."
    if level.crate[0] == cat[0]:
        return f"Stay in the crate's column: it is {steps_in_words(steps)} away."
    if level.crate[1] == cat[1]:
        return f"Stay in the crate's row: it is {steps_in_words(steps)} away."
    goal = "row" if advised_move(scene) in (Move.UP, Move.DOWN) else "column"
    return f"Aim for the crate's {goal}: the crate is {steps_in_words(steps)} away."


def withheld_exchange(scene: Scene | None, rng: np.random.Generator) -> Exchange:
    """A question for a nudge or a hint."""
    level, asked, tell = _KINDS[int(rng.integers(len(_KINDS)))]
    question = typed(asked[int(rng.integers(len(asked)))], rng)
    if scene is None:
        return Exchange(question, NO_GAME, level=level)
    text = tell(scene)
    return Exchange(question, (Sentence(text, phrases("ja").translated(text)),), level=level)


_KINDS: tuple[tuple[Level, tuple[str, ...], Callable[[Scene], str]], ...] = (
    ("nudge", NUDGE_QUESTIONS, nudge),
    ("hint", HINT_QUESTIONS, hint),
)


def _is_beside_the_hole(scene: Scene) -> bool:
    return any(scene.level.neighbour(scene.cat, move) == scene.level.hole for move in Move)
