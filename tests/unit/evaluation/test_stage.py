"""An agent that watches the game's window."""

import numpy as np

from coach_app.domain.pointing import Box
from coach_app.evaluation.agents import Decision
from coach_app.evaluation.stage import SCALES, WatchingAgent
from coach_app.games.catalogue import to_play
from coach_app.games.images import ImageEnv, Picture
from coach_app.games.positions import Position


class Notes:
    """Makes always the same move, and keeps what it saw."""

    name = "notes"
    model = ""

    def __init__(self) -> None:
        self.begun: list[int] = []
        self.seen: list[Picture] = []

    def begin(self, seed: int) -> None:
        self.begun.append(seed)

    async def move(self, picture: Picture, env: ImageEnv) -> Decision:
        self.model = "a model"
        self.seen.append(picture)
        return Decision("left", "Move left.", 1.0)


class Enlarging:
    """Shows a position as large as it is told to."""

    def __init__(self) -> None:
        self.scales: list[float] = []

    def board(self) -> Box:
        return 0.0, 0.0, 1.0, 1.0

    async def picture(self, position: Position, scale: float) -> Picture:
        self.scales.append(scale)
        return np.kron(position.picture(), np.ones((int(np.ceil(scale)),) * 2 + (1,), np.uint8))


async def test_an_agent_sees_what_is_captured_at_another_scale_in_every_episode() -> None:
    # GIVEN an agent before a stage WHEN it plays some steps of two episodes
    notes, stage = Notes(), Enlarging()
    agent = WatchingAgent(notes, stage)
    env = to_play("grid").make()
    picture, _ = env.reset(seed=0)
    decisions = []
    for seed in (0, 0, 4):
        agent.begin(seed)
        decisions.append(await agent.move(picture, env))
    # THEN it saw the window and not the game's own picture, and what it decides is passed on
    assert stage.scales == [SCALES[0], SCALES[0], SCALES[4]]
    assert [seen.shape[0] // picture.shape[0] for seen in notes.seen] == [1, 1, 3]
    assert notes.begun == [0, 0, 4]
    assert {decision.move for decision in decisions} == {"left"}
    assert (agent.name, agent.model) == ("notes (live)", "a model")
