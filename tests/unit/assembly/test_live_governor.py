"""What the governor's decisions change in the running app, and what it is told."""

import os
from collections.abc import AsyncIterator
from typing import Any

import pytest
from PIL import Image

from coach_app.assembly import live_governor, observing
from coach_app.assembly.live_governor import LiveGovernor
from coach_app.assembly.observing import Observer
from coach_app.assembly.overlay_app import App, opened_app
from coach_app.assembly.plan import AppPlan
from coach_app.desktop.graphics import Graphics
from coach_app.domain.advice import Advice
from coach_app.domain.errors import CoachError
from coach_app.domain.frame import Frame, Place
from coach_app.domain.governor import Reading, Step
from coach_app.session.events import AnswerFinished, AnswerStarted
from coach_app.ui import windows
from tests.fakes.quiet import Happened

HZ60 = (1 / 60,) * 60
SLOW = (1 / 30,) * 30


class Game:
    """A game beside the app, observed once a second of its own clock; it suffers up to a step.

    Attributes:
        needs: the step that it needs.
        asked: what the observer was asked with.
    """

    def __init__(self, needs: Step = Step.FULL) -> None:
        self.needs, self.now_s = needs, 0.0
        self.asked: list[tuple[int | None, int | None, bool]] = []
        self.governor: LiveGovernor | None = None

    def read(self, window: int | None, engine: int | None, answering: bool) -> Reading:
        self.asked.append((window, engine, answering))
        self.now_s += 1
        assert self.governor
        suffers = self.governor._governor.step < self.needs and not self.governor._governor.resting
        return Reading(SLOW if suffers else HZ60)

    def close(self) -> None:
        self.asked.append((None, None, False))

    def clock(self) -> float:
        return self.now_s


@pytest.fixture
def game() -> Game:
    return Game()


@pytest.fixture
async def app(happened: Happened, game: Game, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[App]:
    """The app, which watches the game's window 7; nothing has a priority."""
    priorities: list[tuple[int, bool]] = []

    def give_way(pid: int, gives_way: bool, *, for_good: bool = True) -> bool:
        assert for_good == (pid != os.getpid())
        priorities.append((pid, gives_way))
        return True

    monkeypatch.setattr(live_governor, "give_way", give_way)
    monkeypatch.setattr(live_governor, "Observer", lambda: game)
    async with opened_app(AppPlan()) as app:
        game.governor = app.governor
        app.governor._clock = game.clock
        app.room.client.pid = 4711  # type: ignore[misc]
        app.session._sight.see(Frame(Image.new("RGB", (40, 30)), title="A game", place=Place(7)))
        vars(app.governor)["priorities"] = priorities
        yield app


async def look(app: App, seconds: int) -> None:
    for _ in range(seconds):
        await app.governor.look()


def step(app: App) -> Step:
    return app.governor._governor.step


def interval_s(app: App) -> float:
    return app.watching.capture._interval_s


async def test_every_step_is_carried_out_and_taken_back(app: App, game: Game, happened: Happened) -> None:
    # GIVEN a game that the coach does no harm WHEN it is observed THEN the coach works as set
    client, usual_s = app.room.client, interval_s(app)
    slept: list[bool] = []
    app.coach.unload = lambda unloaded: slept.append(unloaded)  # type: ignore[method-assign]
    await look(app, 3)
    assert (client.details.most, interval_s(app), app.session._plan.policy.least_wait_s) == ("full", usual_s, 0.0)
    # WHEN it suffers until advice comes rarely THEN some still comes
    game.needs = Step.WAITS
    await look(app, 30)
    assert (step(app), app.session._plan.policy.least_wait_s) == (Step.WAITS, 5.0)
    # WHEN it suffers until the model is unloaded
    game.needs = Step.SLEEP
    await look(app, 90)
    # THEN all steps are carried out, and shown in the overlay
    assert step(app) is Step.SLEEP
    assert (client.details.most, interval_s(app), app.session._plan.policy.least_wait_s) == ("base", 1.0, 10.0)
    assert vars(app.governor)["priorities"] == [(os.getpid(), True), (4711, True)]
    assert slept == [True]
    assert app.interface.overlay._state.steps == (5, 5)
    # WHEN the game suffers no more
    game.needs = Step.FULL
    client.rests = True  # type: ignore[misc]
    await look(app, 450)
    # THEN all is taken back
    assert step(app) is Step.FULL
    assert (client.details.most, interval_s(app), app.session._plan.policy.least_wait_s) == ("full", usual_s, 0.0)
    assert vars(app.governor)["priorities"][2:] == [(os.getpid(), False), (4711, False)]
    assert slept == [True, False]
    assert app.interface.overlay._state.steps == (0, 5)


async def test_while_it_is_measured_the_coach_is_off(app: App, game: Game) -> None:
    # GIVEN a game that draws all the time WHEN it has been observed for a few seconds
    usual_s = interval_s(app)
    await look(app, 5)
    # THEN the coach neither speaks nor looks for a moment, and then again
    assert app.governor._governor.resting
    assert "measuring" in app.session._policy._silence
    assert interval_s(app) == 5.0
    await look(app, 4)
    assert "measuring" not in app.session._policy._silence
    assert interval_s(app) == usual_s


async def test_it_is_told_when_the_coach_works_and_which_window_is_the_game(app: App, game: Game) -> None:
    # GIVEN the game's window WHEN an answer begins and ends
    await look(app, 1)
    app.events(AnswerStarted(1, "", 0.0))
    await look(app, 2)
    app.events(AnswerFinished(1, Advice("Up.", None, "model", 0.0, 1.0, 1.0, 3)))
    await look(app, 2)
    # THEN the seconds in which it was in progress are known
    assert game.asked == [(7, 4711, False), *[(7, 4711, True)] * 3, (7, 4711, False)]
    # WHEN there is no window any more THEN nothing is asked about one, and another game begins anew
    app.session._sight.frame = None
    await look(app, 1)
    assert game.asked[-1] == (None, 4711, False)
    assert not app.governor._governor._rests


async def test_the_player_may_forbid_it(app: App, game: Game) -> None:
    # GIVEN a coach that gives way
    game.needs = Step.WAITS
    await look(app, 40)
    assert step(app) is Step.WAITS
    # WHEN it is told not to THEN it works at full speed again at once, and goes on like that
    app.settings.set("governor", "on", False)
    assert app.interface.overlay._state.steps == (0, 0)
    await look(app, 60)
    assert step(app) is Step.FULL
    # AND is off for a moment only if the player wants it measured
    assert app.governor._governor.cost is None
    app.governor._measure()
    await look(app, 5)
    assert app.governor._governor.cost
    assert "measuring" not in app.session._policy._silence
    # WHEN it may, but must keep its model THEN it does not go further
    app.settings.set("governor", "on", True)
    app.settings.set("governor", "unloads", False)
    game.needs = Step.SLEEP
    await look(app, 80)
    assert app.interface.overlay._state.steps == (4, 4)


async def test_a_fault_does_not_leave_the_coach_silent(app: App, game: Game, monkeypatch: pytest.MonkeyPatch) -> None:
    # GIVEN a coach that is off to be measured
    monkeypatch.setattr(live_governor, "_BEAT_S", 0.0)
    app.governor._measure()
    assert "measuring" in app.session._policy._silence

    # WHEN observing fails for a reason that nobody thought of
    def fails(*_: object) -> Reading:
        raise ZeroDivisionError

    monkeypatch.setattr(game, "read", fails)
    with pytest.raises(ZeroDivisionError):
        await app.governor.run()
    # THEN the coach speaks again
    assert "measuring" not in app.session._policy._silence


async def test_what_it_costs_is_one_click_away(app: App, game: Game, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(windows, "_to_front", lambda window: window.show())  # there is no screen
    # GIVEN a game beside which the coach has been measured
    await look(app, 10)
    # WHEN the user wants to see it
    app.interface.actions["cost"].trigger()
    window = app.interface.windows._cost
    assert window
    # THEN the figures are there
    assert "60.0 with the coach, 60.0 without it: 0.0 % lost" in window._values["frames"].text()
    # WHEN it is to be measured again THEN the coach is off at once, and the figures are new
    window.measure_wanted.emit()
    assert "measuring" in app.session._policy._silence
    assert not window._measure.isEnabled()
    await look(app, 5)
    assert window._measure.isEnabled()
    window.close()


class Watch:
    """A window that is drawn 60 times a second until it is gone."""

    pid = 99

    def __init__(self, window: int) -> None:
        if window == 404:
            raise CoachError("It is gone.")
        self.window, self.closed = window, 0

    def gaps_s(self) -> tuple[float, ...]:
        if self.window == 500:
            raise CoachError("It is gone.")
        return HZ60

    def close(self) -> None:
        self.closed += 1


def test_what_is_observed(monkeypatch: pytest.MonkeyPatch) -> None:
    # GIVEN a busy computer whose card is full
    opened: list[Watch] = []

    def opens(window: int) -> Watch:
        opened.append(Watch(window))
        return opened[-1]

    class Busy:
        def cores(self, pid: int | None) -> float:
            return {99: 0.5, 4711: 1.5}.get(pid or 0, 0.0)

        def busy_share(self) -> float:
            return 0.99

        def forget_others(self, pids: Any) -> None:
            assert 99 in pids or None in pids

    monkeypatch.setattr(observing, "open_frame_watch", opens)
    monkeypatch.setattr(observing, "Usage", Busy)
    card = type("Card", (), {"read": lambda _: Graphics(1.0, 0.01, 90.0), "close": lambda _: None})
    monkeypatch.setattr(observing, "GraphicsCard", card)
    observer = Observer()
    # WHEN the game's window is watched THEN its frames are told, and the rest
    reading = observer.read(7, 4711, True)
    assert (reading.gaps_s, reading.starved, reading.memory_full) == (HZ60, True, True)
    assert (reading.processor, reading.watts, reading.answering) == (1.5, 90.0, True)
    assert reading.memory_bytes > 0
    # WHEN it is another window, one that is gone, or goes away meanwhile THEN only the frames are missing
    assert observer.read(8, 4711, False).gaps_s == HZ60
    for gone in (404, 500, None):
        reading = observer.read(gone, None, False)
        assert (reading.gaps_s, reading.starved) == ((), gone == 500)
    # AND each was given back
    assert [watch.closed for watch in opened] == [1, 1, 1]
    observer.close()
