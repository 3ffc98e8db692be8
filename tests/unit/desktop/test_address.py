"""Addresses of servers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach_app.desktop import address
from coach_app.settings.schema import ServerSettings


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("192.168.1.5:8000", "http://192.168.1.5:8000/v1"),
        (" https://coach.lan/ ", "https://coach.lan/v1"),
        ("localhost:11434/v1/", "http://localhost:11434/v1"),
        ("http://[::1]:1234", "http://[::1]:1234/v1"),
        ("https://host/api/openai/v1", "https://host/api/openai/v1"),
    ],
)
def test_what_a_user_types_becomes_an_address(typed: str, meant: str) -> None:
    # GIVEN what a user types WHEN it is set THEN it is an address, which stays as it is
    assert ServerSettings(url=typed).url == meant
    assert address.normalised(meant) == meant


@pytest.mark.parametrize(
    "typed", ["", "http://", "ftp://host", "http://host:port", "my server", "http://me:secret@host", "http://h?key=1"]
)
def test_what_is_no_address_is_refused(typed: str) -> None:
    # GIVEN something else, or an address with a secret in it WHEN it is set THEN it is refused
    with pytest.raises(ValueError, match="address"):
        ServerSettings(url=typed)


@given(st.text(max_size=60))
def test_any_text_is_an_address_or_refused(typed: str) -> None:
    # GIVEN any text WHEN it is read as an address THEN it is one, or a ValueError says no
    try:
        meant = address.normalised(typed)
    except ValueError:
        return
    assert address.normalised(meant) == meant
    assert address.origin(meant).endswith(address.place(meant))
    assert address.is_this_computer(meant) in (True, False)
