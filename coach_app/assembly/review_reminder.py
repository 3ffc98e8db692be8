"""Tells, after a game that is review only, that there is something to review."""

from collections.abc import Callable
from typing import Final

from coach_app.assembly.settings_in_use import SettingsInUse
from coach_app.domain.advice import Advice
from coach_app.domain.profile import GameProfile
from coach_app.session.events import Event, Notice, NoticeAbout, SourceGone

_ACTION: Final = "review"


class ReviewReminder:
    """Counts the situations that are kept while a game runs, and says so once it is closed.

    Args:
        settings: say whether pictures are kept.
        emit: shows an event.
    """

    def __init__(self, settings: SettingsInUse, emit: Callable[[Event], None]) -> None:
        self._settings, self._emit = settings, emit
        self._title, self._count = "", 0

    def remembered(self, advice: Advice, profile: GameProfile) -> None:
        """Something was remembered: a situation, if nothing was said in it."""
        rules = self._settings.current.history
        if not advice.text and rules.keep and rules.keep_pictures:
            self._title, self._count = profile.title, self._count + 1

    def on_event(self, event: Event) -> None:
        """The game is closed, or another one is watched."""
        if isinstance(event, SourceGone) and self._count:
            title, count, self._count = self._title, self._count, 0
            sentence = f"Situations of {title} that were kept for a review: {count}."
            self._emit(Notice(NoticeAbout.TROUBLE, sentence, action=_ACTION))
