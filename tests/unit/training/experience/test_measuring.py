"""Whether an adapter is an improvement."""

import pytest

from coach_app.training.bootstrap import improvement
from coach_app.training.experience.examples import Asked
from coach_app.training.experience.measuring import commonest


@pytest.mark.parametrize(
    ("before", "after", "better"),
    [
        ([0] * 40, [1] * 30 + [0] * 10, True),
        ([0, 1] * 20, [1, 0] * 20, False),  # it changes, and is no better
        ([1] * 40, [0] * 10 + [1] * 30, False),
        ([0] * 40, [1] + [0] * 39, False),  # that may be chance
    ],
)
def test_an_improvement_is_more_than_chance(before: list[int], after: list[int], better: bool) -> None:
    # GIVEN scores of the same questions before and after WHEN they are compared THEN the interval tells
    mean, low, high = improvement(before, after, range(40))
    assert low <= mean <= high
    assert mean == pytest.approx((sum(after) - sum(before)) / 40)
    assert (low > 0) is better


def test_questions_about_one_episode_count_as_one() -> None:
    # GIVEN the same scores WHEN all questions are about few episodes THEN the interval is wider
    before, after = [0] * 40, [1] * 20 + [0] * 20
    _, alone, _ = improvement(before, after, range(40))
    _, together, _ = improvement(before, after, [number // 20 for number in range(40)])
    assert alone > 0 >= together


def test_the_commonest_answer_is_found() -> None:
    # GIVEN questions WHEN asked for the share of the commonest answer THEN it is that
    assert commonest([Asked("?", answer) for answer in ("up", "up", "down", "left")]) == 0.5
    assert commonest([]) == 0.0
