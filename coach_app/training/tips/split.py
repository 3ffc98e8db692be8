"""Splits off held-out questions by meaning, so that none of their paraphrases is trained on."""

import random
from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Sequence
from dataclasses import replace

from coach_app.domain.errors import CoachError
from coach_app.knowledge.library import Lexicon
from coach_app.training.tips.pairs import Pair
from coach_app.training.tips.similarity import Groups, content_words, similar, words

_SAME_QUESTION = 0.5
"""Questions about one section that share half of their content words are taken for the same."""
_SAME_ANSWER = 0.6


def split(
    pairs: Sequence[Pair], lexicon: Lexicon, held_out: float = 0.1, seed: int = 0, always: Collection[str] = ()
) -> list[Pair]:
    """Mark pairs as ``train`` or ``held-out``.

    Two questions have the same meaning if their given meanings are equal, if their words are equal, if they have nearly
    the same answer from one section, or if one of them has no given meaning and they share half of their content words
    in one section. The relation is transitive, and errs on the side of merging.

    Args:
        pairs: pairs with sections; those without a meaning get one.
        lexicon: vocabulary of the game.
        held_out: share to hold out, at least one meaning and never all of them.
        seed: seed of the split.
        always: meanings that are always held out.

    Raises:
        CoachError: there are fewer than two meanings.
    """
    groups = _by_meaning(pairs, lexicon)
    if len(groups) < 2:
        raise CoachError("There are too few different questions to hold some out.", "Make more from longer guides.")
    order = list(range(len(groups)))
    random.Random(seed).shuffle(order)
    wanted = held_out * len(pairs)
    chosen = {place for place in order if any(pairs[item].meaning in always for item in groups[place])}
    taken = sum(len(groups[place]) for place in chosen)
    for place in order:
        # Skip a large group if it would exceed the share by far.
        if (
            place not in chosen
            and taken < wanted
            and (taken + len(groups[place]) <= wanted * 1.5 or not chosen)
            and len(chosen) < len(groups) - 1
        ):
            chosen.add(place)
            taken += len(groups[place])
    marked: dict[int, Pair] = {}
    for place, group in enumerate(groups):
        first = pairs[group[0]]
        meaning = next((pairs[item].meaning for item in group if pairs[item].meaning), f"{first.section}/{group[0]}")
        for item in group:
            side = "held-out" if place in chosen else "train"
            marked[item] = replace(pairs[item], meaning=meaning, split=side)
    return [marked[item] for item in range(len(pairs))]


def _by_meaning(pairs: Sequence[Pair], lexicon: Lexicon) -> list[list[int]]:
    groups = Groups(len(pairs))

    def join_equal(key: Callable[[Pair], Hashable]) -> None:
        first: dict[Hashable, int] = {}
        for item, pair in enumerate(pairs):
            if found := key(pair):
                groups.join(first.setdefault(found, item), item)

    join_equal(lambda pair: pair.meaning)
    join_equal(lambda pair: tuple(words(pair.question)))
    sections: dict[str, list[int]] = defaultdict(list)
    for item, pair in enumerate(pairs):
        sections[pair.section].append(item)
    for section, items in sections.items():
        # The subject of a section is not part of the meaning.
        about = content_words(section, lexicon)
        questions = [content_words(pairs[item].question, lexicon) - about for item in items]
        answers = [content_words(pairs[item].answer, lexicon) - about for item in items]
        for first, second in similar(answers, _SAME_ANSWER):
            groups.join(items[first], items[second])
        for first, second in similar(questions, _SAME_QUESTION):
            if not (pairs[items[first]].meaning and pairs[items[second]].meaning):
                groups.join(items[first], items[second])
    return groups.members()
