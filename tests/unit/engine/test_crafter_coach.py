"""The Crafter coach that comes with the app, asked as the engine asks it, about worlds it was never trained on."""

import json
from itertools import islice

import numpy as np
import pytest

from coach_app.domain.moves import named_move
from coach_app.domain.phrases import phrases
from coach_app.domain.resources import resources_dir
from coach_app.engine.answering import answer
from coach_app.engine.loader import VisionModel, load_vision
from coach_app.games.captures import captured_shot, clean_shot, other_shot, seen
from coach_app.games.crafter.lessons.curriculum import BOARD
from coach_app.games.crafter.lessons.pictures import Scene, picture, visible
from coach_app.games.crafter.lessons.questions import HINT_PROMPT, NUDGE_PROMPT, PROMPT
from coach_app.games.crafter.lessons.scenes import unseen_scenes
from coach_app.games.crafter.lessons.text import NO_GAME
from coach_app.games.crafter.teacher import decide
from coach_app.games.crafter.words import MAX_CHARACTERS, MOVES
from coach_app.games.profiles import profile_of
from coach_app.translation.sentences import holds_latin

FOLDER = resources_dir() / "models" / "crafter-coach"
NAMES = tuple(MOVES.values())
SIDE_PX = 144


@pytest.fixture(scope="module")
def coach() -> VisionModel:
    return load_vision(FOLDER)


@pytest.fixture(scope="module")
def played() -> list[Scene]:
    rng = np.random.default_rng(31)
    return list(islice((scene for kind, scene in unseen_scenes(rng) if kind == "played day"), 40))


def _ask(coach: VisionModel, scene_picture: object, question: str = PROMPT) -> str:
    return answer(coach, question, scene_picture, 100, lambda words: None, lambda: False).text  # type: ignore[arg-type]


@pytest.mark.parametrize("captured", [False, True], ids=["clean", "captured"])
def test_it_advises_mostly_as_the_teacher_does(coach: VisionModel, played: list[Scene], captured: bool) -> None:
    rng = np.random.default_rng(12)
    right = 0
    for scene in played:
        # GIVEN a position of a game in an unseen world WHEN it is asked
        shot = captured_shot(picture(scene), rng, 1000) if captured else clean_shot(picture(scene))
        text = _ask(coach, seen(shot, BOARD if captured else None, SIDE_PX).image)
        # THEN it answers in what the prompt asks for, a move among it, and all of it can be said in Japanese
        assert len(text) <= MAX_CHARACTERS
        assert not holds_latin(phrases("ja").translated(text)), text
        right += named_move(text, NAMES) == decide(visible(scene)).move
    # AND the move is mostly the teacher's
    assert right >= 0.6 * len(played)


def test_a_nudge_or_a_hint_does_not_give_the_move_away(coach: VisionModel, played: list[Scene]) -> None:
    # GIVEN positions WHEN less than the move is asked for THEN none is named
    said = [
        _ask(coach, clean_shot(picture(scene)).image, asked)
        for scene in played
        for asked in (NUDGE_PROMPT, HINT_PROMPT)
    ]
    assert not [text for text in said if named_move(text, NAMES)]
    assert len(set(said)) > 5
    # AND these are what the app asks where a game has no prompts of its own
    default = profile_of("default")
    assert (default.nudge, default.hint) == (NUDGE_PROMPT, HINT_PROMPT)
    assert profile_of("crafter").nudge == profile_of("crafter").hint == ""


def test_it_does_not_pretend_to_see_the_game(coach: VisionModel) -> None:
    # GIVEN pictures of something else WHEN asked for a move THEN it says so
    rng = np.random.default_rng(12)
    said = [_ask(coach, seen(other_shot(rng), BOARD, SIDE_PX).image) for _ in range(20)]
    assert said.count(NO_GAME) >= 16  # 93 of 100 were measured


def test_its_card_and_figures_lie_beside_it() -> None:
    # GIVEN the folder WHEN read THEN the figures that the project promises are the measured ones
    metrics = json.loads((FOLDER / "metrics.json").read_text(encoding="utf-8"))
    arguments = json.loads((FOLDER / "training.json").read_text(encoding="utf-8"))
    played = {name: each["reward"] for name, each in metrics["played"].items()}
    assert played["teacher"] > played["coach"] >= 12.6 > played["random"]
    assert metrics["episodes"] >= 100
    assert {"seed", "commit", "look_steps", "speak_steps"} <= arguments.keys()
    assert "does not know" in (FOLDER / "README.md").read_text(encoding="utf-8")
    assert (FOLDER / "model.safetensors").stat().st_size < 60e6
