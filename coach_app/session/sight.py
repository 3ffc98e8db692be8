"""Tracks the newest frame, the game that it shows, and whether the model knows that game."""

from collections.abc import Callable
from typing import Final

from coach_app.capture.source import Loss, SourceLost
from coach_app.domain.errors import CoachError
from coach_app.domain.frame import Frame
from coach_app.domain.policy import Policy
from coach_app.domain.profile import GameProfile
from coach_app.games.fair_play import silence
from coach_app.session.events import (
    Event,
    MemoryWanted,
    Notice,
    NoticeAbout,
    NoticeOver,
    ProfileChosen,
    SourceFound,
    SourceGone,
)

_HELPS: Final = {Loss.CLOSED: "source", Loss.AMBIGUOUS: "source"}
"""The action with which the user can help."""

Refusal = Callable[[GameProfile, str], CoachError | None]
"""Why the model has nothing to say about a window with this profile and title, or None where it has."""


class Sight:
    """Follows the source and reports changes.

    Args:
        profile_for: returns the profile for a window's title and program.
        refusal: see ``Session``; may be replaced.
        policy: informed about the watched game.
        emit: called with every event.

    Attributes:
        frame: the newest frame; None while the source is lost.
        profile: profile of the visible game; None until a frame arrived since the last ``look_again``.
    """

    def __init__(
        self,
        profile_for: Callable[[str, str], GameProfile],
        refusal: Refusal,
        policy: Policy,
        emit: Callable[[Event], None],
    ) -> None:
        self.refusal = refusal
        self.frame: Frame | None = None
        self.profile: GameProfile | None = None
        self._profile_for = profile_for
        self._policy = policy
        self._emit = emit
        self._lost = True
        self._refused: str | None = None
        self._window: tuple[str, str] | None = None

    def lose(self, lost: SourceLost) -> None:
        """The source was lost."""
        self.frame = None
        self._lost = True
        if lost.reason is Loss.CLOSED:
            self._policy.game_closed()
            self._leave()
        self._emit(Notice(NoticeAbout.SOURCE, lost.sentence, action=_HELPS.get(lost.reason, "")))

    def see(self, frame: Frame) -> GameProfile:
        """Take the newest frame.

        Returns:
            The profile of the game that it shows.
        """
        window = frame.title, frame.program
        anew = self.profile is None or self.frame is None or window != self._window
        self.frame = frame
        profile = self._profile_for(*window) if anew else self.profile
        assert profile
        if self._window and window != self._window and self._is_another(profile, frame):
            self._leave()
            self._lost = True
        renamed, self._window = window != self._window, window
        if self._lost:
            self._lost = False
            self._policy.judge_again()
            self._emit(NoticeOver(NoticeAbout.SOURCE))
            self._emit(SourceFound(frame.title))
        elif renamed:
            self._emit(SourceFound(frame.title))
        if anew:
            self._choose(profile)
        return profile

    def _is_another(self, profile: GameProfile, frame: Frame) -> bool:
        """Whether a new title means another source; games put scores and levels into their titles."""
        assert self._window
        same_game = self.profile is None or profile.id == self.profile.id
        return not (same_game and frame.program == self._window[1] and profile.matches(frame.title))

    def leave(self) -> None:
        """Prepare for another source: notices about this one are removed."""
        self._leave()
        self._window, self._lost = None, True

    def _leave(self) -> None:
        self.profile = self._refused = None
        self._emit(NoticeOver(NoticeAbout.SCOPE))
        self._emit(SourceGone())

    def look_again(self) -> None:
        """Choose the profile and judge the frame again, after a change of source, model or profiles."""
        self.profile = self._refused = None

    def refuses(self, profile: GameProfile, frame: Frame, asked: bool = False) -> bool:
        """Whether nothing may be said about a window: fair play forbids it, or the model does not know it.

        The user is told why once per window, and for every question.
        """
        unfair = silence(profile, frame.title, frame.program)
        refusal = unfair or self.refusal(profile, frame.title)
        if refusal is None:
            if self._refused is not None:
                self._refused = None
                self._emit(NoticeOver(NoticeAbout.SCOPE))
            return False
        about = profile.id if unfair else frame.title  # whose score may stand in its title
        if asked or self._refused != about:
            self._refused = about
            self._emit(Notice(NoticeAbout.SCOPE, refusal.message, refusal.remedy))
        return True

    def _choose(self, profile: GameProfile) -> None:
        if self._policy.play(profile):
            self._emit(MemoryWanted(profile.title))
        if profile == self.profile:
            return
        self.profile = profile
        self._policy.watch(profile)
        self._emit(ProfileChosen(profile.id, profile.title, profile.language, profile.qnet))
