"""Game questions, as the app asks them: with the adapter of the game's profile."""

import asyncio
import os
import signal
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest

from coach_app.advisor import game_questions
from coach_app.advisor.game_questions import GameQuestionAdvisor
from coach_app.advisor.text import TextAdvisor
from coach_app.domain.errors import CoachError
from coach_app.domain.profile import GameProfile
from coach_app.host.client import EngineClient
from coach_app.host.life import EnginePhase
from coach_app.host.messages import Answered
from tests.fakes.engine import command
from tests.fakes.models import build_adapter, build_text

QUESTION = "How do I deal with Peach's turnips as Falco?"


def profile(adapter: Path | str) -> GameProfile:
    return GameProfile(id="melee", title="Melee", prompt="What now?", adapter=str(adapter), ask_about="game")


async def test_the_model_is_loaded_at_the_first_question_and_survives_the_engine(
    tmp_path: Path, expect_warning: Callable[[str], None]
) -> None:
    # GIVEN an adapter, and an engine without any text model
    adapter = build_adapter(tmp_path / "tips", build_text(tmp_path / "base"), 1)
    async with EngineClient() as client:
        advisor = GameQuestionAdvisor(client)
        with pytest.raises(CoachError):
            await client.ask_text("Q: Why?\nA: ")

        # WHEN a question is asked THEN it is answered, from the guide about just that
        answer = await advisor.answer(QUESTION, profile(adapter), lambda words: None)
        assert (answer.model, answer.question, answer.move) == ("base + tips", QUESTION, None)
        assert answer.sources[0].title.startswith("Falco against Peach")
        assert answer.text == answer.sources[0].text  # random letters are no answer
        assert answer.quoted

        # WHEN the engine is killed, and another one asked THEN it is answered as well
        expect_warning("The coach's engine has stopped")
        assert client.pid
        os.kill(client.pid, signal.SIGKILL)
        again = await advisor.answer(QUESTION, profile(adapter), lambda words: None)
        assert again.text == answer.text
        await advisor.close()


async def test_an_adapter_that_is_not_here_is_looked_for_again_at_the_next_question(tmp_path: Path) -> None:
    # GIVEN a profile whose adapter is not installed
    async with EngineClient(command=command(tmp_path)) as client:
        advisor = GameQuestionAdvisor(client)
        wanted = profile(tmp_path / "tips")
        # WHEN a question is asked THEN the remedy says how to get one, twice
        for _ in range(2):
            with pytest.raises(CoachError, match="There is no text adapter") as caught:
                await advisor.answer(QUESTION, wanted, lambda words: None)
            assert "coach models add" in caught.value.remedy
        # WHEN it is there THEN it is used
        build_adapter(tmp_path / "tips", build_text(tmp_path / "base"), 1)
        assert (await advisor.answer(QUESTION, wanted, lambda words: None)).sources
        await advisor.close()


async def test_a_question_taken_back_while_loading_leaves_the_engine_in_order(tmp_path: Path) -> None:
    # GIVEN a question whose model is being loaded
    adapter = build_adapter(tmp_path / "tips", build_text(tmp_path / "slow-base"), 1)
    async with EngineClient(command=command(tmp_path)) as client:
        advisor = GameQuestionAdvisor(client)
        asking = asyncio.create_task(advisor.answer(QUESTION, profile(adapter), lambda words: None))
        async with asyncio.timeout(20):
            while client.state.phase is not EnginePhase.LOADING:  # noqa: ASYNC110 - the engine's state is no event
                await asyncio.sleep(0.01)
        # WHEN it is taken back THEN the next one is answered by what was being loaded
        asking.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asking
        assert (await advisor.answer(QUESTION, profile(adapter), lambda words: None)).sources
        await advisor.close()


async def test_what_the_user_should_know_of_a_base_is_told_once(monkeypatch: pytest.MonkeyPatch) -> None:
    # GIVEN an adapter that stands on another base than the one that it names
    async def answered(prompt: str, on_words: Callable[[str], None]) -> Answered:
        return Answered(id=0, text="Crouch.", model="tiny", tokens=2, first_word_ms=1, latency_ms=1)

    async def opened(*_: object) -> TextAdvisor:
        return TextAdvisor("melee", answered, ("tiny", "tips"), note="Another base is used.")

    monkeypatch.setattr(game_questions, "open_text_advisor", opened)
    told: list[str] = []
    adapter = SimpleNamespace(wanted=lambda role: None)
    advisor = GameQuestionAdvisor(cast(EngineClient, adapter), on_note=told.append)
    # WHEN it is opened, and opened once more after another model was loaded THEN the user reads about it once
    for model in ("one", "other"):
        adapter.wanted = lambda role, model=model: model
        await advisor.answer(QUESTION, profile("melee"), lambda words: None)
    assert told == ["Another base is used."]
    await advisor.close()
