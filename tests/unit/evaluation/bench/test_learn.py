"""The table of what methods learn and forget."""

from pathlib import Path
from typing import Any

import pytest

from coach_app.evaluation.bench.learn import NOTHING, Play, bench_learn, rows_of, table_of
from coach_app.training.experience import adapting
from coach_app.training.experience.arguments import METHODS, AdaptArgs
from coach_app.training.records import write_args, write_json


def came(questions: float, known: float) -> dict[str, Any]:
    return {
        "questions": {"before": 0.0, "after": questions},
        "known": {"before": 0.9, "after": known},
        "perplexity": {"before": 2.0, "after": 3.0},
        "distance": 0.1,
    }


def test_methods_are_compared_with_the_plain_one() -> None:
    # GIVEN reports of two seeds WHEN they are put together THEN shares of what the plain method did are there
    runs = {"plain": [came(0.8, 0.5), came(0.6, 0.3)], "ewc": [came(0.7, 0.8), came(0.7, 0.7)]}
    nothing, plain, ewc = rows_of(runs)
    assert (nothing["method"], nothing["questions"], nothing["known"]) == (NOTHING, (0.0, 0.0), (0.9, 0.0))
    assert (plain["learned"], plain["forgotten"]) == (1.0, 1.0)
    assert (ewc["learned"], ewc["forgotten"]) == (1.0, 0.3)
    assert ewc["questions"] == (0.7, 0.0)
    # and as a table
    lines = list(table_of([nothing, plain, ewc]))
    assert len(lines) == 5
    assert lines[-1] == "| ewc |  | 70.0% ± 0.0% | 75.0% ± 7.1% | 3.000 ± 0.000 | 0.1000 | 100% | 30% |"
    # WHEN the game was played, too THEN what was learned is told by that
    runs = {
        method: [each | {"play": {"before": 0.1, "after": reward}} for each in of_method]
        for (method, of_method), reward in zip(runs.items(), (0.5, 0.4), strict=True)
    }
    nothing, plain, ewc = rows_of(runs)
    assert (nothing["play"], plain["play"]) == ((0.1, 0.0), (0.5, 0.0))
    assert (plain["learned"], ewc["learned"]) == (1.0, 0.75)
    assert list(table_of([ewc]))[-1].startswith("| ewc | +0.400 ± 0.000 | 70.0%")
    # WHEN the plain method forgot nothing THEN there is no share of it
    *_, last = rows_of({"plain": [came(0.5, 0.9)], "ewc": [came(0.5, 0.9)]})
    assert last["forgotten"] is None


def test_it_goes_on_where_it_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # GIVEN adaptations, of which one was stopped
    begun: list[tuple[str, int]] = []

    def adapt(args: AdaptArgs, report: Any) -> dict[str, Any]:
        begun.append((args.method, args.seed))
        if len(begun) == 3:
            raise KeyboardInterrupt
        write_args(args.out, args)
        write_json(args.out / "metrics.json", came(0.5, 0.5))
        return came(0.5, 0.5)

    monkeypatch.setattr(adapting, "adapt", adapt)
    args = AdaptArgs(game="grid", base="b", questions=tmp_path, out=tmp_path / "out")
    with pytest.raises(KeyboardInterrupt):
        bench_learn(args, range(1, 3), lambda line: None)
    # WHEN they are started again THEN only the others are made, and once
    rows = bench_learn(args, range(1, 3), lambda line: None)
    assert len(begun) == len(METHODS) * 2 + 1
    assert [row["method"] for row in rows] == [NOTHING, *METHODS]
    bench_learn(args, range(1, 3), lambda line: None)
    assert len(begun) == len(METHODS) * 2 + 1
    # WHEN an argument differs THEN all are made anew
    args.rate = 1e-3
    bench_learn(args, range(1, 2), lambda line: None)
    assert len(begun) == len(METHODS) * 3 + 1


def test_every_model_plays_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # GIVEN adaptations whose models are to play
    def adapt(args: AdaptArgs, report: Any) -> dict[str, Any]:
        assert args.merged
        write_args(args.out, args)
        write_json(args.out / "metrics.json", came(0.5, 0.5))
        return came(0.5, 0.5)

    def reward(model: str) -> float:
        played.append(Path(model).parent.name)
        return 0.25 if model == "b" else 0.75

    played: list[str] = []
    monkeypatch.setattr(adapting, "adapt", adapt)
    args = AdaptArgs(game="grid", base="b", questions=tmp_path, out=tmp_path / "out")
    # WHEN they are compared, twice THEN each of them has played in the first run, and the second one knows
    for _ in range(2):
        nothing, *rest = bench_learn(args, range(1, 3), lambda line: None, play=Play(reward, 5))
        assert nothing["play"] == (0.25, 0.0)
        assert [row["play"] for row in rest] == [(0.75, 0.0)] * len(METHODS)
        assert sorted(each for each in played if each) == sorted(f"{m}-{s}" for m in METHODS for s in (1, 2))
    # WHEN the number of episodes differs THEN all play again
    bench_learn(args, range(1, 3), lambda line: None, play=Play(reward, 6))
    assert len([each for each in played if each]) == 2 * 2 * len(METHODS)
