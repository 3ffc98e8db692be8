"""Answers on a card: the same words, from a recorded step, and a model of 7B in the memory that is promised."""

from pathlib import Path

import pytest
import torch
from PIL import Image

from coach_app.domain.resources import resources_dir
from coach_app.engine import measuring
from coach_app.engine.answering import answer
from coach_app.engine.loader import VisionModel, load_vision
from coach_app.evaluation.bench.engine import bench_engine
from coach_app.games.grid.env import GridEnv
from coach_app.games.profiles import profile_of

PROMPT = profile_of("grid-levels").prompt
COACH = resources_dir() / "models" / "grid-coach"


def frame(seed: int) -> Image.Image:
    return Image.fromarray(GridEnv(random_levels=True).reset(seed=seed)[0])


def ask(vision: VisionModel, seed: int, question: str = PROMPT) -> str:
    return answer(vision, question, frame(seed), 60, lambda words: None, lambda: False).text


@pytest.mark.parametrize("four_bit", [False, True])
def test_recorded_steps_say_what_generate_says(four_bit: bool) -> None:
    # GIVEN the bundled coach on the card, in both precisions
    vision = load_vision(COACH, four_bit)
    said, expected = [], []
    # WHEN it is asked about pictures, and by plain generate
    for seed in range(500_000, 500_010):
        said.append(ask(vision, seed))
        expected.append(measuring.as_the_article(vision, PROMPT, frame(seed), "full").text)
    # THEN the answers are the same, but for a rounding at most, and the step was recorded once
    assert sum(one == other for one, other in zip(said, expected, strict=True)) >= 9
    graph = vision.decoder._graph
    assert graph is not None
    assert graph._recorded is not None
    ask(vision, 500_000, "Where is the hole?")
    assert vision.decoder._graph is graph


def test_a_look_and_its_steps_take_no_further_memory(tmp_path: Path) -> None:
    # GIVEN a model that has answered
    vision = load_vision(COACH)
    for seed in (500_020, 500_021):
        ask(vision, seed)
    before = torch.cuda.memory_allocated()
    # WHEN it answers more THEN memory stays as it was
    for seed in range(500_022, 500_032):
        ask(vision, seed)
    assert torch.cuda.memory_allocated() <= before + 1_000_000


@pytest.mark.timeout(1500)
def test_7b_is_measured_in_the_memory_that_is_promised() -> None:
    # GIVEN a card that has room for it WHEN random weights of the shape of 7B are measured
    report = bench_engine("", "7b", 3, lambda line: None)
    # THEN every detail was, at the tokens that are known, and 7 GB sufficed (times are in the report, not judged here)
    details = ("base", "wide", "full")
    assert [report.value(detail, "tokens of the picture") for detail in details] == [577, 1176, 2928]
    for detail in details:
        assert report.value(f"{detail}, coach", "tokens") == measuring.MAX_NEW_TOKENS
        assert (report.value(f"{detail}, coach", "peak memory") or 0) <= 7
