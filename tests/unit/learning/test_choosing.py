"""Slips: moves that nobody would choose, to learn what to do then."""

from typing import Any

import pytest

from coach_app.domain.errors import CoachError
from coach_app.games.catalogue import games
from coach_app.games.images import ImageEnv
from coach_app.learning.choosing import SLIPPED, Chosen, Slipping
from coach_app.learning.collecting import collect
from coach_app.learning.experience import Store
from coach_app.learning.planning import Planner, Search
from coach_app.learning.questions import make_questions

LAKE = games()["frozen-lake"]


class Still:
    """Ends the episode."""

    def begin(self, seed: int) -> None:
        self.seed = seed

    def choose(self, env: ImageEnv) -> Chosen | None:
        return None


def test_a_slip_never_ends_the_episode() -> None:
    # GIVEN nothing but slips WHEN lakes are walked over for a while THEN nobody falls
    env: Any = LAKE.make()
    slipping = Slipping(Still(), LAKE, 1.0)
    for seed in range(500_000, 500_005):
        env.reset(seed=seed)
        slipping.begin(seed)
        for _ in range(20):
            chosen = slipping.choose(env)
            assert chosen is not None
            assert chosen.why == SLIPPED
            _, _, terminated, _, _ = env.step(env.action_names.index(chosen.move))
            assert not terminated
    # and without slips the other one chooses
    assert Slipping(Still(), LAKE, 0.0).choose(env) is None
    with pytest.raises(CoachError, match="cannot be copied"):
        Slipping(Still(), games()["melee"], 0.5)


def test_what_is_done_after_a_slip_is_advised_but_no_slip(store: Store) -> None:
    # GIVEN planned episodes with slips
    slipping = Slipping(Planner(LAKE, Search(simulations=60)), LAKE, 0.4)
    collect(LAKE, "plan", range(500_000, 500_006), None, 50, slipping, store)
    steps = [step for episode in store.episodes() for step in episode]
    slips = {(step.seed, step.step) for step in steps if step.why == SLIPPED}
    assert 0 < len(slips) < len(steps)
    # WHEN questions are made THEN none asks for a slip, or why it was right
    made = list(make_questions(LAKE, store, 1_000, kinds=("advice", "decision", "plan")))
    asked = {(question.seed, len(question.moves)) for question in made}
    assert asked
    assert not asked & slips
    # and what was done right after one is asked
    assert asked & {(seed, step + 1) for seed, step in slips}
