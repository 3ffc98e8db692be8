"""Every page in both languages: all of its text fits, a Japanese player sees no English, and the language switches at
once. The pictures are left in out/test-pictures for a person to look at."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Literal
from xml.etree import ElementTree

import pytest
from PIL import Image
from PySide6.QtCore import QCoreApplication, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QImage
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QListWidget,
    QMenu,
    QPushButton,
    QRadioButton,
    QStyle,
    QStyleOptionComboBox,
    QTabBar,
    QTabWidget,
    QWidget,
)

from coach_app.desktop.ledger import Entry as Traffic
from coach_app.desktop.ledger import Kind
from coach_app.desktop.stored import KINDS, Stored
from coach_app.domain.advice import Advice, Source
from coach_app.domain.errors import CoachError
from coach_app.domain.profile import GameProfile
from coach_app.domain.qvalues import QValues
from coach_app.domain.sent import Sent
from coach_app.domain.source import MonitorSpec, WindowSpec
from coach_app.games.catalogue import to_practise
from coach_app.games.fair_play import rules, silence
from coach_app.games.profiles import load_profiles
from coach_app.knowledge.remembered import Memory
from coach_app.learning.overview import Overview
from coach_app.models.catalogue import catalogue
from coach_app.session.events import (
    AnswerFinished,
    AnswerStarted,
    AnswerTranslated,
    Notice,
    NoticeAbout,
    PauseChanged,
    SourceFound,
)
from coach_app.session.history import Entry
from coach_app.settings.schema import Settings
from coach_app.ui.about import AboutWindow
from coach_app.ui.actions import CoachActions
from coach_app.ui.bridge import SessionBridge
from coach_app.ui.compositor import Compositor
from coach_app.ui.control_window import ControlWindow
from coach_app.ui.fair_play import ask_about_rule
from coach_app.ui.fonts import reading_font
from coach_app.ui.history_window import HistoryWindow
from coach_app.ui.language import InterfaceLanguageSwitch, translated
from coach_app.ui.learning_window import LearningWindow
from coach_app.ui.models_page import Fit, ModelCard, ModelsPage
from coach_app.ui.outlined_text import Mark, OutlinedText
from coach_app.ui.overlay import Answer, Overlay
from coach_app.ui.practice import PracticeWindow
from coach_app.ui.privacy_page import PrivacyPage
from coach_app.ui.profile_editor import ProfileEditor
from coach_app.ui.profiles_page import ProfilesPage
from coach_app.ui.q_panel import QPanel
from coach_app.ui.question_box import QuestionBox
from coach_app.ui.region_picker import RegionSheet
from coach_app.ui.settings_dialog import SettingsDialog
from coach_app.ui.source_picker import SourceChoice, SourcePicker
from coach_app.ui.theme import theme_named
from coach_app.ui.tray import coach_menu
from coach_app.ui.welcome import Welcome
from tests.gui.desktop import PICTURES
from tests.gui.qt import application, destroy, qt_wait

Language = Literal["en", "ja"]
CATALOGUE = Path(__file__).parents[2] / "resources" / "i18n" / "coach_ja.ts"
KEYS = {"ask": "Ctrl+Alt+Space", "pause": "Ctrl+Alt+P", "show_hide": "Ctrl+Alt+H", "edit": "Ctrl+Alt+R"}
ADVICE = {"en": "The hole is on your right. Move the cat up.", "ja": "穴は右にあります。猫を上へ動かしてください。"}
TIPS = {
    "en": "Shoot the turnips with lasers while they are far away, and shine those that come close. Do not run at her.",
    "ja": "カブは遠くにあるうちにレーザーで撃ち落とし、近くに来たものはリフレクターで返しましょう。走り込まないこと。",
}
QUESTION = {"en": "Where is the crate?", "ja": "木箱はどこ？"}


@pytest.fixture
def switch() -> Iterator[InterfaceLanguageSwitch]:
    switch = InterfaceLanguageSwitch(application())
    yield switch
    switch.use("en")
    switch.deleteLater()


@pytest.fixture(params=["en", "ja"])
def language(request: pytest.FixtureRequest, switch: InterfaceLanguageSwitch) -> Language:
    language: Language = request.param
    switch.use(language)
    return language


# What is on a page


def texts(page: QWidget) -> Iterator[tuple[QWidget, str]]:
    """What can be read on a page, and where."""
    for widget in [page, *page.findChildren(QWidget)]:
        if not widget.isVisible():
            continue
        if isinstance(widget, QLabel | QAbstractButton):
            yield widget, re.sub(r"<[^>]*>", "", widget.text())
        elif isinstance(widget, OutlinedText):
            yield widget, widget.text
        elif isinstance(widget, QLineEdit):
            yield widget, widget.placeholderText()
        elif isinstance(widget, QComboBox):
            yield from ((widget, widget.itemText(row)) for row in range(widget.count()))
        elif isinstance(widget, QListWidget):
            yield from ((widget, widget.item(row).text()) for row in range(widget.count()))
        elif isinstance(widget, QMenu):
            yield from ((widget, action.text().split("\t")[0]) for action in widget.actions())
        elif isinstance(widget, QHeaderView) and widget.orientation() == Qt.Orientation.Horizontal:
            role = Qt.ItemDataRole.DisplayRole
            yield from (
                (widget, widget.model().headerData(at, widget.orientation(), role)) for at in range(widget.count())
            )
        for told in (widget.toolTip(), widget.accessibleName(), widget.accessibleDescription()):
            yield widget, told
    yield page, page.windowTitle()


def misfits(page: QWidget) -> list[str]:
    """Texts that are cut off where they are shown."""
    return [f"{type(widget).__name__} “{text}”" for widget, text in texts(page) if text and not fits(widget, text)]


def fits(widget: QWidget, text: str) -> bool:
    if isinstance(widget, QLabel) and widget.wordWrap():
        return widget.heightForWidth(widget.width()) <= widget.height()
    if isinstance(widget, OutlinedText) and widget.hasHeightForWidth():
        return widget.heightForWidth(widget.width()) <= widget.height()
    if isinstance(widget, QLabel | QAbstractButton | OutlinedText | Mark):
        needed = widget.sizeHint() if not widget.property("said") else QSize(0, 0)
        return needed.width() <= widget.width() and needed.height() <= widget.height()
    if isinstance(widget, QLineEdit) and text == widget.placeholderText():
        return advance(widget, text) <= widget.width() - 12
    if isinstance(widget, QComboBox):
        return text != widget.currentText() or advance(widget, text) <= shown_part(widget).width()
    if isinstance(widget, QListWidget) and widget.viewMode() == QListWidget.ViewMode.ListMode:
        return widget.sizeHintForColumn(0) <= widget.viewport().width()
    if isinstance(widget, QHeaderView):
        return all(widget.sectionSizeHint(at) <= widget.sectionSize(at) for at in range(widget.count()))
    if isinstance(widget, QTabBar):
        return widget.sizeHint().width() <= widget.width()
    return True


def advance(widget: QWidget, text: str) -> int:
    return QFontMetrics(widget.font()).horizontalAdvance(text)


def shown_part(box: QComboBox) -> QRect:
    option = QStyleOptionComboBox()
    box.initStyleOption(option)
    part = QStyle.SubControl.SC_ComboBoxEditField
    return box.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, part, box)


def english(page: QWidget) -> list[str]:
    """What is still English on a page that is to be Japanese: strings of the catalogue, and runs of words."""
    messages = ElementTree.parse(CATALOGUE).iter("message")
    known = {
        entry.findtext("source", "") for entry in messages if entry.findtext("source") != entry.findtext("translation")
    }
    seen = {text for _, text in texts(page) if text}
    words = re.compile(r"[A-Za-z]{2,} [a-z]{2,} [a-z]{2,}")
    return [text for text in seen if text in known or words.search(re.sub(r"「[^」]*」", "", text))]


# The pages


class _NoCompositor(Compositor):
    """Without one nothing fades."""

    def __init__(self) -> None:
        super().__init__()
        self.present = False


def overlay_advice(language: Language) -> QWidget:
    overlay = Overlay(lambda: 1_000_000.0, _NoCompositor())
    panel = QPanel()
    bridge = SessionBridge(overlay, panel, overlay)
    bridge.show_event(SourceFound("ゲーム" if language == "ja" else "Some game"))
    overlay.set_language(language)
    overlay.set_online_mark(True)
    overlay.begin_advice(QUESTION[language])
    overlay.finish_advice(Answer(ADVICE["en"], cost_ms=411.6, captured_at=999_990.0, doubt=bridge._doubt("left")))
    overlay.show_translation(ADVICE["ja"])
    panel.set_look(theme_named("dark"), reading_font(12, "en"))
    overlay.set_panel(panel)
    panel.show_values(
        QValues(("left", "down", "right", "up"), (0.2, -0.7, 0.1, 0.5), (True, True, False, True), "dqn-grid", 0.0)
    )
    overlay.settle_panel()
    bridge.show_event(PauseChanged(True))
    return overlay


def overlay_notice(language: Language) -> QWidget:
    overlay = Overlay(lambda: 1_000_000.0, _NoCompositor())
    bridge = SessionBridge(overlay, QPanel(overlay), overlay)
    bridge.show_event(Notice(NoticeAbout.SOURCE, "The picture could not be read; the coach tries again by itself."))
    error = CoachError(f"The model folder {Path('/models/x')} has no config.json.", "Install the coach again.")
    bridge.show_event(Notice(NoticeAbout.TROUBLE, error.message, error.remedy))
    return overlay


def overlay_edit(language: Language) -> QWidget:
    overlay = Overlay(lambda: 1_000_000.0, _NoCompositor())
    overlay.set_edit_mode(True)
    return overlay


def actions() -> CoachActions:
    actions = CoachActions()
    actions.show_hotkeys(KEYS)
    return actions


def control_window(language: Language) -> QWidget:
    shared = actions()
    window = ControlWindow(shared)
    shared.setParent(window)
    return window


def control_window_notice(language: Language) -> QWidget:
    window = control_window(language)
    assert isinstance(window, ControlWindow)
    window.show()
    error = "The coach reads English only, and your question could not be translated."
    remedy = "Ask in other words, or allow online translation in the settings."
    window.set_status(translated(f"{error} {remedy}"))
    return window


def tray_menu(language: Language) -> QWidget:
    shared = actions()
    menu = coach_menu(shared)
    shared.setParent(menu)
    return menu


def question_box(language: Language) -> QWidget:
    box = QuestionBox(_NoCompositor())
    picture = QImage(320, 180, QImage.Format.Format_RGB32)
    picture.fill("#335577")
    box.open_for(picture, [], QRect(200, 200, 400, 100))
    return box


def question_box_about_game(language: Language) -> QWidget:
    box = question_box(language)
    assert isinstance(box, QuestionBox)
    game = translated("Super Smash Bros. Melee")
    box.open_for(QImage(), [], QRect(200, 200, 400, 100), game=game, answering=True)
    next(choice for choice in box.findChildren(QRadioButton) if not choice.isChecked()).setChecked(True)
    return box


def overlay_about_game(language: Language) -> QWidget:
    overlay = Overlay(lambda: 1_000_000.0, _NoCompositor())
    bridge = SessionBridge(overlay, QPanel(overlay), overlay)
    bridge.show_event(SourceFound("ゲーム" if language == "ja" else "Some game"))
    question = "ピーチのカブにはどうする？" if language == "ja" else "What do I do about Peach's turnips?"
    bridge.show_event(AnswerStarted(1, question, 999_990.0, about="game"))
    sources = tuple(Source(title, "…") for title in ("Falco against Peach", "Falco against Sheik", "Recovering"))
    advice = Advice(TIPS["en"], None, "base + tips", 999_990.0, 811.0, 90.0, 40, question, sources=sources, quoted=True)
    bridge.show_event(AnswerFinished(1, advice, translating=language == "ja"))
    if language == "ja":
        bridge.show_event(AnswerTranslated(1, replace(advice, text_ja=TIPS["ja"])))
    return overlay


def overlay_hint(language: Language) -> QWidget:
    overlay = Overlay(lambda: 1_000_000.0, _NoCompositor())
    overlay.set_source("ゲーム" if language == "ja" else "Some game", True)
    overlay.set_language(language)
    overlay.begin_advice()
    overlay.finish_advice(Answer(ADVICE["en"], cost_ms=411.6, captured_at=999_990.0, level="hint", id=1))
    overlay.show_translation(ADVICE["ja"])
    return overlay


def overlay_review_only(language: Language) -> QWidget:
    overlay = Overlay(lambda: 1_000_000.0, _NoCompositor())
    bridge = SessionBridge(overlay, QPanel(overlay), overlay)
    game = GameProfile(
        id="mine", title="ゲーム" if language == "ja" else "Some game", prompt="What now?", when="review"
    )
    error = silence(game, "", "")
    assert error
    bridge.show_event(Notice(NoticeAbout.SCOPE, error.message, error.remedy))
    return overlay


def question_box_more(language: Language) -> QWidget:
    box = QuestionBox(_NoCompositor())
    box.open_for(QImage(), [], QRect(200, 200, 400, 100), more=True)
    return box


def question_box_of_a_game(language: Language) -> QWidget:
    box = QuestionBox(_NoCompositor())
    picture = QImage(320, 180, QImage.Format.Format_RGB32)
    picture.fill("#335577")
    box.open_for(picture, [], QRect(200, 200, 400, 100), game=translated("Super Smash Bros. Melee"), answering=True)
    return box


def settings(number: int) -> Callable[[Language], QWidget]:
    def page(language: Language) -> QWidget:
        profiles, _ = load_profiles()
        titles = {profile.id: translated(profile.title) for profile in profiles.values()}
        games = ProfilesPage()
        games.show_profiles(profiles, {"grid"})
        models = {"grid-coach": translated("Grid coach")}
        pages = {
            QCoreApplication.translate("Windows", "Games"): games,
            QCoreApplication.translate("Windows", "Models"): models_page(),
            QCoreApplication.translate("Windows", "Privacy"): privacy_page(language),
        }
        every = Settings().with_value("general", "advanced", True)
        dialog = SettingsDialog(every, games=titles, models=models, pages=pages)
        dialog.turn_to(number)
        dialog.show_problem("hotkeys", "ask", translated("“A” alone would take that key from your game."))
        return dialog

    return page


def models_page() -> ModelsPage:
    """Every kind of card: what gives the advice, what fits, is too slow or does not fit, comes, and went wrong."""
    page = ModelsPage()
    page.show_machine("", 19_000_000_000, 25_000_000_000, str(Path("/home/neko/models")), 10**11)
    known = {entry.name: entry for entry in catalogue()}
    fits = {
        "grid-coach": (Fit(16, 60_000_000, True, "full", 0.3),),
        "llava-onevision-0.5b": (Fit(16, 2_900_000_000, True, "wide", 75.0), Fit(4, 900_000_000, True, "base", 20.0)),
        "qwen3-vl-8b": (Fit(4, 40_000_000_000, False),),
    }
    cards = [
        ModelCard(
            name, entry.title, entry.good_for, entry.licence, entry.size_bytes, "elsewhere", fits=fits.get(name, ())
        )
        for name, entry in known.items()
    ]
    cards[0] = replace(cards[0], place="bundled")
    cards = [replace(card, gated=card.name.startswith("llama")) for card in cards]
    page.show_models(cards, "grid-coach")
    first, second, third = (card.name for card in cards[1:4])
    told = {"done_bytes": 4 * 10**9, "total_bytes": 15 * 10**9, "bytes_per_s": 11e6, "seconds_left": 1000.0}
    page.show_progress(first, {"phase": "downloading", "file": "x.safetensors", **told})
    page.show_progress(second, {"phase": "checking", "file": "model-00001-of-00004.safetensors", **told})
    page.show_end(third, translated("The model hub cannot be reached."))
    page.show_notice(translated("“x y” is not the name of a model."))
    return page


def privacy_page(language: Language, tab: int = 0) -> PrivacyPage:
    page = PrivacyPage()
    picture = Image.new("RGB", (336, 336), "#446688")
    page.show_sent([Sent("Grid coach", QUESTION[language], picture), Sent("neko @ 192.0.2.1", "?", picture, True)])
    hub = traffic("download", "https://huggingface.co", False)
    page.show_network([hub, traffic("server", "http://localhost:8000", True)], 123_456)
    page.show_stored([Stored(kind, (Path("/home/neko/coach") / kind,), 1, 10**9) for kind in KINDS])
    page.resize(640, 540)
    page.findChildren(QTabWidget)[0].setCurrentIndex(tab)
    return page


def privacy_tab(tab: int) -> Callable[[Language], QWidget]:
    return lambda language: privacy_page(language, tab)


def traffic(kind: Kind, origin: str, here: bool) -> Traffic:
    return Traffic(0.0, kind, origin, here, 123_456, 987_654_321, 12)


def profile_editor(language: Language) -> QWidget:
    shown = GameProfile(id="x", title="猫", prompt="?", window="neko", region=(0.1, 0.2, 0.9, 0.8))
    editor = ProfileEditor(shown, open_windows=[("neko", "neko")])
    editor._prompt.clear()
    editor._save()
    return editor


def history(language: Language) -> QWidget:
    window = HistoryWindow({"grid": translated("Grid (practice)")})
    japanese = ADVICE["ja"] if language == "ja" else ""
    entry = Entry(1, 1.7e9, "grid", QUESTION[language], ADVICE["en"], japanese, "up", "grid-coach", 412.4, False)
    window.show_entries([entry])
    return window


def learning(language: Language) -> QWidget:
    window = LearningWindow({"grid": translated("Grid (practice)")}, "grid")
    window.show_overview(Overview({"explore": 20, "watch": 3}, 1_234, 5_600_000, 800, 200))
    own = "" if language == "en" else "右の穴に注意。"
    window.show_memories([Memory(1, "grid", "x", 1.7e9, "Cat at 1/1.", "left", "won", 1.0, True, own, 4, 3)], True)
    return window


def source_picker(language: Language) -> QWidget:
    picker = SourcePicker()
    picture = Image.new("RGB", (200, 120), "#446688")
    picker.show_choices(
        [
            SourceChoice(WindowSpec(title="neko"), "neko", "640 x 480", picture),
            SourceChoice(MonitorSpec(), "1", "1920 x 1080", None),
        ]
    )
    return picker


def source_picker_empty(language: Language) -> QWidget:
    picker = SourcePicker()
    picker.show_choices([])
    return picker


def practice(language: Language) -> QWidget:
    return PracticeWindow(to_practise("grid-levels"))


def region(language: Language) -> QWidget:
    sheet = RegionSheet(QApplication.primaryScreen())
    sheet.resize(1280, 720)
    return sheet


_SETTINGS_PAGES = [*Settings.model_fields, "games", "models", "privacy"]
PAGES: dict[str, Callable[[Language], QWidget]] = {
    "overlay-advice": overlay_advice,
    "overlay-notice": overlay_notice,
    "overlay-edit": overlay_edit,
    "control-window": control_window,
    "control-window-notice": control_window_notice,
    "tray-menu": tray_menu,
    "question-box": question_box,
    "question-box-more": question_box_more,
    "question-box-of-a-game": question_box_of_a_game,
    "question-box-about-game": question_box_about_game,
    "overlay-about-game": overlay_about_game,
    "overlay-hint": overlay_hint,
    "overlay-review-only": overlay_review_only,
    "fair-play": lambda language: ask_about_rule(rules()[0], lambda: None),
    "profile-editor": profile_editor,
    "history": history,
    "learning": learning,
    "source-picker": source_picker,
    "source-picker-empty": source_picker_empty,
    "practice": practice,
    "region": region,
    "about": lambda language: AboutWindow(),
    **{f"privacy-{tab}": privacy_tab(tab) for tab in range(3)},
    "welcome": lambda language: Welcome("Ctrl+Alt+Space"),
    **{f"settings-{name}": settings(number) for number, name in enumerate(_SETTINGS_PAGES)},
}


@pytest.mark.parametrize("name", PAGES)
def test_all_text_of_every_page_fits_and_is_in_the_language(name: str, language: Language) -> None:
    # GIVEN a page, in a language
    page = PAGES[name](language)
    page.show()
    qt_wait(lambda: page.isVisible() and page.width() > 0, what="the page")
    QApplication.processEvents()
    # WHEN a person looks at it
    PICTURES.mkdir(parents=True, exist_ok=True)
    page.grab().save(str(PICTURES / f"page-{name}-{language}.png"))
    # THEN nothing is cut off, and a Japanese player reads no English
    cut_off, unread = misfits(page), english(page) if language == "ja" else []
    destroy(page)
    assert cut_off == []
    assert unread == []


LIVING = ["overlay-edit", "overlay-notice", "control-window", "question-box", "about", "welcome"]


@pytest.mark.parametrize("name", LIVING)
def test_what_stays_open_switches_at_once(name: str, switch: InterfaceLanguageSwitch) -> None:
    # GIVEN a window in English
    page = PAGES[name]("en")
    page.show()
    qt_wait(page.isVisible, what="the page")
    # WHEN the language is switched
    switch.use("ja")
    for shared in page.findChildren(CoachActions):
        shared.retranslate()
    for bridge in page.findChildren(SessionBridge):
        bridge.retranslate()
    QApplication.processEvents()
    # THEN it is Japanese, and has made room for that
    assert english(page) == []
    qt_wait(lambda: not misfits(page), what="room for the text")
    # WHEN it is switched back THEN it is English
    switch.use("en")
    QApplication.processEvents()
    assert not re.search(r"[\u3041-\u30ff]", page.windowTitle())
    destroy(page)


@pytest.mark.parametrize(
    "made",
    [
        lambda: QLabel("a text that is far too long for its place"),
        lambda: QLabel("a text that is broken into lines, of which there is room for only one", wordWrap=True),
        lambda: QPushButton("a button with too much to say"),
        lambda: QCheckBox("a box with too much to say"),
        lambda: QLineEdit(placeholderText="what should be written here, at length"),
    ],
)
def test_a_text_that_does_not_fit_is_found(made: Callable[[], QWidget]) -> None:
    # GIVEN a text in too little room
    application()
    page = QWidget()
    inner = made()
    inner.setParent(page)
    inner.setGeometry(0, 0, 70, 22)
    page.show()
    # THEN the tests above would fail
    assert misfits(page)
    # WHEN it has room THEN they would not
    inner.setGeometry(0, 0, 500, 60)
    assert misfits(page) == []
    destroy(page)
