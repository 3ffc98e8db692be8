"""Games that can be missing: the installed app brings the practice games only."""

import sys

import pytest

from coach_app.domain.errors import CoachError
from coach_app.games.catalogue import to_play


@pytest.mark.parametrize(
    ("game", "package"), [("crafter", "crafter"), ("breakout", "ale_py"), ("ALE/Pong-v5", "ale_py")]
)
def test_a_game_whose_package_is_missing_is_said(game: str, package: str, monkeypatch: pytest.MonkeyPatch) -> None:
    # GIVEN a copy without the package of a game
    monkeypatch.setitem(sys.modules, package, None)
    own = (f"coach_app.games.{game}.", "coach_app.games.atari_env")
    for module in [name for name in sys.modules if name.startswith(own)]:
        if not module.endswith(".game"):  # what has been imported by another test has found the package
            monkeypatch.delitem(sys.modules, module)

    # WHEN it is to be played THEN a sentence says that it is not there
    with pytest.raises(CoachError, match=f"no game {game}"):
        to_play(game).make()


@pytest.mark.parametrize(
    ("game", "sentence"), [("chess", "no game chess.*grid-levels"), ("Pendulum-v1", "not numbered")]
)
def test_what_agents_cannot_play_is_said(game: str, sentence: str) -> None:
    # GIVEN a name that nobody knows, or a game that is steered by degrees
    # WHEN it is to be played THEN a sentence says why not
    with pytest.raises(CoachError, match=sentence):
        to_play(game).make()


def test_a_game_that_is_only_drawn_is_seen_as_it_is_drawn() -> None:
    # GIVEN a game of Gymnasium's that shows its agents numbers
    env = to_play("CartPole-v1").make()
    # WHEN it is played THEN they get its drawing
    first, _ = env.reset(seed=1)
    after = env.step(0)[0]
    assert first.shape == after.shape == (400, 600, 3)
    assert (first != after).any()
    env.close()
