"""The command line: what it prints where, and how it ends."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image
from typer.testing import CliRunner, Result

from coach_app import __main__ as entry
from coach_app import __version__
from coach_app.assembly.once import ask_once
from coach_app.cli import app
from coach_app.desktop import output
from coach_app.desktop.folders import config_dir
from coach_app.domain.errors import CoachError
from coach_app.host import client as engine_client
from coach_app.settings import store
from coach_app.settings.schema import Settings
from tests.fakes import engine as fake_engine
from tests.fakes.openai import going_on, openai_server


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


@pytest.fixture
def model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a model that the fake engine loads."""
    folder = tmp_path / "some-coach"
    folder.mkdir()
    monkeypatch.setattr(engine_client, "engine_command", lambda: fake_engine.command(tmp_path))
    return folder


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    path = tmp_path / "game.png"
    Image.new("RGB", (64, 48), "green").save(path)
    return path


def test_the_version_is_the_packages() -> None:
    # GIVEN the app WHEN its version is asked for THEN it is the one that everything is built with
    assert run("--version").stdout == f"coach {__version__}\n"


def test_the_bundle_does_not_offer_what_it_leaves_out() -> None:
    # GIVEN the app as the bundle starts it WHEN its commands are listed
    listing = "import sys; sys.frozen = True; from coach_app.cli import app; sys.argv = ['coach', '--help']; app()"
    printed = subprocess.run([sys.executable, "-c", listing], capture_output=True, text=True, check=True).stdout
    # THEN playing is among them, training is not, as it is in a checkout
    assert " demo " in printed
    assert " train " not in printed
    assert " train " in run("--help").stdout


def test_advice_as_json(model: Path, picture: Path) -> None:
    # GIVEN a picture and a model WHEN advice is wanted as JSON
    result = run("advise", picture, "--game", "grid", "--question", "words", "--model", model, "--json")
    # THEN one object is all of standard output
    assert result.exit_code == 0, result.output
    advice = json.loads(result.stdout)
    assert advice.pop("latency_ms") > 0
    told = {"advice": "Move the cat up.", "move": "up", "model": "some-coach", "tokens": 4, "level": "answer"}
    assert advice == told


def test_advice_as_text(model: Path, picture: Path) -> None:
    # GIVEN a picture and a model WHEN advice is wanted THEN it is printed as it comes
    result = run("advise", picture, "--game", "grid", "--question", "words", "--model", model)
    assert (result.exit_code, result.stdout.strip()) == (0, "Move the cat up.")


def test_a_question_in_japanese_is_answered_in_japanese(
    model: Path, picture: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # GIVEN a translator of answers
    async def translate(self: engine_client.EngineClient, text: str) -> str:
        return "猫を上へ。"

    monkeypatch.setattr(engine_client.EngineClient, "translate", translate)
    # WHEN a question is asked that the phrase book knows
    result = run("advise", picture, "--game", "grid", "--question", "木箱はどこ？", "--model", model, "--json")
    # THEN the model gets it in English, and Japanese follows its answer, unasked
    assert result.exit_code == 0, result.output
    assert "ask Where is the crate? " in (tmp_path / "log").read_text()
    assert json.loads(result.stdout)["advice_ja"] == "猫を上へ。"


def test_a_question_in_japanese_that_nobody_can_translate_is_not_asked(model: Path, picture: Path) -> None:
    # GIVEN a question that nobody here can say in English WHEN it is asked THEN a sentence says so
    result = run("advise", picture, "--game", "grid", "--question", "ボスは？", "--model", model, "--json")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "could not be translated" in str(result.exception)


def test_where_nothing_translates_the_english_comes_with_the_reason(model: Path, picture: Path) -> None:
    # GIVEN a translation model that is not there
    config_dir().mkdir(parents=True, exist_ok=True)
    store.save(Settings().with_value("translation", "model", "nobody"), config_dir() / "settings.toml")
    # WHEN advice is wanted in Japanese THEN it comes in English, and why is said beside it
    result = run("advise", picture, "--game", "grid", "--question", "words", "--model", model, "--lang", "ja")
    assert (result.exit_code, result.stdout.strip()) == (0, "Move the cat up.")
    assert "nobody" in result.stderr


async def test_game_questions_can_be_put_to_a_server() -> None:
    def ignore(words: str) -> None:
        """What comes is not looked at."""

    # GIVEN a server with an adapter called as one of the catalogue's
    async with openai_server(going_on("Shoot", " lasers", " at middle", " distance.")) as server:
        # WHEN it is asked THEN it answers, from the passages of the guides
        answer = await ask_once(
            Settings(),
            "How do I beat Peach as Falco?",
            f"melee@{server.url}",
            "",
            False,
            lambda words: None,
            pytest.fail,
        )
        assert answer.text == "Shoot lasers at middle distance."
        assert answer.model == "melee"
        assert answer.sources
        assert "Passage: Falco" in server.chats[0]["prompt"]
        # WHEN it is one that nobody knows THEN the game has to be named
        with pytest.raises(CoachError, match="which game"):
            await ask_once(Settings(), "How?", f"other@{server.url}", "", False, ignore, pytest.fail)


def test_play_as_json(tmp_path: Path) -> None:
    # GIVEN an agent WHEN it plays THEN the report holds what the issue asks for, and a GIF is left
    gif = tmp_path / "played.gif"
    result = run("play", "grid", "--agent", "teacher", "--episodes", "3", "--seed", "5", "--gif", gif, "--json")
    assert result.exit_code == 0, result.output
    report = json.loads(result.stdout)
    assert report["optimal_move_rate"] == 1.0
    assert len(report["rewards"]) == report["episodes"] == 3
    assert {"game", "agent", "seed", "mean_reward", "std_reward", "latency_ms_p50"} <= report.keys()
    with Image.open(gif) as film:
        assert film.n_frames > 3  # type: ignore[attr-defined]


def test_larger_levels_are_played() -> None:
    # GIVEN a size WHEN the teacher plays levels of it THEN they are other ones than those of the usual size
    usual, larger = (
        json.loads(run("play", "grid-levels", "--agent", "teacher", "--episodes", "5", "--json", *size).stdout)
        for size in ((), ("--size", "9x7"))
    )
    assert usual["optimal_move_rate"] == larger["optimal_move_rate"] == 1.0
    assert usual["rewards"] != larger["rewards"]


def test_the_models_are_listed() -> None:
    # GIVEN the catalogue WHEN it is listed THEN the bundled coach says what it is good for
    models = json.loads(run("models", "list", "--json").stdout)["models"]
    bundled = next(entry for entry in models if entry["name"] == "grid-coach")
    assert bundled["games"] == ["grid", "grid-levels"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["advise", "missing.png", "--game", "grid"], "does not exist"),
        (["advise", "game.png", "--game", "chess"], 'no game "chess"'),
        (["advise", "game.png", "--game", "grid", "--lang", "fr"], "does not know the language"),
        (["advise", "game.png", "--game", "grid", "--model", "nobody"], "no model"),
        (["ask", "How do I wavedash?", "--adapter", "tekken"], "no text adapter"),
        (["play", "chess", "--agent", "teacher"], "chess"),
        (["play", "grid", "--agent", "pupil"], "pupil"),
        (["play", "grid", "--agent", "dqn", "--checkpoint", "nowhere"], "no Q-network 'nowhere'"),
        (["play", "grid-levels", "--agent", "teacher", "--size", "6by5"], "not a size"),
        (["practice", "chess"], "chess"),
        (["--game", "chess"], "chess"),
    ],
)
def test_what_cannot_be_done_is_one_sentence_and_exit_code_1(
    arguments: list[str],
    said: str,
    picture: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    # GIVEN something that cannot be done
    monkeypatch.chdir(picture.parent)
    monkeypatch.setattr(sys, "argv", ["coach", *arguments])
    monkeypatch.setattr(output, "start_log", lambda: None)
    for name in ("DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    # WHEN the command runs
    with pytest.raises(SystemExit) as end:
        entry.main()
    # THEN standard error holds a sentence, standard output nothing, and the exit code is 1
    printed = capsys.readouterr()
    assert end.value.code == 1
    assert said in printed.err or ("no screen" in printed.err and arguments[0] in ("practice", "--game"))
    assert printed.err.count("\n") == 1
    assert printed.out == ""


@pytest.mark.parametrize("arguments", [["advise", "game.png"], ["play"], ["fly"], ["demo", "--seconds", "soon"]])
def test_wrong_usage_is_exit_code_2(arguments: list[str]) -> None:
    # GIVEN a wrong command line WHEN it runs THEN it ends with 2 and prints no result
    result = run(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
