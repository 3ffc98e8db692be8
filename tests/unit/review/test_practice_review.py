"""The review of the player's own practice: found, not invented, compared with advice, and tried again."""

from dataclasses import replace

import numpy as np
import pytest

from coach_app.domain.errors import CoachError
from coach_app.evaluation.bench.review import Planted, plant, run
from coach_app.games.catalogue import to_practise
from coach_app.games.positions import rendered
from coach_app.learning.recorded import Heard, RecordedEpisode
from coach_app.review.practice import last_session, position, review_practice

SEED = 500_000
GRID = to_practise("grid-levels")


def with_mistakes(seeds: range) -> list[Planted]:
    return [plant(GRID, seed, 2) for seed in seeds]


def timed(episode: RecordedEpisode, began_at: float = 1000.0) -> RecordedEpisode:
    """An episode with a move a second."""
    return replace(episode, times=tuple(began_at + step for step in range(len(episode.moves) + 1)))


def test_every_planted_mistake_is_found_and_none_is_invented() -> None:
    # GIVEN 50 mistakes in episodes of the teacher WHEN these are reviewed
    report = run(GRID, 50, SEED)
    # THEN each is found, and nothing else
    assert (report.value("review", "found"), report.value("review", "invented")) == (50, 0)


def test_mistakes_are_found_where_the_teacher_knows_no_values() -> None:
    # GIVEN the beginning of a long episode, with mistakes WHEN it is reviewed
    game = to_practise("crafter")
    planted = plant(game, SEED, 3, steps=32)
    review = review_practice(game, [planted.episode])
    # THEN they are found by what follows in copies, and nothing else
    assert planted.mistakes
    assert {moment.step for moment in review.moments} == planted.mistakes


def test_the_worst_comes_first_with_its_frame_and_can_be_tried_again() -> None:
    # GIVEN a session of several episodes
    planted = with_mistakes(range(SEED, SEED + 8))
    review = review_practice(GRID, [each.episode for each in planted])
    # THEN moments are in the order of their cost
    costs = [moment.cost or 0.0 for moment in review.moments]
    assert costs == sorted(costs, reverse=True)
    for moment in review.moments:
        # and each has the picture of the very state, from which one can go on
        again = position(GRID, review, moment)
        assert moment.picture is not None
        assert np.array_equal(moment.picture, rendered(again))
        assert GRID.teacher
        assert GRID.teacher(again) == moment.best


def test_advice_is_compared_with_what_was_done() -> None:
    # GIVEN an episode with mistakes, during which the coach had advised the best move each time
    planted = next(each for each in with_mistakes(range(SEED, SEED + 20)) if each.mistakes)
    episode = timed(planted.episode)
    env, heard = GRID.make(), []
    env.reset(seed=episode.seed)
    assert GRID.teacher
    for step, move in enumerate(episode.moves):
        heard.append(Heard(episode.times[step] + 0.2, GRID.teacher(env)[0]))
        env.step(env.unwrapped.action_names.index(move))  # type: ignore[attr-defined]
    # WHEN it is reviewed
    found = review_practice(GRID, [episode], heard=heard)
    # THEN it is known how often that was followed, and that only the rest cost something
    assert found.trends.advised == len(episode.moves)
    assert len(episode.moves) - found.trends.followed >= len(planted.mistakes)
    assert found.trends.cost_followed in (0, None)
    assert found.trends.cost_otherwise
    assert all(moment.advised in moment.best for moment in found.moments)
    # and the kinds of mistakes add up
    assert sum(share.count for share in found.trends.kinds) == found.trends.mistakes == len(planted.mistakes)


def test_advice_of_another_time_does_not_count() -> None:
    episode = timed(with_mistakes(range(SEED, SEED + 1))[0].episode)
    found = review_practice(GRID, [episode], heard=[Heard(999.0, "up"), Heard(1000.0 + 500, "up")])
    assert found.trends.advised == 0


def test_only_the_last_session_is_asked_for() -> None:
    # GIVEN episodes with a long pause before the last two
    one = with_mistakes(range(SEED, SEED + 1))[0].episode
    episodes = [timed(one, 1_000), timed(one, 9_000), timed(one, 9_100)]
    # WHEN the last session is wanted THEN it begins after the pause
    assert last_session(episodes) == episodes[1:]
    assert last_session([one, one]) == [one, one]


@pytest.mark.parametrize("change", [{"rewards": (9.0,) * 60}, {"moves": ("jump",) * 60}])
def test_a_recording_of_another_game_is_refused(change: dict[str, tuple[object, ...]]) -> None:
    # GIVEN a recording that cannot be of this game WHEN it is reviewed THEN a sentence says so
    episode = replace(with_mistakes(range(SEED, SEED + 1))[0].episode, **change)  # type: ignore[arg-type]
    with pytest.raises(CoachError, match="not of grid-levels"):
        review_practice(GRID, [episode])
