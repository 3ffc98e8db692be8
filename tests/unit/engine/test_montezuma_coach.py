"""The bundled coach of Montezuma's Revenge, asked as the engine asks it, about games that it was never trained on."""

import json

import numpy as np
import pytest
from PIL import Image

from coach_app.domain.moves import named_move
from coach_app.domain.phrases import phrases
from coach_app.domain.resources import resources_dir
from coach_app.engine.answering import answer
from coach_app.engine.loader import VisionModel, load_vision
from coach_app.games.captures import captured_shot, other_shot, seen
from coach_app.games.montezuma_revenge.lessons.curriculum import BOARD, picture
from coach_app.games.montezuma_revenge.lessons.pictures import Scene
from coach_app.games.montezuma_revenge.lessons.questions import HINT, NUDGE, PROMPT
from coach_app.games.montezuma_revenge.lessons.scenes import UNSEEN_SEEDS, new, unseen_scenes
from coach_app.games.montezuma_revenge.picture import SHAPE
from coach_app.games.montezuma_revenge.view import MOVES
from coach_app.translation.sentences import holds_latin

FOLDER = resources_dir() / "models" / "montezuma-coach"


@pytest.fixture(scope="module")
def coach() -> VisionModel:
    return load_vision(FOLDER)


@pytest.fixture(scope="module")
def scenes() -> list[Scene]:
    """Positions of unseen games."""
    return [scene for _, (_, scene) in zip(range(12), unseen_scenes(np.random.default_rng(12)), strict=False)]


def _ask(coach: VisionModel, image: Image.Image, question: str = PROMPT) -> str:
    return answer(coach, question, image, 100, lambda words: None, lambda: False).text


def _seen(scene: Scene, rng: np.random.Generator) -> Image.Image:
    """A position as a capture shows it."""
    return seen(captured_shot(picture(scene), rng, 1000), BOARD, SHAPE[0]).image


def test_it_names_the_moves_that_lead_to_key_and_door(coach: VisionModel, scenes: list[Scene]) -> None:
    # GIVEN positions of unseen games, as captures show them WHEN asked for a move
    rng, right = np.random.default_rng(12), 0
    for scene in scenes:
        text = _ask(coach, _seen(scene, rng))
        right += named_move(text, MOVES) == scene.decision.move
        # THEN it is short enough, and all of it can be said in Japanese
        assert len(text) <= 200
        assert not holds_latin(phrases("ja").translated(text)), text
    # AND mostly the teacher's own move
    assert right >= 8


def test_the_key_is_taken_by_its_advice(coach: VisionModel) -> None:
    # GIVEN an unseen game WHEN its advice is followed THEN the key is taken, which chance never does
    env = new()
    env.reset(seed=UNSEEN_SEEDS.start + 1)
    earned = 0.0
    for _ in range(250):
        earned += env.act(named_move(_ask(coach, Image.fromarray(env.render())), MOVES) or "wait")
        if earned or env.over:
            break
    assert earned == 100


def test_a_nudge_or_a_hint_does_not_give_the_move_away(coach: VisionModel, scenes: list[Scene]) -> None:
    # GIVEN positions WHEN less than the move is asked for THEN none is named
    images = [Image.fromarray(picture(scene)) for scene in scenes[:8]]
    said = {_ask(coach, image, asked) for image in images for asked in (NUDGE[0], HINT[0])}
    assert not [text for text in said if "Next:" in text]
    assert len(said) > 1


def test_it_does_not_pretend_to_see_the_game(coach: VisionModel) -> None:
    # GIVEN pictures of something else, without its board WHEN asked for a move THEN it mostly says so
    rng = np.random.default_rng(12)
    said = [_ask(coach, other_shot(rng).image) for _ in range(10)]
    assert sum("do not see" in text for text in said) >= 8


def test_its_card_and_figures_lie_beside_it() -> None:
    # GIVEN the folder WHEN read THEN the figures that the project promises are the measured ones
    metrics = json.loads((FOLDER / "metrics.json").read_text(encoding="utf-8"))
    arguments = json.loads((FOLDER / "training.json").read_text(encoding="utf-8"))
    played = metrics["played"]
    assert played["coach"]["reward"] > played["random"]["reward"] + 90
    assert played["coach"]["key"] > played["random"]["key"]
    assert {"seed", "commit", "look_steps", "speak_steps"} <= arguments.keys()
    assert "does not know" in (FOLDER / "README.md").read_text(encoding="utf-8")
    assert (FOLDER / "model.safetensors").stat().st_size < 60e6
