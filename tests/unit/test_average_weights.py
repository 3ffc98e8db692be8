"""The weights of two coaches are averaged."""

import subprocess
import sys
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file

SCRIPT = Path(__file__).parents[2] / "packaging" / "average_weights.py"


def coach(folder: Path, value: float) -> Path:
    folder.mkdir()
    save_file({"layer": torch.full((2, 3), value, dtype=torch.float16)}, folder / "model.safetensors")
    (folder / "config.json").write_text(str(value))
    return folder


def averaged(*arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, SCRIPT, *map(str, arguments)], capture_output=True, text=True, check=False)


def test_the_mean_lies_between_both_coaches(tmp_path: Path) -> None:
    # GIVEN two coaches WHEN a quarter of the second one is taken
    before, after, out = coach(tmp_path / "before", 1.0), coach(tmp_path / "after", 3.0), tmp_path / "out"
    assert averaged(before, after, 0.25, out).returncode == 0
    # THEN each weight lies there, as precise as before, and all else is the first one's
    mean = load_file(out / "model.safetensors")["layer"]
    assert mean.dtype == torch.float16
    assert torch.equal(mean, torch.full((2, 3), 1.5, dtype=torch.float16))
    assert (out / "config.json").read_text() == "1.0"


def test_more_than_all_of_one_is_refused(tmp_path: Path) -> None:
    # GIVEN a share that is none WHEN asked for THEN that is said, and nothing is written
    ran = averaged(coach(tmp_path / "before", 1.0), coach(tmp_path / "after", 3.0), 1.5, tmp_path / "out")
    assert "the share must lie between 0 and 1" in ran.stderr
    assert not (tmp_path / "out").exists()
