"""``coach models``: what it prints, and how it ends."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from huggingface_hub import close_session, constants
from typer.testing import CliRunner, Result

from coach_app.cli import app
from coach_app.desktop.folders import config_dir, data_dir
from coach_app.domain.errors import CoachError
from coach_app.domain.resources import resources_dir
from coach_app.models import hardware
from coach_app.models.catalogue import models_dir, resolve
from coach_app.models.hardware import Card, Machine, Speed
from tests.fakes.hub import COMMIT, FakeHub, fake_hub

TINY = "someone/tiny-coach"
GB = 10**9


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, ["models", *map(str, arguments)])


def said_by(result: Result) -> dict[str, Any]:
    assert result.exit_code == 0, result.output
    answer: dict[str, Any] = json.loads(result.stdout)
    return answer


def refusal(result: Result) -> CoachError:
    assert isinstance(result.exception, CoachError), result.output
    return result.exception


@pytest.fixture
def hub(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeHub]:
    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", False)
    monkeypatch.setattr(constants, "HF_HUB_CACHE", str(tmp_path / "hub-cache"))
    monkeypatch.setattr(constants, "HF_TOKEN_PATH", str(tmp_path / "no-token"))
    with fake_hub() as hub:
        monkeypatch.setattr(constants, "ENDPOINT", hub.endpoint)
        template = constants.HUGGINGFACE_CO_URL_TEMPLATE.replace("https://huggingface.co", hub.endpoint)
        monkeypatch.setattr(constants, "HUGGINGFACE_CO_URL_TEMPLATE", template)
        hub.offer(TINY, resources_dir() / "models" / "grid-coach")
        yield hub
        close_session()


def test_the_list_says_what_is_known_of_each_model() -> None:
    # GIVEN the catalogue WHEN it is listed THEN size, memory in each precision, licence and place are said
    models = {row["name"]: row for row in said_by(run("list", "--json"))["models"]}
    llava = models["llava-v1.6-mistral-7b"]
    assert llava["hub_id"] == "llava-hf/llava-v1.6-mistral-7b-hf"
    assert llava["memory_bytes"]["4"] < llava["memory_bytes"]["8"] < llava["memory_bytes"]["16"]
    assert (llava["licence"], llava["installed"], llava["gated"]) == ("Apache-2.0", False, False)
    assert len(llava["revision"]) == 40
    assert models["grid-coach"]["installed"]
    assert models["llama-2-7b"]["gated"]
    # THEN the table has a line for each
    assert len(run("list").stdout.splitlines()) == len(models)


def test_a_model_of_the_hub_is_added_got_checked_and_removed(hub: FakeHub) -> None:
    # GIVEN a model that the coach does not know
    added = said_by(run("add", TINY, "--json"))
    # THEN its commit is pinned, and it can be called by a short name
    assert (added["name"], added["revision"], added["installed"]) == ("tiny-coach", COMMIT, False)
    assert "already" in refusal(run("add", TINY)).message
    # WHEN it is got THEN each line is one object, and the last names the folder
    lines = [json.loads(line) for line in run("get", "tiny-coach", "--json").stdout.splitlines()]
    assert {line["event"] for line in lines[:-1]} == {"progress"}
    assert lines[-1] == {"event": "done", "model": "tiny-coach", "folder": str(models_dir() / "tiny-coach")}
    # WHEN it is checked THEN what it takes is read from its files
    (model,) = said_by(run("check", "tiny-coach", "--json"))["models"]
    memory = resolve("grid-coach").memory
    assert memory
    assert model["ways"][0]["weights_bytes"] == 2 * memory.bits16
    # WHEN it is removed THEN its files are gone, and the coach does not know it any more
    assert "was removed" in str(said_by(run("remove", "tiny-coach", "--json"))["done"])
    assert not (models_dir() / "tiny-coach").exists()
    assert "no model" in refusal(run("get", "tiny-coach")).message


def test_a_folder_is_added_and_its_files_are_never_touched(tmp_path: Path) -> None:
    # GIVEN a folder of the user's WHEN it is added THEN it is a model
    folder = resources_dir() / "models" / "grid-ja"
    added = said_by(run("add", folder, "--name", "mine", "--json"))
    assert (added["name"], added["role"], added["installed"]) == ("mine", "translator", True)
    # WHEN it is removed THEN only its name is
    assert "its files stay in" in run("remove", "mine").stdout
    assert (folder / "model.safetensors").is_file()
    assert "no model" in refusal(run("remove", "mine")).message
    # WHEN a folder that is no checkpoint is added THEN that is said
    assert "config.json" in refusal(run("add", tmp_path)).message


def test_offline_in_the_settings_is_honoured(hub: FakeHub) -> None:
    # GIVEN settings that forbid it WHEN something is wanted from the hub THEN nothing is asked, and that is said
    config_dir().mkdir(parents=True)
    (config_dir() / "settings.toml").write_text("version = 1\n[general]\noffline = true\n")
    for arguments in (("get", "llava-v1.6-mistral-7b"), ("add", TINY)):
        assert "offline" in refusal(run(*arguments)).message
    assert hub.asked == []


@pytest.mark.parametrize("content", [b"offline = tru", b"\xff", b"general = 1", b'[general]\noffline = "perhaps"'])
def test_settings_that_cannot_be_read_count_as_offline(hub: FakeHub, content: bytes) -> None:
    # GIVEN damaged settings, which may have said “Stay offline”
    config_dir().mkdir(parents=True)
    file = config_dir() / "settings.toml"
    file.write_bytes(content)
    # WHEN something is wanted from the hub, and once more THEN nothing is asked, and it says why
    for arguments in (("get", "llava-v1.6-mistral-7b"), ("add", TINY)):
        result = run(*arguments)
        assert "offline" in refusal(result).message
        assert f"The settings {file} cannot be read" in result.stderr
    assert hub.asked == []
    # WHEN they are readable, and do not say it THEN it is asked
    file.write_text("[general]\n")
    assert run("add", TINY).exit_code == 0


def test_an_address_of_a_hub_that_is_none_is_one_sentence(coach_home: Path) -> None:
    # GIVEN a variable with an address that cannot be one WHEN models are added or listed THEN no error is unexpected
    environment = os.environ | {"HF_ENDPOINT": "http://[::1", "HF_HUB_OFFLINE": "0", "LC_ALL": "C.UTF-8"}
    for arguments, sentence in (("add", "a/b"), "HF_ENDPOINT is not the address of a model hub."), (("list",), ""):
        command = [sys.executable, "-m", "coach_app", "models", *arguments]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        assert (done.returncode, sentence in done.stderr) == (1 if sentence else 0, True), done.stderr


def test_the_folder_of_the_models_is_chosen(tmp_path: Path, hub: FakeHub) -> None:
    # GIVEN another folder WHEN it is chosen THEN models come there
    (tmp_path / "big").mkdir()
    assert said_by(run("folder", tmp_path / "big", "--json")) == {"folder": str(tmp_path / "big")}
    run("add", TINY)
    assert run("get", "tiny-coach").exit_code == 0
    assert (tmp_path / "big" / "tiny-coach" / "config.json").is_file()
    # WHEN one is chosen that is not there THEN it stays as it was
    assert "is not there" in refusal(run("folder", tmp_path / "nowhere")).message
    assert models_dir() == tmp_path / "big"
    # WHEN it is gone THEN models are listed all the same, and that is said beside the list
    (tmp_path / "big").rename(tmp_path / "gone")
    listed = run("list", "--json")
    assert "grid-coach" in {row["name"] for row in json.loads(listed.stdout)["models"]}
    assert f"Your models folder {tmp_path / 'big'} is not there." in listed.stderr
    # WHEN the usual one is wanted again THEN it is that
    run("folder", "default")
    assert models_dir() == data_dir() / "models"


@pytest.mark.parametrize("content", [b"\xff", b"[[model]]\n", b"folder = 3", b'[[model]]\nname="../x"\ntitle="x"'])
def test_a_damaged_list_of_own_models_is_one_sentence_and_the_rest_goes_on(content: bytes) -> None:
    # GIVEN a list of the user's that is damaged
    data_dir().mkdir(parents=True)
    (data_dir() / "models.toml").write_bytes(content)
    # WHEN models are listed THEN that is said, and what is to be done
    error = refusal(run("list"))
    assert "cannot be read" in error.message
    assert error.remedy
    # WHEN one of the shipped ones is wanted THEN it is there
    assert resolve("grid-coach").is_here()


@pytest.mark.parametrize("folder", ["/tmp/a\\u0000b", "/tmp/" + "x" * 5_000, "/tmp/" + "x" * 300, "x/" * 2_000])
@pytest.mark.parametrize("place", ["folder = ", '[[model]]\nname = "mine"\ntitle = "Mine"\nfolder = '])
def test_a_folder_that_cannot_be_one_is_one_sentence(place: str, folder: str, monkeypatch: pytest.MonkeyPatch) -> None:
    # GIVEN a folder in the user's list that no system takes
    data_dir().mkdir(parents=True)
    (data_dir() / "models.toml").write_text(f'{place}"{folder}"\n')
    monkeypatch.setattr(hardware, "measure_speed", lambda: Speed(1e11, 1e10))
    # WHEN models are listed or checked THEN they are, or one sentence says why not
    for command in ("list", "check"):
        result = run(command)
        assert isinstance(result.exception, CoachError | None), result.output
        told = str(result.exception or "") + result.stderr
        assert place.startswith("[[") or "cannot be read" in told or "is not there" in told
    assert resolve("grid-coach").is_here()


def machine_with(free: float, monkeypatch: pytest.MonkeyPatch) -> None:
    card = Card("RTX 3060", "580.95", 12 * GB, round(free * GB))
    monkeypatch.setattr(hardware, "look", lambda _: Machine(card, 32 * GB, 20 * GB, 100 * GB, 8))


def test_the_check_says_what_fits_beside_a_game(monkeypatch: pytest.MonkeyPatch) -> None:
    # GIVEN a card with 11 GB free WHEN checked THEN 4 bits fit
    machine_with(11, monkeypatch)
    printed = run("check").stdout
    assert "RTX 3060, driver 580.95, 11.0 of 12.0 GB free" in printed
    llava = printed.split("LLaVA-NeXT 7B (llava-v1.6-mistral-7b)")[1].split("\n\n")[0].splitlines()
    assert ["does not fit" in line for line in llava[1:3]] == [True, False]
    # GIVEN a game that will take 6 GB THEN coarser pictures, or less bits
    checked = said_by(run("check", "llava-v1.6-mistral-7b", "--leave", "5.2", "--json"))
    (model,) = checked["models"]
    assert (model["recommended"]["bits"], model["recommended"]["detail"]) == (4, "base")
    assert checked["machine"]["card"]["free_bytes"] == 11 * GB


def test_a_model_that_does_not_fit_fails_with_the_next_best(monkeypatch: pytest.MonkeyPatch) -> None:
    # GIVEN a card with 3 GB free WHEN a 7B model is checked THEN it fails, naming what would fit
    machine_with(3, monkeypatch)
    error = refusal(run("check", "llava-v1.6-mistral-7b"))
    assert "does not fit" in error.message
    assert "SmolVLM2 2.2B in 4 bits" in error.remedy


def test_downloads_are_not_told_to_anybody() -> None:
    # GIVEN the module of the downloads WHEN imported THEN huggingface_hub's telemetry is off, and torch is not imported
    script = (
        "import sys, coach_app.models.hub; from huggingface_hub import constants;"
        "assert constants.HF_HUB_DISABLE_TELEMETRY; assert 'torch' not in sys.modules"
    )
    environment = {name: value for name, value in os.environ.items() if "TELEMETRY" not in name}
    subprocess.run([sys.executable, "-c", script], check=True, env=environment)
    assert constants.HF_HUB_DISABLE_TELEMETRY
