"""Games that can be missing: the installed app brings the practice games only."""

import sys

import pytest

from coach_app.domain.errors import CoachError
from coach_app.games.images import make_image_env


@pytest.mark.parametrize(("game", "package"), [("crafter", "crafter"), ("ALE/Breakout-v5", "ale_py")])
def test_a_game_whose_package_is_missing_is_said(game: str, package: str, monkeypatch: pytest.MonkeyPatch) -> None:
    # GIVEN a copy without the package of a game
    monkeypatch.setitem(sys.modules, package, None)

    # WHEN it shall be played THEN a sentence says that it is not there
    with pytest.raises(CoachError, match=f"no game {game}"):
        make_image_env(game)
