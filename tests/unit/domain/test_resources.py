import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from coach_app.domain import resources

REPOSITORY = Path(__file__).parents[3]
FIND = (
    "from coach_app.domain.resources import game_dir, resources_dir; "
    "print(resources_dir(), game_dir('grid-levels'), sep=chr(10))"
)


def test_in_a_checkout_it_is_beside_the_package() -> None:
    # GIVEN this checkout WHEN the resources are looked for THEN they are the folder at its top
    assert resources.resources_dir() == REPOSITORY / "resources"
    assert (resources.game_dir("grid-levels") / "game.toml").is_file()


def test_a_wheel_holds_the_resources_and_finds_them(tmp_path: Path) -> None:
    # GIVEN a wheel of this repository (with a small stand-in for the weights), unpacked as an installation does
    checkout = tmp_path / "checkout"
    shutil.copytree(REPOSITORY / "coach_app", checkout / "coach_app", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(REPOSITORY / "pyproject.toml", checkout)
    (checkout / "resources" / "models").mkdir(parents=True)
    (checkout / "resources" / "models" / "weights.safetensors").write_bytes(b"weights")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path / "dist")]
    subprocess.run(build, cwd=checkout, check=True, capture_output=True)
    site = tmp_path / "site-packages"
    with zipfile.ZipFile(next((tmp_path / "dist").glob("*.whl"))) as wheel:
        wheel.extractall(site)

    # WHEN the installed package is asked, far from any checkout
    command = [sys.executable, "-I", "-c", f"import sys; sys.path.insert(0, {str(site)!r}); {FIND}"]
    printed = subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, text=True).stdout
    found, game = map(Path, printed.splitlines())

    # THEN it names its own folder, and the files are there
    assert found == site / "coach_app" / "resources"
    assert (found / "models" / "weights.safetensors").read_bytes() == b"weights"
    assert game == site / "coach_app" / "games" / "grid_levels"
    assert (game / "game.toml").is_file()
    assert (game.parent / "melee" / "guides" / "names.toml").is_file()


def test_in_a_frozen_bundle_it_is_where_the_bundle_was_unpacked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # GIVEN a frozen app, which names its folder in sys._MEIPASS
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)

    # WHEN the resources are looked for THEN they are there
    assert resources.resources_dir() == tmp_path / "resources"
    assert resources.game_dir("grid-levels") == tmp_path / "coach_app" / "games" / "grid_levels"
