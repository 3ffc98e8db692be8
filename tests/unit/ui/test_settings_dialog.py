"""The settings dialog, made from the schema."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QInputDialog,
    QKeySequenceEdit,
    QLabel,
    QLineEdit,
    QListWidget,
    QMenu,
    QMessageBox,
    QPushButton,
    QSlider,
    QSpinBox,
    QToolButton,
    QWidget,
)

from coach_app.domain.source import (
    AutoSpec,
    MonitorSpec,
    RecordingSpec,
    RegionSpec,
    SourceSpec,
    WaylandSpec,
    WindowSpec,
)
from coach_app.settings.schema import Settings
from coach_app.ui.setting_editors import source_text
from coach_app.ui.settings_dialog import SettingsDialog


class Shown:
    """A dialog, and what it said."""

    def __init__(self, settings: Settings | None = None) -> None:
        self.dialog = SettingsDialog(
            settings or Settings(),
            games={"grid": "Grid (practice)"},
            models={"grid-coach": "Grid coach"},
            translators={"grid-ja": "Grid, Japanese"},
            pages={"Games": QWidget()},
        )
        self.said: list[Settings] = []
        self.dialog.changed.connect(self.said.append)

    def named(self, kind: type[QWidget], name: str) -> QWidget:
        """The widget that a screen reader calls so."""
        (widget,) = [widget for widget in self.dialog.findChildren(kind) if widget.accessibleName() == name]
        return widget

    def reset(self, title: str) -> QToolButton:
        button = self.named(QToolButton, f"Reset {title}")
        assert isinstance(button, QToolButton)
        return button

    def search(self, text: str) -> None:
        line = self.named(QLineEdit, "Search the settings")
        assert isinstance(line, QLineEdit)
        line.setText(text)

    def pages(self) -> list[str]:
        pages = self.named(QListWidget, "Settings pages")
        assert isinstance(pages, QListWidget)
        return [pages.item(row).text() for row in range(pages.count()) if not pages.item(row).isHidden()]


@pytest.fixture
def shown(qt_app: QApplication) -> Iterator[Shown]:
    shown = Shown()
    yield shown
    shown.dialog.deleteLater()


def test_every_setting_has_a_widget_with_a_name_unless_it_is_set_elsewhere(shown: Shown) -> None:
    # GIVEN every field of the schema
    for section in Settings.model_fields:
        for info in type(getattr(Settings(), section)).model_fields.values():
            hints = info.json_schema_extra if isinstance(info.json_schema_extra, dict) else {}
            named = [widget for widget in shown.dialog.findChildren(QWidget) if widget.accessibleName() == info.title]
            # THEN a screen reader finds exactly one widget for it, with its description, that the keyboard reaches
            assert len(named) == (0 if hints.get("widget") == "none" else 1), info.title
            for widget in named:
                assert widget.accessibleDescription() == info.description
                assert widget.focusPolicy() & Qt.FocusPolicy.TabFocus


def test_every_default_is_shown_as_it_is(shown: Shown) -> None:
    # GIVEN a dialog with the defaults
    # WHEN every number and choice is shown
    # THEN none was rounded or cut to fit its widget, and nothing was said to have changed
    assert shown.said == []
    for section in Settings.model_fields:
        part = getattr(Settings(), section)
        for name, info in type(part).model_fields.items():
            for box in shown.dialog.findChildren(QSpinBox) + shown.dialog.findChildren(QDoubleSpinBox):
                if box.accessibleName() == info.title:
                    assert box.value() == pytest.approx(getattr(part, name)), info.title
    assert not any(button.isVisibleTo(shown.dialog) for button in shown.dialog.findChildren(QToolButton, "reset"))


def test_a_number_is_applied_at_once_and_can_be_reset(shown: Shown) -> None:
    # GIVEN the font size
    box = shown.named(QSpinBox, "Font size")
    assert isinstance(box, QSpinBox)
    # WHEN it is changed
    box.setValue(30)
    # THEN the new settings are said, and it can be reset
    assert [settings.overlay.font_size for settings in shown.said] == [30]
    assert not shown.reset("Font size").isHidden()
    # WHEN it is reset
    shown.reset("Font size").click()
    # THEN the default is shown and said
    assert box.value() == 16
    assert shown.said[-1] == Settings()
    assert shown.reset("Font size").isHidden()


def test_choices_show_words_and_say_values(shown: Shown) -> None:
    # GIVEN the language and the game
    language, game = (shown.named(QComboBox, name) for name in ("Advice language", "Game"))
    assert isinstance(language, QComboBox)
    assert isinstance(game, QComboBox)
    assert [language.itemText(row) for row in range(language.count())] == ["English", "日本語"]
    assert [game.itemText(row) for row in range(game.count())] == ["The game that is open", "Grid (practice)"]
    # WHEN others are chosen
    language.setFocus()
    QTest.keyClick(language, Qt.Key.Key_Down)
    QTest.keyClick(game, Qt.Key.Key_Down)
    # THEN the values are said
    assert shown.said[-1].general.language == "ja"
    assert shown.said[-1].general.game == "grid"


def test_a_model_can_be_any_folder(shown: Shown) -> None:
    # GIVEN the field of the coach
    box = shown.named(QComboBox, "Coach")
    assert isinstance(box, QComboBox)
    line = box.lineEdit()
    assert line is not None
    # WHEN a folder is typed
    line.setText("/models/llava")
    line.editingFinished.emit()
    # THEN it is said
    assert shown.said[-1].general.model == "/models/llava"
    # WHEN the name of a known one is typed as it is shown
    line.setText("Grid coach")
    line.editingFinished.emit()
    # THEN its value is said
    assert shown.said[-1].general.model == "grid-coach"


def test_online_translation_is_on_only_after_it_was_said_what_is_sent_where(shown: Shown) -> None:
    # GIVEN the switch
    box = shown.named(QCheckBox, "Allow online translation")
    assert isinstance(box, QCheckBox)
    # WHEN it is clicked
    box.click()
    # THEN a sentence says what is sent to whom, and nothing is on yet
    (question,) = shown.dialog.findChildren(QMessageBox)
    assert "Google" in question.text()
    assert "never sent" in question.text()
    assert shown.said == []
    assert not box.isChecked()
    # WHEN the user doesn't want that
    question.button(QMessageBox.StandardButton.Cancel).click()
    # THEN it stays off
    assert shown.said == []
    question.deleteLater()
    QApplication.sendPostedEvents(None, 52)  # QEvent.DeferredDelete
    # WHEN the user agrees the next time
    box.click()
    (question,) = shown.dialog.findChildren(QMessageBox)
    next(button for button in question.buttons() if button.text() == "Switch on").click()
    # THEN it is on
    assert shown.said[-1].translation.online
    assert box.isChecked()
    # WHEN it is switched off
    box.click()
    # THEN nobody is asked
    assert not shown.said[-1].translation.online


def test_a_server_is_asked_only_after_it_was_said_what_is_sent(shown: Shown) -> None:
    # GIVEN the switch WHEN it is clicked THEN a sentence says what is sent, and nothing is on before it is agreed to
    box = shown.named(QCheckBox, "Ask a server")
    assert isinstance(box, QCheckBox)
    box.click()
    (question,) = shown.dialog.findChildren(QMessageBox)
    assert "Pictures" in question.text()
    assert shown.said == []
    next(button for button in question.buttons() if button.text() == "Switch on").click()
    assert shown.said[-1].server.on


def test_the_address_of_a_server_is_completed_or_refused(shown: Shown) -> None:
    # GIVEN the address
    line = shown.named(QLineEdit, "Address")
    assert isinstance(line, QLineEdit)
    # WHEN a short one is typed THEN it is completed
    line.setText("192.168.1.5:11434")
    line.editingFinished.emit()
    assert shown.said[-1].server.url == line.text() == "http://192.168.1.5:11434/v1"
    # WHEN something else is typed THEN nothing changes and a sentence says why
    line.setText("http://me:secret@host")
    line.editingFinished.emit()
    problem = next(row for row in shown.dialog.findChildren(QWidget, "problem") if not row.isHidden())
    assert "key does not belong" in problem.property("text")
    assert shown.dialog.settings.server.url == "http://192.168.1.5:11434/v1"


def test_the_model_of_a_server_is_chosen_from_its_list_or_typed(shown: Shown) -> None:
    # GIVEN a server that cannot be asked
    wanted: list[bool] = []
    shown.dialog.server_models_wanted.connect(lambda: wanted.append(True))
    box = shown.named(QComboBox, "Server model")
    assert isinstance(box, QComboBox)
    next(button for button in shown.dialog.findChildren(QPushButton) if button.text() == "List").click()
    shown.dialog.show_problem("server", "model", "The server is gone.")
    # WHEN its list comes the next time THEN its models can be chosen, and the sentence is gone
    shown.dialog.show_server_models(["llava", "melee"])
    assert wanted == [True]
    assert [box.itemText(row) for row in range(box.count())] == ["llava", "melee", ""]
    assert all(row.isHidden() for row in shown.dialog.findChildren(QWidget, "problem"))
    QTest.keyClick(box, Qt.Key.Key_Up)
    assert shown.said[-1].server.model == "melee"
    # WHEN another one is typed THEN it is taken
    line = box.lineEdit()
    assert line is not None
    line.setText("qwen")
    line.editingFinished.emit()
    assert shown.said[-1].server.model == "qwen"


def test_a_key_is_entered_unseen_and_only_passed_on(shown: Shown) -> None:
    # GIVEN the row of the key WHEN one is entered
    entered: list[str] = []
    shown.dialog.key_entered.connect(entered.append)
    button = shown.named(QPushButton, "Key")
    assert isinstance(button, QPushButton)
    button.click()
    (box,) = shown.dialog.findChildren(QInputDialog)
    assert box.textEchoMode() == QLineEdit.EchoMode.Password
    box.setTextValue("sk-1")
    box.accept()
    # THEN it is passed on, and is in no settings
    assert entered == ["sk-1"]
    assert shown.said == []
    # WHEN it was kept THEN the row says so, and it can be taken back
    shown.dialog.show_settings(Settings().with_value("server", "key", True))
    assert "In the keyring" in [label.text() for label in shown.dialog.findChildren(QLabel)]
    shown.reset("Key").click()
    assert not shown.said[-1].server.key


def test_a_hotkey_is_pressed_and_a_bad_one_is_refused_with_a_sentence(shown: Shown) -> None:
    # GIVEN the hotkey of a question
    keys = shown.named(QKeySequenceEdit, "Ask")
    assert isinstance(keys, QKeySequenceEdit)
    # WHEN another one is given
    keys.setKeySequence(QKeySequence("Ctrl+Alt+F9"))
    keys.editingFinished.emit()
    # THEN it is said in the spelling of the settings
    assert shown.said[-1].hotkeys.ask == "Ctrl+Alt+F9"
    # WHEN that of another action is given
    keys.setKeySequence(QKeySequence("Ctrl+Alt+P"))
    keys.editingFinished.emit()
    # THEN nothing changes and a sentence says why
    assert shown.dialog.settings.hotkeys.ask == "Ctrl+Alt+F9"
    problem = next(row for row in shown.dialog.findChildren(QWidget, "problem") if not row.isHidden())
    assert "Ctrl+Alt+P is the key of “Pause” already" in problem.property("text")
    # AND the key that is in use is shown still
    assert keys.keySequence().toString() == "Ctrl+Alt+F9"
    # WHEN it is cleared
    keys.clear()
    keys.editingFinished.emit()
    # THEN the action has no key, and the sentence is gone
    assert shown.said[-1].hotkeys.ask == ""
    assert all(row.isHidden() for row in shown.dialog.findChildren(QWidget, "problem"))


@pytest.mark.parametrize(
    ("wanted", "pages"),
    [
        (
            "",
            [
                "General",
                "When to speak",
                "Overlay",
                "Hotkeys",
                "Gamepad",
                "Speech",
                "Hearing",
                "Translation",
                "History",
                "Game first",
                "Second opinion",
                "Memory",
                "Server",
                "Games",
            ],
        ),
        ("opacity", ["Overlay"]),
        ("JAPANESE", ["General", "Hotkeys", "Hearing", "Translation"]),
        ("font advice", ["Overlay"]),
        ("ollama", ["Server"]),
        ("ctrl+alt+space", ["Hotkeys"]),  # a value
        ("google translate", ["Translation"]),  # a choice
        ("88 %", ["Overlay"]),
        ("capture", ["Overlay", "Capture"]),  # of which the second has only advanced ones
        ("games", ["General", "Second opinion", "Learning", "Games"]),
        ("no such thing", []),
    ],
)
def test_the_search_leaves_what_is_looked_for(shown: Shown, wanted: str, pages: list[str]) -> None:
    # WHEN something is looked for
    shown.search(wanted)
    # THEN only pages with it stay
    assert shown.pages() == pages


def test_the_search_hides_other_settings_and_forgets(shown: Shown) -> None:
    # GIVEN a search
    shown.search("opacity")
    rows = {name: shown.named(QWidget, name) for name in ("Opacity", "Font size")}
    # THEN only what is looked for is shown, at once
    assert rows["Opacity"].isVisibleTo(shown.dialog)
    assert not rows["Font size"].isVisibleTo(shown.dialog)
    # WHEN the search is cleared
    shown.search("")
    # THEN everything is back
    assert rows["Font size"].isVisibleTo(shown.dialog)


def test_settings_changed_elsewhere_are_shown_and_not_said(shown: Shown) -> None:
    # GIVEN a dialog
    # WHEN the language is switched by a hotkey, and the source chosen
    elsewhere = Settings().with_value("general", "language", "ja").with_value("general", "source", MonitorSpec(index=2))
    shown.dialog.show_settings(elsewhere)
    # THEN it shows that, and says nothing
    box = shown.named(QComboBox, "Advice language")
    assert isinstance(box, QComboBox)
    assert box.currentData() == "ja"
    assert shown.said == []
    assert shown.dialog.settings == elsewhere


def test_choosing_the_source_is_left_to_others_and_can_be_reset(shown: Shown) -> None:
    # GIVEN a dialog that shows a monitor
    wanted: list[bool] = []
    shown.dialog.source_wanted.connect(lambda: wanted.append(True))
    shown.dialog.show_settings(Settings().with_value("general", "source", MonitorSpec()))
    # WHEN another one is wanted
    button = shown.named(QPushButton, "What to watch")
    assert isinstance(button, QPushButton)
    button.click()
    # THEN that is said
    assert wanted == [True]
    # WHEN it is reset
    shown.reset("What to watch").click()
    # THEN it is automatic
    assert shown.said[-1].general.source == AutoSpec()


@pytest.mark.parametrize(
    ("source", "text"),
    [
        (AutoSpec(), "Any known game that is open"),
        (MonitorSpec(index=2), "Monitor 2"),
        (RegionSpec(left=0, top=0, width=640, height=480), "Part of the screen, 640 x 480"),
        (WindowSpec(title="Doom"), "Window “Doom”"),
        (WindowSpec(program="doom.exe"), "Window “doom.exe”"),
        (WaylandSpec(), "Window or screen (Wayland)"),
        (RecordingSpec.model_validate({"path": "/a/b.gif"}), "Recording b.gif"),
    ],
)
def test_every_source_has_a_name(qt_app: QApplication, source: SourceSpec, text: str) -> None:
    assert source_text(source) == text


def test_games_added_later_can_be_chosen(shown: Shown) -> None:
    # GIVEN a game that is set but not known yet
    shown.dialog.show_settings(Settings().with_value("general", "game", "doom"))
    # WHEN it becomes known
    shown.dialog.show_games({"doom": "Doom"})
    # THEN it has its name
    box = shown.named(QComboBox, "Game")
    assert isinstance(box, QComboBox)
    assert box.currentText() == "Doom"
    assert shown.said == []


def test_models_added_later_can_be_chosen(shown: Shown) -> None:
    # GIVEN a dialog with one coach and one translator
    coach, translator = shown.named(QComboBox, "Coach"), shown.named(QComboBox, "Translation model")
    assert isinstance(coach, QComboBox)
    assert isinstance(translator, QComboBox)
    assert [translator.itemText(n) for n in range(translator.count())] == ["Automatic", "Grid, Japanese"]
    # WHEN others have come THEN they can be chosen, and nothing was
    shown.dialog.show_models({"grid-coach": "Grid coach", "mine": "Mine"}, {"grid-ja": "Grid, Japanese", "ja": "Any"})
    assert shown.said == []
    assert coach.currentText() == "Grid coach"
    translator.activated.emit(translator.findText("Any"))
    assert [settings.translation.model for settings in shown.said] == ["ja"]


def test_return_in_a_number_closes_nothing(shown: Shown) -> None:
    # GIVEN the buttons of the dialog THEN none of them is pressed by Return elsewhere
    assert not any(button.autoDefault() or button.isDefault() for button in shown.dialog.findChildren(QPushButton))


def test_advanced_settings_are_shown_when_they_are_asked_for(shown: Shown) -> None:
    # GIVEN a dialog
    row = shown.named(QWidget, "Width")
    (box,) = [box for box in shown.dialog.findChildren(QCheckBox) if "advanced" in box.text()]
    assert not row.isVisibleTo(shown.dialog)
    # WHEN an advanced setting is looked for THEN it is found all the same
    shown.search("width")
    assert row.isVisibleTo(shown.dialog)
    shown.search("")
    assert not row.isVisibleTo(shown.dialog)
    # WHEN they are asked for THEN they are shown, with the pages that have no others, and that is kept
    box.click()
    assert row.isVisibleTo(shown.dialog)
    assert "Capture" in shown.pages()
    assert shown.said == [Settings().with_value("general", "advanced", True)]


@pytest.mark.parametrize(("percent", "value"), [(50, 0.5), (29, 0.29)])
def test_a_share_is_a_slider_in_per_cent(shown: Shown, percent: int, value: float) -> None:
    # GIVEN the opacity
    slider = shown.named(QSlider, "Opacity")
    assert isinstance(slider, QSlider)
    assert (slider.value(), slider.minimum(), slider.maximum()) == (88, 20, 100)
    # WHEN it is moved
    slider.setValue(percent)
    # THEN the share is said
    assert shown.said[-1].overlay.opacity == value


def agree(dialog: SettingsDialog, answer: str) -> str:
    """Press a button of the question that is shown, and return the question."""
    (question,) = dialog.findChildren(QMessageBox)
    text = question.text()
    next(button for button in question.buttons() if button.text() == answer).click()
    return text


def test_all_settings_are_reset_but_for_what_is_set_elsewhere(qt_app: QApplication) -> None:
    # GIVEN settings of which some are not set in the dialog
    settings = Settings().with_value("overlay", "width", 300).with_value("hotkeys", "ask", "F9")
    elsewhere = Settings().with_value("general", "welcomed", True).with_value("server", "key", True)
    settings = elsewhere.with_choices_of(settings)
    shown = Shown(settings)
    reset = next(
        action for menu in shown.dialog.findChildren(QMenu) for action in menu.actions() if "all" in action.text()
    )
    # WHEN all are reset, and it is agreed to
    reset.trigger()
    assert shown.said == []
    agree(shown.dialog, "Reset all")
    # THEN the defaults are shown and said
    assert shown.said == [elsewhere]
    assert shown.dialog.settings == elsewhere
    shown.dialog.deleteLater()


@pytest.mark.parametrize(
    ("section", "field", "value", "named"),
    [
        ("overlay", "width", 300, ""),
        ("server", "on", True, "sent to the address"),
        ("translation", "online", True, "Google Translate"),
    ],
)
def test_restored_settings_are_used_when_it_is_agreed_to(
    shown: Shown, section: str, field: str, value: object, named: str
) -> None:
    # GIVEN settings from a backup WHEN they are offered
    restored = Settings().with_value(section, field, value)
    shown.dialog.offer(restored)
    assert shown.said == []
    # THEN what they would send is named, and they are used once that is agreed to
    assert named in agree(shown.dialog, "Use them")
    assert shown.said == [restored]
