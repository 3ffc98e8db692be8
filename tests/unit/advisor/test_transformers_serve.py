"""The advisor and a real server: ``transformers serve`` with the bundled coach, on the loopback."""

import asyncio
import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from coach_app.advisor.remote import RemoteAdvisor, offered_models
from coach_app.advisor.servers import Server
from coach_app.assembly.once import advise_once
from coach_app.domain.errors import CoachError
from coach_app.domain.frame import Frame
from coach_app.domain.resources import resources_dir
from coach_app.domain.situation import Situation
from coach_app.games.captures import clean_shot
from coach_app.games.grid.lessons.pictures import Scene, picture
from coach_app.games.grid.level import ARTICLE_LEVEL, Move
from coach_app.games.grid.teacher import optimal_moves
from coach_app.games.profiles import find
from coach_app.settings.schema import ServerSettings, Settings
from tests.serving import free_port, serving

MODEL = str(resources_dir() / "models" / "grid-coach")
GRID = find("grid")


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of the server; it is started once."""
    folder, port = tmp_path_factory.mktemp("serve"), free_port()
    command = [
        Path(sys.executable).with_name("transformers"),
        "serve",
        MODEL,
        "--host",
        "127.0.0.1",
        "--port",
        str(port),
    ]
    with serving(command, f"http://127.0.0.1:{port}/health", folder, HF_HUB_OFFLINE="1", HF_HUB_CACHE=str(folder)):
        yield f"http://127.0.0.1:{port}/v1"


@pytest.fixture
async def advisor(url: str) -> AsyncIterator[RemoteAdvisor]:
    advisor = RemoteAdvisor(Server(url, MODEL, side_px=336))
    yield advisor
    await advisor.close()


def _frame(cell: tuple[int, int]) -> Frame:
    return Frame(clean_shot(picture(Scene(ARTICLE_LEVEL, cell, Move.DOWN))).image)


async def test_its_advice_names_a_best_move(advisor: RemoteAdvisor) -> None:
    # GIVEN three positions of the article's map
    for number, cell in enumerate(ARTICLE_LEVEL.cat_cells[::3][:3]):
        said: list[str] = []
        # WHEN the server is asked, over one connection
        advice = await advisor.advise(Situation(_frame(cell), GRID), on_words=said.append)
        # THEN its advice is the bundled coach's: the teacher's move, streamed once it is known not to think aloud
        assert "".join(said) == advice.text
        assert len(said) > 5 or number == 0
        assert all(piece[0] == " " for piece in said[1:])
        assert advice.move in [move.name.lower() for move in optimal_moves(ARTICLE_LEVEL, cell)], advice.text
        assert advice.tokens > 10


async def test_a_cancelled_answer_does_not_hold_up_the_next_one(advisor: RemoteAdvisor) -> None:
    # GIVEN an answer of which the first words came
    await advisor.advise(Situation(_frame(ARTICLE_LEVEL.cat_cells[1]), GRID))
    heard = asyncio.Event()
    frame = _frame(ARTICLE_LEVEL.cat_cells[0])
    asking = asyncio.create_task(advisor.advise(Situation(frame, GRID), on_words=lambda text: heard.set()))
    await heard.wait()

    # WHEN it is cancelled, and a question is asked
    asking.cancel()
    await asyncio.gather(asking, return_exceptions=True)
    advice = await advisor.advise(Situation(frame, GRID, "Where is the hole?"))

    # THEN the question is answered
    assert "hole" in advice.text


async def test_headless_by_the_settings_and_by_the_command_line(url: str, tmp_path: Path) -> None:
    # GIVEN a picture, and settings with the server switched on
    picture = tmp_path / "frame.png"
    _frame(ARTICLE_LEVEL.cat_cells[0]).image.save(picture)
    on = Settings(server=ServerSettings(on=True, url=url, model=MODEL, side_px=336))

    # WHEN advice is asked for as `coach advise` does, by the settings, and by naming the server
    complaints: list[CoachError] = []
    for model in ("", f"{MODEL}@{url}"):
        advice = await advise_once(on, picture, "grid", "", False, model, lambda words: None, complaints.append)
        # THEN the server gave it
        assert advice.model == MODEL
        assert advice.move is not None


async def test_what_it_refuses(url: str) -> None:
    # GIVEN a server that is pinned to its model and lists only what is in the hub's cache
    advisor = RemoteAdvisor(Server(url, "llava"))
    # WHEN another model is asked, or the list THEN the sentences say so
    with pytest.raises(CoachError, match="has no model llava"):
        await advisor.advise(Situation(_frame(ARTICLE_LEVEL.cat_cells[0]), GRID))
    await advisor.close()
    with pytest.raises(CoachError, match="does not list its models"):
        await offered_models(Settings(server=ServerSettings(url=url)))
