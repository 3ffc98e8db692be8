"""The player of a rule, whose ratings models learn."""

from pathlib import Path
from typing import Any

import pytest

from coach_app.evaluation.bench.preferences import PROMPT, bench_preferences
from coach_app.training.experience import adapting
from coach_app.training.experience.adapting import Answered
from coach_app.training.experience.arguments import PREFERENCES, AdaptArgs


def test_the_move_alone_is_liked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # GIVEN a bundled coach WHEN it is to learn from ratings of its answers
    learned: dict[str, list[Answered]] = {}

    def prefer(args: AdaptArgs, answered: list[Answered], report: Any) -> dict[str, Any]:
        learned[args.loss] = answered
        return {"folder": args.out.name}

    monkeypatch.setattr(adapting, "prefer", prefer)
    args = AdaptArgs(game="grid-levels", base="grid-coach", questions=tmp_path, out=tmp_path)
    found = bench_preferences(args, 6, 6, lambda line: None)
    # THEN it learns them by each loss, and keeps some for the test; the move alone is better than all it says otherwise
    assert found == {loss: {"folder": loss} for loss in PREFERENCES}
    answered = learned["dpo"]
    assert {each.held_out for each in answered} == {False, True}
    for each in answered:
        liked, disliked = each.answers
        assert liked.prompt == disliked.prompt == PROMPT
        assert liked.answer in ("Left.", "Right.", "Up.", "Down.")
        assert liked.answer.rstrip(".").lower() in disliked.answer.lower()
        assert len(disliked.answer) > len(liked.answer)
        assert each.ratings[0] > each.ratings[1]
