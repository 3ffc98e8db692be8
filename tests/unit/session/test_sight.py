"""What goes with the source that it is about."""

import pytest
from PIL import Image

from coach_app.capture.source import Loss, SourceLost
from coach_app.domain.errors import CoachError
from coach_app.domain.frame import Frame
from coach_app.domain.policy import Policy
from coach_app.domain.profile import GameProfile
from coach_app.session.events import Event, NoticeAbout, NoticeOver, SourceFound, SourceGone
from coach_app.session.sight import Sight

MAZE = GameProfile(id="maze", title="Maze", window="maze", prompt="Where?")
POOL = GameProfile(id="pool", title="Pool", window="pool", prompt="Where?")
ANY = GameProfile(id="default", title="Any game", prompt="Where?")


def frame(title: str) -> Frame:
    return Frame(Image.new("RGB", (8, 8)), title=title)


def sight() -> tuple[Sight, list[Event]]:
    events: list[Event] = []

    def profile_for(title: str, program: str) -> GameProfile:
        return next((profile for profile in (MAZE, POOL) if profile.matches(title)), ANY)

    seen = Sight(profile_for, lambda profile, title: CoachError("No."), Policy(), events.append)
    profile = seen.see(frame("maze 1"))
    seen.refuses(profile, frame("maze 1"))
    events.clear()
    return seen, events


@pytest.mark.parametrize(
    ("title", "gone"), [("pool", True), ("Some folder", True), ("maze 2: 300 points", False), ("maze 1", False)]
)
def test_another_window_takes_with_it_what_was_told_of_the_one_before(title: str, gone: bool) -> None:
    # GIVEN a game in sight, and a notice about its window
    seen, events = sight()
    # WHEN another title is there THEN what was told goes unless it is the same game that only renamed its window
    seen.see(frame(title))
    assert (SourceGone() in events) is gone
    assert (NoticeOver(NoticeAbout.SCOPE) in events) is gone
    # AND the header follows in any case
    assert [event for event in events if isinstance(event, SourceFound)] == (
        [] if title == "maze 1" else [SourceFound(title)]
    )


@pytest.mark.parametrize(("reason", "gone"), [(Loss.CLOSED, True), (Loss.MINIMISED, False)])
def test_a_closed_game_takes_it_with_it_and_a_minimised_one_does_not(reason: Loss, gone: bool) -> None:
    # GIVEN a game in sight WHEN it can't be seen any more THEN what was told goes only where the game does
    seen, events = sight()
    seen.lose(SourceLost(reason, "Gone."))
    assert (SourceGone() in events) is gone


def test_another_source_takes_it_with_it_at_once() -> None:
    # GIVEN a game in sight WHEN the user chooses another source THEN nothing waits for its first picture
    seen, events = sight()
    seen.leave()
    assert SourceGone() in events
    seen.see(frame("maze 1"))
    assert SourceFound("maze 1") in events
