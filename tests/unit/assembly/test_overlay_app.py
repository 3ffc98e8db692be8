"""The parts of the app together, without a screen: who answers, and what is loaded for it."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from queue import SimpleQueue

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QProcess
from safetensors.numpy import save_file

from coach_app.assembly import overlay_app
from coach_app.assembly.overlay_app import App, opened_app
from coach_app.assembly.plan import AppPlan
from coach_app.desktop.folders import config_dir, recording_file
from coach_app.domain.errors import CoachError
from coach_app.domain.frame import Frame
from coach_app.host.life import EnginePhase, EngineState
from coach_app.models.score import Score, keep_score
from coach_app.session.events import AnswerFinished, Event, Notice, NoticeAbout, ProfileChosen
from coach_app.settings.schema import Settings
from coach_app.settings.store import load, save, settings_file
from coach_app.ui.control_window import ControlWindow
from tests.fakes.quiet import Happened, SleepyEngine

SERVER = "http://localhost:1234/v1"


def folders(where: Path, *names: str) -> list[str]:
    for name in names:
        (where / name).mkdir()
    return [str(where / name) for name in names]


def loads(happened: Happened) -> list[str]:
    return [what for name, what in happened if name == "load"]


async def test_what_the_command_line_names_counts_until_the_user_chooses(happened: Happened, tmp_path: Path) -> None:
    # GIVEN an app that was started with a server
    (model,) = folders(tmp_path, "model")
    async with opened_app(AppPlan(model=SERVER)) as app:
        assert app.room.coach.server
        # WHEN the user changes something about the pictures THEN the server still answers
        app.settings.set("general", "detail", "full")
        await app.tasks.settled()
        assert app.room.coach.server
        assert loads(happened) == []
        # WHEN the user chooses a model THEN that one is loaded, and answers
        app.settings.set("general", "model", model)
        await app.tasks.settled()
        assert app.room.coach.server is None
        assert loads(happened) == ["model vision None"]


async def test_a_model_that_does_not_exist_is_refused_or_told(happened: Happened) -> None:
    # GIVEN no such model WHEN the command line names it THEN the app does not start
    with pytest.raises(CoachError, match="no model"):
        async with opened_app(AppPlan(model="nobody")):
            pass
    # WHEN the settings name it THEN it starts with another one, and says so
    save(Settings().with_value("general", "model", "nobody"), config_dir() / "settings.toml")
    async with opened_app(AppPlan()) as app:
        assert [notice for notice in app.notices if "nobody" in notice]
        assert app.room.coach.entry.name != "nobody"


async def test_a_server_that_must_not_be_asked_is_left_and_that_is_told(happened: Happened) -> None:
    # GIVEN a server elsewhere that gives the advice
    settings = Settings().with_value("server", "on", True).with_value("server", "url", "http://192.0.2.1/v1")
    save(settings, config_dir() / "settings.toml")
    told: list[Event] = []
    async with opened_app(AppPlan()) as app:
        app.events.listen(told.append)
        assert app.room.coach.server
        # WHEN the coach is to stay offline THEN the model on this computer answers, and the user reads why
        app.settings.set("general", "offline", True)
        await app.tasks.settled()
        assert app.room.coach.server is None
        assert len(loads(happened)) == 1
    notices = [event for event in told if isinstance(event, Notice)]
    assert [notice.about for notice in notices] == [NoticeAbout.TROUBLE]
    assert "stay offline" in notices[0].message


async def test_another_model_is_not_kept_waiting_by_one_that_does_not_load(happened: Happened, tmp_path: Path) -> None:
    # GIVEN an app that loads a model, which takes for ever
    stuck, other = folders(tmp_path, "stuck", "other")
    told: list[Event] = []
    async with opened_app(AppPlan()) as app:
        await app.coach.begin()
        app.events.listen(told.append)
        app.settings.set("general", "model", stuck)
        await asyncio.sleep(0)
        # WHEN something else about it is changed THEN it goes on being loaded
        app.settings.set("general", "detail", "full")
        await asyncio.sleep(0)
        assert loads(happened)[-1].startswith("stuck")
        # WHEN another one is chosen THEN that one answers, and nothing is told but by its name
        app.settings.set("general", "model", other)
        await app.tasks.settled()
        assert app.room.coach.entry.path() == Path(other)
        assert [what.split()[0] for what in loads(happened)][1:] == ["stuck", "other"]
        assert not [event for event in told if isinstance(event, Notice)]


async def test_a_model_that_is_being_loaded_can_be_cancelled(happened: Happened, tmp_path: Path) -> None:
    # GIVEN an app that loads another model, which takes for ever
    first, stuck = folders(tmp_path, "first", "stuck")
    save(Settings().with_value("general", "model", first), config_dir() / "settings.toml")
    async with opened_app(AppPlan()) as app:
        await app.coach.begin()
        cancel = app.interface.actions["cancel_loading"]
        assert not cancel.isEnabled()
        app.settings.set("general", "model", stuck)
        await asyncio.sleep(0)
        app.coach.on_engine(EngineState(EnginePhase.LOADING, "Loading stuck… 40 %"))
        # WHEN that is cancelled
        assert cancel.isEnabled()
        await press(app, "cancel_loading")
        # THEN the one before is in use, in the settings as well
        assert app.room.coach.entry.path() == Path(first)
        assert app.settings.current.general.model == first
        app.coach.on_engine(EngineState(EnginePhase.READY))
        assert not cancel.isEnabled()


@pytest.mark.parametrize("plain", [False, True])
async def test_after_crashes_it_starts_plain_and_goes_on_when_told(
    happened: Happened, monkeypatch: pytest.MonkeyPatch, expect_warning: Callable[[str], None], plain: bool
) -> None:
    expect_warning("This plugin does not support")
    monkeypatch.setattr("signal.signal", lambda *_: None)
    # GIVEN settings with a look of their own
    save(Settings().with_value("overlay", "font_size", 30), config_dir() / "settings.toml")
    looks: list[int] = []
    told: list[Event] = []
    async with opened_app(AppPlan()) as app:
        app.events.listen(told.append)
        monkeypatch.setattr(app.watching.capture, "start", lambda: None)
        vars(app.interface.overlay)["apply"] = lambda look: looks.append(look.font_size_pt)
        go_on = app.interface.actions["go_on"]
        # WHEN the app is shown plain, or as usual
        app.show(AppPlan(), SimpleQueue(), plain)
        await asyncio.sleep(0)
        # THEN only plainly it sleeps, looks as on the first day, and says why and what to do
        assert app.room.client.sleeps == go_on.isVisible() == plain
        assert (looks == [30]) != plain
        assert bool([event for event in told if isinstance(event, Notice) and "plain" in event.message]) == plain
        # WHEN it is to go on THEN it does, as it is set
        if plain:
            go_on.trigger()
            assert not app.room.client.sleeps
            assert looks[-1] == 30
            assert not go_on.isVisible()


async def test_the_language_is_switched_by_its_action(happened: Happened) -> None:
    # GIVEN the app, advising in English WHEN the action is triggered THEN a translator is opened
    save(Settings().with_value("general", "language", "en"), config_dir() / "settings.toml")
    async with opened_app(AppPlan()) as app:
        assert app.translator.current is None
        await press(app, "language")
        assert app.settings.current.general.language == "ja"
        assert app.translator.current
        # WHEN it is triggered again THEN it is closed
        await press(app, "language")
        assert app.translator.current is None


async def test_q_values_are_shown_by_their_action_and_kept_in_the_settings(happened: Happened) -> None:
    # GIVEN an app that the command line told to show the Q-values
    async with opened_app(AppPlan(values=True)) as app:
        assert app.interface.actions["values"].isChecked()
        # WHEN the action is triggered THEN they go
        await press(app, "values")
        assert ("panel", "False") in happened
        # WHEN it is triggered again THEN they are back, and the settings say so
        happened.clear()
        await press(app, "values")
        assert ("panel", "True") in happened
        assert app.settings.current.values.shown


async def test_the_network_is_read_anew_for_another_coach(happened: Happened, tmp_path: Path) -> None:
    # GIVEN a game whose profile names a network, which has been chosen
    (model,) = folders(tmp_path, "model")
    game = ProfileChosen("grid", "Grid", "", "dqn-grid")
    async with opened_app(AppPlan()) as app:
        app.events(game)
        happened.clear()
        # WHEN the same game is seen again THEN nothing is chosen
        app.events(game)
        assert "panel" not in dict(happened)
        # WHEN it is seen with another coach, whose features the network may not know THEN it is chosen again
        app.settings.set("general", "model", model)
        await app.tasks.settled()
        app.events(game)
        assert "panel" in dict(happened)
        await app.tasks.settled()


async def test_how_good_the_coach_is_in_a_game_is_shown(happened: Happened, tmp_path: Path) -> None:
    # GIVEN a model that was measured on one game
    (model,) = folders(tmp_path, "model")
    save_file({"weight": np.zeros(2, np.float32)}, Path(model) / "model.safetensors")
    keep_score(Path(model), "grid", Score(positions=10, right=9))
    async with opened_app(AppPlan(model=model)) as app:
        # WHEN games are seen THEN the overlay knows how good it is there, or that nobody knows
        for game, sentence in (("grid", "Right in 9 of 10 here."), ("maze", "Not measured on this game.")):
            app.events(ProfileChosen(game, game.title()))
            await app.tasks.settled()
            assert app.interface.overlay._state.score == sentence


async def press(app: App, action: str) -> None:
    app.interface.actions[action].trigger()
    await app.tasks.settled()


async def test_a_second_start_is_done_by_the_first_coach_and_never_saved(
    happened: Happened, tmp_path: Path, expect_warning: Callable[[str], None]
) -> None:
    expect_warning("This plugin does not support")
    expect_warning("something strange")
    # GIVEN a coach that shows its plain window
    (model,) = folders(tmp_path, "model")
    save(Settings().with_value("general", "language", "en"), config_dir() / "settings.toml")
    async with opened_app(AppPlan()) as app:
        assert isinstance(app.interface.way_in, ControlWindow)
        assert not app.interface.way_in.isVisible()
        # WHEN it is started again for a game, in another language THEN the window is there, and does that
        app.follow(AppPlan(game="grid", language="ja").as_message())
        assert app.interface.way_in.isVisible()
        assert (app.settings.current.general.game, app.settings.current.general.language) == ("grid", "ja")
        # WHEN it is started with a server, and then with a model THEN that one answers
        app.follow(AppPlan(model=SERVER).as_message())
        await app.tasks.settled()
        assert app.room.coach.server
        app.follow(AppPlan(model=model).as_message())
        await app.tasks.settled()
        assert app.room.coach.server is None
        assert loads(happened) == ["model vision None"]
        # AND whatever else comes changes nothing
        for strange in (b"{", b"[]", b'{"games": 1}', b"\xff"):
            app.follow(strange)
        assert app.settings.current.general.game == "grid"
    # THEN the next start is as the settings say
    assert load(settings_file())[0].general.game == "auto"
    assert load(settings_file())[0].general.language == "en"


async def test_a_second_start_with_a_game_that_is_gone_is_told(
    happened: Happened, expect_warning: Callable[[str], None]
) -> None:
    expect_warning("This plugin does not support")
    async with opened_app(AppPlan()) as app:
        told: list[Event] = []
        app.events.listen(told.append)
        # WHEN a second start names a game that the coach does not know THEN it says so
        app.follow(AppPlan(game="nothing").as_message())
        assert [event for event in told if isinstance(event, Notice) and "nothing" in event.message]


@pytest.mark.parametrize("by_hand", [True, False])
@pytest.mark.parametrize("hidden", [True, False])
async def test_what_is_asked_after_the_model_was_unloaded_is_shown_as_new_when_its_answer_comes(
    happened: Happened, monkeypatch: pytest.MonkeyPatch, by_hand: bool, hidden: bool
) -> None:
    monkeypatch.setattr(SleepyEngine, "happened", happened, raising=False)
    monkeypatch.setattr(overlay_app, "EngineClient", SleepyEngine)
    now = [1_000_000.0]
    async with opened_app(AppPlan(game="grid", language="en")) as app:
        overlay, engine = app.interface.overlay, app.room.client
        assert isinstance(engine, SleepyEngine)
        monkeypatch.setattr(overlay, "_clock", lambda: now[0])
        told: list[Event] = []
        app.events.listen(told.append)
        session = asyncio.create_task(app.session.run())
        # GIVEN a model that was unloaded, and perhaps an overlay that is hidden
        app.coach.unload(True) if by_hand else engine.fall_asleep()
        overlay.set_wanted(not hidden)
        # WHEN something is asked, and loading takes longer than an answer stays fresh
        app.session.ask("Where?", Frame(Image.new("RGB", (64, 64)), captured_at=now[0]))
        async with asyncio.timeout(5):
            while engine.state.phase is not EnginePhase.LOADING:  # noqa: ASYNC110 - the engine is a plain fake
                await asyncio.sleep(0.001)
            assert overlay.shown
            now[0] += 90.0
            engine.may_load.set()
            while not any(isinstance(event, AnswerFinished) for event in told):  # noqa: ASYNC110
                await asyncio.sleep(0.001)
        # THEN its answer is shown, of this moment, and not grey
        state = overlay._state
        assert (state.body, state.asked) == ("Move up.", "Where?")
        assert overlay.shown
        assert not state.is_old(now[0])
        assert state.answer.age_s(now[0]) == 0.0
        # AND it becomes old as any other does
        assert state.is_old(now[0] + state.stale_after_s + 1)
        session.cancel()
        await asyncio.wait([session])


async def test_practice_games_are_recorded_only_if_the_user_wants_it(
    happened: Happened, monkeypatch: pytest.MonkeyPatch
) -> None:
    # GIVEN an app WHEN a practice game is started from the menu
    started: list[list[str]] = []

    def start(program: str, arguments: list[str]) -> bool:
        started.append(arguments)
        return True

    monkeypatch.setattr(QProcess, "startDetached", start)
    async with opened_app(AppPlan()) as app:
        app.interface.actions.practice["grid"].trigger()
        # THEN nothing of it is written down
        assert "--state-log" not in started[-1]
        # WHEN recording was switched on THEN the next one is, into a file of its own that only the user can read
        app.settings.set("learning", "record", True)
        app.interface.actions.practice["frozen-lake"].trigger()
        assert started[-1][-2:] == ["--state-log", str(recording_file("frozen-lake"))]
        assert recording_file("frozen-lake").stat().st_size == 0
        assert not recording_file("grid").exists()
    # WHEN that is recorded THEN the overlay and the way in say so
    async with opened_app(AppPlan()) as app:
        app.interface.set_recording(True)
        assert app.interface.overlay._state.recording
        assert app.interface.way_in._recording
