"""The interface process stays light: models and games are other processes' work."""

import json
import subprocess
import sys

LIGHT = (
    *("advisor", "assembly", "capture", "cli", "desktop", "domain", "host", "knowledge"),
    *("session", "settings", "translation", "ui"),
)
OTHER_PLATFORMS = ("coach_app.capture.macos", "coach_app.capture.win32")
HEAVY = ("bitsandbytes", "cv2", "peft", "pygame", "srl", "torch", "transformers")

IMPORT_ALL = f"""
import importlib, json, pkgutil, sys
import coach_app
names = [module.name for module in pkgutil.walk_packages(coach_app.__path__, "coach_app.")]
names = [name for name in names if name.split(".")[1] in {LIGHT!r} and name not in {OTHER_PLATFORMS!r}]
for name in names:
    importlib.import_module(name)
json.dump([names, [name for name in {HEAVY!r} if name in sys.modules]], sys.stdout)
"""


def test_no_module_of_the_interface_imports_a_model_or_a_game() -> None:
    # GIVEN a fresh Python
    # WHEN every module that the interface process is made of is imported
    run = subprocess.run([sys.executable, "-c", IMPORT_ALL], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    imported, heavy = json.loads(run.stdout)

    # THEN nothing heavy came with them; cv2 would break Qt's plugins besides
    assert {name.split(".")[1] for name in imported} >= {"advisor", "session", "ui"}
    assert heavy == []
