"""The same in other words, without touching what must stay."""

import random

import pytest

from coach_app.training.tips.typing_slips import as_typed
from coach_app.training.tips.wording import Wording

WORDING = Wording({"down", "it", "neutral"}, ["Rest"])


def ways(sentence: str, *kept: str) -> set[str]:
    return {WORDING.reworded(sentence, kept, random.Random(seed)) for seed in range(40)}


@pytest.mark.parametrize(
    ("sentence", "other"),
    [
        ("When the foe lands, grab.", "Grab when the foe lands."),
        ("Down air wins when the foe lands.", "When the foe lands, down air wins."),
        ("She is slow, because the run is bad.", "She is slow, since the run is bad."),
        ("Because he is heavy, he is easy to combo.", "He is easy to combo, because he is heavy."),
        ("Fox is light, so he dies early.", "Fox is light. So he dies early."),
        ("It hits, but it is slow.", "It hits, yet it is slow."),
        ("Against Marth, down air wins.", "Down air wins against Marth."),
        ("He is light: he does not live long.", "He is light. He does not live long."),
        ("Use lasers to win time.", "To win time, use lasers."),
    ],
)
def test_other_words(sentence: str, other: str) -> None:
    # GIVEN a sentence that a rule fits WHEN reworded often THEN one of the ways is this, and another the original's
    assert other in ways(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Rest is strong.",
        "Shine him, so that he falls.",
        "It is slow, because of its jumpsquat.",
        "That is because he is slow.",
        "It is long, but falls short of the ledge.",
        "If he is near, but he stays out of reach, jump.",
        "Go to Dream Land.",
        "Try to land early.",
        "Recover high and go to the ledge.",
        "Because of his weight, he dies late.",
        "Because Marth is tall, he is easy to hit.",
        "Six: a, b and c.",
        "It hits.",
    ],
)
def test_what_fits_no_rule_stays(sentence: str) -> None:
    # GIVEN orders, a name that would come after its pronoun, and clauses that say nothing apart WHEN reworded
    # THEN they stay as they are
    assert ways(sentence) == {sentence}


def test_facts_stay() -> None:
    # GIVEN a fact with a word that has a synonym WHEN reworded THEN the fact is in every way of saying it
    assert all("close to" in way for way in ways("Stay very close to the ledge.", "close to"))
    assert any("really" in way for way in ways("Stay very close to the ledge.", "close to"))


def test_sentences_are_listed() -> None:
    # GIVEN two sentences WHEN listed THEN each has its own line
    said = ["Shoot first.", "Rest kills."]
    assert {WORDING.listed(said, random.Random(seed)) for seed in range(9)} == {
        "1. Shoot first.\n2. Rest kills.",
        "- Shoot first.\n- Rest kills.",
    }


def test_slips_of_typing() -> None:
    # GIVEN a question WHEN typed in a hurry THEN it is another one of much the same letters, and names stay
    question = "How do I recover against sheik?"
    typed = [as_typed(question, {"sheik"}, random.Random(seed)) for seed in range(20)]
    assert len(set(typed)) > 10
    assert all("sheik" in each and abs(len(each) - len(question)) <= 3 for each in typed)
    assert as_typed("Is it on?", set(), random.Random(1)).lower().startswith("is it on")
