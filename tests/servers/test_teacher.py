"""The teacher of game questions is a real model: SmolLM2 on a server of llama.cpp. Run by ``make test-llama-cpp``."""

import json
from pathlib import Path

import pytest

from coach_app.knowledge.library import Lexicon, Library
from coach_app.knowledge.sections import Section
from coach_app.training.tips.pairs import read_pairs
from coach_app.training.tips.requests import SelfInstructArgs
from coach_app.training.tips.self_instruct import run
from coach_app.training.tips.teacher import OpenAITeacher
from tests.servers.conftest import WAIT_S

RULES = (
    "Lead the cat to the crate. Every step costs 0.04 points, so the shortest way is the best one. "
    "Falling into the hole ends the level, and costs 1 point."
)
MOVES = (
    "The four moves are left, down, right and up. "
    "A move against a wall leaves the cat where it is, and costs a step all the same."
)
SECTIONS = (Section("goal", "The goal", "", RULES, "grid.md"), Section("moves", "Moves", "", MOVES, "grid.md"))


@pytest.mark.timeout(600)
def test_a_small_model_teaches_as_well_as_it_can(roomy_url: str, tmp_path: Path) -> None:
    # GIVEN a guide, and a teacher of 135 million parameters
    args = SelfInstructArgs(roomy_url, "smollm2", "grid-levels", tmp_path, passes=3, timeout_s=WAIT_S, concurrency=1)
    teacher = OpenAITeacher(args.base_url, args.model, "", args.temperature, args.timeout_s, args.retries)
    told: list[str] = []

    def agree(what: str) -> bool:
        told.append(what)
        return True

    # WHEN it is asked for questions and answers
    library = Library("grid-levels", SECTIONS, Lexicon())
    report = run(args, library, teacher, agree, told.append)

    # THEN all requests are answered and counted, each part of the replies is a pair or rejected with a reason, and
    # what is left is about the guide
    assert "stay on this computer" in told[0]
    assert report["requests"] >= 3
    assert not report["failed"]
    assert report["completion_tokens"] > 100
    rejects = [json.loads(line) for line in (tmp_path / "rejects.jsonl").read_text().splitlines()]
    assert len(rejects) == report["rejected"]
    assert all(reject["reason"] for reject in rejects)
    pairs = read_pairs(tmp_path / "pairs.jsonl")
    assert len(pairs) == report["pairs"] > 0
    assert {pair.section for pair in pairs} <= {"goal", "moves"}
    assert all(pair.question and pair.answer and pair.split for pair in pairs)

    # WHEN it is run again THEN nothing is asked anew
    again = run(args, library, OpenAITeacher("http://127.0.0.1:9", "smollm2", "", 0.7, 1, 0), lambda _: False, print)
    assert again["pairs"] == report["pairs"]
