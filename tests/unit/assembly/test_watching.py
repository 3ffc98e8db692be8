"""What the user chooses to watch, and what is remembered of it."""

from collections.abc import Callable

import pytest

from coach_app.assembly.overlay_app import opened_app
from coach_app.assembly.plan import AppPlan
from coach_app.capture.picked import keep_pick, kept_pick
from coach_app.domain.profile import GameProfile
from coach_app.domain.source import AutoSpec, MonitorSpec, RegionSpec, SourceSpec, WaylandSpec, WindowSpec
from coach_app.games.profiles import save_profile
from coach_app.settings.store import load, settings_file
from coach_app.ui.profile_editor import ProfileChoices, ProfileEditor
from tests.fakes.quiet import Happened


@pytest.mark.parametrize(
    ("chosen", "remembered"),
    [
        (WindowSpec(title="Celeste", program="Celeste.bin", pid=3), {"celeste": "Celeste.bin"}),
        (WindowSpec(title="Celeste", program="wine (x64)", pid=3), {"celeste": "wine (x64)"}),
        (WindowSpec(title="Celeste", program="Thunar", pid=3), {}),  # a folder is watched, and never is the game
        (WindowSpec(title="Celeste", program=""), {}),
        (WindowSpec(title="Hades", program="hades"), {}),  # no known game
        (WindowSpec(title="Doom", program="gedit"), {}),  # its profile names the program
    ],
)
async def test_the_program_of_a_chosen_window_is_remembered_for_its_game(
    happened: Happened, chosen: WindowSpec, remembered: dict[str, str]
) -> None:
    # GIVEN two games, of which one names its program
    save_profile(GameProfile(id="celeste", title="Celeste", window="^Celeste$", prompt="What next?"))
    save_profile(GameProfile(id="doom", title="Doom", window="^Doom$", program="doom", prompt="What next?"))
    async with opened_app(AppPlan()) as app:
        # WHEN a window is chosen
        app.interface.windows.source_chosen.emit(chosen)
        # THEN it is watched, and its program is the game's from now on, whatever else has such a title
        general = load(settings_file())[0].general
        assert general.source == chosen
        assert {game: window.program for game, window in general.windows.items()} == remembered
        for program in remembered.values():
            assert app.watching.profile_for("auto", "Celeste", program).id == "celeste"
            assert app.watching.profile_for("auto", "Celeste", f"{program}2").id == "default"


@pytest.mark.parametrize(
    "source",
    [
        WindowSpec(title="Slippi 3.4 - something", program="slippi", game="melee"),
        MonitorSpec(index=1, game="melee"),
        WaylandSpec(game="melee"),
        RegionSpec(left=0, top=0, width=100, height=100, game="melee"),
    ],
)
async def test_whatever_the_user_says_is_a_game_is_watched_as_that(happened: Happened, source: SourceSpec) -> None:
    async with opened_app(AppPlan(game="grid")) as app:
        # WHEN something is said to be another game than the one that was chosen
        app.interface.windows.source_chosen.emit(source)
        # THEN it is watched as that, whatever its title
        assert app.watching.profile_for(app.settings.current.general.game, "anything").id == "melee"
        # AND the same after a restart
        assert load(settings_file())[0].general.source == source


async def test_a_window_that_is_said_to_be_a_game_is_known_from_then_on(happened: Happened) -> None:
    async with opened_app(AppPlan()) as app:
        assert app.watching.profile_for("auto", "Slippi 3.4 - a match", "slippi").id == "default"
        # GIVEN a window that was said to be a game
        app.interface.windows.source_chosen.emit(
            WindowSpec(title="Slippi 3.4 - a match", program="slippi", game="melee")
        )
        # WHEN any known game is to be watched again THEN the window is known, and so is the game's own
        app.settings.set("general", "source", AutoSpec())
        assert app.watching.profile_for("auto", "Slippi 3.5 - another match", "slippi").id == "melee"
        assert app.watching.profile_for("auto", "Slippi 3.4 - a match", "firefox").id == "default"
        # WHEN it is said to be another game THEN it is that one's
        app.interface.windows.source_chosen.emit(
            WindowSpec(title="Slippi 3.4 - a match", program="slippi", game="grid")
        )
        app.settings.set("general", "source", AutoSpec())
        assert app.watching.profile_for("auto", "Slippi 3.4 - a match", "slippi").id == "grid"


async def test_a_profile_is_made_of_a_window_and_watched(
    happened: Happened, expect_warning: Callable[[str], None]
) -> None:
    expect_warning("support raise")  # a window without a screen
    async with opened_app(AppPlan()) as app:
        sources = app.interface.windows._sources
        source = WindowSpec(title="Hades - v1.2", program="hades", pid=4)
        # WHEN a new game is wanted for a window THEN the form names it, and its window and program
        opened: list[ProfileEditor] = []
        app.interface.windows.editor_opened.connect(opened.append)
        sources._make_game(source, ProfileChoices(), {})
        (editor,) = opened
        editor._prompt.setPlainText("What next?")
        assert editor.profile() == GameProfile(
            id="hades", title="Hades", window=r"^Hades\b", program="^hades$", prompt="What next?"
        )
        # WHEN it is saved THEN the window is watched as that game
        editor._save()
        await app.tasks.settled()
        assert app.settings.current.general.source == source.model_copy(update={"game": "hades"})
        assert app.watching.profile_for("auto", "Hades - v1.3", "hades").title == "Hades"


async def test_what_was_picked_on_the_desktop_is_asked_for_again_only_when_it_is_chosen(
    happened: Happened, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened_app(AppPlan()) as app:
        opened: list[object] = []
        monkeypatch.setattr(app.watching.capture, "change_source", opened.append)
        # GIVEN a window that was picked on a Wayland desktop, which remembers it
        app.watching.choose(WaylandSpec())
        keep_pick("a token")
        assert len(opened) == 1
        # WHEN the profiles change, or which game it is THEN it goes on: the desktop might ask
        app.reload_profiles()
        app.settings.set("general", "game", "grid")
        assert (len(opened), kept_pick()) == (1, "a token")
        # WHEN it is chosen again THEN the desktop asks again
        app.watching.choose(WaylandSpec())
        assert (len(opened), kept_pick()) == (2, "")
