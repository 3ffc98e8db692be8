"""``coach bench engine`` on a tiny model: what it reports, not how fast this machine is."""

from pathlib import Path

import pytest
import torch

from coach_app.engine import measuring
from coach_app.evaluation.bench.engine import bench_engine
from tests.fakes.models import build_llava


def test_both_ways_are_measured_at_each_detail(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # GIVEN a model that cuts pictures WHEN both ways are measured on two pictures
    monkeypatch.setattr(measuring, "MAX_NEW_TOKENS", 12)
    monkeypatch.setenv("OMP_NUM_THREADS", str(torch.get_num_threads()))
    said: list[str] = []
    report = bench_engine(str(build_llava(tmp_path / "tiny-llava")), "", 2, said.append)
    # THEN every detail has its tokens, the same answers both ways, and all figures of both
    details = ("base", "wide", "full")
    tokens = [report.value(detail, "tokens of the picture") or 0 for detail in details]
    assert tokens == sorted(set(tokens))
    for detail in details:
        assert report.value(detail, "same answers") == report.subject["runs"] == 2
        value = {
            way: {row.name: row.value or 0 for row in report.rows if row.of == f"{detail}, {way}"}
            for way in ("article", "coach")
        }
        for figures in value.values():
            assert figures["tokens"] == 12
            assert figures["speed"] > 0
            assert figures["peak memory"] > 0.01
        # THEN the article's first word is seen when its answer is whole, and ours before
        assert value["article"]["first word"] == value["article"]["whole answer"]
        assert value["coach"]["first word"] <= value["coach"]["whole answer"]
        ratio = value["article"]["whole answer"] / value["coach"]["first word"]
        assert report.value(detail, "first word") == pytest.approx(ratio, abs=0.06)
        assert value["coach"]["first word, further question"] > 0
        assert value["coach"]["first word, looked at before"] > 0
    assert report.machine.cores > 0
    assert len(said) == 1 + 3 * 2
