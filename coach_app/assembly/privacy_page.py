"""Serves the Privacy page of the settings."""

import asyncio
from collections.abc import Callable

from coach_app.assembly import privacy
from coach_app.assembly.settings_in_use import SettingsInUse
from coach_app.assembly.tasks import Tasks
from coach_app.domain.sent import LastSent
from coach_app.settings.schema import Settings
from coach_app.ui.privacy_page import PrivacyPage
from coach_app.ui.windows import Windows


class PrivacyDesk:
    """Serves the page.

    Args:
        windows: show the page.
        settings: the settings in use.
        sent: what models were given last.
        tasks: hold what takes time.
        quit_app: ends the app, after which all but `keep` is to be deleted: before, files are in use.

    Attributes:
        keep: the kinds to keep, once the user wants all else deleted; None until then.
    """

    def __init__(
        self,
        windows: Windows,
        settings: SettingsInUse,
        sent: LastSent,
        tasks: Tasks,
        quit_app: Callable[[], None],
    ) -> None:
        self._settings, self._sent, self._tasks, self._quit = settings, sent, tasks, quit_app
        self._page: PrivacyPage | None = None
        self.keep: list[str] | None = None
        windows.privacy_opened.connect(self._serve)
        windows.privacy_closed.connect(lambda: self._serve(None))
        settings.set_elsewhere.listen(self._show_offline)
        windows.settings_changed.connect(self._show_offline)

    def _serve(self, page: PrivacyPage | None) -> None:
        self._page = page
        if page:
            page.look_wanted.connect(lambda: self._tasks.hold(self._look()))
            page.offline_wanted.connect(lambda wanted: self._settings.set("general", "offline", wanted))
            page.forget_wanted.connect(self._forget)
            page.delete_wanted.connect(self._delete)

    async def _look(self) -> None:
        traffic, kept = await asyncio.to_thread(lambda: (privacy.traffic(), privacy.kept()))
        if self._page:
            self._show_offline(self._settings.current)
            self._page.show_sent(self._sent.newest_first())
            self._page.show_network(traffic, privacy.away_bytes(traffic))
            self._page.show_stored(kept)

    def _show_offline(self, settings: Settings) -> None:
        if self._page:
            self._page.show_offline(settings.general.offline)

    def _forget(self) -> None:
        self._sent.forget()
        if self._page:
            self._page.show_sent([])

    def _delete(self, keep: list[str]) -> None:
        self.keep = keep
        self._quit()
