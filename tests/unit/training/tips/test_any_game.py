"""From a player's own guide to an adapter that is asked, for a game that comes with no questions: by its commands."""

import json
import re
import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from typer.testing import CliRunner

from coach_app.cli import app
from coach_app.domain.sampling import GREEDY
from coach_app.engine.answering import answer_chat
from coach_app.engine.loader import load_text
from coach_app.knowledge import search
from coach_app.knowledge.library import user_dir
from coach_app.knowledge.prompt import build_chat
from coach_app.models.bases import base_of
from coach_app.models.catalogue import resolve
from coach_app.training.tips import arguments
from coach_app.training.tips.pairs import read_pairs
from tests.fakes.models import build_text
from tests.fakes.openai_server import Answer, completion, serve

GAME = "grid-levels"
GUIDE = Path(__file__).parents[4] / "docs" / "examples" / f"{GAME}.md"
TEMPLATE = "{{ '[INST]' + messages[0]['content'] + '[/INST]' }}"


def taught(number: int, prompt: str) -> Answer:
    """A teacher that asks about the beginning of each sentence that it is told."""
    told = " ".join(prompt.partition("A: the answer")[2].split())
    sentences = re.findall(r"[A-Z][^.?!]{30,}\.", told)
    asked = [(" ".join(each.split()[:6]).rstrip(",:"), each) for each in sentences]
    return completion("\n\n".join(f"Q: What is meant by “{about}” here?\nA: {each}" for about, each in asked))


def test_an_adapter_is_made_of_a_players_own_guide(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, expect_warning: Callable[[str], None]
) -> None:
    # GIVEN a guide in the app's data, a base that chats, and a folder to work in
    expect_warning("were aligned accordingly")
    user_dir(GAME).mkdir(parents=True)
    shutil.copy(GUIDE, user_dir(GAME))
    base = build_text(tmp_path / "tiny-chat")
    (base / "chat_template.jinja").write_text(TEMPLATE)
    monkeypatch.chdir(tmp_path)

    # WHEN a teacher makes questions of it
    with serve(taught) as server:
        command = ["train", "guides", "--game", GAME, "--base-url", server.url, "--model", "fake", "--passes", "3"]
        made = CliRunner().invoke(app, [*command, "--yes", "--json"])
    assert made.exit_code == 0, made.output

    # THEN they are about the sections of the guide
    sections = {section.id for section in search.loaded(GAME).sections}
    pairs = read_pairs(tmp_path / "out" / "train" / f"guides-{GAME}" / "pairs.jsonl")
    assert len(pairs) > 12
    assert {pair.section for pair in pairs} == sections

    # WHEN an adapter is trained, with nothing but the game named
    monkeypatch.setattr(arguments, "preset", partial(arguments.preset, length=2_000))  # a token is a letter here
    command = ["train", "tips", "--game", GAME, "--base", str(base), "--lessons", "48", "--rate", "0.02", "--json"]
    trained = CliRunner().invoke(app, command)

    # THEN it is there, knows its base, and answers about the guide as well as a base of random letters can
    assert trained.exit_code == 0, trained.output
    folder = Path(json.loads(trained.stdout)["folder"])
    assert folder == Path("out/train") / f"tips-{GAME}"
    adapter = resolve(str(folder), role="adapter")
    assert base_of(adapter).path() == base
    passages = [found.section for found in search.find(search.loaded(GAME), "What does the hole do?")]
    assert passages[0].title == "The hole"
    asked = load_text(base), build_chat("What does the hole do?", passages[:1]), str(folder), 8
    assert answer_chat(*asked, GREEDY, lambda _: None, lambda: False).tokens
