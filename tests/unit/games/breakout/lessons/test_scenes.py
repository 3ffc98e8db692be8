"""The scenes that a coach of Breakout is taught by."""

from itertools import islice

import numpy as np

from coach_app.games.breakout.lessons.pictures import labels, picture
from coach_app.games.breakout.lessons.scenes import scenes
from coach_app.games.breakout.teacher import follow
from coach_app.games.breakout.view import FIRE


def test_serving_is_taught_often_enough() -> None:
    # GIVEN scenes to train on WHEN some of them have no ball
    some = [scene for scene in islice(scenes(np.random.default_rng(5)), 300) if scene]
    without = [scene for scene in some if scene.decision.view.ball is None and scene.right == (FIRE,)]
    # THEN they are not as rare as in games, in which each ball is served once
    assert len(without) >= 8
    assert {bool(scene.decision.view.last) for scene in without} == {True, False}
    for scene in without:
        # AND what is taught there is what the picture shows
        assert follow(scene.decision.view) == FIRE
        assert "serve" in scene.decision.answer
        assert labels(scene).shape[:2] == (12, 12)
        assert picture(scene).any()
