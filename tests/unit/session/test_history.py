"""The history of advice."""

import csv
import json
import os
import sqlite3
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from coach_app.domain.advice import Advice, Source
from coach_app.domain.errors import CoachError
from coach_app.session.history import History
from coach_app.settings.schema import HistorySettings


def advice(
    text: str = "Move the cat up.", question: str = "", at: float | None = None, ja: str | None = None
) -> Advice:
    return Advice(
        text=text,
        move="up",
        model="grid-coach",
        captured_at=time.time() if at is None else at,
        latency_ms=412.5,
        first_word_ms=90.0,
        tokens=20,
        question=question,
        text_ja=ja,
    )


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "history.db"


@pytest.fixture
def history(path: Path) -> Iterator[History]:
    history = History(path, HistorySettings())
    yield history
    history.close()


def test_advice_is_remembered_over_a_restart(path: Path) -> None:
    # GIVEN a history with an answer
    first = History(path, HistorySettings())
    first.add(advice("Go up.", "Where to?", ja="上へ。"), "grid")
    first.close()
    first.close()
    # WHEN the coach is started again
    second = History(path, HistorySettings())
    (entry,) = second.search()
    second.close()
    # THEN it is all there
    assert (entry.text, entry.question, entry.text_ja, entry.game) == ("Go up.", "Where to?", "上へ。", "grid")
    assert (entry.move, entry.model, entry.latency_ms, entry.has_picture) == ("up", "grid-coach", 412.5, False)
    assert second.notices == []


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("", 3),
        ("crate", 1),
        ("CRATE", 1),
        ("rat", 1),
        ("crate hole", 0),
        ("crate right", 1),
        ("up", 2),
        ("UP crate", 1),
        ("木箱", 1),
        ("木箱は右", 1),
        ("箱", 1),
        ("grid-levels", 1),
        ('"', 0),
        ("'; DROP TABLE entry; --", 0),
        ("NEAR(", 0),
        ("*", 0),
        ("%", 0),
    ],
)
def test_search_finds_parts_of_words_in_both_languages(history: History, wanted: str, found: int) -> None:
    # GIVEN three entries
    history.add(advice("The crate is on your right. Go up.", ja="木箱は右にあります。"), "grid")
    history.add(advice("Mind the hole. Go up.", question="Is left safe?"), "grid")
    history.add(advice("Wait."), "grid-levels")
    # WHEN something is looked for
    entries = history.search(wanted)
    # THEN that is found, and any text is just text
    assert len(entries) == found


def test_the_newest_comes_first_and_the_limit_holds(history: History) -> None:
    # GIVEN entries of different times, added out of order
    for at in (20.0, 30.0, 10.0):
        history.apply(HistorySettings(days=0))
        history.add(advice(f"at {at}", at=at), "grid")
    # THEN the newest two come, newest first
    assert [entry.at for entry in history.search(limit=2)] == [30.0, 20.0]


def test_recent_questions_come_once_newest_last(history: History) -> None:
    # GIVEN questions, one asked twice, and unasked advice
    for at, question in enumerate(["Where?", "Safe?", "", "Where?"]):
        history.add(advice(question=question, at=time.time() + at), "grid")
    # THEN the question box gets each once
    assert history.recent_questions(10) == ["Safe?", "Where?"]
    assert history.recent_questions(1) == ["Where?"]


def test_deleted_text_is_gone_from_the_files_too(history: History, path: Path) -> None:
    # GIVEN two entries
    history.add(advice("A secret zebra."), "grid")
    history.add(advice("Stays here."), "grid")
    # WHEN one is deleted
    history.delete([entry.id for entry in history.search("zebra")])
    # THEN only the other one is found, and the words are in no file
    assert [entry.text for entry in history.search()] == ["Stays here."]
    assert history.search("zebra") == []
    for file in path.parent.iterdir():
        assert b"zebra" not in file.read_bytes()
        assert b"zeb" not in file.read_bytes()


def test_everything_can_be_deleted(history: History) -> None:
    # GIVEN entries
    for number in range(5):
        history.add(advice(f"Number {number}"), "grid")
    # WHEN all are deleted
    history.delete_all()
    # THEN none is found, and new ones are
    assert history.search() == []
    history.add(advice("New"), "grid")
    assert [entry.text for entry in history.search("New")] == ["New"]


def test_what_is_too_old_is_deleted_at_the_start_and_when_the_rules_change(path: Path) -> None:
    # GIVEN entries of today, of last week and of last year
    history = History(path, HistorySettings(days=0))
    for days in (0, 7, 365):
        history.add(advice(f"{days} days", at=time.time() - days * 86400), "grid")
    history.close()
    # WHEN the next start keeps 90 days
    history = History(path, HistorySettings(days=90))
    # THEN last year's is gone
    assert [entry.text for entry in history.search()] == ["0 days", "7 days"]
    # WHEN the user wants one day only
    history.apply(HistorySettings(days=1))
    # THEN last week's is gone too
    assert [entry.text for entry in history.search()] == ["0 days"]
    history.close()


@pytest.mark.parametrize("years", [1, 30, -1, -50])
def test_a_wrong_clock_deletes_nothing(path: Path, years: int, monkeypatch: pytest.MonkeyPatch) -> None:
    # GIVEN a history of 400 entries of the last two months
    history = History(path, HistorySettings(days=90))
    now = time.time()
    for number in range(400):
        history.add(advice(f"Number {number}", at=now - number * 86400 / 7), "grid")
    history.close()
    # WHEN the coach starts with the clock years off, twice, and says something each time
    for _ in range(2):
        monkeypatch.setattr("coach_app.session.history.time.time", lambda: now + years * 365 * 86400)
        history = History(path, HistorySettings(days=90))
        history.close()
    # THEN everything is there
    history = History(path, HistorySettings(days=90))
    assert len(history.search(limit=-1)) == 400
    history.close()


def test_what_was_written_in_the_future_makes_nothing_old(path: Path) -> None:
    # GIVEN entries of today, and some that were written while the clock was years ahead
    history = History(path, HistorySettings(days=90))
    for number in range(60):
        history.add(advice(f"Number {number}", at=time.time() - number), "grid")
        history.add(advice(f"Future {number}", at=time.time() + 5 * 365 * 86400), "grid")
    # WHEN the clock is right again THEN nothing goes
    history.apply(HistorySettings(days=1))
    assert len(history.search(limit=-1)) == 120
    history.close()


def test_of_a_great_loss_a_copy_is_kept_and_rotates(path: Path) -> None:
    # GIVEN many entries of last year, and one of today: either a long holiday, or the clock was wrong then or is now
    for year in range(1, 6):
        history = History(path, HistorySettings(days=0))
        for number in range(100):
            history.add(advice(f"Old {year} {number}", at=time.time() - 86400 * 400), "grid")
        history.add(advice("New", at=time.time()), "grid")
        history.close()
        # WHEN the coach starts THEN the old ones go, and a copy with all of them is kept, which is told
        history = History(path, HistorySettings(days=90))
        assert not history.search("Old")
        assert "100 old entries" in " ".join(history.notices)
        history.close()
        kept = History(path.with_name("history.db.before-1"), HistorySettings(days=0))
        assert len(kept.search(f"Old {year}", limit=-1)) == 100
        kept.close()
    # THEN there are never more than three
    assert len({file.name.split("-")[1] for file in path.parent.glob("history.db.before-?")}) == 3
    # WHEN the user deletes everything THEN the copies go, too
    history = History(path, HistorySettings(days=90))
    history.delete_all()
    assert not list(path.parent.glob("history.db.before-?"))
    history.close()


def test_the_last_deletion_can_be_undone(history: History) -> None:
    # GIVEN entries with words and a picture
    history.apply(HistorySettings(keep_pictures=True))
    for number in range(5):
        history.add(advice(f"Number {number}", at=1_700_000_000 + number), "grid", Image.new("RGB", (8, 8)))
    before = history.search()
    # WHEN some are deleted, then all, and the last is undone
    history.delete([before[0].id])
    history.delete_all()
    assert history.search() == []
    assert history.undo() == 4
    # THEN what went last is as it was, is found, and is brought back once only
    assert history.search() == before[1:]
    assert history.search("Number 2") == [before[2]]
    assert history.picture(before[2].id)
    assert history.undo() == 0
    # WHEN a single one is deleted and undone THEN so it is
    history.delete([before[3].id])
    history.undo()
    assert history.search() == before[1:]


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps the user's folders private by itself")
def test_only_the_user_can_read_it(path: Path) -> None:
    # GIVEN a folder that was made for everybody
    path.parent.mkdir(mode=0o755)
    path.touch(mode=0o644)
    # WHEN the history is opened and written
    history = History(path, HistorySettings())
    history.add(advice(), "grid")
    # THEN nobody else can look into the folder or a file of it
    assert path.parent.stat().st_mode & 0o777 == 0o700
    assert {file.stat().st_mode & 0o777 for file in path.parent.iterdir()} == {0o600}
    history.close()


def test_nothing_is_kept_where_the_user_does_not_want_it(history: History) -> None:
    # GIVEN a user who wants no history
    history.apply(HistorySettings(keep=False))
    # WHEN advice comes
    history.add(advice(), "grid")
    # THEN nothing is kept
    assert history.search() == []


def test_pictures_are_kept_only_where_switched_on(history: History) -> None:
    # GIVEN a picture of the screen
    picture = Image.new("RGB", (1920, 1080), "red")
    # WHEN advice comes before and after pictures are allowed
    history.add(advice("before"), "grid", picture)
    history.apply(HistorySettings(keep_pictures=True))
    history.add(advice("after"), "grid", picture)
    # THEN only the second has one, and it is small
    after, before = history.search()
    assert history.picture(before.id) is None
    assert (after.has_picture, before.has_picture) == (True, False)
    kept = history.picture(after.id)
    assert kept is not None
    assert kept[:3] == b"\xff\xd8\xff"
    assert len(kept) < 100_000


@pytest.mark.parametrize("name", ["out.csv", "out.json"])
def test_export_holds_everything_in_order(history: History, tmp_path: Path, name: str) -> None:
    # GIVEN entries with all that upsets file formats
    history.add(advice('Say "up",\nthen; left', at=time.time() - 5, ja="上へ"), "grid")
    history.add(advice("Second"), "grid")
    # WHEN they are exported
    count = history.export(tmp_path / name)
    # THEN another program reads them as they were
    text = (tmp_path / name).read_text("utf-8-sig")
    rows = json.loads(text) if name.endswith("json") else list(csv.DictReader(text.splitlines(keepends=True)))
    assert count == len(rows) == 2
    assert [row["text"] for row in rows] == ['Say "up",\nthen; left', "Second"]
    assert rows[0]["text_ja"] == "上へ"
    assert "picture" not in rows[0]


def test_only_what_was_looked_for_is_exported(history: History, tmp_path: Path) -> None:
    # GIVEN two entries
    history.add(advice("one crate"), "grid")
    history.add(advice("two holes"), "grid")
    # THEN the export follows the search
    assert history.export(tmp_path / "out.json", "crate") == 1


def test_an_export_that_cannot_be_written_is_a_sentence(history: History, tmp_path: Path) -> None:
    # GIVEN a file where a folder should be
    (tmp_path / "file").write_text("")
    with pytest.raises(CoachError, match="could not be saved"):
        history.export(tmp_path / "file" / "out.csv")


@pytest.mark.parametrize("content", [b"no database " * 100, b"SQLite format 3\x00" + b"\x00" * 5000])
def test_a_damaged_history_is_kept_aside_and_a_new_one_begun(path: Path, content: bytes) -> None:
    # GIVEN a file that is no database
    path.parent.mkdir()
    path.write_bytes(content)
    # WHEN the history is opened
    history = History(path, HistorySettings())
    # THEN it is said, the old file is kept, and the new history works
    assert len(history.notices) == 1
    (kept,) = path.parent.glob("history.db.broken-*")
    assert str(kept) in history.notices[0]
    assert kept.read_bytes() == content
    history.add(advice(), "grid")
    assert len(history.search()) == 1
    history.close()
    # THEN the next start has nothing to say
    again = History(path, HistorySettings())
    assert again.notices == []
    again.close()


def test_a_database_of_something_else_is_not_touched(path: Path) -> None:
    # GIVEN a database with another idea of an entry
    path.parent.mkdir()
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE entry (id INTEGER PRIMARY KEY, colour TEXT)")
    other.commit()
    other.close()
    # WHEN the history is opened
    history = History(path, HistorySettings())
    history.add(advice(), "grid")
    history.close()
    # THEN that one is kept aside and a new one works
    assert len(history.notices) == 1
    assert list(path.parent.glob("history.db.broken-*"))


def test_the_history_of_an_older_coach_is_brought_up_to_date(path: Path) -> None:
    # GIVEN a history from before answers had sources
    older = History(path, HistorySettings())
    older.add(advice("Go up."), "grid")
    older.close()
    database = sqlite3.connect(path)
    database.executescript("ALTER TABLE entry DROP COLUMN sources; PRAGMA user_version = 1;")
    database.close()
    # WHEN it is opened, and an answer with sources is added
    history = History(path, HistorySettings())
    sources = (Source("Fox in neutral", "Dash back."), Source("Fox against Falco", "Shoot first."))
    history.add(replace(advice("Shoot."), sources=sources), "melee")
    newer, old = history.search()
    history.close()
    # THEN nothing is lost, nothing is set aside, and the sources can be read in full
    assert (history.notices, old.text, old.sources) == ([], "Go up.", "")
    assert newer.sources == "Fox in neutral\nDash back.\n\nFox against Falco\nShoot first."


def test_a_history_of_a_newer_coach_is_left_alone(path: Path) -> None:
    # GIVEN a database of a later version
    path.parent.mkdir()
    newer = sqlite3.connect(path)
    newer.execute("PRAGMA user_version = 99")
    newer.commit()
    newer.close()
    before = path.read_bytes()
    # WHEN the history is opened
    history = History(path, HistorySettings())
    # THEN it goes on in memory, says so, and the file is not changed
    history.add(advice(), "grid")
    assert len(history.search()) == 1
    history.close()
    assert "newer coach" in history.notices[0]
    assert not list(path.parent.glob("*.broken-*"))
    assert before[60:64] == path.read_bytes()[60:64]


def test_a_history_damaged_while_in_use_is_replaced(path: Path, expect_warning: Callable[[str], None]) -> None:
    expect_warning("history is damaged")
    # GIVEN an open history whose file is overwritten by something
    history = History(path, HistorySettings())
    for number in range(200):
        history.add(advice(f"Number {number} " * 20), "grid")
    history._database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    size = path.stat().st_size
    with path.open("r+b") as file:
        file.write(os.urandom(size))
    history._database.execute("PRAGMA cache_size = 0")
    # WHEN it is read
    with pytest.raises(CoachError) as raised:
        history.search()
    # THEN the user is told where the old one is, and the history works again
    assert "kept as" in raised.value.remedy
    history.add(advice("Fresh"), "grid")
    assert [entry.text for entry in history.search()] == ["Fresh"]
    history.close()


def test_a_full_disk_is_said_once_and_the_coach_goes_on(
    history: History, expect_warning: Callable[[str], None]
) -> None:
    expect_warning("disk is full")
    # GIVEN a disk that is full
    history.add(advice("before"), "grid")
    (pages,) = history._database.execute("PRAGMA page_count").fetchone()
    history._database.execute(f"PRAGMA max_page_count = {pages}")
    picture_text = "full " * 10_000
    # WHEN advice comes
    # THEN the first failure is a sentence, the second is only logged, and what was there stays
    with pytest.raises(CoachError, match="full"):
        history.add(advice(picture_text), "grid")
    history.add(advice(picture_text), "grid")
    assert [entry.text for entry in history.search()] == ["before"]
    # WHEN there is room again
    history._database.execute("PRAGMA max_page_count = 1000000")
    history.add(advice("after"), "grid")
    # THEN it is remembered again, and the next failure would be said again
    assert [entry.text for entry in history.search()] == ["after", "before"]
    history._database.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(CoachError):
        history.add(advice(picture_text), "grid")


def test_where_no_file_can_be_made_the_coach_remembers_until_it_quits(tmp_path: Path) -> None:
    # GIVEN a file where the folder should be
    (tmp_path / "data").write_text("")
    # WHEN the history is opened
    history = History(tmp_path / "data" / "history.db", HistorySettings())
    # THEN it works for now, and that is said
    assert len(history.notices) == 1
    history.add(advice("For now"), "grid")
    assert [entry.text for entry in history.search()] == ["For now"]
    history.close()


@pytest.mark.parametrize(("pictures", "kept"), [(False, 0), (True, 1)])
def test_a_situation_without_words_is_kept_only_with_its_picture(tmp_path: Path, pictures: bool, kept: int) -> None:
    # GIVEN a game in which nothing is said, and a user who allows pictures, or not
    history = History(tmp_path / "history.sqlite", HistorySettings(keep_pictures=pictures))
    # WHEN a situation is remembered THEN it is there only if its picture may be
    history.add(Advice("", None, "", 100.0, 0.0, 0.0, 0), "maze", Image.new("RGB", (40, 30)))
    assert [entry.has_picture for entry in history.search()] == [True] * kept
    history.close()
