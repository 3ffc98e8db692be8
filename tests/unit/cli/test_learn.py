"""``coach learn``: collect, show, and what is refused."""

import json
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from typer.testing import CliRunner, Result

from coach_app.assembly.once import opened_text_model
from coach_app.cli import app
from coach_app.desktop.folders import recording_file
from coach_app.domain.errors import CoachError
from coach_app.knowledge.feedback import Feedback, Rated, feedback_file
from coach_app.settings.schema import Settings
from tests.fakes.openai import going_on, openai_server


def learn(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["learn", *arguments])


def test_what_was_collected_is_shown(coach_home: Path) -> None:
    # GIVEN a game WHEN experiences are collected, and collected once more
    command = ("grid-levels", "collect", "--how", "explore", "--episodes", "2", "--seed", "500000", "--steps", "8")
    first, second = (json.loads(learn(*command, "--json").stdout) for _ in range(2))
    # THEN they are new once, and in the user's own folder
    assert (first["episodes"], second["episodes"], second["known"]) == (2, 0, 2)
    assert Path(first["folder"]).is_relative_to(coach_home)
    # and the page of them is there
    page = json.loads(learn("grid-levels", "show", "--json").stdout)["page"]
    assert "explore" in Path(page).read_text(encoding="utf-8")


def test_the_cost_is_said_before_the_result() -> None:
    # GIVEN a game WHEN experiences are collected THEN it is said what that takes, and that it can be stopped
    result = learn("frozen-lake", "collect", "--how", "plan", "--episodes", "1", "--simulations", "20", "--steps", "3")
    assert "up to 3 steps" in result.stderr
    assert "Ctrl+C" in result.stderr
    assert "1 new episode of frozen-lake" in result.stdout


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["grid-levels", "collect", "--how", "dream"], "no way"),
        (["grid-levels", "collect", "--how", "watch"], "nothing to watch"),
        (["grid-levels", "collect", "--how", "curriculum"], "no tasks"),
        (["CartPole-v1", "collect", "--how", "plan"], "cannot be copied"),
        (["grid-levels", "collect", "--how", "explore", "--seed", "905000"], "kept for checks"),
        (["grid-levels", "adapt", "--base", "grid-coach", "--method", "dream"], "no method"),
        (["grid-levels", "adapt", "--base", "grid-coach", "--ratings"], "says what would be better"),
    ],
)
def test_what_cannot_be_collected_is_refused_with_a_sentence(arguments: list[str], sentence: str) -> None:
    error = learn(*arguments).exception
    assert isinstance(error, CoachError)
    assert sentence in str(error)


def test_what_the_app_recorded_is_watched_without_being_named() -> None:
    # GIVEN a recording that the app made of a practice game WHEN it is to be watched THEN it is found
    file = recording_file("grid-levels")
    file.parent.mkdir(parents=True)
    states = [{"seed": 500_000, "steps": step, "action": "up" * step, "reward": -0.04 * step} for step in range(2)]
    file.write_text("".join(json.dumps(state) + "\n" for state in states))
    report = json.loads(learn("grid-levels", "collect", "--how", "watch", "--json").stdout)
    assert (report["episodes"], report["steps"]) == (1, 1)


def test_a_video_is_watched_and_nothing_is_asked_where_nothing_is_known(tmp_path: Path) -> None:
    # GIVEN pictures of a game of which nobody can read moves WHEN they are watched THEN they are kept, once
    first_picture, *others = (Image.new("RGB", (64, 64), colour) for colour in ("red", "blue", "green"))
    gif = tmp_path / "play.gif"
    first_picture.save(gif, save_all=True, append_images=others, duration=1000)
    command = ("raid", "collect", "--how", "watch", "--from", str(gif), "--json")
    first, second = (json.loads(learn(*command).stdout) for _ in range(2))
    assert (first["episodes"], first["mean_reward"], second["known"]) == (1, None, 1)
    assert "seen" in Path(json.loads(learn("raid", "show", "--json").stdout)["page"]).read_text(encoding="utf-8")
    # and nothing can be asked about them, which is said
    assert "No question can be made" in str(learn("raid", "questions").exception)


async def test_a_servers_text_model_proposes() -> None:
    # GIVEN a server with a text model WHEN it is asked THEN its answer comes back, to the question as it is
    async with (
        openai_server(going_on("collect", " wood")) as server,
        opened_text_model(Settings(), f"some@{server.url}") as ask,
    ):
        assert (await ask("What next?")).strip() == "collect wood"
        assert "What next?" in server.chats[0]["prompt"]


def memories(*arguments: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(learn("grid-levels", "memory", *arguments, "--json").stdout)["memories"]
    return found


def test_what_is_collected_is_remembered_edited_and_deleted() -> None:
    # GIVEN experiences WHEN they are collected THEN what mattered in them is remembered
    assert memories() == []
    learn("grid-levels", "collect", "--how", "explore", "--episodes", "4", "--seed", "500000", "--steps", "40")
    first, *others = memories()
    assert "was done" in first["text"]
    assert others
    # and can be edited, deleted, and remembered again
    assert memories("--edit", str(first["id"]), "--text", "Mind the hole.")[0]["text"] == "Mind the hole."
    assert "Mind the hole." in learn("grid-levels", "memory").stdout
    assert len(memories("--delete", str(first["id"]))) == len(others)
    assert memories("--delete-all") == []
    assert len(memories("--collected")) == len(others) + 1


def test_ratings_are_shown_explained_and_deleted() -> None:
    # GIVEN a rating WHEN it is explained THEN it is shown with that, and counts as a preference
    ratings = Feedback(feedback_file())
    number = ratings.rate(Rated("grid-levels", 1.0, "Where to?", "Move up."), False)
    ratings.close()
    assert json.loads(learn("grid-levels", "feedback", "--json").stdout)["preferences"] == 0
    told = learn("grid-levels", "feedback", "--explain", str(number), "--critique", "Late.", "--better", "Move left.")
    assert "why: Late." in told.stdout
    assert "better: Move left." in told.stdout
    assert "what you prefer: 1." in told.stderr
    # and is gone once it is deleted
    assert json.loads(learn("grid-levels", "feedback", "--delete", str(number), "--json").stdout)["ratings"] == []
