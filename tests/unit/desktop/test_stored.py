"""What is kept on this computer: nothing in the coach's folders is left out, and nothing else is deleted."""

import os
from pathlib import Path

import pytest

from coach_app.desktop.folders import config_dir, data_dir, log_dir
from coach_app.desktop.stored import delete, inventory
from coach_app.domain.errors import CoachError

FILES = {
    "settings": ("config/settings.toml", "config/settings.toml.backup-20260101-000000", "config/.settings.toml.7.tmp"),
    "profiles": ("config/profiles/mine.toml",),
    "guides": ("data/guides/grid/mine.md",),
    "history": ("data/history.sqlite", "data/history.sqlite-wal", "data/history.sqlite.before-1"),
    "translations": ("data/translations.sqlite.broken-20260101-000000",),
    "recordings": ("data/recordings/grid.jsonl",),
    "feedback": ("data/feedback.sqlite",),
    "memory": ("data/memory.sqlite", "data/memory.sqlite-wal"),
    "experience": ("data/experience/grid/episodes/1.parquet", "data/experience/grid/pictures/1.webp"),
    "models": ("data/models.toml", "data/models/large/model.safetensors"),
    "network": ("data/network.jsonl", "data/.network.jsonl.lock"),
    "logs": ("log/coach.log", "log/coach.log.1"),
    "other": ("data/running.json", "data/of/a/later/version"),
}


@pytest.fixture
def home(coach_home: Path) -> Path:
    for names in FILES.values():
        for name in names:
            (coach_home / name).parent.mkdir(parents=True, exist_ok=True)
            (coach_home / name).write_bytes(b"12345")
    return coach_home


def test_every_file_belongs_to_a_kind(home: Path) -> None:
    # GIVEN files of all kinds, some of them unknown WHEN they are listed THEN each counts once, where it belongs
    assert {one.kind: (one.files, one.bytes) for one in inventory()} == {
        kind: (len(names), 5 * len(names)) for kind, names in FILES.items()
    }


def test_what_is_not_there_is_not_listed(coach_home: Path) -> None:
    # GIVEN a coach that was never started WHEN it is listed THEN there is nothing, nor is anything made
    assert inventory([coach_home / "models"]) == []
    assert not config_dir().exists()


@pytest.mark.parametrize("keep", [(), ("models",), ("guides", "profiles", "settings")])
def test_all_is_deleted_but_what_is_kept(home: Path, keep: tuple[str, ...]) -> None:
    # GIVEN files of all kinds WHEN they are deleted
    delete(inventory(), keep)
    # THEN what is to be kept is there, and no other file nor empty folder
    left = {str(path.relative_to(home)) for path in home.rglob("*") if path.is_file()}
    assert left == {name for kind in keep for name in FILES[kind]}
    assert log_dir().exists() is False
    assert data_dir().exists() is bool({"models", "guides"} & set(keep))


def test_links_are_removed_and_not_followed(home: Path, tmp_path: Path) -> None:
    # GIVEN links to files elsewhere
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "precious").write_text("mine")
    (data_dir() / "guides" / "linked").symlink_to(elsewhere)
    (data_dir() / "linked").symlink_to(elsewhere)
    # WHEN everything is deleted THEN what they lead to is untouched
    delete(inventory())
    assert (elsewhere / "precious").read_text() == "mine"
    assert not data_dir().exists()


def test_models_elsewhere_count_and_go_by_their_own_folders(home: Path, tmp_path: Path) -> None:
    # GIVEN a model in a folder of the user's, beside other files
    (tmp_path / "big" / "large").mkdir(parents=True)
    (tmp_path / "big" / "large" / "model.safetensors").write_bytes(b"123")
    (tmp_path / "big" / "photo.jpg").write_bytes(b"1")
    models = [tmp_path / "big" / "large", tmp_path / "big" / "not-here"]
    # WHEN it is listed THEN it counts
    assert next(one for one in inventory(models) if one.kind == "models").bytes == 13
    # WHEN everything is deleted THEN it is gone, and the rest is not
    delete(inventory(models))
    assert [path.name for path in (tmp_path / "big").iterdir()] == ["photo.jpg"]


def test_what_cannot_be_deleted_is_said_and_the_rest_goes(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # GIVEN a file that a program holds, which can be emptied, and one that cannot even be that
    held, locked = data_dir() / "history.sqlite", data_dir() / "network.jsonl"
    unlink, truncate = Path.unlink, os.truncate

    def refuse(path: Path, missing_ok: bool = False) -> None:
        if path in (held, locked):
            raise PermissionError
        unlink(path, missing_ok)

    def refuse_locked(path: Path, length: int) -> None:
        if path == locked:
            raise PermissionError
        truncate(path, length)

    monkeypatch.setattr(Path, "unlink", refuse)
    monkeypatch.setattr(os, "truncate", refuse_locked)
    # WHEN everything is deleted THEN that one is named, and nothing else has contents
    with pytest.raises(CoachError, match=r"network\.jsonl"):
        delete(inventory())
    assert [path for path in home.rglob("*") if path.is_file() and path.stat().st_size] == [locked]
