"""Passes a session's events to the overlay and the tray."""

from collections.abc import Mapping
from typing import Literal

from PySide6.QtCore import QObject, Signal

from coach_app.domain.advice import Advice
from coach_app.domain.words import printable
from coach_app.session.events import (
    AnswerDropped,
    AnswerFinished,
    AnswerStarted,
    AnswerTranslated,
    AnswerWords,
    Event,
    Notice,
    NoticeAbout,
    NoticeOver,
    PauseChanged,
    ProfileChosen,
    QValuesRead,
    SourceFound,
    SourceGone,
)
from coach_app.translation.sentences import holds_japanese
from coach_app.ui.language import translated
from coach_app.ui.overlay import Answer, Overlay
from coach_app.ui.q_panel import QPanel
from coach_app.ui.theme import Level

_LEVELS: dict[NoticeAbout, Level] = {
    NoticeAbout.ENGINE: "info",
    NoticeAbout.SCOPE: "warning",
    NoticeAbout.ANSWER: "error",
    NoticeAbout.TROUBLE: "error",
}


_QUESTION = 80
"""Characters of a question that are shown beside why it failed."""


class SessionBridge(QObject):
    """Shows each event of a session in the overlay. Interface thread only.

    Attributes:
        status_changed: one sentence on what the coach is doing, for the tray; empty when there is nothing special.
        paused_changed: emitted when unasked advice was switched off or on.
        language: the language of what the overlay shows.

    Args:
        overlay: shows advice and notices.
        panel: shows the Q-values.
        parent: owner.
    """

    status_changed = Signal(str)
    paused_changed = Signal(bool)

    def __init__(self, overlay: Overlay, panel: QPanel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._overlay = overlay
        self._panel = panel
        self.language: Literal["en", "ja"] = "en"
        self._language: Literal["en", "ja"] = "en"
        self._profile_language: Literal["", "en", "ja"] = ""
        self._finished = 0
        self._shown: dict[str, Notice] = {}
        self._ways: dict[str, str] = {}

    def set_ways(self, ways: Mapping[str, str]) -> None:
        """How to reach each action, by its name; mentioned in notices."""
        self._ways = dict(ways)

    def set_language(self, language: Literal["en", "ja"]) -> None:
        """Set the language of the advice for profiles without their own."""
        self._language = language
        self._show_in(self._profile_language or language)

    def retranslate(self) -> None:
        """Show the current notices again in the interface's language."""
        for notice in list(self._shown.values()):
            self.show_event(notice)

    def _show_in(self, language: Literal["en", "ja"]) -> None:
        self.language = language
        self._overlay.set_language(language)

    def _doubt(self, move: str) -> str:
        return self.tr("Second opinion: {move}.").format(move=translated(move))

    def _sources(self, advice: Advice) -> str:
        titles = [source.title for source in advice.sources]
        if not titles:
            return ""
        if not advice.quoted:
            return self.tr("From the guides: {titles}").format(titles="; ".join(titles))
        quoted = self.tr("Quoted from the guide: {title}").format(title=titles[0])
        if not titles[1:]:
            return quoted
        return f"{quoted}\n" + self.tr("See also: {titles}").format(titles="; ".join(titles[1:]))

    def show_event(self, event: Event) -> None:
        """Show an event; passed to a session as ``emit``."""
        overlay = self._overlay
        match event:
            case AnswerStarted():
                asked_in_japanese = holds_japanese(event.question)
                self._show_in("ja" if asked_in_japanese else self._profile_language or self._language)
                question = event.question or (self.tr("More") if event.more else "")
                overlay.begin_advice(question, about_game=event.about == "game")
            case AnswerWords():
                overlay.add_words(event.text)
            case AnswerFinished(advice=advice):
                self._finished = event.id
                unsure = self.tr("The coach is not sure of this.") if event.unsure else ""
                doubt = self._doubt(event.preferred) if event.preferred else unsure
                overlay.finish_advice(
                    Answer(
                        advice.text,
                        cost_ms=advice.latency_ms,
                        captured_at=advice.captured_at,
                        move=self.tr("Move: {move}").format(move=translated(advice.move)) if advice.move else "",
                        doubt=doubt,
                        sources=self._sources(advice),
                        passage=_passage(advice),
                        id=event.id,
                        level=advice.level,
                    )
                )
            case AnswerTranslated():
                if event.id == self._finished:
                    overlay.show_translation(event.advice.text_ja)
            case AnswerDropped():
                overlay.drop_advice()
            case SourceGone():
                self._shown.pop("source", None)
                self._shown.pop("values", None)
                overlay.forget_source()
                self.status_changed.emit("")
            case SourceFound():
                self._shown.pop("source", None)
                overlay.set_source(event.description, True)
                self.status_changed.emit(event.description)
            case ProfileChosen():
                self._profile_language = event.language
                self.set_language(self._language)
            case QValuesRead():
                self._shown.pop("values", None)
                height = self._panel.sizeHint().height()
                self._panel.show_values(event.values)
                if self._panel.sizeHint().height() != height:
                    overlay.settle_panel()
            case Notice(about=NoticeAbout.VALUES):
                self._shown["values"] = event
                self._panel.show_sentence(self._sentence(event))
                overlay.settle_panel()
            case PauseChanged():
                overlay.set_paused(event.paused)
                self.paused_changed.emit(event.paused)
            case Notice(about=NoticeAbout.SOURCE):
                self._shown["source"] = event
                overlay.set_source(self._sentence(event), False)
                self.status_changed.emit(self._sentence(event))
            case Notice():
                self._shown["notice"] = event
                sentence = self._sentence(event)
                overlay.show_notice(sentence, _LEVELS[event.about])
                self.status_changed.emit(sentence)
            case NoticeOver():
                if (notice := self._shown.get("notice")) and event.about is notice.about:
                    del self._shown["notice"]
                    overlay.clear_notice()
                    self.status_changed.emit("")

    def _sentence(self, notice: Notice) -> str:
        sentence = translated(f"{notice.message} {notice.remedy}".strip())
        if way := self._ways.get(notice.action):
            sentence = f"{sentence} ({way})"
        return f"“{printable(notice.question, _QUESTION)}”: {sentence}" if notice.question else sentence


def _passage(advice: Advice) -> str:
    """The passage that an answer was made from; empty if it is that passage."""
    if advice.quoted or not advice.sources:
        return ""
    return f"{advice.sources[0].title}\n{advice.sources[0].text}"
