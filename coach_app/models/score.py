"""The score card of a model: what it was measured at, game by game, in ``score.json`` beside its weights."""

import json
import logging
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from coach_app.desktop.files import write_atomically
from coach_app.desktop.foreign import read_file
from coach_app.domain.certainty import Calibration
from coach_app.domain.errors import CoachError
from coach_app.models.checkpoint import fingerprint

logger = logging.getLogger(__name__)

FILE: Final = "score.json"
_MAX_BYTES: Final = 1_000_000


class Score(BaseModel):
    """What a model was measured at in one game.

    Attributes:
        positions: number of positions that it was asked about.
        right: number of those in which its move was one of the teacher's.
        no_move: number of those in which it named none.
        live: whether it saw them through a live capture of the game's window, at several sizes.
        hints: number of nudges and hints that it was asked for.
        held_back: number of those in which the model gave the move away, so that it was taken out.
        leaks: number of those that gave the move away as they were shown.
        points: number of positions in which it pointed, or was to: at the thing that it names, or where its own move
            leads; 0 if it cannot.
        exact: number of those in which it pointed at that within 2 % of the window's size.
        episodes: number of episodes that it played; 0 for none.
        mean_reward: their mean return; None for none.
        random_reward: the same of random moves, on the same seeds.
        calibration_error: expected calibration error of its confidence in its moves; None if it tells none, as servers.
        latency_ms_p50: median time of an answer.
        seed: of the first position and the first episode.
        measured: date, in ISO format.
        command: what measured it.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    positions: int = Field(ge=1)
    right: int = Field(ge=0)
    no_move: int = 0
    live: bool = False
    hints: int = 0
    held_back: int = 0
    leaks: int = 0
    points: int = 0
    exact: int = 0
    episodes: int = 0
    mean_reward: float | None = None
    random_reward: float | None = None
    calibration_error: float | None = None
    latency_ms_p50: float = 0.0
    seed: int = 0
    measured: str = ""
    command: str = ""


class _Card(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")

    fingerprint: str = ""
    scores: dict[str, Score] = {}
    calibrations: dict[str, Calibration] = {}


def _card_of(folder: Path) -> _Card:
    """Empty if nothing was measured, the file is damaged, or other weights were."""
    try:
        card = _Card.model_validate_json(read_file(folder / FILE, _MAX_BYTES))
        return card if card.fingerprint == fingerprint(folder) else _Card()
    except FileNotFoundError:
        return _Card()
    except (OSError, ValidationError, CoachError) as error:
        logger.info("no score of %s: %s", folder.name, type(error).__name__)
        return _Card()


def scores_of(folder: Path) -> Mapping[str, Score]:
    """The scores of a model by game. Empty if nothing was measured, the file is damaged, or other weights were."""
    return _card_of(folder).scores


def calibrations_of(folder: Path) -> Mapping[str, Calibration]:
    """How sure a model is of its moves, by game. Empty as its scores."""
    return _card_of(folder).calibrations


def keep_score(folder: Path, game: str, score: Score) -> Path:
    """Add a score to a model's card, in place of an earlier one of the same game.

    Args:
        folder: of the model.
        game: id of the game.
        score: what was measured.

    Returns:
        The file.

    Raises:
        CoachError: it cannot be written.
    """
    card = _card_of(folder)
    return _write(folder, card.model_copy(update={"scores": {**card.scores, game: score}}))


def keep_calibration(folder: Path, game: str, calibration: Calibration) -> Path:
    """The same for how sure a model is of its moves."""
    card = _card_of(folder)
    return _write(folder, card.model_copy(update={"calibrations": {**card.calibrations, game: calibration}}))


def _write(folder: Path, card: _Card) -> Path:
    card = card.model_copy(update={"fingerprint": fingerprint(folder)})
    packed = json.dumps(card.model_dump(), indent=1).encode() + b"\n"
    write_atomically(folder / FILE, packed, "The score card")
    return folder / FILE


def of_game(score: Score | None) -> str:
    """How good a model is in the game that it is used for, in one sentence."""
    if score is None:
        return "Not measured on this game."
    return f"Right in {score.right} of {score.positions} here."


def of_model(scores: Mapping[str, Score], titles: Mapping[str, str]) -> str:
    """How good a model is in every game that it was measured on.

    Args:
        scores: by id of the game.
        titles: of the games, by id.
    """
    if not scores:
        return "Not measured on any game yet."
    found = [(titles.get(game, game), score.right, score.positions) for game, score in scores.items()]
    return " ".join(f"{title}: right in {right} of {positions}." for title, right, positions in found)
