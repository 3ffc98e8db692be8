"""How far the coach gives way, on a game that is drawn by arithmetic."""

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
import pytest

from coach_app.domain.governor import FrameTimes, Governor, GovernorRules, Reading, Step

HZ60 = (1 / 60,) * 60
"""A second of a game that runs as it should."""


def missing(share: float) -> tuple[float, ...]:
    """A second in which this share of the frames is missing, each after the other."""
    lost = round(60 * share)
    return (2 / 60,) * lost + (1 / 60,) * (60 - 2 * lost)


@dataclass
class Play:
    """A game that is played second after second beside a governed coach.

    Attributes:
        second: what is observed in a second, at a step, with or without the coach.
        steps: the step after each second.
        rests: the seconds in which the coach was off.
    """

    second: Callable[[Step, bool], Reading]
    governor: Governor = field(default_factory=Governor)
    steps: list[Step] = field(default_factory=list)
    rests: list[int] = field(default_factory=list)

    def go_on(self, seconds: int) -> None:
        for _ in range(seconds):
            if self.governor.resting:
                self.rests.append(len(self.steps))
            self.governor.observe(self.second(self.governor.step, self.governor.resting), float(len(self.steps)))
            self.steps.append(self.governor.step)


def helped_by(step: Step, share: float = 0.1) -> Callable[[Step, bool], Reading]:
    """A game that loses frames to the coach until it gives way so far."""

    def second(now: Step, resting: bool) -> Reading:
        return Reading(HZ60 if resting or now >= step else missing(share), answering=not resting, processor=0.5)

    return second


def test_a_game_that_does_not_suffer_is_left_alone_but_for_one_short_rest() -> None:
    # GIVEN a game that loses nothing WHEN it is played for four minutes
    play = Play(helped_by(Step.FULL))
    play.go_on(240)
    # THEN nothing is given up, and the coach was off once, for a few seconds, to be compared with
    assert set(play.steps) == {Step.FULL}
    assert 3 <= len(play.rests) <= 4
    # AND after five minutes it is compared once more
    play.go_on(120)
    assert 6 <= len(play.rests) <= 8


@pytest.mark.parametrize("step", [Step.PRIORITY, Step.WAITS, Step.SLEEP])
@pytest.mark.parametrize("share", [0.04, 0.3])
def test_step_by_step_as_much_is_given_up_as_helps_and_no_more(step: Step, share: float) -> None:
    # GIVEN a game that suffers until this step WHEN it is played
    play = Play(helped_by(step, share))
    play.go_on(100)
    # THEN every step on the way was tried, and none further
    assert list(dict.fromkeys(play.steps)) == [Step(number) for number in range(step + 1)]
    assert play.steps[15] >= Step.PRIORITY


def test_what_was_given_up_is_taken_back_slowly_and_ever_more_slowly_if_that_was_too_early() -> None:
    # GIVEN a game that needs one step for good WHEN it is played for long
    play = Play(helped_by(Step.PRIORITY))
    play.go_on(1500)
    # THEN the step is taken back again and again, after ever longer times
    tried = [at for at in range(1, 1500) if (play.steps[at - 1], play.steps[at]) == (Step.PRIORITY, Step.FULL)]
    times = [later - earlier for earlier, later in pairwise(tried)]
    assert len(times) >= 3
    assert times == sorted(times)
    assert times[-1] > 2 * times[0]
    # AND the game suffers in less than a tenth of the time
    assert play.steps.count(Step.FULL) < 150

    # WHEN it suffers no more THEN all is taken back, and stays
    play.second = helped_by(Step.FULL)
    play.go_on(700)
    assert set(play.steps[-60:]) == {Step.FULL}


def test_what_is_not_the_coachs_fault_costs_the_player_nothing() -> None:
    # GIVEN a game that runs well, and then badly with or without the coach
    play = Play(lambda step, resting: Reading(HZ60))
    play.go_on(60)
    play.second = lambda step, resting: Reading(missing(0.3))
    play.go_on(200)
    # THEN that was found out by a rest, and nothing is given up
    assert set(play.steps) == {Step.FULL}
    assert any(at > 60 for at in play.rests)


@pytest.mark.parametrize("gaps", [(), (1.5,), (0.2,) * 5])
def test_a_game_that_stands_still_or_is_not_seen_is_never_interrupted(gaps: tuple[float, ...]) -> None:
    # GIVEN a game of turns, or one whose frames the system does not tell WHEN it is played THEN nothing happens
    play = Play(lambda step, resting: Reading(gaps))
    play.go_on(400)
    assert (set(play.steps), play.rests) == ({Step.FULL}, [])


def test_single_late_frames_happen_to_any_game() -> None:
    # GIVEN a game with a late frame every five seconds WHEN it is played THEN that is no reason
    play = Play(helped_by(Step.FULL))
    play.go_on(20)
    seconds = iter(range(1000))
    play.second = lambda step, resting: Reading((0.05, *HZ60[3:]) if next(seconds) % 5 == 0 else HZ60)
    play.go_on(200)
    assert set(play.steps) == {Step.FULL}


@pytest.mark.parametrize("seed", [1, 2])
def test_a_game_that_is_late_by_itself_now_and_then_is_not_blamed_on_the_coach(seed: int) -> None:
    # GIVEN a game of which one frame of 100 comes late with or without the coach, as chance has it
    rng = np.random.default_rng(seed)

    def second(step: Step, resting: bool) -> Reading:
        late = rng.random(59) < 0.01
        return Reading(tuple(np.where(late, rng.uniform(0.018, 0.035, 59), 1 / 60)), answering=not resting)

    # WHEN it is played for ten minutes
    play = Play(second)
    play.go_on(600)
    # THEN the coach gives way hardly ever, and never far
    assert sum(step > Step.FULL for step in play.steps) <= 150
    assert max(play.steps) <= Step.PRIORITY


def test_a_burst_of_late_frames_with_each_rare_advice_does_not_put_it_to_sleep() -> None:
    # GIVEN a game that suffers until advice comes every five seconds, and then for a moment with each
    seconds = iter(range(10_000))

    def second(step: Step, resting: bool) -> Reading:
        advised = next(seconds) % 5 == 0 if step >= Step.WAITS else True
        late = 0.1 if step < Step.WAITS else 0.06
        return Reading(missing(late) if advised and not resting else HZ60, answering=advised and not resting)

    # WHEN it is played THEN that is where it stays
    play = Play(second)
    play.go_on(90)
    assert (max(play.steps), play.steps[-1]) == (Step.WAITS, Step.WAITS)


def test_an_answer_that_was_begun_before_a_step_is_not_held_against_it() -> None:
    # GIVEN a game that suffers while the coach answers, which it does for some seconds after it has to wait
    changed: list[int] = []

    def second(step: Step, resting: bool) -> Reading:
        changed.append(step)
        answering = not resting and (step < Step.WAITS or changed.count(Step.WAITS) <= 5)
        return Reading(missing(0.3) if answering else HZ60, answering=answering)

    # WHEN it is played THEN the step is enough
    play = Play(second)
    play.go_on(60)
    assert max(play.steps) is Step.WAITS


def test_a_game_slowed_evenly_suffers_too() -> None:
    # GIVEN a game that draws 60 frames a second alone, and 50 beside the coach at full speed
    play = Play(lambda step, resting: Reading(HZ60 if resting or step >= Step.DETAIL else (1 / 50,) * 50))
    # WHEN it is played THEN the coach gives way
    play.go_on(40)
    assert play.steps[-1] is Step.DETAIL


def test_without_frames_a_game_that_waits_for_the_processor_suffers() -> None:
    # GIVEN a game whose frames are not told, which has to wait for the processor unless the coach gives way
    play = Play(lambda step, resting: Reading(starved=not resting and step < Step.WAITS))
    # WHEN it is played THEN the coach gives way so far
    play.go_on(40)
    assert play.steps[-1] is Step.WAITS
    # GIVEN one that has to wait in any case THEN it does not
    play = Play(lambda step, resting: Reading(starved=True))
    play.go_on(40)
    assert play.steps[-1] is Step.FULL


def test_a_full_card_needs_the_models_memory_at_once() -> None:
    # GIVEN a game that loses frames while the card's memory is full WHEN it is played
    play = Play(lambda step, resting: Reading(HZ60 if resting else missing(0.2), memory_full=step < Step.SLEEP))
    play.go_on(20)
    # THEN the model is unloaded without any step before
    assert list(dict.fromkeys(play.steps)) == [Step.FULL, Step.SLEEP]


def test_the_player_says_how_far_it_may_go() -> None:
    # GIVEN a coach that may not be unloaded, beside a game that nothing else would help
    play = Play(helped_by(Step.SLEEP), Governor(lowest=Step.CAPTURES))
    # WHEN it is played THEN it goes so far
    play.go_on(80)
    assert max(play.steps) is Step.CAPTURES


def test_a_rest_is_not_spoilt_by_questions_and_does_not_last_for_ever() -> None:
    # GIVEN a coach that is asked all the time, even while it should be off
    play = Play(lambda step, resting: Reading(HZ60, answering=True))
    play.go_on(8)
    assert play.governor.resting
    # WHEN that goes on THEN the rest is given up, and nothing was measured
    play.go_on(12)
    assert not play.governor.resting
    assert play.governor.cost is None


def test_an_answer_that_ends_in_a_rest_is_not_taken_for_the_game_without_a_coach() -> None:
    # GIVEN an answer that still goes on when the rest begins, and a game that recovers only after it
    play = Play(lambda step, resting: Reading(missing(0.3), answering=not resting))
    play.go_on(5)
    assert play.governor.resting
    for at, (reading, answering) in enumerate(
        [(missing(0.3), True)] * 2 + [(missing(0.2), False)] + [(HZ60, False)] * 3
    ):
        play.governor.observe(Reading(reading, answering=answering), 5.0 + at)
    # WHEN the rest is over THEN what the game does without the coach is known
    cost = play.governor.cost
    assert cost
    assert cost.without.p99_s == pytest.approx(1 / 60)


def test_what_the_coach_costs_is_told_by_the_difference() -> None:
    # GIVEN a coach that costs every tenth frame, half a core and 20 watts
    def second(step: Step, resting: bool) -> Reading:
        if resting:
            return Reading(HZ60, processor=0.0, memory_bytes=700, watts=30.0)
        return Reading(missing(0.1), answering=True, processor=0.5, memory_bytes=900, watts=50.0)

    play = Play(second, Governor(GovernorRules(lost=1.0, late=(1.0, 2.0))))
    # WHEN it was measured
    play.go_on(20)
    cost = play.governor.cost
    # THEN that is what it costs
    assert cost
    assert cost.lost == pytest.approx(0.1, abs=0.01)
    assert (cost.processor, cost.memory_bytes, cost.watts) == (0.5, 900, 20.0)
    assert cost.with_coach.p99_s == pytest.approx(2 / 60)
    assert cost.without.p99_s == pytest.approx(1 / 60)
    assert cost.seconds[1] == 3
    # WHEN it is to be measured now THEN it is off at once
    play.governor.measure()
    assert play.governor.resting
    # AND another game is measured by itself
    play.governor.restart()
    assert (play.governor.cost, play.governor.resting) == (None, False)


def test_of_a_game_that_stands_still_no_frames_are_told_but_the_rest_is() -> None:
    # GIVEN a game of turns WHEN the coach is measured beside it
    play = Play(lambda step, resting: Reading((), processor=0.2, memory_bytes=5))
    play.go_on(5)
    play.governor.measure()
    play.go_on(6)
    # THEN its frames are unknown, and what the processes use is not
    assert play.governor.cost
    assert play.governor.cost.with_coach == FrameTimes()
    assert play.governor.cost.processor == pytest.approx(0.2)
    assert play.governor.cost.watts is None
