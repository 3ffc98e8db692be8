"""The question whether the coach may speak in a game whose rules forbid help."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from coach_app.games.fair_play import Rule
from coach_app.ui.language import translated
from coach_app.ui.plain import PlainMessageBox


def ask_about_rule(
    rule: Rule, on_yes: Callable[[], None], on_no: Callable[[], None] = lambda: None, parent: QWidget | None = None
) -> PlainMessageBox:
    """Tell what the rule says, and ask whether the coach is to speak all the same.

    Args:
        rule: of the game.
        on_yes: called if the user wants it.
        on_no: called otherwise.
        parent: owner.

    Returns:
        The open question, which deletes itself when answered; the caller keeps a reference if it has no parent.
    """
    text = QCoreApplication.translate(
        "FairPlay",
        "{rule}\n\n{source}\n\nIf the coach speaks while you play, you may break this rule, and lose your "
        "account. Shall it speak all the same?",
    )
    question = PlainMessageBox(
        QMessageBox.Icon.Warning,
        QCoreApplication.translate("FairPlay", "Fair play"),
        text.format(rule=translated(rule.rule), source=translated(rule.reference)),
        parent=parent,
    )
    speak = question.addButton(QCoreApplication.translate("FairPlay", "Speak"), QMessageBox.ButtonRole.AcceptRole)
    question.setDefaultButton(question.addButton(QMessageBox.StandardButton.Cancel))
    question.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    question.finished.connect(lambda _: on_yes() if question.clickedButton() is speak else on_no())
    question.open()
    return question
