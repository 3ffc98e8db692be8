"""Advice that points, in the live loop."""

from dataclasses import replace
from typing import Literal

import pytest

from coach_app.domain.frame import Place
from coach_app.domain.pointing import Mark
from coach_app.session.events import AnswerFinished
from coach_app.session.session import SessionPlan
from tests.fakes.session import frame
from tests.fakes.stage import staged


@pytest.mark.parametrize(
    ("pointing", "unasked", "asked"), [("off", False, False), ("asked", False, True), ("always", True, True)]
)
async def test_only_the_advice_that_may_points(
    pointing: Literal["off", "asked", "always"], unasked: bool, asked: bool
) -> None:
    # GIVEN a session, and a model that points, whether or not it was told how
    async with staged() as stage:
        stage.session.configure(SessionPlan(pointing=pointing))
        stage.advisor.marks = (Mark((0.5, 0.5, 0.5, 0.5)),)
        # WHEN it gives advice, and answers a question
        stage.frames.put(replace(frame(1), place=Place(7)))
        await stage.asked(1)
        stage.advisor.say("Go left.")
        await stage.heard(AnswerFinished)
        stage.session.ask("Where is the door?", replace(frame(1), place=Place(7)))
        await stage.asked(2)
        stage.advisor.say("There.")
        await stage.heard(AnswerFinished, 2)
    # THEN the model is told to point only where it may, and what it points at is shown only there
    assert [situation.pointing for situation in stage.advisor.situations] == [unasked, asked]
    places = [event.place for event in stage.events if isinstance(event, AnswerFinished)]
    assert places == [Place(7) if unasked else None, Place(7) if asked else None]
