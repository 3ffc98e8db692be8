"""``coach what-if``: two ways of asking, one answer, one picture."""

import json
from pathlib import Path

import pytest
from PIL import Image
from typer.testing import CliRunner, Result

from coach_app.cli import app
from coach_app.domain.advice import Advice
from coach_app.domain.errors import CoachError


def ask(folder: Path, *arguments: str) -> Result:
    return CliRunner().invoke(app, ["what-if", *arguments, "--picture", str(folder / "both.png")])


def test_a_question_and_a_command_get_the_same_answer(tmp_path: Path) -> None:
    # GIVEN what was done in a level WHEN another last move is asked about in words, and by command
    moves = ("grid-levels", "--seed", "500007", "--steps", "up,right")
    asked = ask(tmp_path, *moves, "What if I had gone left?")
    named = ask(tmp_path, *moves, "--instead", "left", "--json")
    # THEN both name the two moves and what they are worth
    assert "instead, left: reward -0.04" in asked.stdout
    answer = json.loads(named.stdout)
    assert (answer["before"], answer["made"]["move"], answer["instead"]["move"]) == (["up"], "right", "left")
    assert answer["instead"]["reward"] == pytest.approx(-0.04)
    # and the picture shows both, side by side
    with Image.open(answer["picture"]) as picture:
        assert picture.width > 600


def test_the_teachers_move_is_in_question_where_only_the_moves_before_are_given(tmp_path: Path) -> None:
    # GIVEN the teacher's first two moves WHEN a what-if is asked about the next one
    answer = json.loads(ask(tmp_path, "frozen-lake", "--after", "2", "--instead", "up", "--json").stdout)
    # THEN it is compared with the teacher's third one
    assert len(answer["before"]) == 2
    assert answer["made"]["move"] in ("left", "down", "right", "up")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["CartPole-v1", "left"], "cannot be copied"),
        (["grid-levels"], "missing"),
        (["grid-levels", "left", "--instead", "up"], "named twice"),
        (["grid-levels", "left", "--steps", "up", "--after", "up"], "exclude"),
        (["grid-levels", "left", "--steps", "jump"], "no move"),
    ],
)
def test_what_cannot_be_answered_is_refused_with_a_sentence(
    arguments: list[str], sentence: str, tmp_path: Path
) -> None:
    # GIVEN a question that has no answer WHEN it is asked THEN a sentence says why
    error = ask(tmp_path, *arguments).exception
    assert isinstance(error, CoachError)
    assert sentence in str(error)


def test_a_model_guesses_where_a_game_cannot_be_copied_and_that_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # GIVEN a model WHEN it is asked what a move would lead to, in words or by a name
    asked: list[str] = []

    async def advise_once(settings: object, image: Path, game: str, question: str, *others: object) -> Advice:
        asked.append(question)
        return Advice("You fall.", None, "some-model", 0.0, 1.0, 1.0, 1)

    monkeypatch.setattr("coach_app.assembly.once.advise_once", advise_once)
    guess = ("melee", "--guess", str(tmp_path / "x.png"))
    in_words = ask(tmp_path, "frozen-lake", "What if I had gone left?", "--guess", str(tmp_path / "x.png"))
    named = json.loads(ask(tmp_path, *guess, "--instead", "left", "--json").stdout)
    # THEN it gets the question that it learned from, and its answer is marked as a guess
    assert asked == ["What happens if the next move is “left”?"] * 2
    assert in_words.stdout.strip() == "You fall."
    assert "guess of some-model" in in_words.stderr
    assert named["guess"] == "You fall."
    # and no move, or two, are refused
    assert isinstance(ask(tmp_path, *guess).exception, CoachError)
