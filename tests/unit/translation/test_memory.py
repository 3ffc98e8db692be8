"""The memory of past translations, and the disk being against it."""

import shutil
import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from coach_app.translation.memory import TranslationMemory


def test_a_translation_is_recalled_after_a_restart(tmp_path: Path) -> None:
    """GIVEN a remembered sentence WHEN the app starts again THEN it is there, for those who trust its origin."""
    file = tmp_path / "new folder" / "translations.sqlite"
    memory = TranslationMemory(file)
    memory.remember("Move up.", "上へ。", "google")
    memory.close()
    memory.close()

    memory = TranslationMemory(file)
    assert memory.recall("Move up.", {"google"}) == "上へ。"
    assert memory.recall("Move up.", {"local"}) is None
    assert memory.recall("Move down.", {"google"}) is None
    assert memory.problem is None
    memory.close()


def test_the_longest_unused_go_first(tmp_path: Path) -> None:
    """GIVEN a full memory WHEN one more is remembered THEN the one not used for the longest time has gone."""
    memory = TranslationMemory(tmp_path / "m.sqlite", limit=3)
    for name in "ABC":
        memory.remember(name, f"{name}です", "google")
    memory.recall("A", {"google"})

    memory.remember("D", "Dです", "google")

    assert [name for name in "ABCD" if memory.recall(name, {"google"})] == ["A", "C", "D"]
    memory.close()


def _garbage(file: Path) -> None:
    file.write_bytes(b"this is no database at all" * 100)


def _other_tables(file: Path) -> None:
    with sqlite3.connect(file) as database:
        database.execute("CREATE TABLE sentences (something_else TEXT)")
    database.close()


def _torn(file: Path) -> None:
    memory = TranslationMemory(file)
    for number in range(2000):
        memory.remember(f"sentence {number}", "文" * 20, "google")
    memory.close()
    whole = file.read_bytes()
    file.write_bytes(whole[:4096] + b"\xff" * 8192 + whole[12288:])


@pytest.mark.parametrize("damage", [_garbage, _other_tables, _torn])
def test_a_damaged_file_is_kept_aside(tmp_path: Path, damage: Callable[[Path], None]) -> None:
    """GIVEN a file that is no memory of ours WHEN opened THEN it is kept aside, that is said, and a new one works."""
    file = tmp_path / "m.sqlite"
    for aside in ("m.sqlite.broken", "m.sqlite.broken2"):
        damage(file)
        damaged = file.read_bytes()

        memory = TranslationMemory(file)
        memory.remember("Move up.", "上へ。", "google")
        memory.close()

        assert (tmp_path / aside).read_bytes() == damaged
        assert memory.problem is not None
        assert aside in memory.problem.remedy
        memory = TranslationMemory(file)
        assert memory.recall("Move up.", {"google"}) == "上へ。"
        assert memory.problem is None
        memory.close()
        file.unlink()


def test_a_full_disk_leaves_a_memory_until_the_end(tmp_path: Path) -> None:
    """GIVEN a disk that fills up WHEN sentences are remembered THEN they are recalled, and the problem is said."""
    memory = TranslationMemory(tmp_path / "m.sqlite")
    memory._database.execute("PRAGMA max_page_count = 5")  # SQLite then reports "database or disk is full".

    for number in range(300):
        memory.remember(f"sentence {number}", "文" * 50, "google")

    assert memory.problem is not None
    assert "full" in memory.problem.message
    assert memory.recall("sentence 299", {"google"}) == "文" * 50
    memory.close()


def test_no_permission_leaves_a_memory_until_the_end(tmp_path: Path) -> None:
    """GIVEN a folder that cannot be made WHEN a sentence is remembered THEN it is recalled, and the problem is said."""
    (tmp_path / "file").write_text("in the way")

    memory = TranslationMemory(tmp_path / "file" / "m.sqlite")
    memory.remember("Move up.", "上へ。", "google")

    assert memory.recall("Move up.", {"google"}) == "上へ。"
    assert memory.problem is not None
    assert memory.problem.remedy
    memory.close()


def test_a_file_taken_away_while_open_is_survived(tmp_path: Path) -> None:
    """GIVEN an open memory WHEN its folder is deleted THEN sentences are remembered all the same."""
    memory = TranslationMemory(tmp_path / "data" / "m.sqlite")
    shutil.rmtree(tmp_path / "data")

    memory.remember("Move up.", "上へ。", "google")

    assert memory.recall("Move up.", {"google"}) == "上へ。"
    memory.close()


def test_many_threads_share_a_memory(tmp_path: Path) -> None:
    """GIVEN threads that remember and recall at once WHEN they are done THEN every sentence is there."""
    memory = TranslationMemory(tmp_path / "m.sqlite")

    def work(name: str) -> None:
        for number in range(50):
            memory.remember(f"{name} {number}", "文", "google")
            memory.recall(f"{name} {number}", {"google"})

    threads = [threading.Thread(target=work, args=(name,)) for name in "ABCD"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert all(memory.recall(f"{name} {number}", {"google"}) for name in "ABCD" for number in range(50))
    assert memory.problem is None
    memory.close()
