"""The client against an engine that crashes, hangs, runs out of memory or talks nonsense on demand."""

import asyncio
import contextlib
import gc
import logging
import random
import sys
import tracemalloc
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from coach_app.domain.errors import CoachError
from coach_app.host import supervisor
from coach_app.host.life import EnginePhase
from coach_app.host.supervisor import Patience
from tests.fakes.engine import SLOW_WORDS, VALUED
from tests.unit.host.kit import ANSWER, IMAGE, PATIENT, Kit, until

IMPATIENT = Patience(heartbeat_s=0.1, hung_after_s=1.5, stalled_after_s=1.5, backoff_s=(0.0,) * 5, stop_s=5.0)
KILLS = 24
# The moments at which it is killed, each as often as the others, and how long after their beginning in seconds.
MAX_S = {"loading": 0.06, "looking": 0.02, "answering": 0.3, "unloading": 0.001}
DEATH = "engine (has stopped|is not responding|sent something)|It does not fit"

ExpectWarning = Callable[[str], None]


async def test_killed_in_the_middle_of_an_answer_it_goes_on(tmp_path: Path, expect_warning: ExpectWarning) -> None:
    # GIVEN an engine with two models
    expect_warning(DEATH)
    kit = Kit(tmp_path)
    async with kit.client as client:
        await client.load(tmp_path / "coach")
        await client.load(tmp_path / "ja", "translator")
        for _ in range(3):
            said: list[str] = []
            killed = False

            def words(text: str, said: list[str] = said) -> None:
                nonlocal killed
                said.append(text)
                if len(said) == 3 and not killed:
                    killed = True
                    kit.kill()

            # WHEN it is killed while it answers
            asking = asyncio.create_task(client.ask(IMAGE, "slow", words))
            await until(lambda: len(said) > 6)  # noqa: B023
            asking.cancel()
            await asyncio.wait([asking])

            # THEN the answer goes on where it broke off
            assert said == SLOW_WORDS[: len(said)]

        # AND both models were loaded again each time, and it says so
        assert kit.log().count("load vision coach") == 4
        assert kit.log().count("load translator ja") == 4
        assert kit.phases.count(EnginePhase.RESTARTING) == 3
        assert kit.phases[-1] is EnginePhase.READY
        assert EnginePhase.FAILED not in kit.phases
        assert all(state.sentence for state in kit.states if state.phase is EnginePhase.RESTARTING)
        assert (await client.ask(IMAGE, "words")).text == ANSWER


@pytest.mark.timeout(600)  # some seconds where the machine has nothing else to do
async def test_killed_at_random_moments_it_answers_each_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the fake engine, which starts in a third of a second; the real one is killed in test_client_and_engine."""
    # GIVEN an engine with two models; what is logged of each death stays with pytest, and would be taken for growth
    monkeypatch.setattr(supervisor.logger, "disabled", True)
    kit = Kit(tmp_path)
    process, chance = psutil.Process(), random.Random(4)
    sizes: list[tuple[int, int, int]] = []
    done: Counter[str] = Counter()
    async with kit.client as client:
        await client.load(tmp_path / "slow-coach")
        await client.load(tmp_path / "ja", "translator")
        tracemalloc.start()
        for _ in range(20 * KILLS):
            missing = [moment for moment in MAX_S if done[moment] < KILLS // len(MAX_S)]
            if not missing:
                break
            moment = chance.choice(missing)
            work = asyncio.create_task(
                client.load(tmp_path / chance.choice(["slow-coach", "slow-other"]))
                if moment == "loading"
                else client.ask(IMAGE, "slow")
            )
            if moment == "unloading":
                await asyncio.sleep(chance.uniform(0, 0.05))
                client.sleep()
            # WHEN it is killed at some moment of loading, looking, answering or unloading
            await asyncio.sleep(chance.uniform(0, MAX_S[moment]))
            with contextlib.suppress(ProcessLookupError, AssertionError):  # it has ended by itself
                kit.kill()
                done[moment] += 1
            work.cancel()
            await asyncio.wait([work])

            # THEN it answers
            assert (await client.ask(IMAGE, "words")).text == ANSWER
            kit.states.clear()
            gc.collect()
            size, _ = tracemalloc.get_traced_memory()
            sizes.append((size, process.memory_info().rss, process.num_fds()))
        tracemalloc.stop()

        # AND both models are there, each moment came, and nothing has grown in this process
        assert await client.translate("Move.") == "訳: Move."
    assert done == dict.fromkeys(MAX_S, KILLS // len(MAX_S))
    after_a_while, at_the_end = sizes[KILLS // 4], sizes[-1]
    assert at_the_end[0] - after_a_while[0] < 100_000
    assert at_the_end[1] - after_a_while[1] < 8_000_000
    assert at_the_end[2] <= after_a_while[2]


@pytest.mark.parametrize("trouble", ["die", "garbage", "oom", "hang", "stall"])
async def test_what_the_engine_broke_off_is_asked_again(
    tmp_path: Path, expect_warning: ExpectWarning, trouble: str
) -> None:
    # GIVEN a request at which the engine fails the first time
    expect_warning(DEATH)
    kit = Kit(tmp_path, IMPATIENT if trouble in ("hang", "stall") else PATIENT)
    said: list[str] = []
    async with kit.client as client:
        await client.load(tmp_path / "coach")

        # WHEN it is asked
        answered = await client.ask(IMAGE, f"{trouble}-once", said.append)

    # THEN the answer is complete, no word was said twice, and the user was told of the restart
    assert answered.text == "".join(said) == ANSWER
    assert EnginePhase.RESTARTING in kit.phases
    assert kit.phases[-1] is EnginePhase.READY


@pytest.mark.parametrize(("trouble", "sentence"), [("die", "has stopped"), ("oom", "does not fit")])
async def test_a_request_that_takes_the_engine_down_twice_fails_alone(
    tmp_path: Path, expect_warning: ExpectWarning, trouble: str, sentence: str
) -> None:
    # GIVEN a request that the engine never survives
    expect_warning(DEATH)
    kit = Kit(tmp_path)
    async with kit.client as client:
        await client.load(tmp_path / "coach")

        # WHEN it is asked
        with pytest.raises(CoachError, match=sentence) as failure:
            await client.ask(IMAGE, trouble)

        # THEN it fails with a sentence and a remedy after two tries, and the next request is served
        assert failure.value.remedy
        assert kit.log().count(f"ask {trouble} 40x30") == 2
        assert (await client.ask(IMAGE, "words")).text == ANSWER


async def test_a_picture_that_does_not_fit_is_looked_at_in_less_detail(
    tmp_path: Path, expect_warning: ExpectWarning
) -> None:
    # GIVEN a model that has room for the least detail only
    expect_warning(DEATH)
    kit = Kit(tmp_path)
    details: Callable[[], list[str]] = lambda: [line for line in kit.log() if line.startswith("detail")]  # noqa: E731
    async with kit.client as client:
        await client.load(tmp_path / "coach")

        # WHEN it is asked in one step more / THEN the second try fits, it is said, and no word is said twice
        said: list[str] = []
        assert (await client.ask(IMAGE, "greedy", said.append, detail="wide")).text == ANSWER == "".join(said)
        told = next(state for state in kit.states if state.phase is EnginePhase.RESTARTING)
        assert told.sentence == "It does not fit. From now on the coach looks at pictures in less detail."
        # AND the next question is asked like this at once
        await client.ask(IMAGE, "greedy", detail="wide")
        assert details() == ["detail wide", "detail base", "detail base"]

        # WHEN two steps less are needed / THEN it is tried once, the choices are said, and the next one is answered
        await client.load(tmp_path / "other")
        with pytest.raises(CoachError, match=r"It does not fit\. Buy more\."):
            await client.ask(IMAGE, "greedy", detail="full")
        assert (await client.ask(IMAGE, "greedy", detail="full")).text == ANSWER
        assert details()[3:] == ["detail full", "detail wide", "detail base"]


async def test_a_model_that_does_not_fit_is_tried_once_more_in_a_fresh_process(
    tmp_path: Path, expect_warning: ExpectWarning
) -> None:
    # GIVEN a loaded model
    expect_warning(DEATH)
    kit = Kit(tmp_path)
    async with kit.client as client:
        await client.load(tmp_path / "coach")

        # WHEN one does not fit beside what the process held / THEN it is loaded by the next one
        await client.load(tmp_path / "big-once")
        assert kit.phases[-1] is EnginePhase.READY
        assert "load vision coach" not in kit.log()[1:]

        # WHEN one never fits / THEN that is said with the choices, and the one before is in use
        with pytest.raises(CoachError, match=r"It does not fit\. Buy more\."):
            await client.load(tmp_path / "big")
        assert kit.log()[-1] == "load vision big-once"
        assert kit.phases[-1] is EnginePhase.READY
        assert (await client.ask(IMAGE, "words")).text == ANSWER


async def test_an_engine_that_always_crashes_is_given_up_until_retried(
    tmp_path: Path, expect_warning: ExpectWarning, caplog: pytest.LogCaptureFixture
) -> None:
    # GIVEN an engine that works, and a log as players have it
    caplog.set_level(logging.INFO)
    expect_warning("engine has stopped")
    expect_warning("was told to crash")
    kit = Kit(tmp_path)
    async with kit.client as client:
        await client.load(tmp_path / "coach")

        # WHEN it dies, and from then on at every start
        (tmp_path / "crash").touch()
        kit.kill()
        await until(lambda: kit.phases[-1] is EnginePhase.FAILED)

        # THEN it was started again as often as patience says, and requests fail at once
        assert kit.log().count("crash") == len(PATIENT.backoff_s)
        with pytest.raises(CoachError, match="did not help"):
            await client.ask(IMAGE, "words")
        assert "engine: The fake engine was told to crash." in caplog.messages

        # AND a retry brings it back with its model
        (tmp_path / "crash").unlink()
        client.retry()
        assert (await client.ask(IMAGE, "words")).text == ANSWER
        assert kit.log().count("load vision coach") == 2


async def test_a_model_that_kills_the_engine_is_given_up_for_the_old_one(
    tmp_path: Path, expect_warning: ExpectWarning
) -> None:
    # GIVEN a loaded model
    expect_warning(DEATH)
    kit = Kit(tmp_path)
    async with kit.client as client:
        await client.load(tmp_path / "coach")

        # WHEN loading another one kills the engine each time (the system's out-of-memory killer, for instance)
        with pytest.raises(CoachError):
            await client.load(tmp_path / "dies")

        # THEN the old one is back
        assert kit.log()[-1] == "load vision coach"
        assert kit.phases[-1] is EnginePhase.READY
        assert (await client.ask(IMAGE, "words")).text == ANSWER


async def test_a_restarted_engine_has_its_q_network_again(tmp_path: Path, expect_warning: ExpectWarning) -> None:
    # GIVEN an engine with a vision model and a Q-network, loaded in the other order
    kit = Kit(tmp_path)
    async with kit.client as client:
        await client.load(tmp_path / "grid-q", "qvalues")
        await client.load(tmp_path / "coach")
        before = await client.value(IMAGE)

        # WHEN it is killed / THEN it loads both again, the vision model first, and gives values as before
        expect_warning(DEATH)
        pid = client.pid
        kit.kill()
        await until(lambda: client.pid not in (None, pid))
        after = await client.value(IMAGE)
    assert before.values == after.values == VALUED.values
    assert kit.log()[-3:] == ["load vision coach", "load qvalues grid-q", "value 40x30"]


PARENT = """
import asyncio, sys
from coach_app.host.client import EngineClient
async def main():
    async with EngineClient() as client:
        print(client.pid, flush=True)
        await asyncio.sleep(3600)
asyncio.run(main())
"""


async def test_the_real_engine_ends_when_its_parent_is_killed() -> None:
    # GIVEN a parent with an engine
    parent = await asyncio.create_subprocess_exec(sys.executable, "-c", PARENT, stdout=asyncio.subprocess.PIPE)
    assert parent.stdout is not None
    engine = psutil.Process(int(await parent.stdout.readline()))

    # WHEN the parent is killed
    parent.kill()
    await parent.wait()

    # THEN the engine ends by itself
    await until(lambda: not engine.is_running() or engine.status() == psutil.STATUS_ZOMBIE)
    await parent.stdout.read()


async def test_a_text_model_that_kills_the_engine_leaves_the_coach_in_use(
    tmp_path: Path, expect_warning: ExpectWarning
) -> None:
    # GIVEN a loaded model for pictures, and none for texts
    expect_warning(DEATH)
    kit = Kit(tmp_path)
    async with kit.client as client:
        await client.load(tmp_path / "coach")

        # WHEN loading one kills the engine each time
        with pytest.raises(CoachError):
            await client.load(tmp_path / "dies", "text")

        # THEN questions about pictures are answered, and it is not tried again
        assert (await client.ask(IMAGE, "words")).text == ANSWER
        assert client.wanted("text") is None
        assert kit.phases[-1] is EnginePhase.READY
