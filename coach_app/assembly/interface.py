"""The visible parts of the running app: windows, overlay, tray and hotkeys."""

from collections.abc import Mapping

from PySide6.QtCore import QRect, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from coach_app.assembly.settings_in_use import Reaction, SettingsInUse
from coach_app.assembly.tasks import Tasks
from coach_app.assembly.watching import Watching
from coach_app.desktop.screens import is_wayland
from coach_app.domain.actions import HELD, HOTKEYS
from coach_app.domain.errors import CoachError
from coach_app.domain.hotkeys import HotkeyFailure
from coach_app.games.catalogue import showcase
from coach_app.session.history import History
from coach_app.settings.schema import OverlayPosition, Settings
from coach_app.ui.actions import CoachActions
from coach_app.ui.bridge import SessionBridge
from coach_app.ui.control_window import ControlWindow
from coach_app.ui.exclusion import is_excluded
from coach_app.ui.fonts import reading_font
from coach_app.ui.hotkeys.gamepad import Gamepad
from coach_app.ui.hotkeys.hotkeys import Hotkeys
from coach_app.ui.language import InterfaceLanguageSwitch, chosen_language, translated
from coach_app.ui.overlay import Overlay, OverlayLook
from coach_app.ui.placement import layout_key
from coach_app.ui.q_panel import QPanel
from coach_app.ui.question_box import QuestionBox
from coach_app.ui.setting_editors import is_hotkey_field
from coach_app.ui.theme import theme_named
from coach_app.ui.tray import Tray
from coach_app.ui.windows import Windows

_PANEL_LETTERS = 0.72
_KEYS_IN_XWAYLAND = (
    "On this desktop the coach's keys work only while a game that runs under XWayland has the keyboard. For all other "
    "games add keys to the desktop's own settings: “coach do --lines” prints what to add."
)
_NO_XWAYLAND = "Without XWayland the overlay cannot stay above the game. Install XWayland, and start the coach again."
_HIDING = {
    True: "Tried out just now: other programs do not see the overlay.",
    False: "Tried out just now: other programs see the overlay. This system does not hide windows.",
    None: "Whether other programs see the overlay cannot be tried out here.",
}
_NO_GAMEPAD = "No gamepad is connected. Connect one, and press its buttons."


class Interface:
    """Creates every window, and applies look, language and hotkeys from the settings. Nothing is shown before `show`.

    Args:
        app: the application.
        settings: the settings in use.
        history: data for the history window.
        watching: provides the games that the windows offer.
        tasks: run background tasks, and show their errors.

    Attributes:
        actions: all actions of the user.
        overlay, panel, question_box, windows: of those names.
        bridge: shows the session's events.
        way_in: the tray, or a plain window if the desktop has none.
    """

    def __init__(
        self, app: QApplication, settings: SettingsInUse, history: History, watching: Watching, tasks: Tasks
    ) -> None:
        self._settings, self._watching, self._tasks = settings, watching, tasks
        self._language = InterfaceLanguageSwitch(app)
        self._language.use(chosen_language(settings.current.general.interface))
        self.overlay = Overlay()
        self.panel = QPanel()
        self.bridge = SessionBridge(self.overlay, self.panel)
        self.question_box = QuestionBox()
        self.windows = Windows(history, tasks.hold, watching.known)
        self.actions = CoachActions()
        self._hotkeys = Hotkeys()
        self._gamepad = Gamepad()
        self.way_in: Tray | ControlWindow = Tray(self.actions) if Tray.is_available() else ControlWindow(self.actions)
        app.focusChanged.connect(lambda _, now: self._hotkeys.rest(is_hotkey_field(now)))
        self._hotkeys.decided.connect(self._take_decision)
        for keys in (self._hotkeys, self._gamepad):
            keys.pressed.connect(self.actions.press)
            keys.released.connect(self.actions.release)
        self._gamepad.recorded.connect(self.windows.take_buttons)
        self.windows.gamepad_wanted.connect(self._record_buttons)
        self.overlay.edit_mode_changed.connect(self.actions["edit"].setChecked)
        self.overlay.pinned_changed.connect(self.actions["pin"].setChecked)
        self.overlay.moved.connect(self._keep_position)
        self.overlay.at_home.connect(self.question_box.make_room)
        self.windows.picking.connect(self.overlay.stay_away)
        self.overlay.layout_changed.connect(lambda _: self._place_overlay())
        self.bridge.paused_changed.connect(self.actions["pause"].setChecked)
        self.bridge.status_changed.connect(self.way_in.set_status)
        settings.set_elsewhere.listen(self.windows.show_settings)
        settings.when(Reaction.INTERFACE_LANGUAGE, lambda _, new: self._retranslate(new))
        settings.when(Reaction.LOOK, lambda _, new: self._apply_look(new))
        settings.when(Reaction.HIDING, lambda _, new: self._hide_from_captures(new.overlay.hidden))
        settings.when(Reaction.HOTKEYS, lambda _, new: self._bind_hotkeys(new))
        settings.when(Reaction.GAMEPAD, lambda _, new: self._follow_gamepad(new))
        settings.when(Reaction.ADVICE_LANGUAGE, lambda _, new: self.bridge.set_language(new.general.language))

    def show(self, plain: bool = False) -> None:
        """Show the tray or the small window, and be ready to show advice; if ``plain``, in the default look."""
        settings = self._settings.current
        self.actions["go_on"].setVisible(plain)
        self._apply_look(Settings() if plain else settings)
        self.overlay.exclude(settings.overlay.hidden)
        self._place_overlay(plain)
        self.bridge.set_language(settings.general.language)
        self._bind_hotkeys(settings)
        self._follow_gamepad(settings)
        if isinstance(self.way_in, ControlWindow):
            self.way_in.show_beside()
        else:
            self.way_in.show()

    def look_as_set(self) -> None:
        """Apply the look in the settings, after a plain start."""
        self.actions["go_on"].setVisible(False)
        self._apply_look(self._settings.current)
        self._place_overlay()

    def set_recording(self, recording: bool) -> None:
        """Show whether the player's own play is being recorded."""
        self.overlay.set_recording(recording)
        self.way_in.set_recording(recording)

    def come_to_front(self) -> None:
        """Show the plain window, or the question box if there is a tray."""
        if isinstance(self.way_in, Tray):
            self.actions["ask"].trigger()
            return
        self.way_in.setWindowState(self.way_in.windowState() & ~Qt.WindowState.WindowMinimized)
        self.way_in.show()
        self.way_in.raise_()
        self.way_in.activateWindow()

    def greet(self) -> None:
        """Say once what this desktop does not allow, and show the welcome to a new player, once."""
        self._say_limits()
        if self._settings.current.general.welcomed:
            return
        welcome = self.windows.open_welcome(self._settings.current.hotkeys.ask)
        welcome.practice_wanted.connect(self.actions.practice[showcase().id].trigger)
        welcome.models_wanted.connect(self.actions["models"].trigger)
        self._settings.set("general", "welcomed", True)

    def _say_limits(self) -> None:
        """Say once what this desktop does not let the coach do, and what to do about it."""
        limits = []
        if not self._hotkeys.everywhere:
            limits.append(_KEYS_IN_XWAYLAND)
        if is_wayland() and QGuiApplication.platformName() != "xcb":
            limits.append(_NO_XWAYLAND)
        if limits and not self._settings.current.general.told_limits:
            self._tasks.complain(" ".join(limits))
            self._settings.set("general", "told_limits", True)

    def close(self) -> None:
        """Close every window, and release the hotkeys."""
        self.windows.close()
        self.way_in.hide()
        self.overlay.end()
        self.question_box.hide()
        self._hotkeys.close()
        self._gamepad.close()

    def _retranslate(self, settings: Settings) -> None:
        self._language.use(chosen_language(settings.general.interface))
        self.actions.retranslate()
        self.bridge.set_ways(self.actions.ways())
        if isinstance(self.way_in, Tray):
            self.way_in.retranslate()
        self.bridge.retranslate()
        QTimer.singleShot(0, lambda: self.windows.retranslate(self._settings.current, self._watching.profiles))

    def _apply_look(self, settings: Settings) -> None:
        look = settings.overlay
        self.overlay.apply(
            OverlayLook(
                font_size_pt=look.font_size,
                opacity=look.opacity,
                theme=look.theme,
                fade_after_s=look.fade_after_s,
                width_px=look.width,
                stale_after_s=look.stale_after_s,
                shows_times=look.shows_times,
            )
        )
        self.panel.set_look(theme_named(look.theme), reading_font(look.font_size * _PANEL_LETTERS, "en"))
        self.question_box.apply(look.theme, look.font_size)
        self.windows.show_times(look.shows_times)

    def _hide_from_captures(self, hidden: bool) -> None:
        self.overlay.exclude(hidden)
        self.windows.show_problem("overlay", "hidden", "")
        if hidden:
            self._tasks.hold(self._try_hiding())

    async def _try_hiding(self) -> None:
        """Say under the setting what is true of it."""
        self.windows.show_problem("overlay", "hidden", translated(_HIDING[await is_excluded()]))

    def _bind_hotkeys(self, settings: Settings) -> None:
        bindings = _in_use(settings.hotkeys.bindings(), settings)
        failures = self._hotkeys.set_bindings(bindings)
        failed = {failure.action for failure in failures}
        self._show_hotkeys({action: key for action, key in bindings.items() if action not in failed}, failures)

    def _show_hotkeys(self, keys: Mapping[str, str], failures: list[HotkeyFailure]) -> None:
        self.actions.show_hotkeys(keys)
        self.bridge.set_ways(self.actions.ways())
        self.overlay.set_reading_key(keys.get("read_on", ""))
        self.windows.show_hotkey_failures(failures, tuple(HOTKEYS))
        if failures:
            self._tasks.complain(" ".join(dict.fromkeys(failure.sentence for failure in failures)))

    def _take_decision(self, decision: Mapping[str, str] | CoachError) -> None:
        """Show the keys that the desktop has given, which need not be those in the settings."""
        if isinstance(decision, CoachError):
            bindings = _in_use(self._settings.current.hotkeys.bindings(), self._settings.current)
            self._show_hotkeys({}, [HotkeyFailure(action, key, str(decision)) for action, key in bindings.items()])
        else:
            self._show_hotkeys(decision, [])

    def _follow_gamepad(self, settings: Settings) -> None:
        on, buttons = settings.gamepad.on, _in_use(settings.gamepad.buttons, settings)
        self.actions.show_buttons(buttons if on else {})
        self.bridge.set_ways(self.actions.ways())
        try:
            self._gamepad.follow(on, buttons)
        except CoachError as error:
            self._tasks.complain(str(error))

    def _record_buttons(self, wanted: bool) -> None:
        """Record buttons for the settings, which say so if there is no gamepad."""
        try:
            self._gamepad.record(wanted)
        except CoachError as error:
            self.windows.show_problem("gamepad", "buttons", translated(str(error)))
        else:
            missing = wanted and not self._gamepad.connected
            self.windows.show_problem("gamepad", "buttons", translated(_NO_GAMEPAD) if missing else "")

    def _place_overlay(self, plain: bool = False) -> None:
        positions = {} if plain else self._settings.current.overlay.positions
        kept = positions.get(layout_key(QGuiApplication.screens()))
        self.overlay.place(QRect(kept.x, kept.y, kept.width, kept.height) if kept else None)

    def _keep_position(self, card: QRect) -> None:
        position = OverlayPosition(x=card.x(), y=card.y(), width=card.width(), height=card.height())
        positions = self._settings.current.overlay.positions | {layout_key(QGuiApplication.screens()): position}
        self._settings.set("overlay", "positions", positions)


def _in_use(keys: Mapping[str, str], settings: Settings) -> dict[str, str]:
    """The keys by action, without those that nothing is done with: keys that are taken do not reach the game."""
    return {action: key for action, key in keys.items() if settings.hearing.on or action not in HELD}
