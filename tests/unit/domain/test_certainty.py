"""How sure a model is: fitted to how often it was right."""

import numpy as np
import pytest

from coach_app.domain.certainty import Calibration, Likelihood, calibrated


def draw(count: int, seed: int, slope: float) -> list[tuple[Likelihood, bool]]:
    """Answers whose moves are right as often as their whole words are likely, but for a slope."""
    rng = np.random.default_rng(seed)
    odds = rng.normal(2, 2, count)
    right = rng.random(count) < 1 / (1 + np.exp(-slope * odds))
    return [
        (Likelihood(0.9999, float(1 / (1 + np.exp(-each)))), bool(is_right))
        for each, is_right in zip(odds, right, strict=True)
    ]


@pytest.mark.parametrize("slope", [0.5, 1.0])
def test_what_is_fitted_holds_for_other_answers(slope: float) -> None:
    # GIVEN a model that is next to sure of every move, and whose other words are likely as its moves are right
    fitted = calibrated(draw(400, 1, slope), seed=7)
    # WHEN others are judged by it THEN those that are said to be right so often are, whether that is often or seldom
    others = draw(2_000, 2, slope)
    sure = np.array([fitted.certainty(likelihood) for likelihood, _ in others])
    right = np.array([is_right for _, is_right in others])
    for least, most in ((0.3, 0.6), (0.6, 0.9), (0.9, 1.0)):
        among = (sure > least) & (sure <= most)
        assert sure[among].mean() == pytest.approx(right[among].mean(), abs=0.06)
    assert (fitted.positions, fitted.seed) == (400, 7)


@pytest.mark.parametrize(("right", "certain"), [(30, 31 / 32), (0, 1 / 32), (15, 0.5)])
def test_a_model_that_says_the_same_of_every_move_is_as_sure_as_it_is_right(right: int, certain: float) -> None:
    # GIVEN 30 answers that are told apart by nothing WHEN they are fitted THEN what is said is how often they are right
    answers = [(Likelihood(1.0, 1.0), at < right) for at in range(30)]
    assert calibrated(answers, 0).certainty(Likelihood(1.0, 1.0)) == pytest.approx(certain, abs=0.01)


@pytest.mark.parametrize("likelihood", [Likelihood(0.0, 0.0), Likelihood(1.0, 1.0), Likelihood(1e-30, 0.0)])
def test_any_likelihood_gives_a_probability(likelihood: Likelihood) -> None:
    # GIVEN a calibration WHEN words are next to impossible, or certain THEN there is a number all the same
    assert 0 <= Calibration(bias=0.1, move=2.0, whole=3.0, positions=1, seed=0).certainty(likelihood) <= 1
