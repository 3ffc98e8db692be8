"""The Learning window of the running app: shows what is there, and changes it."""

from collections.abc import Callable

import pytest
from PIL import Image
from PySide6.QtWidgets import QTableWidget

from coach_app.assembly.overlay_app import App, opened_app
from coach_app.assembly.plan import AppPlan
from coach_app.desktop.folders import recording_file
from coach_app.games.catalogue import games
from coach_app.games.profiles import find
from coach_app.knowledge.likeness import features_of
from coach_app.knowledge.remembered import Happened, Memories, memory_file
from coach_app.learning.collecting import collect
from coach_app.learning.experience import Store
from coach_app.learning.exploring import Explorer
from coach_app.learning.learned import Learned, keep_learned
from coach_app.learning.overview import delete_collected, experience_folder, overview
from coach_app.ui.learning_window import LearningWindow
from tests.fakes.quiet import Happened as Calls


@pytest.fixture
def _without_a_screen(expect_warning: Callable[[str], None]) -> None:
    expect_warning("This plugin does not support")


async def opened_window(app: App) -> LearningWindow:
    app.interface.actions["learning"].trigger()
    await app.tasks.settled()
    window = app.interface.windows._learning
    assert window
    window.turn_to("grid")
    await app.tasks.settled()
    return window


def rows(window: LearningWindow) -> list[str]:
    table = window.findChildren(QTableWidget)[0]
    return [item.text() for row in range(table.rowCount()) if (item := table.item(row, 1))]


@pytest.mark.usefixtures("_without_a_screen")
async def test_memories_are_shown_edited_and_deleted(happened: Calls) -> None:
    # GIVEN two memories of a game
    features = features_of(Image.new("RGB", (8, 8)), "")
    memories = Memories(memory_file())
    memories.add("grid", [Happened(f"x/{n}", f"s{n}", "up", "lost", -1.0, True, features, at=n) for n in (1.0, 2.0)])
    memories.close()
    async with opened_app(AppPlan(game="grid", language="en")) as app:
        # WHEN the player opens the window THEN they are there
        window = await opened_window(app)
        assert ["s2" in rows(window)[0], "s1" in rows(window)[1]] == [True, True]
        # WHEN one is edited, and the other deleted THEN the window shows that
        window.edit_wanted.emit(2, "Mine.")
        await app.tasks.settled()
        window.delete_wanted.emit([1])
        await app.tasks.settled()
        assert rows(window) == ["Mine."]
        window.delete_all_wanted.emit("grid")
        await app.tasks.settled()
        assert rows(window) == []
        # WHEN the language of the interface changes THEN the window is made anew
        app.settings.set("general", "interface", "ja")
        await app.tasks.settled()


@pytest.mark.usefixtures("_without_a_screen")
async def test_the_player_decides_for_each_game(happened: Calls) -> None:
    # GIVEN an app WHEN the player opens the window THEN no file is made, and nothing is remembered
    async with opened_app(AppPlan(game="grid", language="en")) as app:
        window = await opened_window(app)
        assert not memory_file().exists()
        assert not window._remembers.isChecked()
        # WHEN the player switches the memory of a game on THEN its profile says so, and no other's
        window._remembers.click()
        await app.tasks.settled()
        assert find("grid").memory
        assert app.watching.profiles["grid"].memory
        assert not find("grid-levels").memory
        # and off again
        window._remembers.click()
        await app.tasks.settled()
        assert not find("grid").memory
        # WHEN the player has the own play of the game recorded THEN its profile says so, and no other's
        window._records.click()
        await app.tasks.settled()
        assert app.watching.profiles["grid"].record
        assert not find("grid-levels").record
        assert window._records.isChecked()
        # WHEN a model learned the game, and the player wants it used THEN the profile names it
        keep_learned("grid", Learned("/m", "grid-coach", 0.1, 0.9, 0.5, 0.9, 30, 8, 0.4, collapsed=False))
        window.refresh()
        await app.tasks.settled()
        assert not window._uses.isChecked()
        window._uses.click()
        await app.tasks.settled()
        assert app.watching.profiles["grid"].model == "/m"
        assert window._uses.isChecked()


def test_what_was_collected_is_counted(coach_home: object) -> None:
    # GIVEN a game WHEN nothing was collected THEN there is nothing; WHEN something was THEN it is counted
    folder = experience_folder("grid-levels")
    assert overview(folder).episodes == {}
    game = games()["grid-levels"]
    collect(game, "explore", range(500_000, 500_002), None, 5, Explorer(game), Store(folder, 10))
    (folder / "questions-train.jsonl").write_text("{}\n{}\n")
    (folder / "episodes" / "plan-1.parquet").write_bytes(b"damaged")
    found = overview(folder)
    assert (found.episodes, found.questions, found.held_out) == ({"explore": 2}, 2, 0)
    assert 2 <= found.steps <= 10
    assert found.bytes > 0
    # WHEN it is deleted THEN nothing is left of it but what a model learned
    keep_learned("grid-levels", Learned("/m", "grid-coach", 0.1, 0.5, 0.2, 0.6, 30, 1, 0.4, False))
    recording_file("grid-levels").parent.mkdir(parents=True)
    recording_file("grid-levels").write_text("{}")
    delete_collected("grid-levels")
    assert [file.name for file in folder.iterdir()] == ["learned.json"]
    assert not recording_file("grid-levels").exists()
    assert overview(folder).episodes == {}
    delete_collected("grid-levels")
