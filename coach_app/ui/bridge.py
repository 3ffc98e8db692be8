"""The session's events as Qt signals: the one place where what a session says reaches the widgets."""

from PySide6.QtCore import QObject, Signal

from coach_app.session.events import (
    AnswerDropped,
    AnswerFinished,
    AnswerStarted,
    AnswerTranslated,
    AnswerWords,
    Event,
    Notice,
    NoticeOver,
    PauseChanged,
    ProfileChosen,
    SourceFound,
)


class SessionSignals(QObject):
    """Emits each event of a session as the signal of its kind. Interface thread only.

    Attributes:
        happened: every event, whatever its kind.
    """

    answer_started = Signal(AnswerStarted)
    answer_words = Signal(AnswerWords)
    answer_finished = Signal(AnswerFinished)
    answer_translated = Signal(AnswerTranslated)
    answer_dropped = Signal(AnswerDropped)
    source_found = Signal(SourceFound)
    profile_chosen = Signal(ProfileChosen)
    pause_changed = Signal(PauseChanged)
    noticed = Signal(Notice)
    notice_over = Signal(NoticeOver)
    happened = Signal(object)

    def emit_event(self, event: Event) -> None:
        """Emit an event as its signal; what a session takes as ``emit``."""
        match event:
            case AnswerStarted():
                self.answer_started.emit(event)
            case AnswerWords():
                self.answer_words.emit(event)
            case AnswerFinished():
                self.answer_finished.emit(event)
            case AnswerTranslated():
                self.answer_translated.emit(event)
            case AnswerDropped():
                self.answer_dropped.emit(event)
            case SourceFound():
                self.source_found.emit(event)
            case ProfileChosen():
                self.profile_chosen.emit(event)
            case PauseChanged():
                self.pause_changed.emit(event)
            case Notice():
                self.noticed.emit(event)
            case NoticeOver():
                self.notice_over.emit(event)
        self.happened.emit(event)
