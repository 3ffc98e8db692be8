"""Unit tests know no screen and no session of a desktop; those that touch Qt do so without."""

import os
from collections.abc import Iterator

import keyring
import pytest

from tests.fakes.system_keyring import MemoryKeyring

for name in ("DISPLAY", "XAUTHORITY", "DBUS_SESSION_BUS_ADDRESS", "XDG_SESSION_TYPE"):
    os.environ.pop(name, None)
os.environ["QT_QPA_PLATFORM"] = "offscreen"


@pytest.fixture
def system_keyring() -> Iterator[MemoryKeyring]:
    """The keyring of the system, for one test."""
    before = keyring.get_keyring()
    memory = MemoryKeyring()
    keyring.set_keyring(memory)
    yield memory
    keyring.set_keyring(before)
