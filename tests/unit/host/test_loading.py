"""A model whose load does not end: it can be given up, another one can be chosen, and there is a deadline."""

import asyncio
import logging
from dataclasses import replace
from pathlib import Path

import psutil
import pytest

from coach_app.domain.errors import CoachError
from coach_app.host.life import EnginePhase
from coach_app.host.requests import LoadingCancelled
from tests.unit.host.kit import ANSWER, IMAGE, PATIENT, Kit, until


def is_stuck(kit: Kit) -> bool:
    return any(state.sentence.endswith("40 %") for state in kit.states)


async def test_progress_is_told_in_steps(tmp_path: Path) -> None:
    # GIVEN an engine WHEN a model is being loaded
    kit = Kit(tmp_path)
    async with kit.client as client:
        loading = asyncio.create_task(client.load(tmp_path / "stuck", title="Stuck 7B"))
        await until(lambda: is_stuck(kit))
        # THEN its name and how far it is are told
        sentences = [state.sentence for state in kit.states if state.phase is EnginePhase.LOADING]
        assert sentences == ["Loading Stuck 7B…", "Loading Stuck 7B… 40 %"]
        loading.cancel()
        await asyncio.wait([loading])


@pytest.mark.parametrize("before", ["", "coach"])
async def test_a_load_can_be_cancelled(tmp_path: Path, before: str) -> None:
    # GIVEN an engine with or without a model, which hangs as it loads another one
    kit = Kit(tmp_path)
    async with kit.client as client:
        if before:
            await client.load(tmp_path / before)
        loading = asyncio.create_task(client.load(tmp_path / "stuck"))
        await until(lambda: is_stuck(kit))
        pid = client.pid
        assert pid is not None
        # WHEN that is cancelled
        client.cancel_loading()
        # THEN whoever waits for it is told, and its process is gone
        with pytest.raises(LoadingCancelled):
            await loading
        await until(lambda: kit.phases[-1] is (EnginePhase.READY if before else EnginePhase.FAILED))
        assert not psutil.pid_exists(pid)
        # THEN the one before is in use again, or another one can be loaded
        if not before:
            await client.load(tmp_path / "other")
        assert (await client.ask(IMAGE, "words")).text == ANSWER
        assert kit.log().count("load vision stuck") == 1


async def test_another_model_takes_the_place_of_one_that_is_being_loaded(tmp_path: Path) -> None:
    # GIVEN an engine with a model and a translator, which hangs as it loads another model
    kit = Kit(tmp_path)
    async with kit.client as client:
        await client.load(tmp_path / "coach")
        await client.load(tmp_path / "ja", "translator")
        stuck = asyncio.create_task(client.load(tmp_path / "stuck"))
        await until(lambda: is_stuck(kit))
        # WHEN two others are chosen, one after the other
        second = asyncio.create_task(client.load(tmp_path / "stuck-too"))
        await asyncio.sleep(0)
        await client.load(tmp_path / "other")
        # THEN the last one is loaded, the ones before are not waited for, and what else there was is there
        for given_up in (stuck, second):
            with pytest.raises(LoadingCancelled):
                await given_up
        wanted = client.wanted("vision")
        assert wanted
        assert wanted.folder == tmp_path / "other"
        assert kit.phases[-1] is EnginePhase.READY
        assert (await client.ask(IMAGE, "words")).text == ANSWER
        assert await client.translate("Up.") == "訳: Up."


async def test_a_load_has_a_deadline(tmp_path: Path) -> None:
    # GIVEN an engine with a model that waits for little, and a question that came while it loads another one
    kit = Kit(tmp_path, replace(PATIENT, loading_stalled_after_s=4.0))
    async with kit.client as client:
        await client.load(tmp_path / "coach")
        loading = asyncio.create_task(client.load(tmp_path / "stuck"))
        await until(lambda: is_stuck(kit))
        asking = asyncio.create_task(client.ask(IMAGE, "words"))
        # WHEN the load gets no further THEN it fails with a sentence, once, and the question is answered
        with pytest.raises(CoachError, match="no progress for"):
            await loading
        assert (await asking).text == ANSWER
        assert kit.log().count("load vision stuck") == 1
        wanted = client.wanted("vision")
        assert wanted
        assert wanted.folder == tmp_path / "coach"


async def test_a_model_that_hangs_as_it_is_loaded_again_is_given_up(tmp_path: Path) -> None:
    # GIVEN a sleeping engine whose model will hang
    kit = Kit(tmp_path, replace(PATIENT, loading_stalled_after_s=4.0))
    async with kit.client as client:
        client.sleep()
        await until(lambda: kit.phases[-1] is EnginePhase.ASLEEP)
        await client.load(tmp_path / "stuck")
        # WHEN it wakes up THEN that fails, once, and another model can be chosen
        with pytest.raises(CoachError, match="no progress for"):
            await client.ask(IMAGE, "words")
        assert kit.phases[-1] is EnginePhase.FAILED
        await client.load(tmp_path / "other")
        assert (await client.ask(IMAGE, "words")).text == ANSWER
        assert kit.log().count("load vision stuck") == 1


async def test_one_that_is_being_woken_up_gives_way(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    # GIVEN an engine that hangs as it wakes up
    caplog.set_level(logging.INFO)
    kit = Kit(tmp_path)
    async with kit.client as client:
        client.sleep()
        await until(lambda: kit.phases[-1] is EnginePhase.ASLEEP)
        await client.load(tmp_path / "stuck")
        client.wake()
        await until(lambda: "load vision stuck" in kit.log())
        # WHEN another model is chosen THEN that one answers
        await client.load(tmp_path / "other")
        assert (await client.ask(IMAGE, "words")).text == ANSWER
        assert EnginePhase.FAILED not in kit.phases
