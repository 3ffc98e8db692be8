"""The page of the models: what its cards show and say, and the downloads behind them."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from huggingface_hub import close_session
from PySide6.QtWidgets import QApplication, QFrame, QLabel, QLineEdit, QMessageBox, QProgressBar, QPushButton
from safetensors.numpy import save_file

from coach_app.domain.resources import resources_dir
from coach_app.models.bases import base_note, base_of
from coach_app.models.catalogue import ModelEntry, add_model, catalogue, choose_models_dir, models_dir, resolve
from coach_app.models.score import Score, keep_score
from coach_app.ui.model_keeper import ModelKeeper
from coach_app.ui.models_page import Fit, ModelCard, ModelsPage
from tests.fakes.hub import FakeHub, fake_hub

TINY = "someone/tiny-coach"


class Shown:
    """A page, and what it said."""

    def __init__(self) -> None:
        self.page = ModelsPage()
        self.said: list[tuple[str, str]] = []
        for name in ("get_wanted", "cancel_wanted", "remove_wanted", "use_wanted", "add_wanted", "folder_wanted"):
            getattr(self.page, name).connect(lambda value, name=name: self.said.append((name, value)))

    def card(self, name: str) -> QFrame:
        (card,) = (card for card in self.page.findChildren(QFrame, name))
        return card

    def text(self, name: str) -> str:
        return "\n".join(label.text() for label in self.card(name).findChildren(QLabel) if not label.isHidden())

    def buttons(self, name: str) -> dict[str, QPushButton]:
        return {b.text(): b for b in self.card(name).findChildren(QPushButton) if not b.isHidden()}


def card(name: str, **values: Any) -> ModelCard:
    known = {"title": name.title(), "good_for": "Any game.", "licence": "MIT", "size_bytes": 15_100_000_000}
    return ModelCard(**{"name": name, "place": "elsewhere", **known, **values})


@pytest.fixture
def shown(qt_app: QApplication) -> Iterator[Shown]:
    shown = Shown()
    yield shown
    shown.page.deleteLater()


async def test_the_cards_say_what_an_adapter_stands_on_and_how_good_a_coach_is(
    coach_home: Path, tmp_path: Path, qt_app: QApplication
) -> None:
    # GIVEN an adapter that names a folder of somebody else's computer, and no base that would fit
    folder = tmp_path / "tips"
    folder.mkdir()
    (folder / "adapter_config.json").write_text('{"base_model_name_or_path": "/home/someone/base"}')
    (folder / "adapter_model.safetensors").write_bytes(b"")
    add_model(ModelEntry(name="tips", title="Tips", role="adapter", folder=folder))
    # GIVEN a model that was measured on a game
    measured = tmp_path / "measured"
    measured.mkdir()
    save_file({"weight": np.zeros(2, np.float32)}, measured / "model.safetensors")
    keep_score(measured, "grid-levels", Score(positions=10, right=9))
    add_model(ModelEntry(name="measured", title="Measured", folder=measured))
    tasks: list[asyncio.Task[None]] = []
    keeper = ModelKeeper(lambda work: tasks.append(asyncio.ensure_future(work)))
    page = keeper.new_page()
    # WHEN the page is shown THEN its card says so, and that of the shipped one what has to be downloaded for it
    keeper.refresh("")
    await asyncio.gather(*tasks)
    texts = {
        card.objectName(): "".join(label.text() for label in card.findChildren(QLabel))
        for card in page.findChildren(QFrame)
    }
    assert "stands on a model that is not here: /home/someone/base" in texts["tips"]
    assert "needs the model SmolLM2 135M, which is not on this computer" in texts["melee"]
    # and the other one says how good it is
    assert "right in 9 of 10" in texts["measured"]
    # AND with its base here, the shipped adapter's card says nothing of it
    (models_dir() / "smollm2").mkdir(parents=True)
    assert base_note(base_of(resolve("melee")), resolve("melee")) == ""
    page.deleteLater()


def test_a_card_says_what_a_model_is_and_whether_it_fits(shown: Shown) -> None:
    # GIVEN a model that fits in 4 bits only, and one that fits not at all
    fits = (Fit(16, 15_900_000_000, False, "base"), Fit(4, 6_100_000_000, True, "wide"))
    instead = "Next best: Small in 4 bits with full pictures (2.0 GB)."
    huge = card("huge", fits=(Fit(4, 40_000_000_000, False),), next_best=instead, gated=True)
    # WHEN they are shown THEN size, licence and memory for each precision are read on the cards
    shown.page.show_models([card("llava", fits=fits), huge])
    text = shown.text("llava")
    assert "15.1 GB" in text
    assert "Licence: MIT." in text
    assert "✗ 16 bits: 15.9 GB, does not fit" in text
    assert "✓ 4 bits: 6.1 GB, medium detail, fits" in text
    # THEN the other one says what would fit, and that its licence has to be accepted
    assert instead in shown.text("huge")
    assert "accept its licence first" in shown.text("huge")


def test_without_a_card_the_time_of_an_answer_is_said(shown: Shown) -> None:
    # GIVEN models on a processor WHEN shown THEN a fast one fits, and a slow one fits but is no help in a game
    fast, slow = Fit(16, 600_000_000, True, "full", 1.4), Fit(4, 8_100_000_000, True, "full", 1500.0)
    shown.page.show_machine("", 19_000_000_000, 25_000_000_000, "/models", 10**11)
    shown.page.show_models([card("small", fits=(fast,)), card("large", fits=(slow,))])
    assert "about 1 s per answer, fits" in shown.text("small")
    assert "about 25 min per answer: fits, but too slow" in shown.text("large")


@pytest.mark.parametrize(
    ("values", "buttons"),
    [
        ({"place": "elsewhere"}, {"Get"}),
        ({"place": "begun"}, {"Resume", "Remove"}),
        ({"place": "here"}, {"Use", "Remove"}),
        ({"place": "bundled"}, {"Use"}),
        ({"place": "here", "answers": False}, {"Remove"}),
        ({"place": "elsewhere", "own": True}, {"Get", "Remove"}),
    ],
)
def test_a_card_offers_what_can_be_done(shown: Shown, values: dict[str, Any], buttons: set[str]) -> None:
    # GIVEN a model in some state WHEN shown THEN its buttons are those that make sense
    shown.page.show_models([card("tiny", **values)])
    assert shown.buttons("tiny").keys() == buttons
    # THEN the one that gives the advice cannot be chosen again
    shown.page.show_models([card("tiny", **values)], chosen="tiny")
    assert "Use" not in shown.buttons("tiny")


def test_a_download_is_begun_shown_and_cancelled(shown: Shown) -> None:
    # GIVEN a model
    shown.page.show_models([card("tiny")])
    (bar,) = shown.card("tiny").findChildren(QProgressBar)
    assert bar.isHidden()
    # WHEN it is wanted THEN that is said, and the bar is there before anything is known
    shown.buttons("tiny")["Get"].click()
    assert shown.said == [("get_wanted", "tiny")]
    assert (bar.isHidden(), bar.maximum()) == (False, 0)
    # WHEN it comes THEN bytes, speed and time left are read
    progress = {"phase": "downloading", "done_bytes": 3_775_000_000, "total_bytes": 15_100_000_000, "file": "a"}
    shown.page.show_progress("tiny", progress | {"bytes_per_s": 12_300_000.0, "seconds_left": 920.0})
    assert "3.8 GB of 15.1 GB, 12.3 MB/s, 15 min left" in shown.text("tiny")
    assert bar.value() / bar.maximum() == 0.25
    # WHEN nothing comes THEN no speed and no time are made up
    shown.page.show_progress("tiny", progress | {"phase": "waiting", "bytes_per_s": 0.0, "seconds_left": None})
    assert "3.8 GB of 15.1 GB, waiting for the hub…" in shown.text("tiny")
    # WHEN the list is shown anew meanwhile THEN the download is still shown
    shown.page.show_models([card("tiny", place="begun")])
    assert shown.buttons("tiny").keys() == {"Cancel"}
    # WHEN it is cancelled, and ends with a problem THEN both are said
    shown.buttons("tiny")["Cancel"].click()
    assert shown.said[-1] == ("cancel_wanted", "tiny")
    shown.page.show_end("tiny", "The disk is full.")
    assert bar.isHidden()
    assert "⚠ The disk is full." in shown.text("tiny")


def test_removing_asks_first(shown: Shown) -> None:
    # GIVEN a model that is here WHEN it is to be removed THEN nothing is said before the user agreed
    shown.page.show_models([card("tiny", place="here")])
    shown.buttons("tiny")["Remove"].click()
    (question,) = shown.page.findChildren(QMessageBox)
    assert "Tiny" in question.text()
    assert shown.said == []
    next(button for button in question.buttons() if button.text() == "Remove").click()
    assert shown.said == [("remove_wanted", "tiny")]


def test_another_model_is_added_by_its_name(shown: Shown) -> None:
    # GIVEN the page WHEN a name is typed, or nothing THEN only the name is said
    (line,) = shown.page.findChildren(QLineEdit)
    line.returnPressed.emit()
    line.setText("  someone/model ")
    line.returnPressed.emit()
    assert shown.said == [("add_wanted", "someone/model")]
    assert line.text() == ""


class Kept:
    """A keeper that serves a page, and the tasks that it started."""

    def __init__(self) -> None:
        self.shown = Shown()
        self.tasks: list[asyncio.Task[None]] = []
        self.keeper = ModelKeeper(self._hold)
        page = self.keeper.new_page()
        self.shown.page.deleteLater()
        self.shown.page = page

    def _hold(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        self.tasks.append(asyncio.create_task(work))
        return self.tasks[-1]

    async def settle(self) -> None:
        """Wait for everything that was begun."""
        while running := [task for task in self.tasks if not task.done()]:
            await asyncio.gather(*running)


@pytest.fixture
def hub(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeHub]:
    with fake_hub() as hub:
        hub.offer(TINY, resources_dir() / "models" / "grid-coach")
        for name, value in (
            ("HF_ENDPOINT", hub.endpoint),
            ("HF_HUB_OFFLINE", "0"),
            ("TRANSFORMERS_OFFLINE", "0"),
            ("HF_HUB_CACHE", str(tmp_path / "hub-cache")),
            ("HF_TOKEN_PATH", str(tmp_path / "no-token")),
        ):
            monkeypatch.setenv(name, value)
        yield hub
        close_session()


@pytest.fixture
async def kept(qt_app: QApplication, hub: FakeHub) -> AsyncIterator[Kept]:
    add_model(ModelEntry(name="tiny", title="Tiny coach", hub_id=TINY))
    kept = Kept()
    kept.keeper.refresh("grid-coach")
    await kept.settle()
    yield kept
    for task in kept.tasks:
        task.cancel()
    await asyncio.gather(*kept.tasks, return_exceptions=True)
    kept.shown.page.deleteLater()


async def until(condition: Callable[[], object]) -> None:
    async with asyncio.timeout(30):
        while not condition():  # noqa: ASYNC110 - conditions are about files and widgets
            await asyncio.sleep(0.02)


async def test_a_model_is_downloaded_and_removed_from_the_page(kept: Kept, hub: FakeHub) -> None:
    # GIVEN the page, which shows all models of the catalogue
    shown = kept.shown
    assert {shown.card(entry.name).objectName() for entry in catalogue()} == {entry.name for entry in catalogue()}
    assert "in use" in shown.text("grid-coach")
    changes: list[None] = []
    kept.keeper.models_changed.connect(lambda: changes.append(None))
    # WHEN one is got THEN it comes, and can be used
    shown.buttons("tiny")["Get"].click()
    await kept.settle()
    assert resolve("tiny").is_here()
    assert shown.buttons("tiny").keys() == {"Use", "Remove"}
    # WHEN it is removed THEN it is gone, from the list too, as the user had added it
    shown.page.remove_wanted.emit("tiny")
    await kept.settle()
    assert not (models_dir() / "tiny").exists()
    assert "tiny" not in {entry.name for entry in catalogue()}
    assert len(changes) == 2


async def test_a_download_is_cancelled_and_goes_on(kept: Kept, hub: FakeHub) -> None:
    # GIVEN a slow hub, and a download that has begun
    shown = kept.shown
    hub.chunk_bytes, hub.pause_s = 200_000, 0.05
    shown.buttons("tiny")["Get"].click()
    await until(lambda: "MB/s" in shown.text("tiny") and resolve("tiny").begun_bytes() > 500_000)
    # WHEN the page is shown anew THEN the download is still shown
    kept.keeper.refresh("grid-coach")
    # WHEN it is cancelled THEN what came is kept, and nothing is complained about
    shown.buttons("tiny")["Cancel"].click()
    await kept.settle()
    assert shown.buttons("tiny").keys() == {"Resume", "Remove"}
    assert "⚠" not in shown.text("tiny")
    begun = resolve("tiny").begun_bytes()
    assert begun > 500_000
    # WHEN it goes on THEN only the rest comes
    hub.pause_s = 0.0
    hub.sent_bytes.clear()
    shown.buttons("tiny")["Resume"].click()
    await kept.settle()
    assert resolve("tiny").is_here()
    assert hub.sent_bytes["model.safetensors"] < resolve("grid-coach").size_bytes - 400_000


async def test_what_goes_wrong_is_read_on_the_card(kept: Kept, hub: FakeHub) -> None:
    # GIVEN a model whose licence nobody here accepted WHEN it is got THEN its card says so, with the remedy
    hub.gated = {TINY}
    kept.shown.buttons("tiny")["Get"].click()
    await kept.settle()
    text = kept.shown.text("tiny")
    assert "⚠ The owner of someone/tiny-coach requires its licence to be accepted first." in text
    assert "hf auth login" in text
    # WHEN a model is added that does not exist THEN the page says so
    kept.shown.page.add_wanted.emit("someone/nobody")
    await kept.settle()
    (notice,) = kept.shown.page.findChildren(QLabel, "notice")
    assert "no model someone/nobody" in notice.text()


async def test_a_download_ends_with_the_app(kept: Kept, hub: FakeHub) -> None:
    # GIVEN a download WHEN the app ends, which cancels its tasks THEN its process is gone (see tests/conftest.py)
    hub.chunk_bytes, hub.pause_s = 100_000, 0.1
    kept.shown.buttons("tiny")["Get"].click()
    await until(lambda: resolve("tiny").begun_bytes() > 100_000)
    kept.keeper.forget_page()
    for task in kept.tasks:
        task.cancel()
    ended = await asyncio.gather(*kept.tasks, return_exceptions=True)
    assert any(isinstance(end, asyncio.CancelledError) for end in ended)
    assert resolve("tiny").begun_bytes() > 100_000


async def test_a_drive_that_is_not_plugged_in_is_said_on_the_page(kept: Kept, tmp_path: Path) -> None:
    # GIVEN a folder for models on a drive WHEN the drive is gone THEN the page says so, and shows all the same
    drive = tmp_path / "drive"
    drive.mkdir()
    choose_models_dir(drive)
    drive.rename(tmp_path / "unplugged")
    kept.keeper.refresh("grid-coach")
    await kept.settle()
    (notice,) = kept.shown.page.findChildren(QLabel, "notice")
    assert "is not there" in notice.text()
    assert not notice.isHidden()
    assert kept.shown.card("grid-coach")
