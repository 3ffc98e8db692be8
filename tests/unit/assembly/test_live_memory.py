"""The app's memory: only where the player wants it, told to the advisor, and never in the way."""

from pathlib import Path
from typing import ClassVar

import pytest
from PIL import Image

from coach_app.assembly.live_memory import LiveMemory
from coach_app.domain.advice import Advice
from coach_app.domain.frame import Frame
from coach_app.domain.profile import GameProfile
from coach_app.domain.situation import Situation
from coach_app.knowledge.remembered import memory_file

GAME = GameProfile(id="raid", title="Raid", prompt="Where to?", moves=("left", "right"), memory=True)
FORGETFUL = GAME.model_copy(update={"memory": False})


def frame(colour: str, at: float = 0.0) -> Frame:
    image = Image.new("RGB", (64, 64), "grey")
    image.paste(colour, (10, 10, 40, 40))
    return Frame(image, at)


def advice(text: str, at: float, question: str = "") -> Advice:
    return Advice(text, "left" if "left" in text else None, "m", at, 1.0, 1.0, 1, question)


async def say(memory: LiveMemory, game: GameProfile, *said: tuple[str, float]) -> None:
    for text, at in said:
        await memory.keep(advice(text, at), game, frame("red" if "left" in text else "blue", at))


async def test_advice_is_remembered_with_what_came_next(coach_home: Path) -> None:
    # GIVEN a game whose situations are to be remembered WHEN advice follows advice
    complaints: list[str] = []
    memory = LiveMemory(complaints.append)
    await say(memory, GAME, ("Go left.", 1.0), ("The door is open.", 5.0))
    # THEN the first is remembered, with what was said then, and recalled where it looks like that again
    recalled = await memory.recall(GAME, frame("red"), "")
    assert recalled.texts == (
        "In a situation like this (Go left.), “left” was advised: then “The door is open.” was said.",
    )
    assert complaints == []
    memory.close()


@pytest.mark.parametrize(
    ("game", "said"),
    [
        (FORGETFUL, [("Go left.", 1.0), ("The door is open.", 5.0)]),  # the player does not want it
        (GAME, [("Go left.", 1.0), ("The door is open.", 900.0)]),  # that is not what came of it
        (GAME, [("Go left.", 1.0), ("Go left.", 2.0)]),  # nothing came of it
    ],
)
async def test_what_is_not_wanted_or_not_known_is_not_remembered(
    coach_home: Path, game: GameProfile, said: list[tuple[str, float]]
) -> None:
    # GIVEN such advice WHEN it is given THEN nothing is remembered of it
    memory = LiveMemory(lambda sentence: None)
    await say(memory, game, *said)
    assert (await memory.recall(GAME, frame("red"), "")).texts == ()
    memory.close()


async def test_no_file_is_made_unless_it_is_wanted(coach_home: Path) -> None:
    # GIVEN a game without a memory WHEN the coach advises THEN no file is made
    memory = LiveMemory(lambda sentence: None)
    await say(memory, FORGETFUL, ("Go left.", 1.0), ("The door is open.", 5.0))
    await memory.recall(FORGETFUL, frame("red"), "")
    assert not memory_file().exists()
    memory.close()


async def test_the_advisor_is_told(coach_home: Path) -> None:
    # GIVEN a memory WHEN a situation comes again THEN the advisor is told; without a memory it is not
    class Knowing:
        reads_japanese = True
        told: ClassVar[list[int]] = []

        async def advise(self, situation: Situation, on_words: object = None) -> Advice:
            self.told.append(len(situation.remembered))
            return advice("Go left.", 9.0)

        async def close(self) -> None:
            """Nothing to give back."""

    memory = LiveMemory(lambda sentence: None)
    await say(memory, GAME, ("Go left.", 1.0), ("The door is open.", 5.0))
    remembering = memory.around(Knowing())
    assert remembering.reads_japanese
    for game in (GAME, FORGETFUL):
        assert (await remembering.advise(Situation(frame("red"), game))).move == "left"
    assert Knowing.told == [1, 0]
    await remembering.close()
    memory.close()


async def test_what_goes_wrong_is_told_once_and_advice_goes_on(coach_home: Path) -> None:
    # GIVEN a place where no file can be WHEN the memory is needed again and again THEN that is said once
    memory_file().mkdir(parents=True)
    complaints: list[str] = []
    memory = LiveMemory(complaints.append)
    await say(memory, GAME, ("Go left.", 1.0), ("The door is open.", 5.0))
    for _ in range(3):
        assert (await memory.recall(GAME, frame("red"), "")).texts == ()
    assert len(complaints) == 1
    assert "The memory could not be used" in complaints[0]
    memory.close()
