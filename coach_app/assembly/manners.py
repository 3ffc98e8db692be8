"""How much the coach says in the current game, and when: chosen in the menu, kept in the game's profile."""

from collections.abc import Callable

from coach_app.assembly.tasks import Tasks
from coach_app.assembly.watching import Watching
from coach_app.domain.errors import CoachError
from coach_app.games import profiles as profile_files
from coach_app.games.fair_play import rule_for
from coach_app.session.events import Event, ProfileChosen, SourceGone
from coach_app.session.session import Session
from coach_app.ui.actions import CoachActions
from coach_app.ui.fair_play import ask_about_rule
from coach_app.ui.plain import PlainMessageBox


class Manners:
    """Carries out the choices of the menu's sections ``level`` and ``when``, and shows what is chosen.

    Args:
        actions: the menu.
        session: knows the current game.
        watching: knows the profiles.
        reload: called when a profile was saved.
        tasks: shows errors.
    """

    def __init__(
        self, actions: CoachActions, session: Session, watching: Watching, reload: Callable[[], None], tasks: Tasks
    ) -> None:
        self._actions, self._session, self._watching = actions, session, watching
        self._reload, self._tasks = reload, tasks
        self._question: PlainMessageBox | None = None
        self._show()

    def on_event(self, event: Event) -> None:
        """Another game, or none, is in sight."""
        if isinstance(event, ProfileChosen | SourceGone):
            self._show()

    def say(self, level: str) -> None:
        """Choose how much is given away in the current game."""
        self._keep({"level": level})

    def speak(self, when: str) -> None:
        """Choose when the coach speaks in the current game; where a rule forbids it, the user is asked first."""
        frame, profile = self._session.newest_frame, self._session.profile
        if profile is None:
            return
        rule = rule_for(profile, frame.title if frame else "", frame.program if frame else "")
        if rule and when != "review":
            self._question = ask_about_rule(rule, lambda: self._keep({"when": when}), self._show)
        else:
            self._keep({"when": when})

    def _keep(self, choice: dict[str, str]) -> None:
        profile = self._session.profile
        if profile is None:
            return
        kept = self._watching.profiles.get(profile.id, profile)  # without what a rule has changed
        try:
            profile_files.save_profile(kept.model_copy(update=choice))
        except CoachError as error:
            self._tasks.report(error)
        else:
            self._reload()
        self._show()

    def _show(self) -> None:
        profile = self._session.profile
        self._actions.show_choice("level", f"say_{profile.level}" if profile else None)
        self._actions.show_choice("when", f"speak_{profile.when or 'live'}" if profile else None)
