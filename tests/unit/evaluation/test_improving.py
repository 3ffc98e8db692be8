"""Whether a model that learned plays better is judged by the same episodes."""

import contextlib
from collections.abc import AsyncIterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest.mock import AsyncMock

import pytest

from coach_app.assembly.engine_room import Coach
from coach_app.domain.resources import resources_dir
from coach_app.evaluation import improving
from coach_app.evaluation.improving import judged
from coach_app.evaluation.play import PlayReport
from coach_app.games.catalogue import games
from coach_app.settings.schema import Settings


def played(rewards: list[float], same: float = 0.4) -> PlayReport:
    return PlayReport(
        game="grid-levels",
        agent="coach",
        model="m",
        episodes=len(rewards),
        seed=800_000,
        mean_reward=sum(rewards) / len(rewards),
        std_reward=0.0,
        optimal_move_rate=None,
        no_move=0,
        rewards=rewards,
        latency_ms_p50=1.0,
        commonest_share=same,
    )


async def test_a_model_made_for_other_games_may_try(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # GIVEN a bundled coach that is made for other games WHEN it is to play before and after it learned
    opened: list[tuple[str, ...]] = []

    @contextlib.asynccontextmanager
    async def room(coach: Coach) -> AsyncIterator[Any]:
        opened.append(coach.entry.games)
        yield SimpleNamespace(advisor=lambda: SimpleNamespace(close=AsyncMock()))

    monkeypatch.setattr(improving, "opened_room", room)
    monkeypatch.setattr(improving, "play", AsyncMock(return_value=played([0.0, 0.0])))
    game, said = games()["frozen-lake"], list[str]()
    await improving.tried_out(Settings(), game, "grid-coach", resources_dir() / "models/grid-coach", 2, 8, said.append)
    # THEN it is let
    assert opened == [(), ()]
    assert len(said) == 2


@pytest.mark.parametrize(
    ("before", "after", "same", "better"),
    [
        ([0.0] * 30, [1.0] * 20 + [0.0] * 10, 0.4, True),
        ([0.0] * 30, [1.0] * 20 + [0.0] * 10, 0.95, False),  # it has collapsed
        ([0.0, 1.0] * 15, [1.0, 0.0] * 15, 0.4, False),
        ([1.0] * 30, [0.0] * 30, 0.4, False),
    ],
)
def test_a_model_is_better_if_it_plays_better(
    before: list[float], after: list[float], same: float, better: bool, tmp_path: Path
) -> None:
    # GIVEN the rewards of the same episodes WHEN they are compared THEN the interval and the collapse alarm decide
    found = judged(played(before), played(after, same), "grid-coach", tmp_path)
    assert found.better is better
    assert found.low <= found.after - found.before <= found.high
    assert found.model == str(tmp_path)
