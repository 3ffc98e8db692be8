"""The coach recalls what is remembered while it plays, and it is counted whether that helped."""

import numpy as np
import pytest
from PIL import Image

from coach_app.domain.advice import Advice
from coach_app.domain.errors import CoachError
from coach_app.domain.situation import Situation
from coach_app.evaluation.agents import CoachAgent, Decision
from coach_app.evaluation.play import play
from coach_app.evaluation.playing import opened_agent
from coach_app.evaluation.recalling import opened_memory
from coach_app.games.catalogue import to_play
from coach_app.games.positions import rendered
from coach_app.games.profiles import find
from coach_app.knowledge.likeness import features_of
from coach_app.knowledge.remembered import Happened, Memories, memory_file
from coach_app.settings.schema import Settings

LEVELS = to_play("grid-levels")
PROFILE = find("grid-levels")
SEED = 500_000


class Obedient:
    """An advisor that goes up, unless that is to be shunned."""

    reads_japanese = False

    def __init__(self) -> None:
        self.asked: list[Situation] = []

    async def advise(self, situation: Situation, on_words: object = None) -> Advice:
        self.asked.append(situation)
        move = next(name for name in ("up", "left", "right", "down") if name not in situation.shunned)
        return Advice(f"Move {move}.", move, "obedient", 0.0, 20.0, 5.0, 4)

    async def close(self) -> None:
        """Nothing to give back."""


def remember(value: float) -> None:
    """That it went so well to go up at the beginning of an episode."""
    env = LEVELS.make()
    env.reset(seed=SEED)
    image = Image.fromarray(rendered(env))
    memories = Memories(memory_file())
    memories.add("grid-levels", [Happened("test/1", "Cat.", "up", "lost", value, True, features_of(image, "Cat."))])
    memories.close()


async def test_the_coach_is_told_what_is_remembered() -> None:
    # GIVEN that going up went badly where an episode begins WHEN the coach plays that episode with its memory
    remember(-1.0)
    advisor = Obedient()
    with opened_memory(PROFILE) as recalling:
        agent = CoachAgent(advisor, PROFILE, recalling.recall)
        report = await play(LEVELS, agent, 1, SEED, max_steps=4, on_outcome=recalling.see)
    # THEN it was told, and goes elsewhere
    assert advisor.asked[0].shunned == ("up",)
    assert "“up” was done: lost." in advisor.asked[0].remembered[0]
    assert report.commonest_move != ""
    # and it is counted that it helped, as nothing bad happened
    memories = Memories(memory_file())
    (memory,) = memories.of("grid-levels")
    memories.close()
    assert memory.recalled > 0
    assert memory.helped == memory.recalled


@pytest.mark.parametrize(
    ("value", "rewards", "helped"),
    [
        (-1.0, [0.0, 0.0, 0.0], True),  # a warning, and all went well
        (-1.0, [0.0, -1.0], False),
        (1.0, [0.0, 1.0], True),  # an example that worked again
        (1.0, [0.0, 0.0, 0.0], False),
    ],
)
def test_it_is_judged_by_what_came_of_it(value: float, rewards: list[float], helped: bool) -> None:
    # GIVEN a memory WHEN it was recalled, and this came of it THEN it helped if it went better, or as well
    remember(value)
    with opened_memory(PROFILE) as recalling:
        for _ in range(5):
            recalling.see(Decision("up", "", 1.0), 0.0, False)
        for number, reward in enumerate(rewards):
            recalled = (1,) if number == 0 else ()
            recalling.see(Decision("up", "", 1.0, recalled=recalled), reward, number + 1 == len(rewards))
    memories = Memories(memory_file())
    (memory,) = memories.of("grid-levels")
    memories.close()
    assert (memory.recalled, memory.helped) == (1, helped)


async def test_without_memories_it_is_refused() -> None:
    # GIVEN no memories WHEN it is to play with them THEN it is said how to come by some
    with pytest.raises(CoachError, match="collect --how explore"), opened_memory(PROFILE):
        pass
    # and agents that are no coach have none
    with pytest.raises(CoachError, match="has no memory"):
        async with opened_agent(Settings(), "teacher", "grid-levels", memory=True):
            pass


async def test_an_agent_without_a_memory_plays_as_before() -> None:
    # GIVEN no memory WHEN the coach moves THEN it is told nothing
    advisor = Obedient()
    agent = CoachAgent(advisor, PROFILE)
    env = LEVELS.make()
    await agent.move(np.zeros((8, 8, 3), np.uint8), env)
    env.close()
    assert (advisor.asked[0].remembered, advisor.asked[0].shunned) == ((), ())
