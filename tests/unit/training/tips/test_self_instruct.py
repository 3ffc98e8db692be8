"""A teacher on loopback turns guides into pairs; whatever it does, what was done is kept."""

import asyncio
import errno
import json
import os
import random
import re
import threading
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import datasets
import keyring
import pytest
import tqdm
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from coach_app.cli import app
from coach_app.domain.errors import CoachError
from coach_app.knowledge import library
from coach_app.knowledge.library import Lexicon, Library
from coach_app.knowledge.sections import Section
from coach_app.settings import keys
from coach_app.settings.schema import ServerSettings, Settings
from coach_app.training.tips.journal import Journal
from coach_app.training.tips.pairs import read_pairs
from coach_app.training.tips.replies import parse, section_of
from coach_app.training.tips.requests import SelfInstructArgs, Style, chunks, estimate, instruction, plan
from coach_app.training.tips.self_instruct import run
from coach_app.training.tips.teacher import OpenAITeacher, Pace, Reply, server_of
from coach_app.training.tips.templates import ChunkRule, load_templates
from tests.fakes.openai_server import Answer, FakeServer, completion, failure, serve

SECTIONS = (
    Section(
        "fox-neutral", "Fox in neutral", "Fox", "Use lasers from afar. Dash dance close. Grab what misses.", "fox.md"
    ),
    Section("fox-recovery", "Recovering as Fox", "Fox", "Keep the double jump. Sweetspot the ledge.", "fox.md"),
    Section("falco-neutral", "Falco in neutral", "Falco", "Lasers stop approaches. Follow them in.", "falco.md"),
    Section("falco-recovery", "Recovering as Falco", "Falco", "Phantasm is fast. Mix up its length.", "falco.md"),
)
LIBRARY = Library("melee", SECTIONS, Lexicon(title="Melee", others=("Samus",), names={"Fox": (), "Falco": ()}))

QUESTIONS = (
    "Q: When does {0} use lasers?\nA: {0} uses lasers from afar.",
    "Q: Why does {0} dash dance?\nA: So that {0} can grab what misses.",
    "Q: What should {0} keep for recovery?\nA: {0} keeps the double jump.",
    "Q: Which part of the ledge matters to {0}?\nA: {0} goes for the sweetspot.",
)


def good(number: int, prompt: str) -> Answer:
    """Four pairs about whom the prompt is about, different for each prompt."""
    found = re.search(r"better at (\w+) learn", prompt)
    assert found
    return completion("\n\n".join(pair.format(found[1]) for pair in QUESTIONS))


def args(server: FakeServer, out: Path, **changes: object) -> SelfInstructArgs:
    values: dict[str, object] = {"passes": 2, "timeout_s": 20.0, "retries": 1, "patience": 3, "concurrency": 2}
    return SelfInstructArgs(base_url=server.url, model="fake", game="melee", out=out, **values | changes)  # type: ignore[arg-type]


def asked_by(given: SelfInstructArgs) -> OpenAITeacher:
    return OpenAITeacher(given.base_url, given.model, "", given.temperature, given.timeout_s, given.retries)


def start(given_args: SelfInstructArgs) -> dict[str, Any]:
    return run(given_args, LIBRARY, asked_by(given_args), lambda what: True, lambda line: None)


@given(st.text(alphabet="ab .!?\n", max_size=200), st.integers(1, 60))
def test_no_text_is_lost_in_chunks(text: str, count: int) -> None:
    found = chunks(text, count)
    assert "".join(found) == text
    assert len(found) <= count


def test_chunks_are_as_many_as_wanted_and_about_as_long() -> None:
    text = " ".join(f"Sentence number {number} says something." for number in range(100))
    found = chunks(text, 7)
    assert len(found) == 7
    assert max(map(len, found)) < 1.3 * min(map(len, found))
    assert len(chunks(text, 500)) == 100


def test_the_number_of_chunks_is_clipped() -> None:
    # GIVEN the original's rules WHEN many numbers are drawn THEN none is outside of its bounds, and Fox's are more
    rng = random.Random(1)
    usual = [ChunkRule().draw(rng) for _ in range(2000)]
    fox = [load_templates("melee").chunks["Fox"].draw(rng) for _ in range(2000)]
    assert (min(usual), min(fox)) == (2, 35)
    assert max(usual) <= 50
    assert 3.0 < sum(usual) / 2000 < 4.5
    assert 43 < sum(fox) / 2000 < 46


def test_six_styles_at_a_half_and_a_third() -> None:
    rng = random.Random(3)
    drawn = Counter(Style.draw(rng) for _ in range(6000))
    assert len(drawn) == 6
    assert all(900 < count < 1100 for count in drawn.values())
    prompts = {instruction("Melee", "Fox", "Chunk.", style) for style in drawn}
    assert len(prompts) == 6
    assert all("Chunk." in prompt and "names Fox" in prompt for prompt in prompts)


def test_a_plan_is_the_same_for_the_same_seed_and_covers_every_sentence() -> None:
    # GIVEN two plans of one seed, and one of another
    arguments = SelfInstructArgs("http://127.0.0.1:1/v1", "m", "melee", passes=3)
    first, again = plan(LIBRARY, arguments), plan(LIBRARY, arguments)
    other = plan(LIBRARY, SelfInstructArgs("http://127.0.0.1:1/v1", "m", "melee", passes=3, seed=2))
    # THEN they say so, ids are unique, and every pass has the end of the guide
    assert first == again != other
    assert len({request.id for request in first}) == len(first)
    assert sum("Mix up its length." in request.prompt for request in first) == 3
    assert estimate(first, arguments).requests == len(first)
    priced = SelfInstructArgs("http://127.0.0.1:1/v1", "m", "melee", per_minute=1, output_price=2e3)
    assert estimate(first, priced).cost == pytest.approx(len(first))
    assert estimate(first, priced).minutes == pytest.approx(len(first))


@pytest.mark.parametrize(
    ("text", "finish", "pairs", "reasons"),
    [
        ("Q: a?\nA: b.\n\nQ: c\n d?\nA: e\nf.", "stop", [("a?", "b."), ("c d?", "e f.")], []),
        ("Sure! Here they are:\n\nQ: a?\nA: b.", "stop", [("a?", "b.")], ["neither Q: nor A:"]),
        ("Q: a?\n\nA: b.", "stop", [], ["no answer", "begins otherwise than with Q:"]),
        ("Q: a?\nA: b.\nQ: c?\nA: d.", "stop", [], ["two questions in one block"]),
        ("Q: a?\nA: b.\nA: c.", "stop", [], ["two answers in one block"]),
        ("Q: \nA: b.", "stop", [], ["empty question or answer"]),
        ("Q: a?\nA: b.\n\nQ: c?\nA: and so", "length", [("a?", "b.")], ["cut off"]),
        ('[{"question": "a?", "answer": "b."}]', "stop", [], ["neither Q: nor A:"]),
        ("", "stop", [], ["empty reply"]),
        ("", "refusal", [], ["refused"]),
    ],
)
def test_replies_are_parsed_strictly(text: str, finish: str, pairs: list[tuple[str, str]], reasons: list[str]) -> None:
    found, rejects = parse("1", Reply(text, finish))
    assert found == pairs
    assert [reject.reason for reject in rejects] == reasons


def test_a_pair_cites_the_section_that_has_its_words() -> None:
    assert (
        section_of("How does Fox get back?", "He keeps the double jump.", SECTIONS[:2], Lexicon()).id == "fox-recovery"
    )
    assert (
        section_of("What does Fox do close by?", "A dash dance, then a grab.", SECTIONS[:2], Lexicon()).id
        == "fox-neutral"
    )


def test_a_whole_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # GIVEN a good teacher
    told: list[str] = []
    with serve(good) as server:
        # WHEN it is asked, once agreed
        wanted = args(server, tmp_path)

        def agree(what: str) -> bool:
            told.append(what)
            return True

        report = run(wanted, LIBRARY, asked_by(wanted), agree, lambda line: None)
    # THEN requests, cost and time were said before, and the folder holds all that there is to know
    assert f"{report['requests']} requests" in told[0]
    assert "stay on this computer" in told[0]
    assert len(server.prompts) == report["requests"]
    pairs = read_pairs(tmp_path / "pairs.jsonl")
    assert len(pairs) == report["pairs"] == 8
    assert {pair.split for pair in pairs} == {"train", "held-out"}
    assert {pair.section for pair in pairs} <= {section.id for section in SECTIONS}
    steps = {step["step"]: step for step in report["cleaning"]}
    assert list(steps) == ["question form", "subject", "guide mentions", "outside entities", "duplicates"]
    assert steps["duplicates"]["reasons"]["same question"] == report["parsed"] - 8
    monkeypatch.setattr(tqdm.tqdm, "monitor_interval", 0)  # its thread never ends
    assert (
        datasets.Dataset.from_parquet(str(tmp_path / "pairs.parquet"), cache_dir=str(tmp_path / "cache")).num_rows == 8
    )
    assert json.loads((tmp_path / "report.json").read_text())["pairs"] == 8
    assert json.loads((tmp_path / "args.json").read_text())["seed"] == 1


def test_nothing_is_asked_without_consent(tmp_path: Path) -> None:
    with serve(good) as server:
        wanted = args(server, tmp_path)
        with pytest.raises(CoachError, match="Nothing was asked"):
            run(wanted, LIBRARY, asked_by(wanted), lambda what: False, lambda line: None)
    assert server.prompts == []


def test_a_run_that_was_cut_goes_on(tmp_path: Path) -> None:
    # GIVEN a teacher whose key is no longer valid after three replies
    with serve(lambda number, prompt: good(number, prompt) if number < 3 else failure(401)) as server:
        with pytest.raises(CoachError, match="does not accept the key"):
            start(args(server, tmp_path, concurrency=1))
        # AND a journal whose last line was cut in the middle, with a damaged one before it
        journal = tmp_path / "journal.jsonl"
        lines = journal.read_bytes().splitlines(keepends=True)
        assert len(lines) == 3
        journal.write_bytes(lines[0] + b"{damaged}\n" + lines[1] + lines[2][:20])
        # WHEN it starts again with a good one
        server.answer, asked = good, len(server.prompts)
        wanted = args(server, tmp_path)
        report = start(wanted)
        # THEN only what is missing was asked, and a third run asks nothing
        assert len(server.prompts) - asked == report["requests"] - 2
        again = run(wanted, LIBRARY, asked_by(wanted), lambda what: False, lambda line: None)
    assert again == report


def test_a_full_disk_keeps_what_was_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # GIVEN a disk that is full after two replies
    synced: list[int] = []

    def full(file: int) -> None:
        synced.append(file)
        if len(synced) > 2:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with serve(good) as server, monkeypatch.context() as patched:
        journal = Journal(tmp_path / "journal.jsonl")
        patched.setattr(os, "fsync", full)
        journal.write("a", Reply("x", "stop"))
        journal.write("b", Reply("y", "stop"))
        with pytest.raises(CoachError, match="No space left"):
            journal.write("c", Reply("z", "stop"))
        journal.close()
        synced.clear()
        with pytest.raises(CoachError, match="No space left"):
            start(args(server, tmp_path / "run", concurrency=1))
    kept = Journal(tmp_path / "journal.jsonl")
    kept.close()
    assert kept.replies.keys() >= {"a", "b"}


BUSY = [
    (lambda number, prompt: failure(429), "too much to do"),
    (lambda number, prompt: failure(500), "too much to do"),
    (lambda number, prompt: (200, {"Content-Type": "text/html"}, b"<h1>It works</h1>"), "not of the OpenAI protocol"),
    (lambda number, prompt: (200, {"Content-Type": "application/json"}, b"{broken"), "not of the OpenAI protocol"),
    (
        lambda number, prompt: (200, {"Content-Type": "application/json"}, b'{"answer": 42}'),
        "not of the OpenAI protocol",
    ),
    (
        lambda number, prompt: (200, {"Content-Type": "application/json"}, b'{"choices": [{}]}'),
        "not of the OpenAI protocol",
    ),
    (lambda number, prompt: completion(None), "not of the OpenAI protocol"),
    (lambda number, prompt: failure(403), "does not accept the key"),
    (lambda number, prompt: failure(404), "has no model"),
    (lambda number, prompt: failure(400), "refuses the request"),
]


@pytest.mark.parametrize(("answer", "message"), BUSY)
def test_a_teacher_that_cannot_teach_is_told_of(
    answer: Callable[[int, str], Answer], message: str, tmp_path: Path
) -> None:
    with serve(answer) as server, pytest.raises(CoachError, match=message):
        start(args(server, tmp_path))


def test_a_teacher_that_does_not_answer_in_time(tmp_path: Path) -> None:
    # GIVEN a teacher that waits until the test is over
    over = threading.Event()

    def late(number: int, prompt: str) -> Answer:
        over.wait(20)
        return good(number, prompt)

    with serve(late) as server:
        # WHEN it is asked THEN it is said that it is too slow
        with pytest.raises(CoachError, match="did not answer in time"):
            start(args(server, tmp_path, timeout_s=0.1, retries=0, patience=1))
        over.set()


def test_no_server_at_all(tmp_path: Path) -> None:
    with serve(good) as server:
        gone = args(server, tmp_path, retries=0)
    with pytest.raises(CoachError, match="cannot be reached"):
        start(gone)


def test_some_requests_fail_and_some_replies_are_no_use(tmp_path: Path) -> None:
    # GIVEN a teacher that is busy now and then, refuses, and answers nonsense
    def moody(number: int, prompt: str) -> Answer:
        kinds = [failure(429), completion("", "content_filter"), completion("I am a teapot."), good(number, prompt)]
        return kinds[number % 4]

    with serve(moody) as server:
        # WHEN it is asked THEN busy requests are repeated, the rest is used, and rejects are kept with reasons
        report = start(args(server, tmp_path, passes=6, patience=50))
    rejects = [json.loads(line) for line in (tmp_path / "rejects.jsonl").read_text().splitlines()]
    assert Counter(reject["reason"] for reject in rejects) == report["reject_reasons"]
    assert {"refused", "neither Q: nor A:"} <= {reject["reason"] for reject in rejects}
    assert report["pairs"]


def test_nothing_usable_is_one_sentence(tmp_path: Path) -> None:
    with serve(lambda number, prompt: completion("Q: Who?\nA: Samus.")) as server:
        with pytest.raises(CoachError, match="none is left after cleaning"):
            start(args(server, tmp_path))
        assert (tmp_path / "journal.jsonl").stat().st_size > 0


def test_the_teacher_votes_on_outside_entities(tmp_path: Path) -> None:
    # GIVEN a teacher who votes against every pair about lasers, five times
    def voter(number: int, prompt: str) -> Answer:
        if "one word" not in prompt:
            return good(number, prompt)
        return completion("Fail." if "lasers" in prompt else "pass")

    with serve(voter) as server:
        report = start(args(server, tmp_path, votes=5))
    # THEN those are dropped by the majority
    pairs = read_pairs(tmp_path / "pairs.jsonl")
    assert len(pairs) == 6
    assert not any("lasers" in pair.question for pair in pairs)
    voted = next(step for step in report["cleaning"] if step["step"] == "outside entities")
    assert set(voted["reasons"]) == {"5 of 8 votes against it"}


def test_who_may_be_asked_with_which_key(monkeypatch: pytest.MonkeyPatch) -> None:
    # GIVEN a key in the keyring for one server
    monkeypatch.delenv(keys.VARIABLE, raising=False)
    kept = {"https://example.org": "kept"}
    monkeypatch.setattr(keyring, "get_password", lambda service, origin: kept.get(origin))
    settings = Settings(server=ServerSettings(url="https://example.org/v1", key=True))
    # THEN no other server gets it, and the variable goes before it
    assert server_of("https://example.org", settings) == ("https://example.org/v1", "kept")
    assert server_of("https://other.example/v1", settings) == ("https://other.example/v1", "")
    monkeypatch.setenv(keys.VARIABLE, "mine")
    assert server_of("127.0.0.1:8000", settings) == ("http://127.0.0.1:8000/v1", "mine")

    # AND other computers are asked only while the user is online
    offline = settings.with_value("general", "offline", True)
    assert server_of("localhost:1", offline)[0] == "http://localhost:1/v1"
    with pytest.raises(CoachError, match="stay offline"):
        server_of("https://example.org/v1", offline)
    with pytest.raises(CoachError, match="not an address"):
        server_of("ftp://example.org", settings)


def test_the_key_is_sent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # GIVEN another server's key in the environment
    monkeypatch.setenv("OPENAI_API_KEY", "other")
    with serve(good) as server:
        for key in ("", "mine"):
            asyncio.run(_ask_once(OpenAITeacher(server.url, "fake", key)))
    # THEN it is not sent, and the one given is
    assert server.keys == ["Bearer none", "Bearer mine"]


async def _ask_once(teacher: OpenAITeacher) -> None:
    await teacher.reply("better at Fox learn")
    await teacher.close()


def test_the_command(coach_home: Path, tmp_path: Path) -> None:
    # GIVEN a guide of the user's, and a teacher
    folder = library.user_dir("fighter")
    folder.mkdir(parents=True)
    (folder / "fox.md").write_text("# Fox\n## Neutral\nUse lasers from afar. Dash dance close. Grab what misses.\n")
    with serve(good) as server:
        words = ["train", "guides", "--game", "fighter", "--base-url", server.url, "--model", "fake", "--out", tmp_path]
        # WHEN it is not agreed to THEN nothing is asked
        refused = CliRunner().invoke(app, [*map(str, words), "--passes", "1"], input="n\n")
        assert isinstance(refused.exception, CoachError)
        assert server.prompts == []
        # WHEN it is THEN the report is all of standard output
        done = CliRunner().invoke(app, [*map(str, words), "--passes", "1", "--yes", "--json"])
    assert done.exit_code == 0, done.output
    assert json.loads(done.stdout)["pairs"] == 4
    assert "requests, about" in done.stderr


async def test_requests_start_at_an_even_pace() -> None:
    waited: list[float] = []

    async def note(seconds: float) -> None:
        waited.append(round(seconds, 1))

    pace = Pace(60, note)
    await asyncio.gather(*(pace.wait() for _ in range(4)))
    assert waited == [1.0, 2.0, 3.0]


@pytest.mark.parametrize("wrong", [{"passes": 0}, {"timeout_s": 0}, {"votes": -1}, {"held_out": 1}])
def test_wrong_arguments(wrong: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="must"):
        SelfInstructArgs("http://127.0.0.1:1/v1", "m", "melee", **wrong)  # type: ignore[arg-type]
