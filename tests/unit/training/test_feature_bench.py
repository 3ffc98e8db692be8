"""``coach bench features`` on a tiny model: what it reports, not how fast this machine is."""

from pathlib import Path

import pytest

from coach_app.training.feature_bench import bench_features
from tests.fakes.models import build_llava


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_llava(tmp_path_factory.mktemp("models") / "tiny-llava")


def test_both_ways_are_measured_on_the_same_frames(tiny: Path) -> None:
    # GIVEN a model / WHEN its features are measured on a short rollout
    said: list[str] = []
    report = bench_features(str(tiny), 40, said.append)

    # THEN both ways gave the same numbers, and the report holds every figure of the issue
    assert report["largest_difference"] < 1e-3
    assert (report["frames"], report["batch"], report["article_frames"]) == (48, 16, 6)
    assert report["article_tokens"] == 50
    for way in ("cached", "uncached", "single"):
        assert report[f"ratio_{way}"] == pytest.approx(report[f"{way}_per_s"] / report["article_per_s"], rel=0.02)
    assert 0 < report["cache_hit_rate"] < 1
    assert report["machine"]
    assert said
