"""A second question about a picture costs no second look, and gets the answer that it would have got by itself."""

from pathlib import Path

import pytest
from PIL import Image

from coach_app.domain.resources import resources_dir
from coach_app.engine.answering import answer
from coach_app.engine.faults import Stopped
from coach_app.engine.loader import VisionModel, load_vision
from coach_app.games.grid.env import GridEnv

QUESTIONS = ["Please tell me in 200 characters where the cat should move next.", "Where is the hole?", " Is up safe? "]


@pytest.fixture(scope="module", params=["tiny", "bundled"])
def folder(request: pytest.FixtureRequest, llava: Path) -> Path:
    return llava if request.param == "tiny" else resources_dir() / "models" / "grid-coach"


@pytest.fixture
def vision(folder: Path) -> VisionModel:
    return load_vision(folder)


def frame(seed: int) -> Image.Image:
    return Image.fromarray(GridEnv(random_levels=True).reset(seed=seed)[0])


def ask(vision: VisionModel, question: str, image: Image.Image) -> str:
    return answer(vision, question, image, 40, lambda words: None, lambda: False).text


def looks(vision: VisionModel) -> list[int]:
    """Looks at pictures from now on: what the vision tower saw is passed on once each time."""
    calls: list[int] = []
    vision.model.model.multi_modal_projector.register_forward_hook(lambda *_: calls.append(1))
    return calls


def test_further_questions_are_answered_alike_without_looking(folder: Path, vision: VisionModel) -> None:
    # GIVEN answers to questions that each came first
    image = frame(500_001)
    first = [ask(load_vision(folder), question, image) for question in QUESTIONS]

    # WHEN they are asked one after the other
    seen = looks(vision)
    further = [ask(vision, question, image) for question in [*QUESTIONS, QUESTIONS[0]]]

    # THEN the answers are those, and the picture was looked at once
    assert further == [*first, first[0]]
    assert seen == [1]


def test_another_picture_is_looked_at(vision: VisionModel) -> None:
    # GIVEN a picture that has been asked about
    ask(vision, QUESTIONS[0], frame(500_001))
    seen = looks(vision)

    # WHEN another one is shown, also one of the same bytes and another shape THEN the model looks again
    other = frame(500_002)
    ask(vision, QUESTIONS[0], other)
    ask(vision, QUESTIONS[0], Image.frombytes("RGB", other.size[::-1], other.tobytes()))
    assert seen == [1, 1]


@pytest.mark.parametrize("after", [0, 1, 3])
def test_a_stopped_answer_leaves_nothing_behind(folder: Path, vision: VisionModel, after: int) -> None:
    # GIVEN an answer that was stopped: before the first look, before the first word, in the middle
    image, left = frame(500_003), iter([False] * after)
    with pytest.raises(Stopped):
        answer(vision, QUESTIONS[0], image, 40, lambda words: None, lambda: next(left, True))

    # WHEN the same picture is asked about THEN the answer is as if nothing had been
    assert ask(vision, QUESTIONS[1], image) == ask(load_vision(folder), QUESTIONS[1], image)


def test_nothing_is_computed_for_an_answer_that_was_cancelled_before(vision: VisionModel) -> None:
    # GIVEN an answer that nobody waits for any more when its turn comes
    seen = looks(vision)
    vision.model.register_forward_pre_hook(lambda *_: seen.append(2))
    # WHEN it is its turn THEN neither the picture is looked at nor a word made
    with pytest.raises(Stopped):
        answer(vision, QUESTIONS[0], frame(500_004), 40, lambda words: None, lambda: True)
    assert seen == []
