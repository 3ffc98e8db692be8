"""The score card beside a model: kept by game, and void for other weights."""

import json
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import save_file

from coach_app.domain.certainty import Calibration
from coach_app.domain.errors import CoachError
from coach_app.models.score import (
    FILE,
    Score,
    calibrations_of,
    keep_calibration,
    keep_score,
    of_game,
    of_model,
    scores_of,
)

SCORE = Score(positions=100, right=98, seed=500_000)


def model(folder: Path, weight: float = 1.0) -> Path:
    """A folder with weights."""
    folder.mkdir(exist_ok=True)
    save_file({"weight": np.full(4, weight, np.float32)}, folder / "model.safetensors")
    return folder


def test_scores_are_kept_by_game(tmp_path: Path) -> None:
    # GIVEN a model WHEN it is measured in two games, and in one of them again
    folder = model(tmp_path / "some-model")
    assert scores_of(folder) == {}
    for game, right in (("grid", 90), ("maze", 50), ("grid", 98)):
        keep_score(folder, game, SCORE.model_copy(update={"right": right}))
    # THEN the latest of each is there, and told in words
    scores = scores_of(folder)
    assert {game: score.right for game, score in scores.items()} == {"grid": 98, "maze": 50}
    assert of_game(scores["grid"]) == "Right in 98 of 100 here."
    assert of_game(scores.get("raid")) == "Not measured on this game."
    assert of_model(scores, {"grid": "Grid"}) == "Grid: right in 98 of 100. maze: right in 50 of 100."
    assert of_model({}, {}) == "Not measured on any game yet."


def test_a_calibration_stays_beside_the_scores(tmp_path: Path) -> None:
    # GIVEN a model that was calibrated for a game WHEN it is measured there again
    folder = model(tmp_path / "some-model")
    fitted = Calibration(bias=0.5, move=0.0, whole=1.0, positions=300, seed=560_000)
    keep_calibration(folder, "maze", fitted)
    keep_score(folder, "maze", SCORE)
    # THEN both count, but not for other weights
    assert (scores_of(folder), calibrations_of(folder)) == ({"maze": SCORE}, {"maze": fitted})
    keep_score(model(folder, 2.0), "grid", SCORE)
    assert (set(scores_of(folder)), calibrations_of(folder)) == ({"grid"}, {})


def test_a_score_of_other_weights_does_not_count(tmp_path: Path) -> None:
    # GIVEN a measured model WHEN it is trained again THEN nothing is claimed of it, until it is measured again
    folder = model(tmp_path / "some-model")
    keep_score(folder, "maze", SCORE)
    model(folder, 2.0)
    assert scores_of(folder) == {}
    keep_score(folder, "grid", SCORE)
    assert set(scores_of(folder)) == {"grid"}


@pytest.mark.parametrize("content", ["", "[]", '{"scores": {}}', json.dumps({"fingerprint": "x", "scores": {"a": {}}})])
def test_a_damaged_card_is_as_none(tmp_path: Path, content: str) -> None:
    # GIVEN a card that cannot be read WHEN scores are asked for THEN there are none
    folder = model(tmp_path / "some-model")
    (folder / FILE).write_text(content, encoding="utf-8")
    assert scores_of(folder) == {}


def test_a_card_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    # GIVEN a place where no file can be WHEN a score is to be kept THEN a sentence says so
    folder = model(tmp_path / "some-model")
    (folder / FILE).mkdir()
    (folder / FILE / "in-the-way").touch()
    with pytest.raises(CoachError, match="score card could not be saved"):
        keep_score(folder, "maze", SCORE)
