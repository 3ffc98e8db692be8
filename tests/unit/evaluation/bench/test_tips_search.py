"""The search is measured for questions as asked and as typed."""

import pytest

from coach_app.evaluation.bench import tips_search
from coach_app.evaluation.bench.tips_search import bench_search, found
from coach_app.knowledge.library import load
from coach_app.training.tips.pairs import Pair

FOX = Pair("How do I win as Fox?", "Win.", "fox-win", "fox-win/plan", ("win",), "held-out")
FALCO = Pair("Which stages are good for Falco?", "Those.", "falco-stages", "falco-stages/good", ("those",), "held-out")


def test_shares_of_what_is_found() -> None:
    # GIVEN a question about its section and one about another WHEN searched for THEN half of them are found
    rows = found("so", [(FOX.question, FOX), (FALCO.question, FOX)], load("melee"))
    assert [(row.of, row.name, row.value) for row in rows] == [
        ("search, so", "right section first", 0.5),
        ("search, so", "among the first 3", 0.5),
    ]


def test_every_way_of_asking_is_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    # GIVEN two held-out questions, and one that is learned
    monkeypatch.setattr(tips_search, "read_pairs", lambda path: [FOX, FALCO, Pair("?", "!", "fox-win", split="train")])

    # WHEN the search is measured
    said = list[str]()
    report = bench_search("melee", 0, said.append)

    # THEN both are found in every way
    ways = ("as asked", "misspelt", "as keywords", "with Japanese names")
    assert said == [f"{way}: 2 questions" for way in ways]
    assert {row.of: row.value for row in report.rows} == {f"search, {way}": 1.0 for way in ways}
    assert report.subject["questions"] == 2
