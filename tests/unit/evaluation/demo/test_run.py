"""What a demo is refused for, before anything is started."""

from pathlib import Path

import pytest

from coach_app.domain.errors import CoachError
from coach_app.evaluation.demo.run import DemoPlan, run_demo
from coach_app.games.catalogue import games, practice_ids
from coach_app.models.catalogue import catalogue
from coach_app.settings.schema import Settings


def test_a_game_that_the_coach_does_not_know_is_not_waited_for(tmp_path: Path) -> None:
    # GIVEN a practice game that no coach was made for
    known = {game for entry in catalogue() for game in entry.games}
    unknown = next(game for game in practice_ids() if game not in known)
    said = list[str]()
    # WHEN a demo of it is asked for THEN it is refused at once, and nothing is left behind
    with pytest.raises(CoachError, match="knows only its practice games"):
        run_demo(DemoPlan(unknown, out=tmp_path / "out", virtual=True), Settings(), said.append)
    assert said == []
    assert list(tmp_path.iterdir()) == []


def test_a_demo_shows_practice_games_only(tmp_path: Path) -> None:
    other = next(game for game in games() if game not in practice_ids())
    with pytest.raises(CoachError, match="There is no practice game called"):
        run_demo(DemoPlan(other, out=tmp_path / "out", virtual=True), Settings(), lambda line: None)
