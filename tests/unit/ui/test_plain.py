"""Text of others in every widget that shows any: seen as it is written, never read as markup, never acting."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QAbstractItemModel, QModelIndex, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLabel,
    QMessageBox,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

from coach_app.domain.profile import GameProfile
from coach_app.domain.source import RecordingSpec, WindowSpec
from coach_app.session.history import Entry
from coach_app.settings.schema import Settings
from coach_app.ui.about import AboutWindow
from coach_app.ui.actions import CoachActions
from coach_app.ui.control_window import ControlWindow
from coach_app.ui.history_window import HistoryWindow
from coach_app.ui.models_page import Fit, ModelCard, ModelsPage
from coach_app.ui.outlined_text import NoticeStrip, OutlinedText
from coach_app.ui.plain import PlainLabel, PlainMessageBox, tooltip, unmarked
from coach_app.ui.profile_editor import ProfileEditor
from coach_app.ui.profiles_page import ProfilesPage
from coach_app.ui.settings_dialog import SettingsDialog
from coach_app.ui.source_picker import SourceChoice, SourcePicker
from coach_app.ui.theme import theme_named
from coach_app.ui.tray import Tray

HOSTILE = (
    '<img src="/dev/zero">',
    "<b>Doom</b> &lt;i&gt;",
    "<html><a href='file:///etc/passwd'>x</a>",
    "Doom\x1b]0;gone\x07\x00\x9b2J",
    "Doom\u202egnp.exe\u2066\u2069",
    "half\ud800",
)
UNSEEN = {*map(chr, range(32)), *map(chr, range(0x7F, 0xA0)), *"\u202e\u2066\u2069\ud800"} - {"\n", "\t"}


def control_window(text: str) -> QWidget:
    window = ControlWindow(CoachActions())
    window.set_status(text)
    return window


def history(text: str) -> QWidget:
    window = HistoryWindow({"doom": text})
    window.show_entries([Entry(1, 0.0, "doom", text, text, text, text, text, 1.0, False, text)])
    window.show_notice(text)
    return window


def models(text: str) -> QWidget:
    page = ModelsPage()
    fits = (Fit(4, 1, False),)
    page.show_machine(text, 1, 1, text, 1)
    page.show_models([ModelCard("evil", text, text, text, 1, "here", fits=fits, next_best=text)])
    page.show_progress("evil", {"phase": "checking", "file": text})
    page.show_end("evil", text)
    page.show_notice(text)
    return page


def profiles(text: str) -> QWidget:
    text = text.replace("\ud800", "")  # never gets into a profile
    page = ProfilesPage()
    page.show_profiles({"doom": GameProfile(id="doom", title=text, prompt=text)}, ["doom"])
    return page


def profile_editor(text: str) -> QWidget:
    text = text.replace("\ud800", "")
    return ProfileEditor(
        GameProfile(id="doom", title=text, prompt=text, window=".*"), open_windows=[(text, text), (text + "2", "")]
    )


def settings(text: str) -> QWidget:
    text = text.replace("\ud800", "")
    chosen = Settings.model_validate({"general": {"source": WindowSpec(title=text)}})
    return SettingsDialog(chosen, games={"doom": text}, models={"m": text}, translators={"t": text}, pages={})


def recording(text: str) -> QWidget:
    chosen = Settings.model_validate(
        {"general": {"source": RecordingSpec(path=Path("/", text.replace("/", "").replace("\0", "")))}}
    )
    return SettingsDialog(chosen, games={}, models={}, translators={}, pages={})


def picker(text: str) -> QWidget:
    dialog = SourcePicker()
    dialog.show_choices([SourceChoice(WindowSpec(title=text), text, text)])
    return dialog


def picker_message(text: str) -> QWidget:
    dialog = SourcePicker()
    dialog.show_message(text)
    return dialog


def licences(text: str, tmp_path: Path) -> QWidget:
    path = tmp_path / "licences.txt"
    path.write_text(text.replace("\ud800", ""), "utf-8")
    return AboutWindow(path)


def notice(text: str) -> QWidget:
    around = QWidget()
    strip = NoticeStrip(around)
    strip.set(text, strip.palette().base().color(), theme_named("dark"), strip.font())
    return around


SHOWING: tuple[Callable[[str], QWidget], ...] = (
    *(control_window, history, models, profiles, profile_editor, settings, recording, picker, picker_message, notice),
)


def texts(widget: QWidget) -> Iterator[str]:
    """All that a widget shows, after looking that none of it is read as markup."""
    for part in [widget, *widget.findChildren(QWidget)]:
        assert not any(tag in part.toolTip() for tag in ("<img", "<b>Doom", "<html", "<a "))
        yield part.toolTip()
        yield part.windowTitle()
        match part:
            case QLabel():
                assert part.textFormat() == Qt.TextFormat.PlainText or "<" not in part.text(), part.text()
                yield part.text()
            case QPlainTextEdit() | QTextEdit():
                yield part.toPlainText()
            case OutlinedText():
                yield part.text
            case QAbstractItemView():
                yield from items(part.model())
            case QComboBox():
                yield from items(part.model())
            case QMessageBox():
                yield part.text()


def items(model: QAbstractItemModel) -> Iterator[str]:
    for row in range(model.rowCount(QModelIndex())):
        for column in range(4):
            index = model.index(row, column)
            if not index.isValid():
                break
            told = index.data(Qt.ItemDataRole.ToolTipRole) or ""
            assert not any(tag in told for tag in ("<img", "<b>Doom", "<html", "<a "))
            yield told
            yield index.data(Qt.ItemDataRole.DisplayRole) or ""


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("show", SHOWING, ids=lambda show: show.__name__)
def test_text_of_others_is_shown_as_it_is_written(
    qt_app: QApplication, show: Callable[[str], QWidget], text: str
) -> None:
    # GIVEN a text that is markup, acts on what shows it, or is not even text WHEN a widget is to show it
    widget = show(text)
    shown = "\n".join(texts(widget))
    # THEN it is there, is no markup, and nothing in it acts
    word = next(word for word in ("Doom", "half", "<img", "etc") if word in text)
    assert word in shown.replace("&lt;", "<")
    assert not UNSEEN & set(shown)
    widget.deleteLater()


@pytest.mark.parametrize("text", HOSTILE)
def test_the_tray_names_no_tag(qt_app: QApplication, text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    # GIVEN the tray, whose texts are drawn by the desktop
    tray = Tray(CoachActions())
    told: list[Any] = []
    monkeypatch.setattr(tray.icon, "showMessage", lambda *told_now: told.extend(told_now))
    # WHEN such a text is its status, or a notice THEN no desktop can find a tag in it
    tray.set_status(text)
    tray.notify(text)
    for shown in (tray.icon.toolTip(), told[1]):
        assert "<" not in shown
        assert not UNSEEN & set(shown)


def test_licences_stay_as_they_are_but_act_on_nothing(qt_app: QApplication, tmp_path: Path) -> None:
    # GIVEN hostile licences WHEN they are shown THEN they are read as text
    for text in HOSTILE:
        assert not UNSEEN & set("\n".join(texts(licences(text, tmp_path))))


def test_a_label_and_a_box_cannot_be_talked_into_markup(qt_app: QApplication) -> None:
    # GIVEN a label and a box THEN they show markup as text, also when it comes later
    label = PlainLabel()
    label.setText(HOSTILE[0])
    box = PlainMessageBox(QMessageBox.Icon.Question, "Coach", HOSTILE[1])
    assert (label.text(), label.textFormat()) == (HOSTILE[0], Qt.TextFormat.PlainText)
    assert (box.text(), box.textFormat()) == (HOSTILE[1], Qt.TextFormat.PlainText)


def test_texts_without_markup_are_not_touched() -> None:
    # GIVEN what people write WHEN it is a tooltip or a notice THEN it stays; else it is the same to the eye
    assert tooltip("Move “up”, 上へ") == unmarked("Move “up”, 上へ") == "Move “up”, 上へ"
    assert tooltip("a<b\nR&D") == "a&lt;b<br>R&amp;D"
    assert QGuiApplication.instance() is not None
