"""packaging/setup, with stand-ins for the programs that it calls."""

import importlib.metadata
import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import NormalizedName, canonicalize_name

REPOSITORY = Path(__file__).parents[2]
TOOLS = ("awk", "bash", "cat", "chmod", "cp", "dirname", "env", "flock", "grep", "mkdir", "rm", "sed", "touch")

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="packaging/setup is for Linux and macOS shells")

# Writes down how it was called, makes a virtual environment out of itself, and fails where it is told to.
PYTHON = """#!/bin/bash
echo "python $*" >>"$CALLS"
if [[ "$*" == "-m venv"* ]]; then
  mkdir -p "$3/bin" && cp "$0" "$3/bin/python"
  printf '#!/bin/bash\necho "coach $*" >>"$CALLS"\n[[ -z ${LOST:-} ]]\n' >"$3/bin/coach" && chmod +x "$3/bin/coach"
  echo "VIRTUAL_ENV='$PWD/$3'" >"$3/bin/activate"
fi
[[ -z ${FAILS:-} || "$*" != *"$FAILS"* ]]
"""
RECORDER = '#!/bin/bash\necho "${0##*/} $*" >>"$CALLS"\n'


class Machine:
    """A checkout on a machine of which a test says what is installed and who the user is."""

    def __init__(self, folder: Path) -> None:
        self.checkout = folder / "check out"
        self.checkout.mkdir()
        shutil.copytree(REPOSITORY / "packaging", self.checkout / "packaging")
        shutil.copy(REPOSITORY / "pyproject.toml", self.checkout)
        self._calls = folder / "calls.txt"
        self._bin = folder / "bin"
        self._bin.mkdir()
        for tool in TOOLS:
            (self._bin / tool).symlink_to(str(shutil.which(tool)))
        self.program("python3", PYTHON)
        self.program("uname", "#!/bin/bash\necho Linux\n")
        self.program("apt-get", RECORDER)
        self.user(0)
        self.installed(*_system_packages())

    def program(self, name: str, text: str) -> None:
        path = self._bin / name
        path.write_text(text)
        path.chmod(0o755)

    def user(self, number: int) -> None:
        self.program("id", f"#!/bin/bash\necho {number}\n")

    def installed(self, *packages: str, provided: str = "") -> None:
        lines = [f"installed {name}, " for name in packages]
        lines += [f"installed provider, {provided}", "config-files removed, "]
        self.program("dpkg-query", "#!/bin/bash\ncat <<'END'\n" + "\n".join(lines) + "\nEND\n")

    def setup(self, purpose: str = "test", **env: str) -> "subprocess.CompletedProcess[str]":
        self._calls.write_text("")
        return subprocess.run(
            [self.checkout / "packaging" / "setup", purpose],
            env={"PATH": str(self._bin), "CALLS": str(self._calls), "LC_ALL": "C.UTF-8"} | env,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )

    def calls(self, word: str) -> list[str]:
        """Calls of the last setup that hold a word."""
        return [line for line in self._calls.read_text().splitlines() if word in line]


def _system_packages() -> list[str]:
    lines = (REPOSITORY / "packaging" / "system-packages.txt").read_text().splitlines()
    return [line for line in lines if line and line[0] not in "[#"]


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def test_the_second_run_installs_nothing(machine: Machine) -> None:
    # GIVEN a first run, which makes the environment and installs what is pinned
    first = machine.setup()
    assert first.returncode == 0, first.stderr
    assert len(machine.calls("-m venv")) == 1
    assert all("-c packaging/constraints.txt" in call for call in machine.calls("pip install"))

    # WHEN it runs again, for another purpose
    second = machine.setup("run")

    # THEN it says nothing and installs nothing
    assert (second.returncode, second.stderr) == (0, "")
    assert machine.calls("pip") == []


def test_a_set_up_without_network_goes_on_without_the_text_model(machine: Machine) -> None:
    # GIVEN a network in which everything but the model comes WHEN it is set up
    run = machine.setup(LOST="1")
    # THEN it succeeds, and says what is missing and how to get it later
    assert run.returncode == 0
    assert machine.calls("models get smollm2")
    assert run.stderr.endswith("get it later with: .venv/bin/coach models get smollm2\n")
    # AND an installation that is up to date does not try again; that for the installer never does
    assert machine.setup(LOST="1").stderr == ""
    machine.setup("installer")
    assert not machine.calls("models get")


def test_a_changed_pin_is_installed_into_the_same_environment(machine: Machine) -> None:
    # GIVEN a finished environment WHEN a pin changes THEN pip runs again, and the environment is kept
    machine.setup()
    with (machine.checkout / "packaging" / "constraints.txt").open("a") as file:
        file.write("# changed\n")
    assert machine.setup().returncode == 0
    assert machine.calls("-e .[dev]")
    assert not machine.calls("-m venv")


def test_a_moved_checkout_is_installed_again(machine: Machine) -> None:
    # GIVEN a finished environment, whose scripts name its folder WHEN the checkout moves THEN it is installed again
    machine.setup()
    machine.checkout = machine.checkout.rename(machine.checkout.with_name("moved"))
    assert machine.setup().returncode == 0
    assert machine.calls("-m venv")


def test_an_interrupted_installation_begins_anew(machine: Machine) -> None:
    # GIVEN an installation that broke off
    broken = machine.setup(FAILS="-e .[dev]")
    assert broken.returncode != 0
    assert broken.stderr.endswith("a second try begins anew\n")

    # WHEN it is tried again
    again = machine.setup()

    # THEN the half-made environment is replaced, and the third run has nothing to do
    assert again.returncode == 0
    assert len(machine.calls("-m venv")) == 1
    assert machine.setup().stderr == ""


def test_without_root_and_sudo_one_sentence_names_the_packages(machine: Machine) -> None:
    # GIVEN a user who may not install, on a machine without two packages
    machine.user(1000)
    machine.installed(*(set(_system_packages()) - {"xvfb", "libegl1"}))

    # WHEN setup runs
    run = machine.setup()

    # THEN one sentence names both, and nothing was begun
    assert run.returncode == 1
    assert run.stderr == "setup: these system packages are missing and need root or sudo to install: libegl1 xvfb\n"
    assert machine.calls("") == []


def test_with_sudo_only_what_is_missing_is_installed(machine: Machine) -> None:
    # GIVEN a user with sudo WHEN a package is missing THEN exactly this one is asked for, as root
    machine.user(1000)
    machine.program("sudo", RECORDER)
    machine.installed(*(set(_system_packages()) - {"picom"}))
    assert machine.setup().returncode == 0
    assert machine.calls("install -y")[0].startswith("sudo env")
    assert machine.calls("install -y")[0].endswith("--no-install-recommends picom")


def test_what_only_some_tests_need_is_installed_where_that_is_possible(machine: Machine) -> None:
    # GIVEN a machine without KDE's desktop, which cannot be installed there
    machine.installed(*(set(_system_packages()) - {"kwin-wayland"}))
    machine.program("apt-get", RECORDER + "[[ $* != *install* ]]\n")
    # WHEN it is set up for the tests THEN that is tried and said, and the rest goes on
    run = machine.setup()
    assert run.returncode == 0
    assert machine.calls("install -y")[0].endswith("--no-install-recommends kwin-wayland")
    assert "setup: going on without these packages, whose tests are skipped: kwin-wayland\n" in run.stderr
    # WHEN a user may install nothing THEN the rest goes on, too; to run the coach it is not even tried
    machine.user(1000)
    assert machine.setup().returncode == 0
    assert machine.setup("run").stderr == ""


def test_a_package_counts_under_the_name_that_another_provides(machine: Machine) -> None:
    # GIVEN a newer system, where another package provides the old name WHEN setup runs THEN nothing is missing
    machine.user(1000)
    machine.installed(*(set(_system_packages()) - {"libglib2.0-0"}), provided="other, libglib2.0-0 (= 2.84.4-3)")
    assert machine.setup().returncode == 0


def test_to_run_on_a_real_screen_no_virtual_one_is_needed(machine: Machine) -> None:
    # GIVEN a person with a screen and no Xvfb WHEN the coach is set up to run THEN Xvfb is not asked for
    machine.user(1000)
    machine.installed(*(set(_system_packages()) - {"xvfb", "xdotool"}))
    assert machine.setup("run", DISPLAY=":0").returncode == 0

    # WHEN there is no screen THEN it is, but the tools of the tests still are not
    assert machine.setup("run").stderr.endswith(": xvfb\n")


def test_the_installers_are_built_in_an_environment_of_their_own(machine: Machine) -> None:
    # GIVEN a machine with an NVIDIA card that was set up for the tests
    machine.program("nvidia-smi", RECORDER)
    machine.setup()

    # WHEN it is set up for building the installers
    assert machine.setup("installer").returncode == 0

    # THEN the tools go into another environment, with the small build of PyTorch, and the first one is left alone
    assert machine.calls("-m venv build/venv")
    assert machine.calls("torch=")[0].endswith("+cpu")
    assert machine.calls("-e .[installer]")
    assert machine.setup().stderr == ""


def test_a_system_without_apt_is_told_what_it_needs_and_goes_on(machine: Machine, tmp_path: Path) -> None:
    # GIVEN a distribution without apt WHEN setup runs THEN it names the packages once, and installs the Python side
    (tmp_path / "bin" / "apt-get").unlink()
    run = machine.setup()
    assert run.returncode == 0
    assert "no apt" in run.stderr.splitlines()[0]
    assert "libxcb-cursor0" in run.stderr.splitlines()[0]
    assert machine.setup().stderr == ""


@pytest.mark.parametrize(
    ("nvidia", "choice", "requirement"),
    [
        (False, "auto", "--extra-index-url https://download.pytorch.org/whl/cpu torch=={}+cpu"),
        (True, "auto", "torch==={}"),
        (False, "cuda", "torch==={}"),
        (True, "cpu", "--extra-index-url https://download.pytorch.org/whl/cpu torch=={}+cpu"),
    ],
)
def test_the_build_of_torch_follows_the_card_and_the_choice(
    machine: Machine, nvidia: bool, choice: str, requirement: str
) -> None:
    # GIVEN a machine with or without an NVIDIA card, where PyTorch's index answers WHEN it is set up
    if nvidia:
        machine.program("nvidia-smi", RECORDER)
    assert machine.setup(TORCH=choice).returncode == 0

    # THEN the right build is asked for, of the pinned version
    assert machine.calls("torch=")[0].endswith(" " + requirement.format(_pins()[canonicalize_name("torch")]))


def test_without_pytorchs_index_the_machines_own_sources_are_taken(machine: Machine) -> None:
    # GIVEN a machine that reaches PyPI only WHEN it is set up THEN the plain pin is asked for, and nothing is said
    run = machine.setup(FAILS="urlopen")
    assert run.returncode == 0
    assert machine.calls("torch==")[0].endswith(
        " install -c packaging/constraints.txt torch==" + _pins()[canonicalize_name("torch")]
    )


def test_a_mistaken_choice_of_torch_is_a_sentence(machine: Machine) -> None:
    # GIVEN a choice that does not exist WHEN setup runs THEN it names the ones that do
    run = machine.setup(TORCH="rocm")
    assert run.returncode == 1
    assert run.stderr == "setup: TORCH is rocm, but has to be auto, cpu or cuda\n"


def test_without_a_suitable_python_one_sentence_says_so(machine: Machine) -> None:
    # GIVEN a Python that is too old WHEN setup runs THEN one sentence says what is needed
    run = machine.setup(FAILS="sys.version_info", PYTHON="python3")
    assert run.returncode == 1
    assert "Python 3.11 or newer (with venv) is needed" in run.stderr


def _pins() -> dict[NormalizedName, str]:
    lines = (REPOSITORY / "packaging" / "constraints.txt").read_text().splitlines()
    pins = (line.split("==") for line in lines if not line.startswith("#"))
    return {canonicalize_name(name): version for name, version in pins}


def test_everything_that_the_project_asks_for_is_pinned() -> None:
    # GIVEN the project's dependencies, tools included
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text())["project"]
    extras = project["optional-dependencies"]
    asked = [Requirement(text) for text in [*project["dependencies"], *extras["dev"], *extras["installer"]]]

    # WHEN the pins are looked up THEN each has one, within its bounds
    pins = _pins()
    for requirement in asked:
        if requirement.marker is None or requirement.marker.evaluate():
            assert requirement.specifier.contains(pins[canonicalize_name(requirement.name)]), requirement


def test_the_environment_of_these_tests_is_the_pinned_one() -> None:
    # GIVEN what is installed here WHEN it is compared with the pins THEN no version differs, whatever torch's build
    installed = {
        canonicalize_name(d.metadata["Name"]): d.version.split("+")[0] for d in importlib.metadata.distributions()
    }
    pins = {name: version for name, version in _pins().items() if name in installed and name != "pip"}
    assert pins == {name: installed[name] for name in pins}


def test_packaging_never_shadows_the_library_of_that_name() -> None:
    # GIVEN the folder packaging WHEN Python runs at the top of the repository THEN `import packaging` is the library
    assert not (REPOSITORY / "packaging" / "__init__.py").exists()
    command = [sys.executable, "-c", "import packaging; print(packaging.__version__)"]
    run = subprocess.run(command, cwd=REPOSITORY, env=os.environ, check=True, capture_output=True, text=True)
    assert run.stdout.strip() == _pins()[canonicalize_name("packaging")]
