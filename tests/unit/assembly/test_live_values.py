"""The panel of Q-values shows what is in sight, and nothing else."""

import pytest

from coach_app.assembly.overlay_app import opened_app
from coach_app.assembly.plan import AppPlan
from coach_app.session.events import (
    Event,
    Notice,
    NoticeAbout,
    PauseChanged,
    ProfileChosen,
    QValuesRead,
    SourceFound,
    SourceGone,
)
from tests.fakes.quiet import Happened
from tests.fakes.session import frame, values

GRID = ProfileChosen("grid", "Grid", "", "dqn-grid")
LEVELS = ProfileChosen("grid-levels", "Grid levels", "", "dqn-grid-levels")
VALUES = QValuesRead(values(0.1, 0.9))


@pytest.mark.parametrize(
    ("event", "sentence"),
    [
        (SourceGone(), "No game in sight."),  # closed, another window, monitor or region
        (Notice(NoticeAbout.SOURCE, "The window is minimised."), "No game in sight."),
        (PauseChanged(True), ""),
    ],
)
async def test_values_go_at_once_with_what_they_are_of(happened: Happened, event: Event, sentence: str) -> None:
    # GIVEN values of a game
    async with opened_app(AppPlan(values=True)) as app:
        app.events(GRID)
        await app.tasks.settled()
        app.events(VALUES)
        assert app.interface.panel.values
        # WHEN its picture is not there any more THEN nothing waits for another
        app.events(event)
        assert app.interface.panel.values is None
        assert app.interface.panel.sentence == sentence


@pytest.mark.parametrize("game", [GRID, LEVELS])
async def test_a_game_that_comes_has_its_network_chosen(happened: Happened, game: ProfileChosen) -> None:
    # GIVEN a game that was closed WHEN the same, or another one, is in sight THEN its network is chosen
    async with opened_app(AppPlan(values=True)) as app:
        app.events(GRID)
        app.events(SourceGone())
        await app.tasks.settled()
        happened.clear()
        app.events(game)
        assert ("panel", "True") in happened


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (Notice(NoticeAbout.SOURCE, "The window is minimised."), SourceFound("Coach practice: Grid world")),
        (PauseChanged(True), PauseChanged(False)),
    ],
)
async def test_a_picture_that_comes_back_is_read_again(happened: Happened, before: Event, after: Event) -> None:
    # GIVEN a game in sight, whose picture was gone for a while
    async with opened_app(AppPlan(values=True)) as app:
        app.session._sight.see(frame(1, "Coach practice: Grid world"))
        app.events(before)
        await app.tasks.settled()
        happened.clear()
        # WHEN it is back THEN its network is chosen anew
        app.events(after)
        assert ("panel", "True") in happened
        await app.tasks.settled()
        # AND a window that only changes its title changes nothing
        happened.clear()
        app.events(SourceFound("Coach practice: Grid world, 3 points"))
        assert "panel" not in dict(happened)
