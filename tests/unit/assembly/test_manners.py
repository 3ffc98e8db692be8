"""What the menu chooses for the game that is in sight."""

import json
from collections.abc import Callable

import pytest
from PIL import Image
from PySide6.QtWidgets import QPushButton

from coach_app.assembly.overlay_app import App, opened_app
from coach_app.assembly.plan import AppPlan
from coach_app.domain.advice import Level
from coach_app.domain.frame import Frame
from coach_app.domain.profile import When
from coach_app.games.fair_play import rule_for
from coach_app.games.profiles import is_own, load_profiles
from tests.fakes.quiet import Happened


def see(app: App, title: str, program: str = "") -> None:
    """A window comes in sight."""
    app.session._sight.see(Frame(Image.new("RGB", (40, 30)), title=title, program=program))


def chosen(app: App) -> list[str]:
    """The actions of the two sections that are on."""
    return [name for name in ("say_nudge", "say_hint", "say_answer", "speak_live", "speak_asked", "speak_review") if
            app.interface.actions[name].isChecked()]  # fmt: skip


@pytest.mark.parametrize(
    ("action", "kept"),
    [("say_nudge", ("nudge", "")), ("say_hint", ("hint", "")), ("speak_asked", ("answer", "asked"))],
)
async def test_a_choice_is_kept_for_the_game_in_sight(
    happened: Happened, action: str, kept: tuple[Level, When]
) -> None:
    async with opened_app(AppPlan()) as app:
        # GIVEN no game THEN there is nothing to choose for
        actions = app.interface.actions
        assert (chosen(app), actions[action].isEnabled()) == ([], False)
        # WHEN a game is in sight THEN the menu shows what it has
        see(app, "Coach practice: Grid levels")
        assert chosen(app) == ["say_answer", "speak_live"]
        # WHEN something else is chosen THEN it is kept for this game only, and used at once
        actions[action].trigger()
        see(app, "Coach practice: Grid levels")
        profiles = load_profiles()[0]
        assert (profiles["grid-levels"].level, profiles["grid-levels"].when) == kept
        assert app.session.profile == profiles["grid-levels"]
        assert action in chosen(app)
        assert not is_own("grid")
        # WHEN the window is gone THEN nothing is shown as chosen
        app.session.look_again(another_source=True)
        assert chosen(app) == []


@pytest.mark.parametrize("button", ["Speak", "Cancel"])
async def test_where_a_rule_forbids_it_the_player_is_asked(happened: Happened, button: str) -> None:
    async with opened_app(AppPlan()) as app:
        # GIVEN a competitive game, in which the coach is silent
        see(app, "Dota 2", "dota2")
        assert app.session.profile
        assert (app.session.profile.id, app.session.profile.when) == ("dota-2", "review")
        assert chosen(app) == ["say_answer", "speak_review"]
        # WHEN it is to speak THEN the player is told the rule and its source, and decides
        app.interface.actions["speak_live"].trigger()
        question = app.manners._question
        rule = rule_for(app.session.profile)
        assert question
        assert rule
        assert rule.rule in question.text()
        assert rule.source in question.text()
        next(one for one in question.findChildren(QPushButton) if button in one.text()).click()
        see(app, "Dota 2", "dota2")
        assert app.session.profile
        assert app.session.profile.when == ("live" if button == "Speak" else "review")
        assert is_own("dota-2") == (button == "Speak")
        assert chosen(app)[1] == ("speak_live" if button == "Speak" else "speak_review")


async def test_a_later_start_may_only_want_something_done(
    happened: Happened, expect_warning: Callable[[str], None]
) -> None:
    async with opened_app(AppPlan()) as app:
        # GIVEN a running coach WHEN ``coach do`` hands it an action THEN it does that, and one that is none is ignored
        app.follow(AppPlan(do="pause").as_message())
        assert app.interface.actions["pause"].isChecked()
        assert not app.interface.question_box.isVisible()
        expect_warning("said something strange")
        app.follow(json.dumps({"do": "dance"}).encode())
