"""The hardware of this computer: card, memory, disk and speed. Does not import torch."""

import csv
import importlib.metadata
import io
import logging
import os
import platform
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import psutil

logger = logging.getLogger(__name__)

_NVIDIA_SMI = (
    "nvidia-smi",
    "--query-gpu=name,driver_version,memory.total,memory.free",
    "--format=csv,noheader,nounits",
)
_PATIENCE_S = 10.0
_MIB = 1024**2


@dataclass(frozen=True)
class Card:
    """A graphics card.

    Attributes:
        name: name given by the driver.
        driver: version of the driver; may be empty.
        total_bytes: total memory.
        free_bytes: memory free now, for instance beside a running game.
        usable: whether the installed torch can use it.
    """

    name: str
    driver: str
    total_bytes: int
    free_bytes: int
    usable: bool = True


@dataclass(frozen=True)
class Machine:
    """A computer at one moment.

    Attributes:
        card: the one with the most memory, or None.
        ram_total_bytes, ram_free_bytes: memory, and how much of it is available.
        disk_free_bytes: free space in the models folder; 0 if its drive is not connected.
        cores: number of cores that this process may use.
    """

    card: Card | None
    ram_total_bytes: int
    ram_free_bytes: int
    disk_free_bytes: int
    cores: int

    @property
    def usable_card(self) -> Card | None:
        """The card if models can run on it, otherwise None."""
        return self.card if self.card and self.card.usable else None


@dataclass(frozen=True)
class Speed:
    """How fast the processor is.

    Attributes:
        operations_per_s: 32-bit floating-point operations in large matrix products.
        bytes_per_s: memory bandwidth for reading.
    """

    operations_per_s: float
    bytes_per_s: float


def look(models_folder: Path) -> Machine:
    """Inspect this computer; may take a few seconds with a slow driver, so never call it in the interface's thread."""
    cards = _nvidia_cards() or _amd_cards() or _apple_cards()
    memory = psutil.virtual_memory()
    there = next((folder for folder in (models_folder, *models_folder.parents) if _exists(folder)), None)
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return Machine(
        card=max(cards, key=lambda card: card.total_bytes, default=None),
        ram_total_bytes=memory.total,
        ram_free_bytes=memory.available,
        disk_free_bytes=shutil.disk_usage(there).free if there else 0,
        cores=cores,
    )


def _exists(folder: Path) -> bool:
    try:
        return folder.exists()
    except (OSError, ValueError):  # an invalid path, or an inaccessible folder
        return False


def measure_speed() -> Speed:
    """Measure the processor for about half a second."""
    import numpy as np

    side = 768
    matrix = np.ones((side, side), np.float32)
    operations = _rate(lambda: matrix @ matrix) * 2 * side**3
    block = np.ones(16 * _MIB, np.float32)
    read = _rate(lambda: block.sum()) * block.nbytes
    return Speed(operations, read)


def _rate(work: Callable[[], object]) -> float:
    """Calls per second."""
    work()
    count, begun = 0, time.perf_counter()
    while (spent := time.perf_counter() - begun) < 0.2:
        work()
        count += 1
    return count / spent


def _nvidia_cards() -> list[Card]:
    try:
        run = subprocess.run(
            _NVIDIA_SMI,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=_PATIENCE_S,
            check=True,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except (OSError, subprocess.SubprocessError) as error:
        logger.info("No NVIDIA card: %s", error)
        return []
    return parse_nvidia_smi(run.stdout, _torch_is_for_cards())


def parse_nvidia_smi(printed: str, usable: bool) -> list[Card]:
    """Parse a table of name, driver, total and free MiB; cards without a known memory size are left out."""
    rows = [[field.strip() for field in row] for row in csv.reader(io.StringIO(printed))]
    return [
        Card(row[0], row[1], int(row[2]) * _MIB, int(row[3]) * _MIB, usable)
        for row in rows
        if len(row) == 4 and row[2].isdecimal() and row[3].isdecimal()
    ]


def _amd_cards(root: Path = Path("/sys/class/drm")) -> list[Card]:
    """Cards of the amdgpu driver of Linux; elsewhere none are found. Untested on this platform."""
    cards = []
    for total in root.glob("card*/device/mem_info_vram_total"):
        try:
            all_bytes, used = int(total.read_text()), int(total.with_name("mem_info_vram_used").read_text())
            cards.append(Card("AMD graphics card", "amdgpu", all_bytes, all_bytes - used, _torch_is_for_cards()))
        except (OSError, ValueError):
            continue
    return cards


def _apple_cards() -> list[Card]:
    """Apple's processors, whose GPU may use three quarters of the shared memory. Untested on this platform."""
    if sys.platform != "darwin" or platform.machine() != "arm64":
        return []
    memory = psutil.virtual_memory()
    limit = memory.total * 3 // 4
    return [Card("Apple GPU", platform.mac_ver()[0], limit, min(limit, memory.available))]


def _torch_is_for_cards() -> bool:
    """Whether the installed torch was built for GPUs, by its version: 2.13.0+cpu, 2.13.0+cu128, +rocm7.0.

    A version without a suffix is from PyPI, which supports GPUs except on Windows.
    """
    try:
        version = importlib.metadata.version("torch")
    except importlib.metadata.PackageNotFoundError:
        return True  # a bundle without package metadata: the engine will find out
    _, _, build = version.partition("+")
    return build != "cpu" and (bool(build) or sys.platform != "win32")
