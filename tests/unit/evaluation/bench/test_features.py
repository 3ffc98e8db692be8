"""``coach bench features`` on a tiny model: what it reports, not how fast this machine is."""

from pathlib import Path

import pytest

from coach_app.evaluation.bench.features import bench_features
from tests.fakes.models import build_llava


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_llava(tmp_path_factory.mktemp("models") / "tiny-llava")


def test_both_ways_are_measured_on_the_same_frames(tiny: Path) -> None:
    # GIVEN a model / WHEN its features are measured on a short rollout
    said: list[str] = []
    report = bench_features(str(tiny), 40, said.append)

    # THEN both ways gave the same numbers, and the report holds every figure of the issue
    assert (report.value("all", "largest difference") or 0) < 1e-3
    assert [report.subject[name] for name in ("frames", "batch", "article_frames", "article_tokens")] == [48, 16, 6, 50]
    article = report.value("article", "features")
    assert article
    for way in ("cached", "uncached", "single"):
        per_s = report.value(way, "features")
        assert per_s
        assert report.value(f"{way} / article", "features") == pytest.approx(per_s / article, rel=0.02, abs=0.06)
    assert 0 < (report.value("cached", "found in the cache") or 0) < 1
    assert said
