"""The client with the real engine and tiny real models."""

import os
import signal
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from coach_app.advisor.engine_client import EngineClient, EnginePhase, EngineState

IMAGE = Image.effect_mandelbrot((160, 192), (-2, -1.5, 1, 1.5), 40).convert("RGB")


@pytest.mark.timeout(400)  # starts torch three times, and other work may be going on
async def test_a_real_engine_killed_in_the_middle_of_answers_goes_on(
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

        for _ in range(2):
            said: list[str] = []

            def words(text: str, said: list[str] = said) -> None:
                said.append(text)
                if len(said) == 2:
                    assert client.pid is not None
                    os.kill(client.pid, signal.SIGKILL)

            # WHEN it is killed while it answers
            answered = await client.ask(IMAGE, "Where?", words, max_new_tokens=80)

            # THEN the answer is complete and no word was said twice
            assert answered.text == undisturbed.text == "".join(said)

        # AND the translator is back too
        assert await client.translate("Move the cat up.") == japanese
        assert [state.phase for state in states].count(EnginePhase.RESTARTING) == 2
