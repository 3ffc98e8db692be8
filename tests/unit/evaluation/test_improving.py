"""Whether a model that learned plays better is judged by the same episodes."""

from pathlib import Path

import pytest

from coach_app.evaluation.improving import judged
from coach_app.evaluation.play import PlayReport


def played(rewards: list[float], same: float = 0.4) -> PlayReport:
    return PlayReport(
        game="grid-levels",
        agent="coach",
        model="m",
        episodes=len(rewards),
        seed=800_000,
        mean_reward=sum(rewards) / len(rewards),
        std_reward=0.0,
        optimal_move_rate=None,
        no_move=0,
        rewards=rewards,
        latency_ms_p50=1.0,
        commonest_share=same,
    )


@pytest.mark.parametrize(
    ("before", "after", "same", "better"),
    [
        ([0.0] * 30, [1.0] * 20 + [0.0] * 10, 0.4, True),
        ([0.0] * 30, [1.0] * 20 + [0.0] * 10, 0.95, False),  # it has collapsed
        ([0.0, 1.0] * 15, [1.0, 0.0] * 15, 0.4, False),
        ([1.0] * 30, [0.0] * 30, 0.4, False),
    ],
)
def test_a_model_is_better_if_it_plays_better(
    before: list[float], after: list[float], same: float, better: bool, tmp_path: Path
) -> None:
    # GIVEN the rewards of the same episodes WHEN they are compared THEN the interval and the collapse alarm decide
    found = judged(played(before), played(after, same), "grid-coach", tmp_path)
    assert found.better is better
    assert found.low <= found.after - found.before <= found.high
    assert found.model == str(tmp_path)
