"""Programs with no network but the loopback, and a list of what they tried to reach all the same."""

import re
import subprocess
from collections.abc import Iterable
from pathlib import Path

import pytest

# Whoever starts it stays the user that they are, as the screen and D-Bus know them, and may switch the loopback on.
_ALONE = ("unshare", "--user", "--map-current-user", "--net", "--keep-caps")
_LOOPBACK = ("sh", "-c", 'ip link set lo up; exec "$@"', "sh")
# Stops the program only at these calls. What sends without an address has been connected before.
_TRACED = ("strace", "-f", "-qq", "--seccomp-bpf", "-e", "trace=connect,sendto,sendmsg,sendmmsg", "-e", "signal=none")
_ADDRESS = re.compile(
    r"sa_family=AF_INET6?, sin6?_port=htons\((?P<port>\d+)\),.*?"
    r'(?:inet_addr\("|inet_pton\(AF_INET6, ")(?P<host>[0-9a-fA-F.:]+)"'
)
_RESOLVER = re.compile(r'sun_path="(?P<path>[^"]*(?:systemd/resolve|avahi-daemon)[^"]*)"')
_LOOK_UPS = {53, 853, 5353, 5355}
"""The ports of DNS, DNS over TLS, mDNS and LLMNR."""


def isolated(command: Iterable[str | Path], trace: Path) -> list[str]:
    """The command line that runs a command in a network namespace of its own and writes down its calls.

    Args:
        command: the program and its arguments.
        trace: the file for `reached`, which also covers all processes that the program starts.
    """
    return [*_ALONE, *_LOOPBACK, *_TRACED, "-o", str(trace), *map(str, command)]


def reached(trace: str) -> set[str]:
    """What programs tried to reach, whether or not they could: ``address:port``, and look-ups of names.

    Args:
        trace: contents of the file of `isolated`.
    """
    found = set()
    for line in trace.splitlines():
        for match in _ADDRESS.finditer(line):
            host = f"[{match['host']}]" if ":" in match["host"] else match["host"]
            kind = "look-up at " if int(match["port"]) in _LOOK_UPS else ""
            found.add(f"{kind}{host}:{match['port']}")
        found |= {f"look-up at {match['path']}" for match in _RESOLVER.finditer(line)}
    return found


def skip_unless_possible(folder: Path) -> None:
    """Skip the test, and say why, where the system lets nobody have a network of their own, or trace programs."""
    try:
        tried = subprocess.run(isolated(["true"], folder / "tried"), capture_output=True, text=True, check=False)
        reason = tried.stderr.strip() if tried.returncode else ""
    except OSError as error:
        reason = str(error)
    if reason:
        pytest.skip(f"PRIVACY NOT PROVED: no network of its own (unshare) or no tracing (strace) here: {reason}")
