"""Films a question held on a key, spoken, understood, answered aloud and pointed at, into an animated GIF.

    .venv/bin/python packaging/film_question.py docs/pictures/asked-aloud.gif

The app is the real one, beside its practice game, on a virtual screen. espeak-ng speaks the question into a microphone
that PipeWire makes while xdotool holds the key; the answer is spoken by speech-dispatcher into a loudspeaker that is
made likewise. What a GIF cannot have is drawn below the picture by this script: whether the key is held, and both
voices as they were recorded.
"""

import argparse
import contextlib
import itertools
import os
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from coach_app.desktop.processes import coach_command, running, wait_for
from coach_app.desktop.screens import virtual_screen
from coach_app.evaluation.demo.desk import Desk, desk
from coach_app.evaluation.demo.film import RATE_HZ, animate
from coach_app.evaluation.json_lines import JsonLines
from coach_app.settings.schema import HearingSettings, OverlaySettings, Settings, SpeechSettings
from coach_app.settings.store import save

KEY = ("ctrl", "alt", "m")
RATE = 8000
"""Of the recordings, in values a second."""
LOUD_FROM = 300
"""What counts as a voice; silence is 0, and the loudest value 32767."""
SCREEN, GAME_AT = (1020, 590), (24, 24)
STRIP_PX, SHOWN_S = 60, 5.0
INK, FAINT, LOUD, HELD, PAPER = "#e8ecf4", "#6b7690", "#7fd1ff", "#ffb454", "#1b2130"
FONT = "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"
KEY_TITLES = {"en": ("Ctrl+Alt+M", "Ctrl+Alt+M held"), "ja": ("Ctrl+Alt+M", "Ctrl+Alt+M 押下中")}
TITLES = {"en": ("microphone", "loudspeaker"), "ja": ("マイク", "スピーカー")}
BOX_TITLES = {"en": "Ask the coach", "ja": "コーチに質問"}
SINKS = """load-module module-null-sink sink_name=air
load-module module-remap-source master=air.monitor source_name=microphone
load-module module-null-sink sink_name=loudspeaker
set-default-source microphone
set-default-sink loudspeaker"""
SPEECH = """LogLevel 0
Timeout 0
LogDir "{folder}"
AudioOutputMethod "pulse"
AudioPulseDevice "default"
AddModule "espeak-ng" "sd_espeak-ng" "espeak-ng.conf"
DefaultModule espeak-ng
"""


@dataclass(frozen=True)
class Shot:
    """A picture of the screen: when (seconds since the epoch), whether the key was held, and its file."""

    at: float
    held: bool
    file: Path


@dataclass(frozen=True)
class Recording:
    """A voice: its file of 16-bit values, and when that began (seconds since the epoch)."""

    file: Path
    began: float

    def values(self) -> np.ndarray:
        """All that was recorded until now."""
        return np.fromfile(self.file, np.int16)

    def is_over(self, since: float) -> bool:
        """Whether somebody has spoken since then, and is silent for a second and a half."""
        heard = np.abs(self.values()[round((since - self.began) * RATE) :]) > LOUD_FROM
        return bool(heard.any() and not heard[-3 * RATE // 2 :].any())


@contextlib.contextmanager
def sound(folder: Path, env: Mapping[str, str]) -> Iterator[dict[str, str]]:
    """A microphone and a loudspeaker, and voices; yields the environment for programs that use them."""
    (folder / ".asoundrc").write_text("pcm.!default pipewire\nctl.!default pipewire\n", encoding="utf-8")
    (folder / "modules").mkdir()
    (folder / "modules" / "espeak-ng.conf").write_text("", encoding="utf-8")
    (folder / "speechd.conf").write_text(SPEECH.format(folder=folder), encoding="utf-8")
    socket = folder / "speechd.sock"
    env = {**env, "HOME": str(folder), "XDG_RUNTIME_DIR": str(folder), "SPEECHD_ADDRESS": f"unix_socket:{socket}"}
    env["DBUS_SESSION_BUS_ADDRESS"] = f"unix:path={folder}/bus"
    with contextlib.ExitStack() as stack:
        bus = ["dbus-daemon", "--session", f"--address={env['DBUS_SESSION_BUS_ADDRESS']}", "--nofork"]
        stack.enter_context(running(bus, env, folder / "bus.log"))
        wait_for("The session bus", (folder / "bus").is_socket)
        stack.enter_context(running(["pipewire"], env, folder / "pipewire.log"))
        wait_for("PipeWire", (folder / "pipewire-0").is_socket)
        for program in ("wireplumber", "pipewire-pulse"):
            stack.enter_context(running([program], env, folder / f"{program}.log"))
        wait_for("PipeWire's PulseAudio", (folder / "pulse" / "native").is_socket)
        for command in SINKS.splitlines():
            subprocess.run(["pactl", *command.split()], env=env, check=True, stdout=subprocess.DEVNULL)
        service = ["speech-dispatcher", "--run-single", "-C", str(folder), "-S", str(socket), "-P", str(folder / "pid")]
        stack.enter_context(running(service, env, folder / "speech.log"))
        wait_for("The speech service", socket.exists)
        yield env


@contextlib.contextmanager
def recorded(folder: Path, env: Mapping[str, str]) -> Iterator[list[Recording]]:
    """Record what the microphone hears, and what the loudspeaker says."""
    recordings = []
    with contextlib.ExitStack() as stack:
        for name in ("air", "loudspeaker"):
            file = folder / f"{name}.raw"
            form = ["--raw", "--format=s16le", f"--rate={RATE}", "--channels=1", "--latency-msec=20"]
            stack.enter_context(running(["parecord", f"--device={name}.monitor", *form, str(file)], env))
            wait_for("A recording", lambda file=file: file.exists() and file.stat().st_size > 0)
            recordings.append(Recording(file, time.time() - file.stat().st_size / 2 / RATE))
        yield recordings


class Camera:
    """Takes pictures of the screen while something is waited for.

    Attributes:
        shots: the pictures so far.
        held: whether the key is held now.
    """

    def __init__(self, screen: Desk, folder: Path) -> None:
        self._screen, self._folder = screen, folder
        self.shots: list[Shot] = []
        self.held = False

    def until(self, what: str, done: Callable[[], bool], seconds: float = 60.0) -> None:
        """Film until something has happened.

        Raises:
            SystemExit: it never did.
        """
        end = time.time() + seconds
        while not done():
            if time.time() > end:
                raise SystemExit(f"{what} did not come.")
            self._shoot()

    def during(self, seconds: float) -> None:
        """Film for some time."""
        end = time.time() + seconds
        while time.time() < end:
            self._shoot()

    def _shoot(self) -> None:
        if not self.shots or time.time() - self.shots[-1].at >= 1 / RATE_HZ:
            file = self._folder / f"{len(self.shots):05}.png"
            self._screen.picture().save(file, compress_level=1)
            self.shots.append(Shot(time.time(), self.held, file))
        time.sleep(0.01)


def xdotool(*words: str) -> str:
    """What it prints; empty where it finds nothing."""
    return subprocess.run(["xdotool", *words], capture_output=True, text=True, check=False).stdout.strip()


def play(arguments: argparse.Namespace, work: Path, env: dict[str, str], voice: Recording) -> list[Shot]:
    """Play the scene, and film it."""
    trace, lines = JsonLines(work / "trace.jsonl"), list[dict[str, object]]()

    def answered(question: bool) -> bool:
        lines.extend(trace.new_lines())
        advice = [line["advice"] for line in lines if line["event"] == "AnswerFinished"]
        return any(bool(item["question"]) == question for item in advice if isinstance(item, dict))

    with contextlib.ExitStack() as stack:
        screen = stack.enter_context(desk(env["DISPLAY"]))
        common = ("--lang", arguments.lang)
        practice = coach_command("practice", arguments.game, "--seed", str(arguments.seed), *common)
        game = stack.enter_context(running(practice, env, work / "practice.log"))
        window = wait_for("The game's window", lambda: screen.window_of(game.pid), 60.0)
        screen.place(window, *GAME_AT)
        coach = coach_command("--game", arguments.game, "--trace", str(work / "trace.jsonl"), *common)
        app = stack.enter_context(running(coach, env, work / "coach.log"))
        screen.minimise(wait_for("The coach's window", lambda: screen.window_of(app.pid), 60.0))
        screen.focus(window)
        wait_for("Advice", lambda: answered(False), 60.0)
        camera = Camera(screen, work)
        camera.during(1.5)
        question = work / "question.wav"
        subprocess.run(["espeak-ng", "-s", "135", "-w", str(question), arguments.question], check=True)
        camera.held = True
        xdotool(*(word for key in KEY for word in ("keydown", key)))
        camera.during(0.8)  # the microphone opens
        asks = subprocess.Popen(["paplay", "--device=air", str(question)], env=env)
        camera.until("The end of the question", lambda: asks.poll() is not None)
        camera.during(0.3)
        xdotool(*(word for key in reversed(KEY) for word in ("keyup", key)))
        camera.held = False
        title = BOX_TITLES[arguments.lang]
        camera.until("The question box", lambda: xdotool("getwindowfocus", "getwindowname").startswith(title))
        camera.during(2.0)  # time to read what was understood
        asked = time.time()
        xdotool("key", "Return")
        camera.until("The answer", lambda: answered(True))
        camera.until("The end of the spoken answer", lambda: voice.is_over(asked))
        return camera.shots


def draw_strip(shot: Shot, voices: Sequence[tuple[float, np.ndarray]], lang: str) -> Image.Image:
    """What is drawn below a picture: the key, and both voices of the last seconds, each since its recording began."""
    strip = Image.new("RGB", (SCREEN[0], STRIP_PX), PAPER)
    draw, font, middle = ImageDraw.Draw(strip), ImageFont.truetype(FONT, 14), STRIP_PX // 2
    paint = {"fill": HELD, "outline": HELD} if shot.held else {"outline": FAINT}
    draw.rounded_rectangle((16, 14, 176, STRIP_PX - 14), 6, **paint)
    draw.text((96, middle), KEY_TITLES[lang][shot.held], PAPER if shot.held else INK, font, anchor="mm")
    width = (SCREEN[0] - 192) // 2
    for row, ((began, values), title) in enumerate(zip(voices, TITLES[lang], strict=True)):
        left = 192 + row * width
        draw.text((left + 8, middle), title, INK, font, anchor="lm")
        left, lane = left + 104, width - 120
        end = round((shot.at - began) * RATE)
        edges = np.linspace(end - SHOWN_S * RATE, end, lane + 1).astype(int).clip(0, len(values))
        for column, (start, stop) in enumerate(itertools.pairwise(edges)):
            loud = int(np.abs(values[start:stop].astype(int)).max()) if stop > start else 0
            height = round((STRIP_PX / 2 - 8) * min(1.0, loud / 20000))
            colour = LOUD if loud > LOUD_FROM else FAINT
            draw.line((left + column, middle - height, left + column, middle + height), colour)
    return strip


def main() -> None:
    """Film the scene, and write the GIF."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("--lang", choices=("en", "ja"), default="en", help="of the app; the question is English")
    parser.add_argument("--game", default="grid-levels")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--scale", type=float, default=0.8)
    parser.add_argument("--question", default="Where should I go?")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="coach-film-") as name, contextlib.ExitStack() as stack:
        work = Path(name)
        env = stack.enter_context(sound(work, stack.enter_context(virtual_screen(SCREEN))))
        env["COACH_HOME"] = str(work / "home")
        settings = Settings(
            hearing=HearingSettings(on=True),
            speech=SpeechSettings(on=True, says="asked"),
            overlay=OverlaySettings(pointing="asked"),
        )
        save(settings, work / "home" / "config" / "settings.toml")
        os.environ["DISPLAY"] = env["DISPLAY"]  # for xdotool
        recordings = stack.enter_context(recorded(work, env))
        shots = play(arguments, work, env, recordings[1])
        voices = [(recording.began, recording.values()) for recording in recordings]
        for shot in shots:
            with Image.open(shot.file) as picture:
                whole = Image.new("RGB", (SCREEN[0], SCREEN[1] + STRIP_PX))
                whole.paste(picture, (0, 0))
            whole.paste(draw_strip(shot, voices, arguments.lang), (0, SCREEN[1]))
            whole.save(shot.file, compress_level=1)
        animate([(shot.at, shot.file) for shot in shots], (0, 0, *whole.size), arguments.scale, arguments.out)


if __name__ == "__main__":
    main()
