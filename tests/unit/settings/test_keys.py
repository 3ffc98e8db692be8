"""Keys of servers, in the keyring and in the environment."""

import keyring
import pytest
from keyring.backends.fail import Keyring as NoKeyring

from coach_app.domain.errors import CoachError
from coach_app.settings import keys
from tests.fakes.system_keyring import MemoryKeyring

SERVER = "http://coach.lan:8000/v1"


def test_a_key_is_kept_replaced_and_removed(system_keyring: MemoryKeyring) -> None:
    # GIVEN a key that was entered with the line end of a copy
    keys.keep_key(SERVER, " sk-1\n")
    # THEN it is there for this server, whatever the path, and nowhere else
    assert keys.read_key("http://coach.lan:8000/other", kept=True) == "sk-1"
    with pytest.raises(CoachError, match=r"no key for http://coach.lan:9000"):
        keys.read_key("http://coach.lan:9000/v1", kept=True)
    # WHEN it is replaced, removed, and removed again THEN so it is
    keys.keep_key(SERVER, "sk-2")
    assert system_keyring.secrets == {("coach", "http://coach.lan:8000"): "sk-2"}
    keys.keep_key(SERVER, "")
    keys.keep_key(SERVER, "")
    assert system_keyring.secrets == {}


def test_the_keyring_is_not_touched_where_no_key_was_kept(system_keyring: MemoryKeyring) -> None:
    # GIVEN a key in the keyring WHEN none is said to be there THEN none is looked for
    keys.keep_key(SERVER, "sk-1")
    assert keys.read_key(SERVER, kept=False) == ""
    assert keys.has_key(True)
    assert not keys.has_key(False)


def test_the_environment_goes_first(system_keyring: MemoryKeyring, monkeypatch: pytest.MonkeyPatch) -> None:
    # GIVEN a key in both places WHEN read THEN the environment's counts
    keys.keep_key(SERVER, "sk-1")
    monkeypatch.setenv(keys.VARIABLE, "sk-env")
    assert keys.read_key(SERVER, kept=True) == "sk-env"
    assert keys.has_key(False)


def test_without_a_keyring_the_other_way_is_told(system_keyring: MemoryKeyring) -> None:
    # GIVEN a system without a keyring WHEN a key is to be kept or read THEN the sentence names the variable
    keyring.set_keyring(NoKeyring())  # type: ignore[no-untyped-call]
    for attempt in (lambda: keys.keep_key(SERVER, "sk-1"), lambda: keys.read_key(SERVER, kept=True)):
        with pytest.raises(CoachError, match="no keyring") as failure:
            attempt()
        assert keys.VARIABLE in failure.value.remedy


@pytest.mark.parametrize("key", ["sk with spaces", "schlüssel", "a\nb"])
def test_what_cannot_be_a_key_is_refused(key: str, system_keyring: MemoryKeyring) -> None:
    # GIVEN something else that was copied WHEN it is entered THEN it is refused, and not repeated
    with pytest.raises(CoachError, match="not a key") as failure:
        keys.keep_key(SERVER, key)
    assert key not in str(failure.value)
    assert system_keyring.secrets == {}
