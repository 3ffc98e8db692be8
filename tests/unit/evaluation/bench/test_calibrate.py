"""A coach's confidence is calibrated by positions along episodes, and measured with others."""

import pytest

from coach_app.domain.advice import Advice
from coach_app.domain.certainty import Likelihood
from coach_app.domain.errors import CoachError
from coach_app.domain.situation import Situation
from coach_app.evaluation.agents import CoachAgent, TeacherAgent
from coach_app.evaluation.bench.calibrate import report, run
from coach_app.games.catalogue import to_practise
from coach_app.games.profiles import profile_of

GRID, PROFILE = to_practise("grid-levels"), profile_of("grid-levels")


class Sure:
    """Always goes up, and is next to sure of it."""

    reads_japanese = False

    async def advise(self, situation: Situation, on_words: object = None) -> Advice:
        return Advice("Go up.", "up", "sure", 0.0, 5.0, 1.0, 3, confidence=0.999, likelihood=Likelihood(0.999, 0.9))

    async def close(self) -> None:
        pass


async def test_a_coach_that_is_too_sure_is_as_sure_as_it_is_right() -> None:
    # GIVEN a coach that is next to sure of every move WHEN it is calibrated
    steps: list[int] = []
    found = await run(GRID, CoachAgent(Sure(), PROFILE), 12, 560_000, lambda done, of: steps.append(done))
    # THEN it is as sure as it was right, and that is measured on as many other positions
    assert (found.calibration.positions, found.calibration.seed, steps[-1]) == (12, 560_000, 24)
    assert found.before == pytest.approx(0.999 - found.right, abs=1e-3)
    assert found.calibration.error is not None
    assert found.calibration.error < 0.999 - found.right
    assert 0 < found.calibration.certainty(Likelihood(0.999, 0.9)) < 0.7
    assert report(GRID, "sure", found).value("calibration error", "calibrated") == found.calibration.error


async def test_a_coach_that_does_not_tell_cannot_be_calibrated() -> None:
    with pytest.raises(CoachError, match="does not tell how likely"):
        await run(GRID, TeacherAgent(GRID), 2, 560_000)
