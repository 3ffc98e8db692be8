"""``coach privacy``: what was sent, what is kept, and deleting it."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from coach_app.cli import app
from coach_app.desktop import one_instance
from coach_app.desktop.folders import data_dir
from coach_app.desktop.ledger import Entry, ledger
from coach_app.domain.errors import CoachError
from coach_app.models.catalogue import choose_models_dir
from coach_app.settings import keys
from coach_app.settings.schema import Settings
from coach_app.settings.store import save, settings_file
from tests.fakes.system_keyring import MemoryKeyring


def run(*arguments: str, answer: str = "") -> Result:
    return CliRunner().invoke(app, ["privacy", *arguments], input=answer)


@pytest.fixture(autouse=True)
def _no_other_coach(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))


def test_a_new_coach_has_sent_nothing(coach_home: Path) -> None:
    # GIVEN a coach that was never started WHEN it is asked THEN it has sent and kept nothing
    found = json.loads(run("--json").stdout)
    assert (found["offline"], found["sent_away_bytes"], found["network"]) == (False, 0, [])
    assert found["stored"] == []


def test_what_was_sent_and_what_is_kept_is_told(coach_home: Path, system_keyring: MemoryKeyring) -> None:
    # GIVEN traffic to a hub and to a server on this computer, “Stay offline”, a key and a history
    ledger().record(Entry(1.0, "download", "https://huggingface.co", False, 700, 90_000, id="a"))
    ledger().record(Entry(2.0, "server", "http://localhost:8000", True, 50_000, 800, id="b"))
    settings = Settings().with_value("general", "offline", True).with_value("server", "key", True)
    save(settings, settings_file())
    (data_dir() / "history.sqlite").write_bytes(b"123")
    # WHEN it is asked for JSON THEN only what left this computer counts as sent away
    found = json.loads(run("--json").stdout)
    assert (found["offline"], found["sent_away_bytes"]) == (True, 700)
    assert [entry["origin"] for entry in found["network"]] == ["https://huggingface.co", "http://localhost:8000"]
    kept = {one["kind"]: one for one in found["stored"]}
    assert kept["history"] == {
        "kind": "history",
        "places": [str(data_dir() / "history.sqlite")],
        "files": 1,
        "bytes": 3,
    }
    assert "key" in kept
    # WHEN a person asks THEN the same is said in lines
    lines = run().stdout
    assert "700 bytes" in lines
    assert str(data_dir() / "history.sqlite") in lines


def test_nothing_is_deleted_without_a_yes(coach_home: Path) -> None:
    # GIVEN settings WHEN deleting is asked for, and not confirmed THEN they are still there
    save(Settings(), settings_file())
    for answer in ("n\n", ""):
        assert run("--delete", answer=answer).exit_code == 1
        assert settings_file().exists()
    # WHEN it is confirmed THEN they are gone
    assert run("--delete", answer="y\n").exit_code == 0
    assert not settings_file().exists()


def test_the_key_goes_with_the_files_and_what_is_to_be_kept_stays(
    coach_home: Path, tmp_path: Path, system_keyring: MemoryKeyring
) -> None:
    # GIVEN a server's key, and a downloaded model in a folder of the user's
    url = "http://192.168.1.5:8000/v1"
    keys.keep_key(url, "secret")
    settings = Settings().with_value("server", "key", True).with_value("server", "url", url)
    save(settings, settings_file())
    model = tmp_path / "drive" / "llava-v1.6-mistral-7b" / "model.safetensors"
    model.parent.mkdir(parents=True)
    model.write_bytes(b"123")
    choose_models_dir(tmp_path / "drive")
    # WHEN all but the models is deleted THEN only they are left
    assert run("--delete", "--yes", "--keep", "models").exit_code == 0
    assert model.exists()
    assert not settings_file().exists()
    with pytest.raises(CoachError, match="holds no key"):
        keys.read_key(url, kept=True)
    # WHEN everything is deleted THEN they are gone, too, and the user's folder is not
    assert run("--delete", "--yes").exit_code == 0
    assert not model.parent.exists()
    assert (tmp_path / "drive").exists()


def test_what_cannot_be_is_refused(coach_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # GIVEN settings WHEN a kind that does not exist is to be kept THEN nothing is deleted
    save(Settings(), settings_file())
    assert "“modles”" in str(run("--delete", "--yes", "--keep", "modles").exception)
    # WHEN the coach runs THEN neither
    monkeypatch.setattr(one_instance, "told_running_instance", lambda message: True)
    assert "running" in str(run("--delete", "--yes").exception)
    assert settings_file().exists()
