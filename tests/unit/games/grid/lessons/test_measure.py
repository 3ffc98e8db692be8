"""What is measured of a coach of the Grid world."""

import numpy as np
import pytest
from PIL import Image

from coach_app.domain.pointing import written
from coach_app.games.captures import Shot
from coach_app.games.grid.lessons.measure import _off, card
from coach_app.games.grid.lessons.pictures import Scene
from coach_app.games.grid.level import ARTICLE_LEVEL


def test_the_card_says_what_was_measured_of_nudges_hints_and_points() -> None:
    # GIVEN figures
    figures = {"questions_right": 0.9, "nudges_and_hints_right": 0.8, "points_within_2_percent": 0.7}
    counts = {"positions": 400, "nudges_and_hints_that_name_a_move": 3, "other_pictures_declined": 1.0}
    played = {"optimal_move_rate": {"6x5 clean": 1.0}, "grid": {"episodes": 2, "coach": 0.7, "random": -1.0}}
    # WHEN the card is written THEN it has them
    text = card({**figures, **counts, **played}, 4_400_000)
    assert "hints: 80.0%, and 3 of\n400 name a move" in text
    assert "that its move leads to in 70.0%" in text


@pytest.mark.parametrize(("board", "off"), [((0.0, 0.0, 1.0, 1.0), 0.0), ((0.1, 0.0, 1.1, 1.0), 0.1), (None, 1.0)])
def test_a_point_is_off_by_what_lies_between_it_and_where_its_own_move_leads(
    board: tuple[float, float, float, float] | None, off: float
) -> None:
    # GIVEN an answer that points at the square left of the cat WHEN the board is all of the picture or elsewhere THEN
    scene = Scene(ARTICLE_LEVEL, (3, 3))
    shot = Shot(Image.fromarray(np.zeros((50, 60, 3), np.uint8)), board)
    point = written(ARTICLE_LEVEL.mark((2, 3), "here"), ARTICLE_LEVEL.size)
    assert _off(f"Go left. {point}", scene, shot) == pytest.approx(off)
    # AND without a point, or without a move, it points nowhere
    assert _off("Go left.", scene, shot) == _off(f"Look there. {point}", scene, shot) == 1.0
