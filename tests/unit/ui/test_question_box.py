"""Enter in the empty question box."""

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from coach_app.ui.question_box import QuestionBox


@pytest.mark.parametrize(
    ("more", "typed", "wanted"),
    [(True, "", ["more"]), (True, "Why?", ["Why?"]), (False, "", []), (False, "Why?", ["Why?"])],
)
def test_enter_says_more_only_where_there_is_more(
    qt_app: QApplication, monkeypatch: pytest.MonkeyPatch, more: bool, typed: str, wanted: list[str]
) -> None:
    monkeypatch.setattr(QuestionBox, "raise_", lambda self: None)  # not without a screen
    # GIVEN the box beside a nudge or hint, or not
    box = QuestionBox()
    heard: list[str] = []
    box.asked.connect(lambda question, _: heard.append(question))
    box.more_wanted.connect(lambda: heard.append("more"))
    box.open_for(QImage(), [], QRect(0, 0, 300, 100), more=more)
    line = box.findChildren(QLineEdit)[0]
    assert ("more" in line.placeholderText()) == more
    # WHEN Enter is pressed THEN a question is asked, or more is wanted; with neither, the box stays
    line.setText(typed)
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert heard == wanted
    assert box.isVisible() == (not wanted)
    box.hide()
