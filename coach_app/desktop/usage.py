"""What processes use of the processor and of the memory, and how much of the processor they get."""

import contextlib
import logging
import os
import sys
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Final

import psutil

_log = logging.getLogger(__name__)
_LOW: Final = 10
"""Nice value of what has to wait; 19 would starve beside a game that takes everything."""


class Usage:
    """What processes use, from one call to the next. May be used from any thread, one at a time."""

    def __init__(self) -> None:
        self._processes: dict[int, psutil.Process] = {}
        psutil.cpu_percent(None)

    def cores(self, pid: int | None) -> float:
        """What a process used of the processor since the last call, in cores; 0 at the first call, or if it is gone."""
        if pid is None:
            return 0.0
        try:
            if pid not in self._processes:
                self._processes[pid] = psutil.Process(pid)
            return float(self._processes[pid].cpu_percent(None)) / 100
        except psutil.Error:
            self._processes.pop(pid, None)
            return 0.0

    def forget_others(self, pids: Collection[int | None]) -> None:
        """Forget all processes but these."""
        self._processes = {pid: process for pid, process in self._processes.items() if pid in pids}

    def busy_share(self) -> float:
        """Share of the whole processor that was used since the last call, 0 to 1."""
        return float(psutil.cpu_percent(None)) / 100


def memory_bytes(pids: Iterable[int | None]) -> int:
    """Resident memory of processes together; those that are gone count nothing."""
    total = 0
    for pid in pids:
        if pid is not None:
            with contextlib.suppress(psutil.Error):
                total += int(psutil.Process(pid).memory_info().rss)
    return total


def give_way(pid: int, gives_way: bool, *, for_good: bool = True) -> bool:
    """Give a process a low priority, or its usual one again.

    On Linux its threads then do not interrupt others when they wake up, either (`SCHED_BATCH`), and where that shares
    the processor between sessions first (autogroup), its session has a low priority, too. That a user's process gets a
    higher nice value again may be forbidden there: then it stays low until it ends.

    Args:
        pid: the process; on Linux one that leads a session of its own, as the scheduler treats each as one program.
        gives_way: whether the priority is low.
        for_good: whether it may stay low; if not, on Linux the nice values of its threads are left alone, and elsewhere
            all is.

    Returns:
        Whether the process has that priority now.
    """
    try:
        if sys.platform == "linux":
            _give_way_on_linux(pid, gives_way, for_good)
        elif not for_good:
            return False
        elif sys.platform == "win32":
            psutil.Process(pid).nice(psutil.BELOW_NORMAL_PRIORITY_CLASS if gives_way else psutil.NORMAL_PRIORITY_CLASS)
        else:
            os.setpriority(os.PRIO_PROCESS, pid, _LOW if gives_way else 0)
    except (OSError, psutil.Error) as error:
        _log.info("priority of process %d: %s", pid, error)
        return False
    return True


def _give_way_on_linux(pid: int, gives_way: bool, nice: bool) -> None:
    if sys.platform != "linux":
        return  # for the type checker
    if os.getsid(pid) == pid:
        with contextlib.suppress(OSError):  # there is no such thing, or it was changed just now
            Path(f"/proc/{pid}/autogroup").write_text(str(_LOW if gives_way else 0))
    threads = [int(task.name) for task in Path(f"/proc/{pid}/task").iterdir()]  # each has a priority of its own
    policy = os.SCHED_BATCH if gives_way else os.SCHED_OTHER
    for thread in threads:
        with contextlib.suppress(ProcessLookupError):  # it has ended
            os.sched_setscheduler(thread, policy, os.sched_param(0))
    for thread in threads if nice else ():
        with contextlib.suppress(ProcessLookupError):
            os.setpriority(os.PRIO_PROCESS, thread, _LOW if gives_way else 0)
