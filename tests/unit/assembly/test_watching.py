"""What the user chooses to watch, and what is remembered of it."""

import pytest

from coach_app.assembly.overlay_app import opened_app
from coach_app.assembly.plan import AppPlan
from coach_app.domain.profile import GameProfile
from coach_app.domain.source import WindowSpec
from coach_app.games.profiles import save_profile
from coach_app.settings.store import load, settings_file
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
        assert general.programs == remembered
        for program in remembered.values():
            assert app.watching.profile_for("auto", "Celeste", program).id == "celeste"
            assert app.watching.profile_for("auto", "Celeste", f"{program}2").id == "default"
