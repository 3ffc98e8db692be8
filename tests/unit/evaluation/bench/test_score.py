"""What a model is good for: right moves, play beside chance, and what hints give away."""

from dataclasses import replace

import numpy as np
import pytest

from coach_app.domain.advice import Advice
from coach_app.domain.pointing import Box, Mark
from coach_app.domain.situation import Situation
from coach_app.evaluation.agents import CoachAgent, TeacherAgent
from coach_app.evaluation.bench.score import calibration_error, report, run
from coach_app.games.catalogue import to_practise
from coach_app.games.images import Picture
from coach_app.games.positions import Position, positions
from coach_app.games.profiles import profile_of

GRID, PROFILE = to_practise("grid-levels"), profile_of("grid-levels")
SEED = 500_000


class Talker:
    """Says the same about everything."""

    reads_japanese = False

    def __init__(self, text: str, move: str | None) -> None:
        self._text, self._move = text, move

    async def advise(self, situation: Situation, on_words: object = None) -> Advice:
        return Advice(self._text, self._move, "talker", 0.0, 5.0, 1.0, 3, level=situation.level)

    async def close(self) -> None:
        pass


async def test_the_teacher_is_right_everywhere_and_plays_better_than_chance() -> None:
    # GIVEN the teacher as a coach whose hints hold back WHEN it is measured
    steps: list[int] = []
    score = await run(
        GRID, TeacherAgent(GRID), Talker("Mind the hole.", None), PROFILE, 12, 3, 30, SEED,
        on_progress=lambda done, total: steps.append(done / total * 100 // 1),  # type: ignore[arg-type]
    )  # fmt: skip
    # THEN all is right, nothing leaks, and random moves earn less
    assert (score.positions, score.right, score.hints, score.held_back, score.leaks) == (12, 12, 24, 0, 0)
    assert score.mean_reward is not None
    assert score.random_reward is not None
    assert score.mean_reward > score.random_reward
    assert steps[-1] == 100
    assert score.calibration_error is None


async def test_what_gives_the_move_away_is_counted_and_held_back() -> None:
    # GIVEN a coach that names one and the same move, whatever it is asked for WHEN it is measured
    talker = Talker("Go up. Mind the hole.", "up")
    score = await run(GRID, CoachAgent(talker, PROFILE), talker, PROFILE, 8, 0, 30, SEED)
    # THEN it is right now and then, every hint gave the move away, and none that was shown
    assert 0 < score.right < 8
    assert (score.held_back, score.leaks, score.episodes, score.mean_reward) == (16, 0, 0, None)
    # and the report says so
    shown = report(GRID, "talker", score)
    assert shown.value("nudges and hints", "leaking") == 0
    assert shown.value("positions", "right moves") == pytest.approx(score.right / 8)


async def test_points_count_where_they_are_within_two_per_cent_of_where_the_move_leads() -> None:
    # GIVEN a game in the right half of its window, and a coach that always goes up and points there, but for once
    class Stage:
        async def picture(self, position: Position, scale: float) -> Picture:
            clean = position.picture()
            return np.concatenate([np.zeros_like(clean), clean], axis=1)

        def board(self) -> Box:
            return 0.5, 0.0, 1.0, 1.0

    class Pointing(Talker):
        def __init__(self) -> None:
            super().__init__("Go up.", "up")
            self.asked = iter(positions(GRID, 8, SEED))

        async def advise(self, situation: Situation, on_words: object = None) -> Advice:
            advice = await super().advise(situation)
            if not situation.pointing:
                return advice
            position = next(self.asked)
            assert GRID.leads_to
            x, y = GRID.leads_to(position.env, "up", "")[0].centre
            off = {SEED + 1: 0.1, SEED + 2: 0.019}.get(position.seed, 0.0)
            return replace(advice, marks=(Mark.at(0.5 + x / 2, y + off),) if position.seed != SEED + 3 else ())

    coach = Pointing()
    # WHEN it is measured
    score = await run(GRID, CoachAgent(coach, PROFILE), coach, PROFILE, 8, 0, 30, SEED, stage=Stage(), points=True)
    # THEN one was off, one was missing, and the report says so
    assert (score.points, score.exact) == (8, 6)
    assert report(GRID, "talker", score).value("points", "within 2 % of the window's size") == 0.75


async def test_a_coach_that_was_not_taught_to_point_is_not_asked_to() -> None:
    # GIVEN a coach that cannot point WHEN it is measured THEN there is nothing to say of its points
    talker = Talker("Go up.", "up")
    score = await run(GRID, CoachAgent(talker, PROFILE), talker, PROFILE, 2, 0, 30, SEED)
    assert (score.points, score.exact) == (0, 0)
    assert report(GRID, "talker", score).value("points", "within 2 % of the window's size") is None


def test_the_calibration_error_is_how_far_confidence_is_from_being_right() -> None:
    # GIVEN confidence that is as good as it says, in two bins
    good = [(0.75, right) for right in (True, True, True, False)] + [(0.25, right) for right in (True, *[False] * 3)]
    assert calibration_error(good) == 0
    # GIVEN one that is always sure, and half of the time wrong
    assert calibration_error([(1.0, True), (1.0, False)]) == 0.5
    # GIVEN none THEN nothing is known
    assert calibration_error([]) is None


async def test_the_confidence_of_a_coach_is_measured() -> None:
    # GIVEN a coach that says how sure it is WHEN it is measured THEN it is known how far that is from being right
    class Sure(Talker):
        async def advise(self, situation: Situation, on_words: object = None) -> Advice:
            return replace(await super().advise(situation), confidence=1.0)

    talker = Sure("Go up.", "up")
    score = await run(GRID, CoachAgent(talker, PROFILE), talker, PROFILE, 8, 0, 30, SEED)
    assert score.calibration_error == pytest.approx(1 - score.right / 8, abs=1e-4)
