"""The client with the real engine and tiny real models."""

import asyncio
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from coach_app.host.client import EngineClient
from coach_app.host.life import EnginePhase, EngineState

IMAGE = Image.effect_mandelbrot((160, 192), (-2, -1.5, 1, 1.5), 40).convert("RGB")


def kill(client: EngineClient) -> None:
    assert client.pid is not None
    os.kill(client.pid, signal.SIGKILL)


@pytest.mark.timeout(600)  # starts torch four times, and other work may be going on
async def test_a_real_engine_killed_while_it_answers_and_while_it_loads_goes_on(
    llava: Path, marian: Path, expect_warning: Callable[[str], None]
) -> None:
    # GIVEN a real engine with both models, and what it says when it is left alone
    expect_warning("engine has stopped")
    states: list[EngineState] = []
    async with EngineClient(states.append) as client:
        await client.load(llava)
        await client.load(marian, "translator")
        undisturbed = await client.ask(IMAGE, "Where?", max_new_tokens=80)
        japanese = await client.translate("Move the cat up.")

        said: list[str] = []

        def words(text: str) -> None:
            said.append(text)
            if len(said) == 2:
                kill(client)

        # WHEN it is killed while it answers
        answered = await client.ask(IMAGE, "Where?", words, max_new_tokens=80)

        # THEN the answer is complete, no word was said twice, and the translator is back too
        assert answered.text == undisturbed.text == "".join(said)
        assert await client.translate("Move the cat up.") == japanese
        assert [state.phase for state in states].count(EnginePhase.RESTARTING) == 1

        # WHEN it is killed while it starts and loads again
        client.sleep()
        asking = asyncio.create_task(client.ask(IMAGE, "Why?", max_new_tokens=8))
        async with asyncio.timeout(100):
            while states[-1].phase is not EnginePhase.STARTING or client.pid is None:  # noqa: ASYNC110
                await asyncio.sleep(0.01)
        await asyncio.sleep(0.5)
        kill(client)

        # THEN it answers, and both models are there
        assert (await asking).text
        assert await client.translate("Move the cat up.") == japanese
        assert client.state.phase is EnginePhase.READY


@pytest.mark.timeout(400)  # starts torch twice, and other work may be going on
async def test_a_card_that_is_full_is_given_less_detail(llava: Path, expect_warning: Callable[[str], None]) -> None:
    # GIVEN the real engine, where torch says that the memory is out unless pictures are looked at in the least detail
    expect_warning("not enough memory")
    states: list[EngineState] = []
    async with EngineClient(states.append, [sys.executable, "-m", "tests.fakes.greedy_engine"]) as client:
        await client.load(llava)

        # WHEN it is asked in one step more / THEN it answers all the same, and says what it does
        answered = await client.ask(IMAGE, "Where?", max_new_tokens=8, detail="wide")
    assert answered.text
    told = next(state.sentence for state in states if state.phase is EnginePhase.RESTARTING)
    assert told.endswith("From now on the coach looks at pictures in less detail.")
