"""What is told of the frozen lake."""

import re

import numpy as np

from coach_app.domain.phrases import phrases
from coach_app.games.frozen_lake.env import FrozenLake
from coach_app.translation.sentences import holds_latin


def test_what_is_around_the_player_is_what_moves_lead_to() -> None:
    # GIVEN players on lakes
    rng, env, told = np.random.default_rng(3), FrozenLake(), set()
    for seed in range(60):
        env.reset(seed=810_000 + seed)
        for _ in range(int(rng.integers(8))):
            env.step(env.action_names.index(str(rng.choice(env.optimal_moves() or env.possible_moves()))))
            if env.is_at_goal:
                break
        if not env.optimal_moves():
            continue
        # WHEN the lake is described
        text = env.describe()
        # THEN each move leads to what is told
        for move, name in enumerate(env.action_names):
            found = re.search(rf"\b{name}: (\w+)", text)
            assert found
            told.add(found[1])
            twin = env.copy()
            _, reward, ended, _, _ = twin.step(move)
            came = "goal" if reward else "hole" if ended else "edge" if name not in env.possible_moves() else "ice"
            assert came == found[1], (text, name)
        # AND each square is what its row tells
        rows = [line.split() for line in re.findall(r"row \d: ([^;.]+)", text.lower())]
        state = env.state()
        assert [(x, y) for y, row in enumerate(rows, 1) for x, what in enumerate(row, 1) if what == "player"] == [
            state["player"]
        ]
        assert all((rows[y - 1][x - 1] in ("ice", "player")) for x, y in state["ice"])
        assert sum(what == "hole" for row in rows for what in row) == 4 * 4 - len(state["ice"]) - 1
        # AND all of it can be said in Japanese
        assert not holds_latin(phrases("ja").translated(text)), text
    assert told == {"ice", "hole", "edge", "goal"}
