"""The BabyAI coach that comes with the app, asked as the engine asks it, about levels it was never trained on."""

import json

import numpy as np
import pytest

from coach_app.domain.moves import named_move
from coach_app.domain.phrases import phrases
from coach_app.domain.resources import resources_dir
from coach_app.engine.answering import answer
from coach_app.engine.loader import VisionModel, load_vision
from coach_app.games.babyai.env import BabyAIEnv
from coach_app.games.babyai.lessons.curriculum import BOARD, picture
from coach_app.games.babyai.lessons.measure import levels
from coach_app.games.babyai.lessons.questions import HINT, NUDGE, PROMPT
from coach_app.games.babyai.view import View
from coach_app.games.babyai.words import MAX_CHARACTERS, MOVES
from coach_app.games.captures import captured_shot, clean_shot, other_shot, seen
from coach_app.translation.sentences import holds_latin

FOLDER = resources_dir() / "models" / "babyai-coach"
SIDE_PX = 144


@pytest.fixture(scope="module")
def coach() -> VisionModel:
    return load_vision(FOLDER)


def _ask(coach: VisionModel, scene_picture: object, question: str = PROMPT) -> str:
    return answer(coach, question, scene_picture, 100, lambda words: None, lambda: False).text  # type: ignore[arg-type]


def _seen(view: View, rng: np.random.Generator) -> object:
    """A position as a capture shows it."""
    return seen(captured_shot(picture(view), rng, 1000), BOARD, SIDE_PX).image


def test_missions_are_done_by_its_advice(coach: VisionModel) -> None:
    # GIVEN an unseen level of each task without distractors WHEN played by its advice, as captures show them
    rng, done, seeds = np.random.default_rng(12), 0, levels("without distractors", 5)
    for seed in seeds:
        env = BabyAIEnv()
        env.reset(seed=seed)
        for _ in range(40):
            text = _ask(coach, _seen(env.view(), rng))
            # THEN it is short enough, and all of it can be said in Japanese, where the game's name has letters
            assert len(text) <= MAX_CHARACTERS
            assert not holds_latin(phrases("ja").translated(text).replace("ベビーAI", "")), text
            if env.act(named_move(text, MOVES) or "forward"):
                break
        done += env.done
    # AND nearly all of them come to their end
    assert done >= len(seeds) - 1


def test_a_nudge_or_a_hint_does_not_give_the_move_away(coach: VisionModel) -> None:
    # GIVEN positions WHEN less than the move is asked for THEN none is named
    env, said = BabyAIEnv(), set()
    for seed in levels("with distractors", 10):
        env.reset(seed=seed)
        image = clean_shot(picture(env.view())).image
        said |= {_ask(coach, image, asked) for asked in (NUDGE[0], HINT[0])}
    assert not [text for text in said if "Next:" in text]
    assert len(said) > 5


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
    for kind, promised in (("without distractors", 0.98), ("with distractors", 0.93)):
        assert played["coach"][kind]["done"] >= promised > played["random"][kind]["done"] + 0.5
    assert {"seed", "commit", "look_steps", "speak_steps"} <= arguments.keys()
    assert "does not know" in (FOLDER / "README.md").read_text(encoding="utf-8")
    assert (FOLDER / "model.safetensors").stat().st_size < 60e6
