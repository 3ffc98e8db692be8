"""The list of what left this computer: adds up, stays short, and never gets in the way."""

import logging
import stat
import sys
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from coach_app.desktop.ledger import Entry, Ledger, ledger

HUB = Entry(1000.0, "download", "https://hub.example", False, sent_bytes=300, received_bytes=50, id="a")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "network.jsonl"


def test_the_parts_of_a_request_are_one_entry(path: Path) -> None:
    # GIVEN a request that was written down when it was sent WHEN its answer is written down
    Ledger(path).record(replace(HUB, received_bytes=0))
    Ledger(path).record(replace(HUB, sent_bytes=0, received_bytes=50, requests=0))
    # THEN it is one request, for another process as well
    assert Ledger(path).entries() == [HUB]
    assert Ledger(path).totals() == [HUB]


def test_totals_are_told_by_place_and_purpose(path: Path) -> None:
    # GIVEN requests to several places WHEN they are added up
    book = Ledger(path)
    server = Entry(1001.0, "server", "http://127.0.0.1:8000", True, 10, 20, id="b")
    for entry in (HUB, server, replace(HUB, id="c", at=1002.0), replace(HUB, id="d", kind="server")):
        book.record(entry)
    # THEN there is a sum for each
    assert book.totals() == [
        replace(HUB, sent_bytes=600, received_bytes=100, requests=2, id=""),
        server,
        replace(HUB, id="d", kind="server"),
    ]


def test_old_requests_become_sums_and_none_is_lost(path: Path) -> None:
    # GIVEN a list that keeps three requests WHEN many more are made, most of them on this computer
    book = Ledger(path, kept=3)
    for number in range(100):
        here = number % 20 != 0
        origin = "http://localhost:8000" if here else HUB.origin
        book.record(replace(HUB, at=float(number), origin=origin, here=here, id=str(number)))
        book.record(replace(HUB, at=float(number), origin=origin, here=here, id=str(number), sent_bytes=0, requests=0))
    # THEN the file stays short, what left is not pushed out by what stayed, and every byte is in the totals
    assert path.stat().st_size < 5000
    assert {"60", "80", "99"} <= {entry.id for entry in book.entries()}
    totals = {total.here: total for total in book.totals()}
    assert (totals[False].requests, totals[False].sent_bytes, totals[False].received_bytes) == (5, 1500, 500)
    assert (totals[True].requests, totals[True].sent_bytes, totals[True].received_bytes) == (95, 95 * 300, 95 * 100)
    assert totals[False].at == 0.0


def test_many_threads_write_at_once(path: Path) -> None:
    # GIVEN eight threads WHEN each writes down requests of its own, so that the list is shortened meanwhile
    def write(name: str) -> None:
        for number in range(25):
            Ledger(path, kept=10).record(replace(HUB, id=f"{name}-{number}"))

    threads = [threading.Thread(target=write, args=(str(name),)) for name in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    # THEN none is lost
    assert [total.requests for total in Ledger(path).totals()] == [200]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such permissions")
def test_only_its_owner_reads_it(path: Path) -> None:
    # GIVEN a list WHEN it was begun, and when it was shortened THEN nobody else may read it
    book = Ledger(path, kept=1)
    book.record(HUB)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    for number in range(20):
        book.record(replace(HUB, id=str(number)))
    assert len(path.read_text().splitlines()) < 20
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_lines_that_cannot_be_read_are_left_out(path: Path) -> None:
    # GIVEN a list whose lines are cut, or of a later version WHEN it is read THEN the rest is there
    book = Ledger(path)
    book.record(HUB)
    with path.open("ab") as file:
        file.write(b'{"at": 1, "kind"\n{"later": true}\n[]\n\xff\n')
    book.record(replace(HUB, id="b"))
    assert [entry.id for entry in book.entries()] == ["a", "b"]


def test_where_nothing_can_be_written_the_log_says_so(
    tmp_path: Path, expect_warning: Callable[[str], None], caplog: pytest.LogCaptureFixture
) -> None:
    # GIVEN a file where the folder should be WHEN a request is written down THEN it is not stopped, and said
    expect_warning("could not be written down")
    (tmp_path / "data").write_text("")
    with caplog.at_level(logging.WARNING):
        Ledger(tmp_path / "data" / "network.jsonl").record(HUB)
    assert "300 bytes sent to and 50 received from https://hub.example" in caplog.text


def test_the_users_list_is_in_the_data_folder(coach_home: Path) -> None:
    # GIVEN the user's own list WHEN something is written down THEN it is beside the history
    assert ledger().entries() == ledger().totals() == []
    ledger().record(HUB)
    assert (coach_home / "data" / "network.jsonl").is_file()
