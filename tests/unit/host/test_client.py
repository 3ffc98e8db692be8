"""The client against an engine without models: asking, loading, sleeping, stopping."""

import asyncio
from pathlib import Path

import psutil
import pytest

from coach_app.domain.errors import CoachError
from coach_app.domain.sent import Sent
from coach_app.host.client import EngineClient
from coach_app.host.life import EnginePhase, EngineState
from tests.fakes.engine import WORDS, command
from tests.unit.host.kit import ANSWER, IMAGE, PATIENT, Kit, until


async def test_an_answer_comes_in_words_and_as_a_whole(tmp_path: Path) -> None:
    # GIVEN a loaded engine
    kit = Kit(tmp_path)
    said: list[str] = []
    async with kit.client as client:
        await client.load(tmp_path / "coach")

        # WHEN it is asked
        answered = await client.ask(IMAGE, "words", said.append)

    # THEN the words come one by one, are the answer together, and every state was told
    assert said == WORDS
    assert answered.text == ANSWER
    assert kit.phases == [EnginePhase.STARTING, EnginePhase.LOADING, EnginePhase.READY]
    assert kit.log() == ["load vision coach", "ask words 40x30"]


async def test_what_a_model_is_given_is_told_word_for_word(tmp_path: Path) -> None:
    # GIVEN a loaded engine, and one who is told what it is given
    told: list[Sent] = []
    async with EngineClient(command=command(tmp_path), patience=PATIENT, on_sent=told.append) as client:
        await client.load(tmp_path / "coach", title="Grid coach")
        # WHEN it is asked about a picture
        await client.ask(IMAGE.convert("RGBA"), "words")
    # THEN the picture is told as the engine got it, with the prompt, and that it stayed here
    (sent,) = told
    assert (sent.to, sent.text, sent.away) == ("Grid coach", "words", False)
    assert sent.picture
    assert (sent.picture.mode, sent.picture.size) == ("RGB", IMAGE.size)
    assert sent.picture.tobytes() == IMAGE.tobytes()


@pytest.mark.parametrize(("title", "told"), [("Grid coach", "Loading Grid coach…"), ("", "Loading coach…")])
async def test_the_title_of_a_model_is_told_while_it_is_loaded(tmp_path: Path, title: str, told: str) -> None:
    # GIVEN an engine WHEN it loads a model
    kit = Kit(tmp_path)
    async with kit.client as client:
        await client.load(tmp_path / "coach", title=title)
    # THEN its title is told; where there is none, the name of its folder
    assert [state.sentence for state in kit.states if state.phase is EnginePhase.LOADING] == [told]


async def test_a_cancelled_task_cancels_the_answer_in_the_engine(tmp_path: Path) -> None:
    # GIVEN an engine in the middle of a long answer
    kit = Kit(tmp_path)
    said: list[str] = []
    async with kit.client as client:
        task = asyncio.create_task(client.ask(IMAGE, "slow", said.append))
        await until(lambda: len(said) > 2)

        # WHEN the task is cancelled
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

        # THEN the engine hears of it, nothing more is said, and it takes the next request
        await until(lambda: any(line.startswith("cancel") for line in kit.log()))
        heard = len(said)
        assert (await client.ask(IMAGE, "words")).text == ANSWER
        assert len(said) == heard


async def test_a_program_that_is_not_there_is_said(tmp_path: Path) -> None:
    # GIVEN no engine program
    kit = Kit(tmp_path, argv=[str(tmp_path / "nothing")])

    # WHEN it is started
    with pytest.raises(CoachError, match="cannot be started"):
        await kit.client.start()

    # THEN that is a failure at once
    assert kit.phases == [EnginePhase.STARTING, EnginePhase.FAILED]
    await kit.client.stop()


async def test_a_bad_model_leaves_the_old_one_in_use(tmp_path: Path) -> None:
    # GIVEN a loaded model
    kit = Kit(tmp_path)
    async with kit.client as client:
        await client.load(tmp_path / "coach")

        # WHEN another one cannot be loaded
        with pytest.raises(CoachError, match="bad"):
            await client.load(tmp_path / "bad")

        # THEN the old one is asked for again
        assert kit.log() == ["load vision coach", "load vision bad", "load vision coach"]
        assert kit.phases[-1] is EnginePhase.READY


async def test_a_bad_first_model_is_a_failure_that_another_model_ends(tmp_path: Path) -> None:
    # GIVEN an engine with nothing loaded
    kit = Kit(tmp_path)
    async with kit.client as client:
        # WHEN its first model cannot be loaded
        with pytest.raises(CoachError, match="bad"):
            await client.load(tmp_path / "bad")

        # THEN the state says so, with the remedy, until another one is loaded
        assert kit.states[-1] == EngineState(EnginePhase.FAILED, "The model is bad. Get another.")
        await client.load(tmp_path / "coach")
        assert kit.phases[-1] is EnginePhase.READY


async def test_a_stop_ends_the_process_and_what_waits_for_it(tmp_path: Path) -> None:
    # GIVEN a long answer
    kit = Kit(tmp_path)
    await kit.client.start()
    said: list[str] = []
    asking = asyncio.create_task(kit.client.ask(IMAGE, "slow", said.append))
    await until(lambda: bool(said))
    pid = kit.client.pid
    assert pid is not None

    # WHEN the client is stopped, twice
    await kit.client.stop()
    await kit.client.stop()

    # THEN the request fails, and the process is gone
    with pytest.raises(CoachError, match="stopped"):
        await asking
    assert not psutil.pid_exists(pid)


async def test_models_are_loaded_one_after_the_other(tmp_path: Path) -> None:
    # GIVEN a model that takes a while
    kit = Kit(tmp_path)
    async with kit.client as client:
        loading = asyncio.create_task(client.load(tmp_path / "slow-coach"))
        await until(lambda: EnginePhase.LOADING in kit.phases)
        assert not loading.done()

        # WHEN others are loaded meanwhile / THEN they wait for it, in their order
        more = asyncio.gather(client.load(tmp_path / "bad", "text"), client.load(tmp_path / "ja", "translator"))
        await client.settled()
        assert loading.done()
        with pytest.raises(CoachError, match="bad"):
            await more
        await client.settled()
        assert kit.log() == ["load vision slow-coach", "load text bad", "load translator ja"]
        assert kit.phases[-1] is EnginePhase.READY


async def test_a_translation_is_asked_of_the_translator(tmp_path: Path) -> None:
    # GIVEN an engine with a translator
    kit = Kit(tmp_path)
    async with kit.client as client:
        await client.load(tmp_path / "ja", "translator")

        # WHEN a text is translated while a long answer is under way
        asking = asyncio.create_task(client.ask(IMAGE, "slow"))
        japanese = await client.translate("Move up.")

        # THEN it does not wait for the answer
        assert japanese == "訳: Move up."
        assert not asking.done()
        asking.cancel()
        await asyncio.wait([asking])


async def test_put_to_sleep_it_ends_until_it_is_asked_again(tmp_path: Path) -> None:
    # GIVEN an engine with a model and a translator
    kit = Kit(tmp_path)
    async with kit.client as client:
        await client.load(tmp_path / "coach")
        await client.load(tmp_path / "ja", "translator")
        pid = client.pid
        assert pid is not None

        # WHEN it is put to sleep
        assert not client.sleeps
        client.sleep("Good night.")
        assert client.sleeps
        assert client.rests
        await until(lambda: kit.phases[-1] is EnginePhase.ASLEEP)

        # THEN its process has ended, and it says so
        assert client.sleeps
        assert client.pid is None
        assert not psutil.pid_exists(pid)
        assert kit.states[-1].sentence == "Good night."

        # WHEN Q-values are wanted, which nobody asked for / THEN it sleeps on
        with pytest.raises(CoachError, match="unloaded"):
            await client.value(IMAGE)
        assert kit.phases[-1] is EnginePhase.ASLEEP

        # WHEN it is asked / THEN it answers, with both models loaded again, the other one in place of the first
        await client.load(tmp_path / "other")
        assert (await client.ask(IMAGE, "words")).text == ANSWER
        assert kit.log() == [
            *("load vision coach", "load translator ja"),
            *("load vision other", "load translator ja", "ask words 40x30"),
        ]
        assert kit.phases[-3:] == [EnginePhase.ASLEEP, EnginePhase.STARTING, EnginePhase.READY]
        assert not client.sleeps
        assert not client.rests


async def test_put_to_sleep_it_breaks_off_what_is_under_way(tmp_path: Path) -> None:
    # GIVEN a long answer
    kit = Kit(tmp_path)
    async with kit.client as client:
        await client.load(tmp_path / "coach")
        said: list[str] = []
        asking = asyncio.create_task(client.ask(IMAGE, "slow", said.append))
        await until(lambda: len(said) > 2)

        # WHEN it is put to sleep, twice
        client.sleep()
        client.sleep("Good night.")

        # THEN the answer fails with a sentence and does not wake it
        with pytest.raises(CoachError, match="unloaded") as failure:
            await asking
        assert failure.value.remedy
        await until(lambda: kit.states[-1] == EngineState(EnginePhase.ASLEEP, "Good night."))

        # WHEN it is woken, and put to sleep again before it is up / THEN it sleeps
        client.wake()
        client.sleep("Again.")
        await until(lambda: kit.states[-1] == EngineState(EnginePhase.ASLEEP, "Again."))
        assert client.pid is None

        # WHEN it is woken / THEN it comes back by itself
        client.wake()
        await until(lambda: kit.phases[-1] is EnginePhase.READY)
    assert kit.log().count("load vision coach") == 2


async def test_a_model_whose_loading_was_broken_off_is_loaded_at_the_next_request(tmp_path: Path) -> None:
    # GIVEN an engine that begins to load a model
    kit = Kit(tmp_path)
    async with kit.client as client:
        loading = asyncio.create_task(client.load(tmp_path / "coach"))
        await until(lambda: EnginePhase.LOADING in kit.phases)

        # WHEN it is put to sleep / THEN that is no failure, and the model is there for the next question
        client.sleep()
        await loading
        assert (await client.ask(IMAGE, "words")).text == ANSWER
        assert kit.log()[-2:] == ["load vision coach", "ask words 40x30"]


async def test_it_falls_asleep_when_nothing_is_asked(tmp_path: Path) -> None:
    # GIVEN an engine that sleeps after 0.2 idle seconds, and a long answer
    kit = Kit(tmp_path)
    async with kit.client as client:
        await client.load(tmp_path / "coach")
        client.sleep_when_idle(0.2)
        said: list[str] = []
        asking = asyncio.create_task(client.ask(IMAGE, "slow", said.append))

        # WHEN the answer takes longer / THEN it stays awake
        await until(lambda: len(said) > 20)
        assert EnginePhase.ASLEEP not in kit.phases

        # WHEN nothing more is asked / THEN it sleeps
        asking.cancel()
        await until(lambda: kit.phases[-1] is EnginePhase.ASLEEP)
        assert "not needed for a while" in kit.states[-1].sentence
        assert client.sleeps
        assert not client.rests

        # WHEN it shall not any more, or has only small models / THEN it stays awake after the next answer
        for after_s, but_for in ((0, None), (0.2, tmp_path)):
            client.sleep_when_idle(after_s, but_for)
            await client.ask(IMAGE, "words")
            await asyncio.sleep(0.4)
            assert kit.phases[-1] is EnginePhase.READY
        client.sleep_when_idle(0.2, tmp_path / "other")
        await until(lambda: kit.phases[-1] is EnginePhase.ASLEEP)


async def test_words_that_cannot_be_shown_fail_their_request_only(tmp_path: Path) -> None:
    # GIVEN a callback with a fault
    def faulty(_: str) -> None:
        raise ZeroDivisionError

    kit = Kit(tmp_path)
    async with kit.client as client:
        # WHEN words come
        with pytest.raises(ZeroDivisionError):
            await client.ask(IMAGE, "words", faulty)

        # THEN the engine lives on
        assert (await client.ask(IMAGE, "words")).text == ANSWER
        assert EnginePhase.RESTARTING not in kit.phases
