"""The practice game in a real window, played with real keys, and read off the screen."""

import contextlib
import json
import sys
import time
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from Xlib.display import Display
from Xlib.ext import damage

from coach_app.domain.errors import CoachError
from coach_app.games.grid.level import Level, Move, random_level
from coach_app.games.grid.sprites import Picture, draw
from coach_app.ui.practice import StateLog, run_practice
from tests.gui.desktop import Desktop, Program, Window
from tests.waiting import wait_until

SEED = 500_003
PLAY = """
import sys
from pathlib import Path
from coach_app.ui.practice import run_practice
sys.exit(run_practice(sys.argv[1], int(sys.argv[2]), state_log=Path(sys.argv[3]), next_after_ms=4000))
"""
START_S = 60.0
STILL_S = 1.0
MARGIN = 8
"""Around the board, pixels."""


class Game:
    """A running practice game: its window, and what it says that it has shown."""

    def __init__(self, desktop: Desktop, folder: Path, game: str, title: str) -> None:
        self._log = folder / "states.jsonl"
        self._desktop = desktop
        self.program: Program = desktop.start(sys.executable, "-c", PLAY, game, str(SEED), self._log)
        self.window: Window = desktop.window(f"^{title}$", self.program.pid, START_S)
        wait_until(lambda: desktop.focused() == self.window, START_S, "the game to have the focus")
        self.wait_for(1)

    def states(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self._log.read_text().splitlines()]

    def wait_for(self, count: int) -> dict[str, Any]:
        """The newest state, once that many have been shown."""
        wait_until(lambda: len(self.states()) >= count, START_S, f"state {count}")
        return self.states()[-1]

    def press(self, key: str) -> dict[str, Any]:
        """Press a key that changes the state; the new state."""
        before = len(self.states())
        self._desktop.key(key)
        return self.wait_for(before + 1)

    def picture(self) -> Image.Image:
        """The window without its frame, off the screen."""
        left, top, width, height = self.window.geometry()
        return self._desktop.picture().crop((left, top, left + width, top + height))

    def board(self, scale: int) -> Picture:
        """The board where it has to be at a whole scale, in a window of just that size; in the game's own pixels."""
        height, width = 5 * 32 * scale, 6 * 32 * scale
        pixels = np.asarray(self.picture())[MARGIN : MARGIN + height, MARGIN : MARGIN + width]
        return pixels[::scale, ::scale]


@pytest.fixture
def game(desktop: Desktop, tmp_path: Path) -> Game:
    return Game(desktop, tmp_path, "grid-levels", "Coach practice: Grid levels")


def resize_to(game: Game, width: int, height: int) -> None:
    game.window.resize(width, height)
    wait_until(lambda: game.window.geometry()[2:] == (width, height), what=f"{width} x {height}")


def below_board(game: Game) -> int:
    """Height of what is under the board in a window of the default size, 2.5 pixels a pixel."""
    _, _, width, height = game.window.geometry()
    assert width == 480 + 2 * MARGIN
    return height - 400 - MARGIN


def test_the_arrow_keys_lead_the_cat_to_the_crate(desktop: Desktop, game: Game) -> None:
    # GIVEN the game of a seed in a window with its title and class
    level = random_level(SEED)
    first = game.states()[0]
    assert (first["seed"], first["episode"], first["steps"], first["done"]) == (SEED, 1, 0, False)
    assert first["cat"] == list(level.start)
    assert abs(first["at"] - time.time()) < 60
    with contextlib.closing(Display()) as connection:
        window = connection.create_resource_object("window", game.window.id)
        assert window.get_wm_class() == ("coach-practice", "coach-practice")

    # WHEN the best key is pressed each time, arrows and letters in turn
    letters = {"left": "a", "down": "s", "right": "d", "up": "w"}
    state, presses = first, 0
    while not state["done"]:
        move = state["optimal_moves"][0]
        state = game.press(move.capitalize() if presses % 2 == 0 else letters[move])
        presses += 1
        assert state["steps"] == presses

    # THEN the cat is at the crate by a shortest way, and a green banner says so below the board
    assert presses == level.steps_to_crate[level.start]
    assert state["cat"] == list(level.crate)
    assert state["optimal_moves"] == []
    assert state["reward"] == pytest.approx(1 - 0.04 * (presses - 1))
    strip = np.asarray(game.picture())[-below_board(game) :]
    assert (strip == (0x1F, 0x7A, 0x4D)).all(axis=2).any()
    desktop.keep_picture("crate")

    # and after a moment the next seed's level begins by itself
    state = game.wait_for(len(game.states()) + 1)
    assert (state["seed"], state["episode"], state["steps"], state["reward"]) == (SEED + 1, 2, 0, 0)
    assert state["cat"] == list(random_level(SEED + 1).start)


def test_keys_start_again_and_go_on(desktop: Desktop, game: Game) -> None:
    # GIVEN a cat that has moved
    game.press("Left")
    # WHEN R is pressed THEN the same level begins again
    state = game.press("r")
    assert (state["seed"], state["episode"], state["steps"]) == (SEED, 2, 0)
    # WHEN N is pressed THEN the next level does
    state = game.press("n")
    assert (state["seed"], state["episode"], state["cat"]) == (SEED + 1, 3, list(random_level(SEED + 1).start))
    # WHEN Space is pressed in the middle of an episode THEN nothing happens
    count = len(game.states())
    desktop.key("space")
    assert game.press("Down")["steps"] == 1
    assert len(game.states()) == count + 1
    # WHEN it is pressed after the end of one THEN the same level begins again
    state = game.states()[-1]
    while not state["done"]:
        state = game.press(state["optimal_moves"][0].capitalize())
    state = game.press("space")
    assert (state["seed"], state["episode"], state["steps"]) == (SEED + 1, 4, 0)


def test_closing_the_window_ends_the_program(game: Game) -> None:
    # GIVEN a running game WHEN its window is closed THEN it ends in order and has said nothing
    game.window.close()
    assert wait_until(lambda: game.program.process.poll() is not None, what="the end of the game")
    assert game.program.stop() == 0
    assert game.program.output.read_text() == ""


def test_the_slippery_map_slips_anew_after_each_start(desktop: Desktop, tmp_path: Path) -> None:
    # GIVEN the article's map WHEN R is pressed THEN the seed of the slipping is the next one
    game = Game(desktop, tmp_path, "grid", "Coach practice: Grid")
    assert game.states()[0]["optimal_moves"] == ["up"]
    assert game.press("r")["seed"] == SEED + 1


def shows(game: Game, scale: int, expected: Picture) -> bool:
    return np.array_equal(game.board(scale), expected)


def expected_board(level: Level, game: Game) -> Picture:
    state = game.states()[-1]
    return draw(level, (state["cat"][0], state["cat"][1]), Move.DOWN)


def test_the_board_is_sharp_at_whole_scales_and_keeps_its_shape_at_all(desktop: Desktop, game: Game) -> None:
    # GIVEN a game in a window of the default size
    level = random_level(SEED)
    below = below_board(game)
    expected = expected_board(level, game)

    # WHEN it is resized to whole scales THEN every pixel of the game is a square of its own colour
    for scale in (1, 2, 3, 4):
        resize_to(game, 192 * scale + 2 * MARGIN, 160 * scale + MARGIN + below)
        wait_until(partial(shows, game, scale, expected), what=f"a sharp board at {scale}")
        desktop.keep_picture(f"scale-{scale}")

    # WHEN the window has another shape THEN the board keeps its own, in the middle, on the dark ground
    resize_to(game, 900, 400)
    height = 400 - MARGIN - below
    width = round(192 * height / 160)
    left = (900 - width) // 2

    def is_centred() -> bool:
        picture = np.asarray(game.picture())
        beside = np.concatenate(
            [picture[MARGIN:height, : left - 2], picture[MARGIN:height, left + width + 2 :]], axis=1
        )
        seen = Image.fromarray(picture[MARGIN : MARGIN + height, left : left + width])
        small = np.asarray(seen.resize((192, 160), Image.Resampling.BOX), float)
        return bool((beside == (0x16, 0x1A, 0x22)).all()) and float(np.abs(small - expected).mean()) < 12

    wait_until(is_centred, what="a centred board in a wide window")
    desktop.keep_picture("wide")

    # WHEN it is made too small THEN it stays as large as the game's own pixels need
    game.window.resize(50, 50)
    wait_until(lambda: game.window.geometry()[2] == 192 + 2 * MARGIN, what="the smallest size")


def test_a_still_game_paints_nothing(game: Game) -> None:
    # GIVEN a watch over what the window paints
    connection = Display()
    assert connection.has_extension("DAMAGE")
    connection.damage_query_version()
    window = connection.create_resource_object("window", game.window.id)
    window.damage_create(damage.DamageReportRawRectangles)
    connection.sync()

    def painted() -> int:
        count = int(connection.pending_events())
        for _ in range(count):
            connection.next_event()
        return count

    # WHEN a key is pressed THEN it paints
    game.press("Left")
    wait_until(painted, what="the step to be painted")
    # WHEN nothing is pressed for a while THEN it paints nothing, and says nothing
    wait_until(lambda: not painted(), pause=lambda: time.sleep(0.3), what="the painting to end")
    states = len(game.states())
    time.sleep(STILL_S)  # the absence of something can only be waited for
    assert painted() == 0
    assert len(game.states()) == states
    connection.close()


STAGE = """
import json, sys
import numpy as np
from PIL import Image
from coach_app.domain.margins import solid_edges
from coach_app.evaluation.bench import positions as live_positions
from coach_app.evaluation.agents import TeacherAgent
from coach_app.games.catalogue import to_practise
from coach_app.games.grid.level import Move
from coach_app.games.grid.sprites import draw
from coach_app.games.positions import positions
from coach_app.ui.practice_stage import run_on_stage

class Looker(TeacherAgent):
    "Finds the cat in the captured picture by comparing it with every state, and answers for the state that it sees."
    async def move(self, picture, env):
        scale = (picture.shape[1] - 16) / (env.level.width * 32)
        height, width = round(env.level.height * 32 * scale), round(env.level.width * 32 * scale)
        board = Image.fromarray(picture[8 : 8 + height, 8 : 8 + width])
        seen = np.asarray(board.resize((env.level.width * 32, env.level.height * 32), Image.Resampling.BOX), float)
        states = [(cell, facing) for cell in env.level.cat_cells for facing in Move]
        cell, facing = min(states, key=lambda state: np.abs(draw(env.level, *state) - seen).mean())
        assert (cell, facing) == (env.cat, env.facing), (cell, facing, env.cat, env.facing)
        return await super().move(picture, env)

game = to_practise("grid-levels")

async def job(stage):
    report = await live_positions.run(game, Looker(game), stage, 4, 500_000, scales=(1.0, 1.7, 2.5, 4.0))
    picture = Image.fromarray(await stage.picture(positions(game, 1, 500_000)[0], 1.7))
    edges = [share * size for share, size in zip(stage.board(), picture.size * 2, strict=True)]
    assert np.abs(np.array(edges) - solid_edges(picture)).max() <= 1, (edges, solid_edges(picture))
    return report

print(run_on_stage(game, job).model_dump_json())
"""


def test_positions_on_a_stage_are_captured_as_they_are_shown(desktop: Desktop) -> None:
    # GIVEN a stage, and an agent that finds out which state a captured picture shows
    # WHEN four positions are shown and captured at four scales
    program = desktop.start(sys.executable, "-c", STAGE)
    wait_until(lambda: program.process.poll() is not None, START_S, "the end of the evaluation")
    # THEN every capture shows the position that was asked for, and its picture is where the stage says
    assert program.stop() == 0, program.output.read_text()
    report = json.loads(program.output.read_text().splitlines()[-1])
    rates = {row["of"]: row["value"] for row in report["rows"] if row["name"] == "optimal moves"}
    assert rates == dict.fromkeys(("1×", "1.7×", "2.5×", "4×", "all"), 1.0)


@pytest.mark.parametrize("game", ["crafter", "frozen-lake"])
def test_an_agent_plays_by_what_is_captured_from_the_screen(desktop: Desktop, game: str) -> None:
    # GIVEN a practice game, with a panel beside its board or without WHEN an agent plays it by watching its window
    command = (
        "play",
        game,
        "--agent",
        "teacher",
        "--live",
        "--episodes",
        "2",
        "--steps",
        "3",
        "--seed",
        "600000",
        "--json",
    )
    program = desktop.start(sys.executable, "-m", "coach_app", *command)
    wait_until(lambda: program.process.poll() is not None, START_S, "the end of the episodes")
    # THEN every step was seen on the screen, and what came of it is told
    assert program.stop() == 0, program.output.read_text()
    report = json.loads(program.output.read_text()[program.output.read_text().index("{") :])
    assert (report["agent"], report["episodes"], report["no_move"]) == ("teacher (live)", 2, 0)


def test_what_goes_wrong_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # GIVEN a log that cannot be written WHEN it is opened THEN the sentence names it
    with pytest.raises(CoachError, match=r"state log could not be written.*nowhere"):
        StateLog(tmp_path / "nowhere" / "states.jsonl")
    # GIVEN no screen WHEN a game is started THEN it says so, where Qt would abort
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    with pytest.raises(CoachError, match="no screen"):
        run_practice("grid")
