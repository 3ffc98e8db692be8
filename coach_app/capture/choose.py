"""Opens the capture source that the user chose."""

from collections.abc import Collection, Sequence

from coach_app.capture.black import BlackGuard
from coach_app.capture.source import FrameSource
from coach_app.domain.profile import GameProfile
from coach_app.domain.source import (
    AutoSpec,
    MonitorSpec,
    RecordingSpec,
    RegionSpec,
    SourceSpec,
    WaylandSpec,
    WindowSpec,
)


def open_source(
    spec: SourceSpec, *, games: Sequence[GameProfile] = (), excluded_pids: Collection[int] = ()
) -> FrameSource:
    """Open a source of frames. Called in the thread that will use it.

    Args:
        spec: the chosen source.
        games: profiles whose windows are searched for AutoSpec; earlier ones win.
        excluded_pids: processes whose windows are never captured, in addition to this one.

    Raises:
        CoachError: the source can never work here (no screen, a broken recording). A window or monitor that is merely
            missing now is not an error: the source reports it and waits.
    """
    if isinstance(spec, RecordingSpec):
        from coach_app.capture.recording import open_recording

        return open_recording(spec.path)
    if isinstance(spec, MonitorSpec | RegionSpec):
        from coach_app.capture.screen import Screen

        return BlackGuard(Screen(spec))
    if isinstance(spec, WaylandSpec):
        from coach_app.capture.wayland import WaylandSource

        return WaylandSource()
    from coach_app.capture.window import Ambiguity, WindowSource, find_again, find_game
    from coach_app.capture.windows import WindowInfo, open_desktop

    def choose(windows: list[WindowInfo]) -> WindowInfo | Ambiguity | None:
        return find_again(windows, spec) if isinstance(spec, WindowSpec) else find_game(windows, games)

    source = WindowSource(
        open_desktop(),
        choose,
        excluded_pids=excluded_pids,
        description=(spec.title or spec.program) if isinstance(spec, WindowSpec) else "any known game",
        follow_front=isinstance(spec, AutoSpec),
    )
    return BlackGuard(source)
