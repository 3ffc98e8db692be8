"""Programs that are started are ended, whatever happens to us."""

import os
import signal
import subprocess
import sys

import psutil
import pytest

from tests.waiting import wait_until

PARENT = """
import os, sys, time
from coach_app.desktop.processes import running
with running([sys.executable, "-c", "import time; time.sleep(60)"], dict(os.environ)) as child:
    print(child.pid, flush=True)
    time.sleep(60)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux can do so")
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGHUP])
def test_what_was_started_does_not_outlive_us(number: int) -> None:
    # GIVEN a process that has started a program
    with subprocess.Popen([sys.executable, "-c", PARENT], stdout=subprocess.PIPE, env=os.environ) as parent:
        assert parent.stdout
        child = psutil.Process(int(parent.stdout.readline()))
        # WHEN it is killed, and can end nothing THEN the program ends all the same
        parent.send_signal(number)
        parent.wait(10)
        wait_until(lambda: not child.is_running() or child.status() == psutil.STATUS_ZOMBIE, what="the end")
