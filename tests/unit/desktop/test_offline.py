"""The hard offline switch: the door itself refuses, whoever asks, and reads the switch as the settings save it."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from coach_app.desktop import network
from coach_app.desktop.ledger import ledger
from coach_app.desktop.offline import is_offline
from coach_app.domain.errors import CoachError
from coach_app.settings.schema import Settings
from coach_app.settings.store import save, settings_file
from tests.fakes.openai import openai_server, saying


async def _asked(url: str) -> int:
    async with network.async_client("server", timeout=5) as client:
        return (await client.get(url)).status_code


async def _asked_from_thread(url: str) -> int:
    def ask() -> int:
        with network.client("download", timeout=5) as client:
            return client.get(url).status_code

    return await asyncio.to_thread(ask)


@pytest.mark.parametrize("ask", [_asked, _asked_from_thread])
@pytest.mark.parametrize("url", ["https://huggingface.co/x", "http://192.168.1.5:8000/v1", "http://my-own-server/v1"])
async def test_offline_the_door_refuses_every_other_computer(url: str, ask: Callable[[str], Awaitable[int]]) -> None:
    # GIVEN “Stay offline”, saved by the settings
    save(Settings().with_value("general", "offline", True), settings_file())
    # WHEN anything asks another computer, the user's own servers included
    with pytest.raises(CoachError) as refused:
        await ask(url)
    # THEN one sentence says so, and nothing was sent
    assert "stay offline" in refused.value.message
    assert ledger().entries() == []


@pytest.mark.parametrize("ask", [_asked, _asked_from_thread])
async def test_offline_this_computer_is_asked_all_the_same(ask: Callable[[str], Awaitable[int]]) -> None:
    # GIVEN “Stay offline” and a server on this computer
    save(Settings().with_value("general", "offline", True), settings_file())
    async with openai_server(saying("Up.")) as server:
        # WHEN it is asked THEN it answers
        assert await ask(f"{server.url}/models") == 200


def test_the_switch_is_read_anew_each_time() -> None:
    # GIVEN no settings THEN the coach is online
    assert not is_offline()
    # WHEN the switch is turned on and off again THEN that counts at once
    for wanted in (True, False):
        save(Settings().with_value("general", "offline", wanted), settings_file())
        assert is_offline() is wanted


@pytest.mark.parametrize("content", [b"offline = tru", b"\xff", b"general = 1", b'[general]\noffline = "perhaps"'])
def test_unreadable_settings_count_as_offline(content: bytes) -> None:
    # GIVEN settings that may have said “Stay offline”
    settings_file().parent.mkdir(parents=True)
    settings_file().write_bytes(content)
    # WHEN it is asked THEN it counts as on, and that is said
    sentences: list[str] = []
    assert is_offline(sentences.append)
    assert "cannot be read" in sentences[0]
