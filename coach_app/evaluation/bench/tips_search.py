"""How often the search over the guides finds the right section, for questions as asked and as typed."""

import random
import re
from collections.abc import Callable, Iterator, Sequence

from coach_app.evaluation.bench.report import Report, Row
from coach_app.knowledge import search
from coach_app.knowledge.library import Library
from coach_app.knowledge.question import understand
from coach_app.training.tips.pairs import Pair, read_pairs, shipped_pairs
from coach_app.training.tips.typing_slips import as_typed

_AMONG = 3


def bench_search(game: str, seed: int, say: Callable[[str], None]) -> Report:
    """Search for all held-out questions of a game.

    Args:
        game: the game whose guides are searched.
        seed: seed of the mistakes.
        say: told how far it is.

    Raises:
        CoachError: there are no guides or no questions.
    """
    library = search.loaded(game)
    pairs = [pair for pair in read_pairs(shipped_pairs(game)) if pair.split == "held-out"]
    rows: list[Row] = []
    for name, questions in _asked(pairs, library, seed):
        rows += found(name, questions, library)
        say(f"{name}: {len(questions):,} questions")
    return Report(name="tips", subject={"game": game, "questions": len(pairs), "seed": seed}, rows=tuple(rows))


def found(name: str, asked: Sequence[tuple[str, Pair]], library: Library) -> list[Row]:
    """Shares of the questions whose section is found.

    Args:
        name: of these questions.
        asked: questions with the pairs that they are about.
        library: the guides.
    """
    first = among = 0
    for question, pair in asked:
        ids = [passage.section.id for passage in search.find(library, question, _AMONG)]
        first += ids[:1] == [pair.section]
        among += pair.section in ids
    count = len(asked) or 1
    return [
        Row(f"search, {name}", "right section first", first / count, "share"),
        Row(f"search, {name}", f"among the first {_AMONG}", among / count, "share"),
    ]


def _asked(pairs: Sequence[Pair], library: Library, seed: int) -> Iterator[tuple[str, list[tuple[str, Pair]]]]:
    """The questions, each in several ways."""
    rng = random.Random(seed)
    yield "as asked", [(pair.question, pair) for pair in pairs]
    spared = {part.lower() for ways in library.named().values() for way in ways for part in way.split()}
    yield "misspelt", [(as_typed(pair.question, spared, rng), pair) for pair in pairs]
    yield "as keywords", [(_keywords(pair.question, library), pair) for pair in pairs]
    if library.lexicon.japanese.names:
        yield "with Japanese names", [(_with_japanese_names(pair.question, library), pair) for pair in pairs]


def _keywords(question: str, library: Library) -> str:
    asked = understand(question, library)
    sides = [f"{asked.sides.player} vs {asked.sides.opponent}"] if all(asked.sides) else list(asked.subjects)
    return " ".join((*sides, *(ways[0] for ways in asked.words), *asked.topics))


def _with_japanese_names(question: str, library: Library) -> str:
    for name, title in library.lexicon.japanese.names.items():
        question = re.sub(rf"\b{re.escape(title)}\b", f" {name} ", question)
    english = search.in_a_language_of_the_guides(library.game, question)
    return english or question
