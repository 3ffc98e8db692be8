"""The privacy page shows what it is given as plain text, and asks before it wants anything deleted."""

from pathlib import Path

from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QCheckBox, QListWidget, QPlainTextEdit, QTableWidget

from coach_app.desktop.ledger import Entry
from coach_app.desktop.stored import KINDS, Stored
from coach_app.domain.sent import Sent
from coach_app.ui.plain import PlainMessageBox
from coach_app.ui.privacy_page import PrivacyPage

KEPT = [Stored(kind, (Path("/data") / kind,), 1, 1_000) for kind in KINDS]


def table_of(page: PrivacyPage, name: str) -> QTableWidget:
    return next(table for table in page.findChildren(QTableWidget) if table.accessibleName() == name)


def cells(table: QTableWidget) -> list[list[str]]:
    return [
        [item.text() for column in range(table.columnCount()) if (item := table.item(row, column))]
        for row in range(table.rowCount())
    ]


def test_the_newest_is_shown_first_and_its_text_as_it_is(qt_app: QApplication) -> None:
    # GIVEN a page WHEN nothing was given to a model THEN it says so
    page = PrivacyPage()
    page.show_sent([])
    text, rows = page.findChildren(QPlainTextEdit)[0], page.findChildren(QListWidget)[0]
    assert text.toPlainText() == "Nothing yet."
    # WHEN two were THEN the newest is shown, its text not read as markup
    picture = Image.new("RGB", (672, 336))
    page.show_sent([Sent("coach", "<b>Where to?</b>", picture), Sent("llava @ 192.0.2.1", "", picture, away=True)])
    assert text.toPlainText() == "<b>Where to?</b>"
    assert "coach\non this computer" in rows.item(0).text()
    # WHEN the user goes down THEN the other one is shown
    rows.setCurrentRow(1)
    assert "llava @ 192.0.2.1\nleft this computer" in rows.item(1).text()
    assert text.toPlainText() == "(only the picture)"


def test_traffic_is_told_by_destination(qt_app: QApplication) -> None:
    # GIVEN traffic WHEN it is shown THEN what stayed on this computer is told from what left it
    page = PrivacyPage()
    hub = Entry(0.0, "download", "https://huggingface.co", False, 700, 90, 2)
    page.show_network([hub, Entry(0.0, "server", "http://localhost:1", True, 5, 6, 1)], 700)
    away, here = cells(table_of(page, "Network traffic by destination"))
    assert away == ["https://huggingface.co", "downloads", "2", "700", "90"]
    assert here[0] == "http://localhost:1\n(this computer)"


def test_all_that_is_not_ticked_is_deleted_after_a_question(qt_app: QApplication) -> None:
    # GIVEN a page with one thing of each kind, on which models are ticked from the start
    page, wanted = PrivacyPage(), list[list[str]]()
    page.delete_wanted.connect(wanted.append)
    page.show_stored(KEPT)
    table = table_of(page, "What is kept on this computer")
    # WHEN the user ticks the settings, and the page is brought up to date THEN that stays
    first = table.item(0, 0)
    assert first
    first.setCheckState(Qt.CheckState.Checked)
    page.show_stored(KEPT)
    # WHEN the button is pressed THEN nothing is deleted before the user confirms it
    page._delete.click()
    assert wanted == []
    question = page.findChildren(PlainMessageBox)[0]
    assert "Your guides" in question.text()
    assert "Downloaded models" not in question.text()
    next(button for button in question.buttons() if button.text() == "Delete and quit").click()
    assert wanted == [["models", "settings"]]


def test_the_switch_shows_and_changes_the_setting(qt_app: QApplication) -> None:
    # GIVEN a page WHEN the setting is shown THEN nothing is wanted; WHEN the user switches it THEN that is
    page, wanted = PrivacyPage(), list[bool]()
    page.offline_wanted.connect(wanted.append)
    page.show_offline(True)
    assert wanted == []
    page.findChildren(QCheckBox)[0].click()
    assert wanted == [False]
