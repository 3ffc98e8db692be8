"""Unit tests that touch Qt do so without a screen."""

import os
from collections.abc import Iterator

import keyring
import pytest

from tests.fakes.system_keyring import MemoryKeyring

os.environ["QT_QPA_PLATFORM"] = "offscreen"


@pytest.fixture
def system_keyring() -> Iterator[MemoryKeyring]:
    """The keyring of the system, for one test."""
    before = keyring.get_keyring()
    memory = MemoryKeyring()
    keyring.set_keyring(memory)
    yield memory
    keyring.set_keyring(before)
