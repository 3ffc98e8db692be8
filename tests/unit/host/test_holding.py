"""The detail of pictures that the engine is asked for."""

import pytest

from coach_app.domain.detail import DETAILS, Detail
from coach_app.host.holding import Details


@pytest.mark.parametrize("most", DETAILS)
def test_no_picture_is_finer_than_allowed_whatever_fits(most: Detail) -> None:
    # GIVEN a limit for the sake of the game
    details = Details()
    details.most = most
    # WHEN pictures are asked for in any detail THEN they are no finer, and coarse ones stay so
    for detail in DETAILS:
        assert details.fitting(detail) == DETAILS[min(DETAILS.index(detail), DETAILS.index(most))]
    # WHEN one does not even fit like that THEN it gets coarser, as far as it can
    assert details.did_not_fit("full") == (most != "base")
    assert details.fitting("full") == DETAILS[max(0, DETAILS.index(most) - 1)]
    # AND with the limit gone, what does not fit is still known
    details.most = "full"
    assert details.fitting(most) == DETAILS[max(0, DETAILS.index(most) - 1)]
