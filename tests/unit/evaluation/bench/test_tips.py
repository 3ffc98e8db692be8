"""The figures of answers to held-out questions."""

import pytest

from coach_app.advisor.text import TextAnswer
from coach_app.evaluation.bench.tips import repetition, score
from coach_app.knowledge.sections import Section
from coach_app.training.tips.pairs import Pair

RIGHT, OTHER = Section("fox-win", "Win", "Fox", "Win.", "fox.md"), Section("fox-loss", "Lose", "Fox", "Lose.", "fox.md")


def test_the_figures_count_what_they_say() -> None:
    # GIVEN a right answer, a quotation with a fact, and a wrong one that goes on with a next question
    pairs = [
        Pair("How?", "Up air and Shine.", "fox-win", facts=("up air", "shine")),
        Pair("Why?", "Because of lasers.", "fox-win", facts=("laser",)),
        Pair("When?", "Now.", "fox-win", facts=("now",)),
    ]
    answers = [
        TextAnswer("Use up-air, then Shine.", (RIGHT,), "m", "a", False, 9, 10.0, 100.0),
        TextAnswer("Lasers win.", (OTHER, RIGHT), "m", "a", True, 9, 20.0, 200.0),
        TextAnswer("No.\nQ: No?", (OTHER,), "m", "a", False, 9, 30.0, 300.0),
    ]

    # WHEN counted THEN each share is what was made
    got = {row.name: row.value for row in score("adapter", pairs, answers, passages=True)}
    assert (got["facts"], got["facts in own words"]) == (0.75, 0.5)
    assert got["facts with the passage"] == 0.75
    assert [got["source right"], got["source among"]] == pytest.approx([1 / 3, 2 / 3])
    assert [got["quoted"], got["bleed"]] == pytest.approx([1 / 3, 1 / 3])
    assert (got["first word"], got["whole answer"], got["repetition"]) == (20.0, 200.0, 0.0)
    # WHEN no passages were given THEN no source can be right
    alone = {row.name: row.value for row in score("adapter", pairs, answers, passages=False)}
    assert (alone["source right"], alone["source among"], alone["facts"]) == (None, None, 0.75)


def test_repetition_is_the_share_of_runs_said_before() -> None:
    # GIVEN texts WHEN looked at THEN only runs of four words that come again count
    assert repetition("a b c d e f") == 0
    assert repetition("a b c d a b c d") == pytest.approx(1 / 5)
    assert repetition("no") == 0
