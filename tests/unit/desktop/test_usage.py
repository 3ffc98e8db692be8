"""What processes use, and their priority; with real processes of this test."""

import os
import subprocess
import sys

import psutil
import pytest

from coach_app.desktop.usage import Usage, give_way, memory_bytes

SLEEPER = [sys.executable, "-c", "import threading, time; threading.Thread(target=time.sleep, args=(60,)).start(); "
           "print('up', flush=True); time.sleep(60)"]  # fmt: skip


def test_a_process_that_works_uses_the_processor_and_one_that_is_gone_nothing() -> None:
    # GIVEN this process, which works
    usage = Usage()
    assert usage.cores(os.getpid()) == 0.0
    before = sum(psutil.Process().cpu_times()[:2])
    while sum(psutil.Process().cpu_times()[:2]) - before < 0.1:
        sum(range(10_000))
    # WHEN it is asked again THEN it used some
    assert usage.cores(os.getpid()) > 0.0
    assert 0.0 <= usage.busy_share() <= 1.0
    assert memory_bytes([os.getpid(), None]) > 1_000_000
    # AND what is not there used none
    assert usage.cores(None) == usage.cores(2**22 + 1) == 0.0
    assert memory_bytes([2**22 + 1]) == 0
    usage.forget_others([])
    assert usage.cores(os.getpid()) == 0.0


@pytest.mark.skipif(sys.platform != "linux", reason="threads have priorities of their own on Linux only")
def test_all_threads_of_a_process_give_way_and_get_their_priority_back() -> None:
    # GIVEN a process of several threads
    with subprocess.Popen(SLEEPER, stdout=subprocess.PIPE, start_new_session=True) as process:
        try:
            assert process.stdout
            process.stdout.readline()
            threads = [thread.id for thread in psutil.Process(process.pid).threads()]
            assert len(threads) == 2
            # WHEN it is to give way THEN all of them do
            assert give_way(process.pid, True)
            assert [os.getpriority(os.PRIO_PROCESS, thread) for thread in threads] == [10, 10]
            assert [os.sched_getscheduler(thread) for thread in threads] == [os.SCHED_BATCH] * 2
            # WHEN it no longer has to THEN it does so only where the system forbids the way back
            allowed = os.geteuid() == 0
            assert give_way(process.pid, False) == allowed
            assert os.getpriority(os.PRIO_PROCESS, threads[0]) == (0 if allowed else 10)
            assert [os.sched_getscheduler(thread) for thread in threads] == [os.SCHED_OTHER] * 2
            # WHEN it must not stay low in any case THEN its nice values are left alone
            assert give_way(process.pid, True, for_good=False)
            assert os.sched_getscheduler(threads[1]) == os.SCHED_BATCH
            assert os.getpriority(os.PRIO_PROCESS, threads[1]) == (0 if allowed else 10)
            assert give_way(process.pid, False, for_good=False)
            assert os.sched_getscheduler(threads[1]) == os.SCHED_OTHER
        finally:
            process.kill()
    # WHEN it has ended THEN that is no error
    assert not give_way(process.pid, True)
