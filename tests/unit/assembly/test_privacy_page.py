"""The Privacy page of the running app: what models got, the switch, and deleting once the app has ended."""

from collections.abc import Callable

import pytest
from PIL import Image
from PySide6.QtWidgets import QCheckBox, QListWidget, QPlainTextEdit

from coach_app.assembly.overlay_app import App, opened_app
from coach_app.assembly.plan import AppPlan
from coach_app.assembly.privacy import delete_kept
from coach_app.desktop.folders import data_dir
from coach_app.desktop.offline import is_offline
from coach_app.domain.frame import Frame
from coach_app.domain.sent import Sent
from coach_app.ui.privacy_page import PrivacyPage
from tests.fakes.quiet import Happened


@pytest.fixture(autouse=True)
def _without_a_screen(expect_warning: Callable[[str], None]) -> None:
    expect_warning("This plugin does not support")


async def opened_page(app: App) -> PrivacyPage:
    """The page, once the menu has opened it and it has what it shows."""
    app.interface.actions["privacy"].trigger()
    await app.tasks.settled()
    page = app.privacy._page
    assert page
    assert page.isVisible()
    return page


async def test_the_page_shows_what_models_got_and_forgets_it(happened: Happened) -> None:
    # GIVEN an app whose models were given something
    async with opened_app(AppPlan(game="grid", language="en")) as app:
        app.privacy._sent.add(Sent("Grid coach", "Where to?", Frame(Image.new("RGB", (8, 8))).image))
        # WHEN the user opens the page THEN it is there
        page = await opened_page(app)
        text, rows = page.findChildren(QPlainTextEdit)[0], page.findChildren(QListWidget)[0]
        assert text.toPlainText() == "Where to?"
        # WHEN it is to be forgotten THEN it is gone, also when the page looks again
        page.forget_wanted.emit()
        page.look_wanted.emit()
        await app.tasks.settled()
        assert rows.count() == 0
        # WHEN the page is rebuilt in another language THEN nothing is told to the old one any more
        app.settings.set("general", "interface", "ja")
        await app.tasks.settled()


async def test_the_switch_on_the_page_is_the_one_of_the_settings(happened: Happened) -> None:
    # GIVEN an app
    async with opened_app(AppPlan(game="grid", language="en")) as app:
        page = await opened_page(app)
        box = page.findChildren(QCheckBox)[0]
        # WHEN the user switches it on the page THEN the setting and the door to the network follow
        box.click()
        assert app.settings.current.general.offline
        assert is_offline()
        # WHEN the setting is changed elsewhere THEN the page follows
        app.settings.set("general", "offline", False)
        assert not box.isChecked()
        await app.tasks.settled()


async def test_everything_is_deleted_once_the_app_has_ended(happened: Happened) -> None:
    # GIVEN an app with a history
    async with opened_app(AppPlan(game="grid", language="en")) as app:
        page = await opened_page(app)
        assert (data_dir() / "history.sqlite").exists()
        # WHEN the user wants everything deleted but the models THEN it quits
        page.delete_wanted.emit(["models"])
        assert app.stop.is_set()
    # THEN what is to be kept is known after its end, and the rest can be deleted
    assert app.privacy.keep == ["models"]
    delete_kept(app.privacy.keep)
    assert not data_dir().exists()
