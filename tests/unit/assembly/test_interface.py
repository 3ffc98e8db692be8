"""What the app says about the desktop that it runs on."""

from collections.abc import Callable

import pytest

from coach_app.assembly.overlay_app import opened_app
from coach_app.assembly.plan import AppPlan
from coach_app.domain.errors import CoachError
from coach_app.session.events import Event, Notice
from tests.fakes.quiet import Happened


async def test_what_a_desktop_cannot_do_is_said_once(happened: Happened, monkeypatch: pytest.MonkeyPatch) -> None:
    # GIVEN a Wayland desktop without global keys and without XWayland
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    said: list[str] = []
    for _ in range(2):
        async with opened_app(AppPlan()) as app:
            app.events.listen(lambda event: said.append(event.message) if isinstance(event, Notice) else None)
            # WHEN the app starts, twice
            app.interface._say_limits()
    # THEN it says once what does not work, and what to do
    (sentence,) = said
    assert "coach do --lines" in sentence
    assert "Install XWayland" in sentence


async def test_the_keys_that_the_desktop_gave_are_shown(
    happened: Happened, expect_warning: Callable[[str], None]
) -> None:
    async with opened_app(AppPlan()) as app:
        said: list[Event] = []
        app.events.listen(said.append)
        # GIVEN a desktop that decides about the keys itself WHEN it has decided THEN the menu shows its keys
        app.interface._hotkeys.decided.emit({"ask": "Meta+Q"})
        assert app.interface.actions["ask"].text().endswith("\tMeta+Q")
        assert "\t" not in app.interface.actions["pause"].text()
        # WHEN it gives none THEN the menu shows none, and it is said why
        app.interface._hotkeys.decided.emit(CoachError("The desktop said no."))
        assert "\t" not in app.interface.actions["ask"].text()
        assert [event.message for event in said if isinstance(event, Notice)] == ["The desktop said no."]
