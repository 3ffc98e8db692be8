"""What holds for every test: one environment everywhere, no network, no unexpected warning, nothing left running.

A test that provokes a warning says so first: ``expect_warning(r"part of its text")``. The warning must then come.
"""

import logging
import os
import re
import signal
import socket
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import hypothesis
import psutil
import pytest
from tqdm import tqdm

from coach_app.desktop.folders import data_dir

tqdm.monitor_interval = 0  # else a thread watches the progress bars of models, for ever

LEFTOVER_GRACE_S = 3.0
"""How long threads and child processes may take to end after a test."""

SESSION_HOME = tempfile.TemporaryDirectory(prefix="coach-tests-")

# Where the set-up puts the text model, which no test can make up; kept for the processes that pytest starts.
os.environ.setdefault("PYTEST_SMOLLM2", str(data_dir() / "models" / "smollm2"))

# The tests' environment is the same on every machine, under every shell, locale and proxy, and with or without CI: of
# the variables only what it takes to start programs (on Windows, too), to reach the screen, a card and pytest is kept.
# It is set here, before any library is imported that looks at it.
_KEPT = re.compile(
    r"(?i)PATH|PATHEXT|COMSPEC|SYSTEMROOT|SYSTEMDRIVE|WINDIR|PROGRAMFILES.*|(LOCAL)?APPDATA|TMPDIR|TE?MP|USER|LOGNAME|"
    r"DISPLAY|XAUTHORITY|XDG_RUNTIME_DIR|XDG_SESSION_TYPE|DBUS_SESSION_BUS_ADDRESS|"
    r"LD_LIBRARY_PATH|(CUDA|NVIDIA|PYTEST|COV|COVERAGE)_.*|VIRTUAL_ENV|PYTHON(PATH|HOME)"
)
_SET = {
    "HOME": SESSION_HOME.name,
    "USERPROFILE": SESSION_HOME.name,  # the home on Windows
    "COACH_HOME": SESSION_HOME.name,  # for fixtures of a wider scope; every test gets a folder of its own
    "XDG_RUNTIME_DIR": os.environ.get("XDG_RUNTIME_DIR", SESSION_HOME.name),  # Qt and D-Bus warn without one
    "LC_ALL": "C.UTF-8",  # Qt warns about any other encoding
    "TZ": "UTC",
    "COLUMNS": "80",  # of the help pages
    "HF_HUB_OFFLINE": "1",
    "TRANSFORMERS_OFFLINE": "1",
}
for _name in [name for name in os.environ if not _KEPT.fullmatch(name)]:
    del os.environ[_name]
os.environ.update(_SET)
if hasattr(time, "tzset"):
    time.tzset()


# Where tests are run in the background, a shell may have had Ctrl+C ignored, and nohup the end of the terminal, which
# programs that are started inherit.
signal.signal(signal.SIGINT, signal.default_int_handler)
if hasattr(signal, "SIGHUP"):
    signal.signal(signal.SIGHUP, signal.SIG_DFL)

# The same examples in every run, however slow the machine is.
hypothesis.settings.register_profile("coach", deadline=None, derandomize=True)
hypothesis.settings.load_profile("coach")


class _NetworkGuard:
    """Refuses every connection beyond this machine and remembers who tried."""

    def __init__(self) -> None:
        self.refused: list[str] = []

    def install(self) -> None:
        for name in ("connect", "connect_ex", "sendto"):
            setattr(socket.socket, name, self._guarded(getattr(socket.socket, name)))
        socket.getaddrinfo = self._guarded_lookup(socket.getaddrinfo)

    def _check(self, host: object) -> None:
        name = host.decode() if isinstance(host, bytes) else host
        if name in (None, "", "localhost", "::1") or (isinstance(name, str) and name.startswith("127.")):
            return
        self.refused.append(str(name))
        raise ConnectionRefusedError(f"Tests reach nothing beyond this machine, but {name} was asked for.")

    def _guarded(self, method: Callable[..., Any]) -> Callable[..., Any]:
        def guarded(sock: socket.socket, *args: Any) -> Any:
            if sock.family in (socket.AF_INET, socket.AF_INET6):
                self._check(args[-1][0])
            return method(sock, *args)

        return guarded

    def _guarded_lookup(self, lookup: Callable[..., Any]) -> Callable[..., Any]:
        def guarded(host: object, *args: Any, **options: Any) -> Any:
            self._check(host)
            return lookup(host, *args, **options)

        return guarded


_network = _NetworkGuard()


# transformers keeps its log to itself (but where CI is set): its warnings are listened to there.
_LOGGERS = (logging.getLogger(), logging.getLogger("transformers"))


_UNSHOWN = ("This plugin does not support propagateSizeHints()",)
"""What Qt says of windows that are on no screen, whenever it gets round to it."""


_SOMETIMES = ("mtime may not be reliable on this filesystem",)
"""What transformers says when two checkpoints are saved within one tick of the clock."""


class _Warnings(logging.Handler):
    """Collects logged warnings and worse, and Qt's; knows which of them the test expects."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.texts: list[str] = []
        self.expected: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if not record.getMessage().startswith(_SOMETIMES):
            self.texts.append(f"{record.levelname} {record.name}: {record.getMessage()}")

    def complaints(self) -> list[str]:
        """Warnings that were not expected, and expected ones that never came."""
        unexpected = [text for text in self.texts if not any(re.search(wanted, text) for wanted in self.expected)]
        missing = [wanted for wanted in self.expected if not any(re.search(wanted, text) for text in self.texts)]
        return [f"unexpected warning: {text}" for text in unexpected] + [f"no such warning: {text}" for text in missing]


def pytest_configure() -> None:
    _network.install()


def pytest_unconfigure() -> None:
    SESSION_HOME.cleanup()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    kinds = {item.path.relative_to(Path(__file__).parent).parts[0] for item in items}
    if {"unit", "gui"} <= kinds:
        raise pytest.UsageError("Run tests/unit and tests/gui apart, as make test does: a process has one Qt platform.")


@pytest.fixture(autouse=True)
def coach_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The test's own user folders (settings, history, logs); not created yet."""
    home = tmp_path / "coach-home"
    monkeypatch.setenv("COACH_HOME", str(home))
    return home


@pytest.fixture
def smollm2(coach_home: Path) -> Path:
    """The folder of the real text model, which is here as after the set-up; without it the test is skipped."""
    got, folder = Path(os.environ["PYTEST_SMOLLM2"]), data_dir() / "models" / "smollm2"
    if not got.is_dir():
        pytest.skip("SmolLM2 is not on this computer; get it with: coach models get smollm2")
    folder.parent.mkdir(parents=True)
    folder.symlink_to(got, target_is_directory=True)
    return folder


@pytest.fixture(autouse=True)
def _warnings() -> Iterator[_Warnings]:
    warnings = _Warnings()
    for logger in _LOGGERS:
        logger.addHandler(warnings)
    qt = sys.modules.get("PySide6.QtCore")
    if qt is not None:
        harmless = (qt.QtMsgType.QtDebugMsg, qt.QtMsgType.QtInfoMsg)

        def collect(kind: object, _context: object, text: str) -> None:
            if kind not in harmless and text not in _UNSHOWN:
                warnings.texts.append(f"WARNING Qt: {text}")

        earlier = qt.qInstallMessageHandler(collect)
    yield warnings
    if qt is not None:
        qt.qInstallMessageHandler(earlier)
    for logger in _LOGGERS:
        logger.removeHandler(warnings)
    if complaints := warnings.complaints():
        pytest.fail("\n".join(complaints), pytrace=False)


@pytest.fixture
def expect_warning(_warnings: _Warnings) -> Callable[[str], None]:
    """Say that the test provokes a warning: ``expect_warning(pattern)``, searched in "LEVEL logger: message"."""
    return _warnings.expected.append


def _children() -> set[psutil.Process]:
    if hasattr(os, "waitid"):
        try:  # asking the system is quick, while psutil looks through all processes; hardly a test has any
            os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT)
        except ChildProcessError:
            return set()
    return {
        child
        for child in psutil.Process().children(recursive=True)
        # One helper of multiprocessing lives as long as the process that started it.
        if not any("multiprocessing.resource_tracker" in word for word in _command(child))
    }


def _command(process: psutil.Process) -> list[str]:
    try:
        return list(process.cmdline())
    except psutil.Error:
        return []


@pytest.fixture(autouse=True)
def _nothing_left_over() -> Iterator[None]:
    threads, children = set(threading.enumerate()), _children()
    _network.refused.clear()
    yield
    deadline = time.monotonic() + LEFTOVER_GRACE_S
    while left := [*(set(threading.enumerate()) - threads), *(_children() - children)]:
        if time.monotonic() > deadline:
            break
        time.sleep(0.02)
    for item in left:
        if isinstance(item, psutil.Process):
            item.kill()
    if left:
        pytest.fail(f"left running after the test: {left}", pytrace=False)
    if _network.refused:
        pytest.fail(f"tried to reach {', '.join(_network.refused)}", pytrace=False)
