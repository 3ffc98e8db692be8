"""A D-Bus session bus of a test's own, on which nothing is started by itself."""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

from jeepney.io.blocking import open_dbus_connection

from coach_app.desktop.processes import running
from tests.waiting import wait_until

_RULES = """<busconfig>
<type>session</type>
<listen>unix:path={socket}</listen>
<auth>EXTERNAL</auth>
<policy context="default"><allow send_destination="*"/><allow receive_sender="*"/><allow own="*"/></policy>
</busconfig>"""


@contextlib.contextmanager
def session_bus(folder: Path) -> Iterator[str]:
    """Start a bus; yields its address."""
    folder.mkdir(parents=True, exist_ok=True)
    socket, rules = folder / "bus", folder / "bus.conf"
    rules.write_text(_RULES.format(socket=socket), encoding="utf-8")
    with running(["dbus-daemon", f"--config-file={rules}", "--nofork"], os.environ):
        address = f"unix:path={socket}"
        wait_until(lambda: _listens(address), what="the bus")
        yield address


def _listens(address: str) -> bool:
    try:
        open_dbus_connection(address).close()
    except OSError:
        return False
    return True
