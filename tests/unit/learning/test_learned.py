"""What a model learned: kept, judged, used or not."""

from dataclasses import replace

import pytest

from coach_app.games.profiles import find, is_own
from coach_app.learning.experience import seeds_in
from coach_app.learning.learned import Learned, is_used, keep_learned, load_learned, use
from coach_app.learning.overview import experience_folder

LEARNED = Learned("/models/lake", "grid-coach", 0.1, 0.9, 0.5, 0.9, 30, 800_000, 0.4, collapsed=False)


@pytest.mark.parametrize(
    ("changes", "better"),
    [({}, True), ({"low": 0.0}, False), ({"low": -0.1}, False), ({"collapsed": True}, False)],
)
def test_it_is_better_if_that_is_certain_and_it_has_not_collapsed(changes: dict[str, float], better: bool) -> None:
    assert replace(LEARNED, **changes).better is better  # type: ignore[arg-type]


def test_what_was_learned_is_kept_and_used_by_the_profile(coach_home: object) -> None:
    # GIVEN nothing WHEN it is looked up THEN there is nothing, and a damaged file is nothing, too
    assert load_learned("frozen-lake") is None
    keep_learned("frozen-lake", LEARNED)
    assert load_learned("frozen-lake") == LEARNED
    # WHEN it is to be used THEN the profile names it, until it is not
    assert not is_used("frozen-lake", LEARNED)
    use("frozen-lake", LEARNED.model)
    assert is_used("frozen-lake", LEARNED)
    assert is_own("frozen-lake")
    use("frozen-lake", "")
    assert find("frozen-lake").model == ""
    (experience_folder("frozen-lake") / "learned.json").write_text('{"model": 3}')
    assert load_learned("frozen-lake") is None


def test_the_seeds_of_a_store_are_told(coach_home: object) -> None:
    # GIVEN files of episodes WHEN their seeds are asked for THEN those of all ways and sizes are there
    folder = experience_folder("grid-levels") / "episodes"
    folder.mkdir(parents=True)
    for name in ("plan-0000007", "watch-0000008-6x5-take1", "odd"):
        (folder / f"{name}.parquet").touch()
    assert seeds_in(folder.parent) == {7, 8}
