"""The real app on a real screen, with a scripted engine: what a person at the game would see and feel."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil
import pytest
from PIL import Image, ImageStat

from coach_app.domain.profile import GameProfile
from coach_app.domain.source import WindowSpec
from coach_app.evaluation.json_lines import JsonLines
from coach_app.games.profiles import find, save_profile
from coach_app.settings.schema import GeneralSettings, MemorySettings, Settings
from coach_app.settings.store import save
from tests.fakes.app import TIP
from tests.gui.desktop import Desktop, Program
from tests.gui.game import start_game
from tests.waiting import wait_until

KEYS = {"left": "Left", "down": "Down", "right": "Right", "up": "Up"}
OVERLAY = (1490, 60)
"""A point inside the overlay's card at its first place, at the top right."""


class Coach:
    """The running app, and what it wrote down."""

    def __init__(self, desktop: Desktop, folder: Path, *options: str) -> None:
        self.pictures = folder / "pictures"
        self.pictures.mkdir()
        self._trace = JsonLines(folder / "trace.jsonl")
        self.lines: list[dict[str, Any]] = []
        model = folder / "scripted"
        model.mkdir()
        arguments = ["--trace", str(folder / "trace.jsonl"), "--model", str(model), *options]
        self.program: Program = desktop.start(sys.executable, "-m", "tests.fakes.app", self.pictures, *arguments)

    def all(self, event: str) -> list[dict[str, Any]]:
        """Everything of this kind that has happened so far."""
        self.lines += self._trace.new_lines()
        return [line for line in self.lines if line["event"] == event]

    def wait(self, event: str, condition: Callable[[dict[str, Any]], bool] = lambda line: True) -> dict[str, Any]:
        """The newest event of this kind that fulfils a condition."""

        def look() -> dict[str, Any] | None:
            return next((line for line in reversed(self.all(event)) if condition(line)), None)

        found = wait_until(look, 20, f"{event}; the app said {self.program.output.read_text()!r}")
        assert found
        return found

    def advice_after(self, moment: float) -> dict[str, Any]:
        """Advice about a picture that was taken after a moment (seconds since the epoch)."""
        return self.wait("AnswerFinished", lambda line: line["advice"]["captured_at"] > moment)

    def picture(self) -> Image.Image:
        """The last picture that the model was shown."""
        with Image.open(max(self.pictures.glob("*.png"))) as picture:
            return picture.convert("RGB")

    def stop(self) -> None:
        """End it as the system does; it must end well."""
        assert self.program.stop(20) == 0, self.program.output.read_text()


def watch_the_stand_in(memory: MemorySettings | None = None) -> None:
    """Let the settings say that the stand-in for a game is watched, as any game."""
    source = WindowSpec(title="a game of another program")
    general = GeneralSettings(source=source, game="default")
    settings = Settings(general=general, memory=memory or MemorySettings())
    save(settings, Path(os.environ["COACH_HOME"]) / "config" / "settings.toml")


def test_the_game_keeps_its_clicks_keys_and_focus_and_stays_alone_in_the_picture(
    desktop: Desktop, tmp_path: Path
) -> None:
    # GIVEN a white game under the place of the overlay, and advice in the overlay
    watch_the_stand_in()
    game = start_game(desktop)
    game.window.move(950, 10)
    coach = Coach(desktop, tmp_path)
    coach.wait("AnswerFinished")
    wait_until(lambda: sum(desktop.picture().getpixel(OVERLAY)) < 600, what="the overlay over the game")  # type: ignore[arg-type]
    assert "focus out" not in game.happened()

    # WHEN a person clicks on the overlay
    desktop.click(*OVERLAY)
    # THEN the game gets the click
    wait_until(lambda: game.happened()[-1] == f"click {OVERLAY[0]},{OVERLAY[1]}", what="the click in the game")

    # WHEN they press the hotkey and ask
    before = len(coach.all("AnswerStarted"))
    desktop.key("ctrl+alt+space")
    box = desktop.window("Ask the coach")
    wait_until(lambda: desktop.focused() == box, what="the focus in the question box")
    desktop.type("Where is the exit?")
    desktop.keep_picture("question")
    desktop.key("Return")
    # THEN the answer is about the white game alone, although the overlay covers it
    answer = coach.wait("AnswerFinished", lambda line: line["advice"]["question"] == "Where is the exit?")
    assert answer["advice"]["move"] is None
    assert ImageStat.Stat(coach.picture()).extrema == [(255, 255)] * 3
    # AND the game got none of the keys (Ctrl and Alt apart, as nobody knows yet what follows), and has the focus again
    wait_until(lambda: game.happened()[-1] == "focus in", what="the focus back in the game")
    assert {line for line in game.happened() if line.startswith("key")} <= {"key 16777249", "key 16777251"}
    desktop.key("x")
    wait_until(lambda: game.happened()[-1] == "key 88", what="a key in the game")
    desktop.keep_picture("answer")

    # WHEN nothing changes on the screen for a while, the answer in the overlay apart
    time.sleep(3)
    # THEN the model was not asked again
    assert len(coach.all("AnswerStarted")) == before + 1

    # WHEN the user pauses and the language is switched by hotkeys
    desktop.key("ctrl+alt+p")
    coach.wait("PauseChanged", lambda line: line["paused"])
    desktop.key("ctrl+alt+j")
    # THEN the answer on the screen is translated
    assert coach.wait("AnswerTranslated")["advice"]["text_ja"] == 2 * "猫を上へ。"  # two sentences
    coach.stop()


def test_a_server_elsewhere_gives_the_advice_and_is_named_when_it_is_gone(desktop: Desktop, tmp_path: Path) -> None:
    # GIVEN a server at an address that is not known to be this computer's
    watch_the_stand_in()
    start_game(desktop)
    server = desktop.start(sys.executable, "-m", "tests.fakes.openai")
    wait_until(lambda: "/v1" in server.output.read_text(), what="the server")
    url = server.output.read_text().strip().replace("127.0.0.1", "0.0.0.0")

    # WHEN the coach is told to ask it
    coach = Coach(desktop, tmp_path, "--model", f"llava@{url}")
    # THEN the advice is the server's, the overlay says that pictures leave, and the model on this computer is not asked
    answer = coach.wait("AnswerFinished")["advice"]
    assert (answer["text"], answer["model"]) == ("The server says: move the cat up.", "llava")
    assert coach.all("OnlineMark")[-1]["shown"]
    assert list(coach.pictures.glob("*.png")) == []
    desktop.keep_picture("server")

    # WHEN the server is gone, and a question is asked
    server.process.kill()
    server.process.wait()
    desktop.key("ctrl+alt+space")
    box = desktop.window("Ask the coach")
    wait_until(lambda: desktop.focused() == box, what="the focus in the question box")
    desktop.type("Still there?")
    desktop.key("Return")
    # THEN a sentence says so
    assert "cannot be reached" in coach.wait("Notice", lambda line: line["about"] == "answer")["message"]
    desktop.keep_picture("server-gone")
    coach.stop()


def test_the_model_is_unloaded_by_a_key_until_a_question_comes(desktop: Desktop, tmp_path: Path) -> None:
    # GIVEN the coach advising about a game
    watch_the_stand_in()
    game = start_game(desktop)
    coach = Coach(desktop, tmp_path)
    coach.wait("AnswerFinished")
    pid = coach.wait("Engine", lambda line: line["phase"] == "ready")["pid"]

    # WHEN the key is pressed
    desktop.key("ctrl+alt+u")
    # THEN the process with the models ends, and the overlay says so
    coach.wait("Engine", lambda line: line["phase"] == "asleep")
    assert not psutil.pid_exists(pid)
    notice = coach.wait("Notice", lambda line: line["message"].startswith("The model is unloaded"))
    wait_until(lambda: sum(desktop.picture().getpixel((1600, 165))) < 200, what="a higher card")  # type: ignore[arg-type]
    desktop.keep_picture("unloaded")

    # WHEN the picture becomes another one / THEN it sleeps on
    game.window.close()
    start_game(desktop, "#204080")
    coach.wait("SourceFound", lambda line: line["at"] > notice["at"])
    time.sleep(2)
    assert coach.all("Engine")[-1]["phase"] == "asleep"

    # WHEN a question is asked / THEN everything is loaded again, and the question answered about what is there now
    desktop.key("ctrl+alt+space")
    box = desktop.window("Ask the coach")
    wait_until(lambda: desktop.focused() == box, what="the focus in the question box")
    desktop.type("Where is the exit?")
    desktop.key("Return")
    coach.wait("AnswerFinished", lambda line: line["advice"]["question"] == "Where is the exit?")
    awake = coach.wait("Engine", lambda line: line["phase"] == "ready")
    assert awake["pid"] != pid
    desktop.keep_picture("awake")
    coach.stop()


def test_a_model_unloaded_as_nothing_was_asked_comes_back_at_one_press(desktop: Desktop, tmp_path: Path) -> None:
    # GIVEN the coach beside a game in which nothing happens
    watch_the_stand_in(MemorySettings(unload_after_min=1))
    start_game(desktop)
    coach = Coach(desktop, tmp_path)
    coach.wait("AnswerFinished")
    # WHEN nothing is asked for a while / THEN it is unloaded
    asleep = coach.wait("Engine", lambda line: line["phase"] == "asleep")
    wait_until(lambda: sum(desktop.picture().getpixel((1484, 170))) < 200, what="a higher card")  # type: ignore[arg-type]
    desktop.keep_picture("idle")

    # WHEN the key is pressed once / THEN it is loaded again
    desktop.key("ctrl+alt+u")
    awake = coach.wait("Engine", lambda line: line["phase"] == "ready" and line["at"] > asleep["at"])
    phases = [line["phase"] for line in coach.all("Engine") if line["at"] > asleep["at"]]
    assert phases[:2] == ["starting", "ready"]

    # WHEN it has been unloaded once more, and a question loads it
    coach.wait("Engine", lambda line: line["phase"] == "asleep" and line["at"] > awake["at"])
    desktop.key("ctrl+alt+space")
    box = desktop.window("Ask the coach")
    wait_until(lambda: desktop.focused() == box, what="the focus in the question box")
    desktop.type("Where is the exit?")
    desktop.key("Return")
    coach.wait("AnswerFinished", lambda line: line["advice"]["question"] == "Where is the exit?")
    # THEN the next press unloads it
    desktop.key("ctrl+alt+u")
    coach.wait("Notice", lambda line: line["message"].startswith("The model is unloaded"))
    coach.stop()


def test_a_game_whose_profile_says_so_has_the_memory_from_its_start(desktop: Desktop, tmp_path: Path) -> None:
    # GIVEN a profile for a heavy game
    source = WindowSpec(title="a game of another program")
    settings = Settings(general=GeneralSettings(source=source))
    save(settings, Path(os.environ["COACH_HOME"]) / "config" / "settings.toml")
    title = "a game of another program"
    profile = GameProfile(id="heavy", title="Heavy", window=title, prompt="Where to?", unload_at_start=True)
    save_profile(profile)
    coach = Coach(desktop, tmp_path)
    coach.wait("Engine", lambda line: line["phase"] == "ready")

    # WHEN it starts / THEN the models leave the memory before any advice
    start_game(desktop)
    coach.wait("Engine", lambda line: line["phase"] == "asleep")
    assert coach.all("AnswerFinished") == []

    # WHEN the key is pressed / THEN they come back, and the advice comes unasked
    desktop.key("ctrl+alt+u")
    coach.wait("AnswerFinished")
    coach.stop()


def test_a_game_question_is_answered_from_its_guides(desktop: Desktop, tmp_path: Path) -> None:
    # GIVEN a game whose profile names an adapter, and asks in general unless the player says otherwise
    adapter, base = tmp_path / "tips", tmp_path / "base"
    adapter.mkdir()
    base.mkdir()
    (adapter / "adapter_config.json").write_text(json.dumps({"base_model_name_or_path": str(base)}))
    title = "a game of another program"
    save(
        Settings(general=GeneralSettings(source=WindowSpec(title=title))),
        Path(os.environ["COACH_HOME"]) / "config" / "settings.toml",
    )
    melee = find("melee").model_copy(update={"window": title, "adapter": str(adapter)})
    save_profile(melee)
    start_game(desktop)
    coach = Coach(desktop, tmp_path)
    coach.wait("AnswerFinished")
    looks = len(list(coach.pictures.glob("*.png")))

    # WHEN a question is asked
    desktop.key("ctrl+alt+space")
    box = desktop.window("Ask the coach")
    wait_until(lambda: desktop.focused() == box, what="the focus in the question box")
    question = "How do I deal with Peach's turnips as Falco?"
    desktop.type(question)
    desktop.keep_picture("box")
    desktop.key("Return")
    # THEN the text model answers with its sources, and no picture was looked at for it
    answer = coach.wait("AnswerFinished", lambda line: line["advice"]["question"] == question)["advice"]
    assert (answer["text"], answer["model"], answer["quoted"]) == (TIP, "base + tips", False)
    assert answer["sources"][0]["title"].startswith("Falco against Peach")
    assert coach.wait("AnswerStarted")["about"] == "game"
    assert len(list(coach.pictures.glob("*.png"))) == looks
    desktop.keep_picture("answer")

    # WHEN another one is asked about the screen THEN the answer is about the picture
    desktop.key("ctrl+alt+space")
    wait_until(lambda: desktop.focused() == box, what="the focus in the question box")
    desktop.type("Where is the exit?")
    desktop.key("ctrl+g")
    desktop.keep_picture("box-screen")
    desktop.key("Return")
    coach.wait("AnswerFinished", lambda line: line["advice"]["question"] == "Where is the exit?")
    assert len(list(coach.pictures.glob("*.png"))) == looks + 1
    coach.stop()


def test_every_window_opens_and_a_setting_is_applied_and_kept(desktop: Desktop, tmp_path: Path) -> None:
    # GIVEN the coach on a desktop without a tray: its plain window is the way in
    coach = Coach(desktop, tmp_path)
    coach.wait("WindowUp")
    both = wait_until(lambda: [*desktop.windows("^Coach$", coach.program.pid)][1:] and desktop.windows("^Coach$"))
    controls = max(both, key=lambda window: window.geometry()[3])  # the overlay is the other one
    # WHEN each window is wanted by its key THEN it opens
    for key, title in (
        ("alt+t", "Coach settings"),
        ("alt+h", "Coach history"),
        ("alt+w", "What should the coach watch?"),
    ):
        controls.activate()
        desktop.key(key)
        window = desktop.window(title.rstrip("?"), coach.program.pid)
        desktop.keep_picture(title.rstrip("?").replace(" ", "-"))
        window.close()
    # WHEN the language is switched
    desktop.key("ctrl+alt+j")
    settings = Path(os.environ["COACH_HOME"]) / "config" / "settings.toml"
    wait_until(
        lambda: settings.exists() and 'language = "ja"' in settings.read_text(), what="the language in the settings"
    )
    # THEN it is saved, and the model that only the command line named is not
    assert "scripted" not in settings.read_text()
    # WHEN the plain window is closed THEN the coach ends
    controls.close()
    assert coach.program.process.wait(20) == 0, coach.program.output.read_text()
    assert not [line for line in coach.all("Notice") if line["about"] == "trouble"]


@pytest.fixture
def practice(desktop: Desktop, tmp_path: Path) -> "Practice":
    return Practice(desktop, tmp_path)


class Practice:
    """A practice game in its own window."""

    def __init__(self, desktop: Desktop, folder: Path) -> None:
        self._desktop = desktop
        self._states = JsonLines(folder / "states.jsonl")
        self._state: dict[str, Any] = {}
        command = ["practice", "grid-levels", "--seed", "500000", "--state-log", str(folder / "states.jsonl")]
        self.program = desktop.start(sys.executable, "-m", "coach_app", *command)
        self.window = desktop.window("Coach practice: Grid levels", self.program.pid)

    def state(self) -> dict[str, Any]:
        """What is on the screen."""
        for line in self._states.new_lines():
            self._state = line
        return self._state

    def step(self) -> float:
        """Make a good move with the keyboard; the time (seconds since the epoch) at which it was seen."""
        wait_until(lambda: self.state() and not self.state()["done"], what="a position to play")
        before = self.state()
        # The focus alone: a click would bring the window to the front.
        subprocess.run(["xdotool", "windowfocus", "--sync", str(self.window.id)], check=True)
        self._desktop.key(KEYS[before["optimal_moves"][0]])
        wait_until(lambda: self.state() != before, what="the move on the screen")
        return float(self.state()["at"])


def test_advice_keeps_coming_while_the_window_is_moved_covered_and_resized(
    desktop: Desktop, practice: Practice, tmp_path: Path
) -> None:
    # GIVEN a practice game that the coach found by itself
    coach = Coach(desktop, tmp_path)
    first = coach.wait("AnswerFinished")
    assert coach.all("ProfileChosen")[-1]["id"] == "grid-levels"
    assert first["advice"]["move"] == "up"
    # WHEN the window is moved, and a move made THEN there is advice about the new position
    practice.window.move(60, 300)
    coach.advice_after(practice.step())
    # WHEN it is covered by another program's window THEN the picture is still the game's own
    uncovered = coach.picture()
    cover = start_game(desktop, "#0000ff")
    cover.window.move(0, 200)
    coach.advice_after(practice.step())
    assert coach.picture().size == uncovered.size
    assert ImageStat.Stat(coach.picture()).mean == pytest.approx(ImageStat.Stat(uncovered).mean, abs=12)
    # WHEN it is resized THEN the board is found in it again
    practice.window.resize(760, 700)
    coach.advice_after(practice.step())
    board, before = coach.picture().size, uncovered.size
    assert board[0] / board[1] == pytest.approx(before[0] / before[1], abs=0.05)
    # WHEN it is minimised THEN that is said, and it is over when the window is back
    practice.window.minimise()
    coach.wait("Notice", lambda line: line["about"] == "source" and "minimised" in line["message"])
    found = len(coach.all("SourceFound"))
    practice.window.activate()
    wait_until(lambda: len(coach.all("SourceFound")) > found, what="the window found again")
    coach.advice_after(practice.step())
    coach.stop()


def test_a_killed_engine_comes_back_and_the_game_goes_on(desktop: Desktop, practice: Practice, tmp_path: Path) -> None:
    # GIVEN a coach that advises
    coach = Coach(desktop, tmp_path)
    coach.wait("AnswerFinished")
    engine = coach.wait("Engine", lambda line: line["phase"] == "ready")["pid"]
    # WHEN its engine is killed in the middle of an answer
    moment = practice.step()
    coach.wait("AnswerWords", lambda line: line["at"] > moment)
    os.kill(engine, signal.SIGKILL)
    # THEN that is said, another engine comes up, and the answer too
    coach.wait("Notice", lambda line: line["about"] == "engine" and "restarted" in line["message"])
    coach.wait("Engine", lambda line: line["phase"] == "ready" and line["pid"] not in (None, engine))
    coach.advice_after(moment)
    # AND the next position gets advice as before
    coach.advice_after(practice.step())
    assert not [line for line in coach.all("Notice") if line["about"] in ("answer", "trouble")]
    coach.stop()
