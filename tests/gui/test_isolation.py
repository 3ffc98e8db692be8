"""The proof of privacy: the whole app with nothing but the loopback, every connection that it tries written down."""

import sys
from pathlib import Path

import psutil
import pytest

from coach_app.evaluation.json_lines import JsonLines
from tests.gui.desktop import Desktop, Program
from tests.gui.game import start_game
from tests.gui.isolation import isolated, reached, skip_unless_possible
from tests.gui.test_app import watch_the_stand_in
from tests.waiting import wait_until

START_S = 90.0
# What the tests' own environment forbids to libraries is allowed here: it is the coach that has to refrain.
AS_USERS_HAVE_IT = ("env", "-u", "HF_HUB_OFFLINE", "-u", "TRANSFORMERS_OFFLINE")

LEAK = """
import socket, sys
if "--engine" in sys.orig_argv or "coach_app.engine" in sys.orig_argv:
    socket.socket().connect_ex(("203.0.113.7", 443))
    socket.socket(socket.AF_INET6).connect_ex(("2001:db8::7", 8080))
    try:
        socket.getaddrinfo("telemetry.example", 443)
    except OSError:
        pass
"""


class Watched:
    """The running app in isolation, with what it told and what it tried to reach."""

    def __init__(self, desktop: Desktop, folder: Path, *command: str | Path, path: Path | None = None) -> None:
        skip_unless_possible(folder)
        self._calls = folder / "calls.txt"
        self._trace = JsonLines(folder / "trace.jsonl")
        self._seen: set[str] = set()
        arguments = [*AS_USERS_HAVE_IT, sys.executable, "-m", *command, "--trace", folder / "trace.jsonl"]
        root = Path(__file__).parents[2]
        env = {"PYTHONPATH": f"{path}:{root}" if path else str(root)}
        self.program: Program = desktop.start(*isolated(arguments, self._calls), env=env)

    def wait(self, event: str) -> None:
        """Wait for an event of the app."""

        def happened() -> bool:
            self._seen |= {line["event"] for line in self._trace.new_lines()}
            return event in self._seen

        wait_until(happened, START_S, f"{event}; the app said {self.program.output.read_text()!r}")

    def reached(self) -> set[str]:
        """End the app in order, and tell what it tried to reach."""
        [app] = psutil.Process(self.program.pid).children()  # strace itself heeds no signal while it writes
        app.terminate()
        assert self.program.process.wait(20) == 0, self.program.output.read_text()
        calls = self._calls.read_text(errors="replace")
        assert "connect(" in calls, "not even the screen was reached: nothing was written down"
        return reached(calls)


def test_the_app_as_it_is_shipped_connects_to_nothing_and_looks_up_no_name(desktop: Desktop, tmp_path: Path) -> None:
    # GIVEN a practice game, and the app as it is shipped, with its own models and nothing but the loopback
    game = desktop.start(sys.executable, "-m", "coach_app", "practice", "grid-levels", "--seed", "500000")
    desktop.window("Coach practice: Grid levels", game.pid, START_S)
    app = Watched(desktop, tmp_path, "coach_app", "--lang", "ja", "--q-values")
    # WHEN it looks at the game, advises, translates its advice, and rates the moves
    for event in ("AnswerFinished", "AnswerTranslated", "QValuesRead"):
        app.wait(event)
    # THEN none of its processes has tried to reach anything
    assert app.reached() == set()


def test_a_leak_that_was_planted_is_found(desktop: Desktop, tmp_path: Path) -> None:
    # GIVEN the same app, with a library in its engine that calls home
    (tmp_path / "planted").mkdir()
    (tmp_path / "planted" / "sitecustomize.py").write_text(LEAK)
    (tmp_path / "scripted").mkdir()
    (tmp_path / "pictures").mkdir()
    watch_the_stand_in()
    start_game(desktop)
    scripted = ("tests.fakes.app", tmp_path / "pictures", "--model", tmp_path / "scripted")
    app = Watched(desktop, tmp_path, *scripted, path=tmp_path / "planted")
    # WHEN it advises
    app.wait("AnswerFinished")
    # THEN the same check tells where the leak leads, and that a name was looked up where there is somebody to ask
    found = app.reached()
    assert {"203.0.113.7:443", "[2001:db8::7]:8080"} <= found
    if "nameserver" in Path("/etc/resolv.conf").read_text():
        assert any(place.startswith("look-up at") for place in found)


def test_where_nothing_can_be_proved_that_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # GIVEN a system without what the proof takes
    monkeypatch.setenv("PATH", str(tmp_path))
    # WHEN privacy is to be proved THEN the test is skipped, and its reason says so
    with pytest.raises(pytest.skip.Exception, match="PRIVACY NOT PROVED"):
        skip_unless_possible(tmp_path)


@pytest.mark.parametrize(
    ("call", "told"),
    [
        ('connect(3, {sa_family=AF_UNIX, sun_path="/tmp/.X11-unix/X99"}, 20) = 0', set()),
        ('connect(3, {sa_family=AF_UNIX, sun_path="/run/systemd/resolve/io.systemd.Resolve"}, 42) = 0',
         {"look-up at /run/systemd/resolve/io.systemd.Resolve"}),
        ('7 connect(3, {sa_family=AF_INET, sin_port=htons(443), sin_addr=inet_addr("198.51.100.2")}, 16) = 0',
         {"198.51.100.2:443"}),
        ('sendto(3, "x", 1, 0, {sa_family=AF_INET, sin_port=htons(53), sin_addr=inet_addr("127.0.0.53")}, 16) = 1',
         {"look-up at 127.0.0.53:53"}),
        ('connect(5, {sa_family=AF_INET6, sin6_port=htons(80), sin6_flowinfo=htonl(0), '
         'inet_pton(AF_INET6, "2001:db8::1", &sin6_addr), sin6_scope_id=0}, 28) = -1 ENETUNREACH',
         {"[2001:db8::1]:80"}),
        ('sendmmsg(3, [{msg_hdr={msg_name={sa_family=AF_INET, sin_port=htons(9), sin_addr=inet_addr("192.0.2.1")}, '
         'msg_namelen=16, msg_iov=[{iov_base="x", iov_len=1}], msg_iovlen=1}, msg_len=1}], 1, 0) = 1',
         {"192.0.2.1:9"}),
    ],
)  # fmt: skip
def test_every_way_of_reaching_out_is_told(call: str, told: set[str]) -> None:
    # GIVEN a call as it is written down WHEN it is read THEN what it was meant to reach is told
    assert reached(f"4711  {call}\n") == told
