"""After a game that is review only, it is said once that something can be reviewed."""

from types import SimpleNamespace
from typing import Any, cast

import pytest

from coach_app.assembly.review_reminder import ReviewReminder
from coach_app.domain.actions import ACTIONS
from coach_app.domain.advice import Advice
from coach_app.session.events import Event, Notice, SourceFound, SourceGone
from coach_app.settings.schema import HistorySettings
from tests.fakes.session import PROFILE

NOTHING = Advice("", None, "", 0.0, 0.0, 0.0, 0)
SPOKEN = Advice("Go left.", "left", "model", 0.0, 1.0, 1.0, 3)


def reminder(events: list[Event], **rules: bool) -> ReviewReminder:
    settings = SimpleNamespace(current=SimpleNamespace(history=HistorySettings(**rules)))
    return ReviewReminder(cast(Any, settings), events.append)


def test_it_is_said_once_when_the_game_is_closed() -> None:
    # GIVEN a game of which situations are kept, besides advice
    events: list[Event] = []
    tells = reminder(events, keep_pictures=True)
    for advice in (NOTHING, SPOKEN, NOTHING):
        tells.remembered(advice, PROFILE)
    # WHEN it runs on THEN nothing is said; WHEN it is closed, twice, THEN that is said once, and how to get there
    tells.on_event(SourceFound("maze 1"))
    assert events == []
    tells.on_event(SourceGone())
    tells.on_event(SourceGone())
    (told,) = events
    assert isinstance(told, Notice)
    assert told.message == "Situations of Maze that were kept for a review: 2."
    assert told.action in {action.name for action in ACTIONS}


@pytest.mark.parametrize("rules", [{}, {"keep": False, "keep_pictures": True}])
def test_without_pictures_there_is_nothing_to_review(rules: dict[str, bool]) -> None:
    # GIVEN a player who keeps no pictures WHEN the game is closed THEN nothing is promised
    events: list[Event] = []
    tells = reminder(events, **rules)
    tells.remembered(NOTHING, PROFILE)
    tells.on_event(SourceGone())
    assert events == []
