"""How a lack of memory is recognised, however it is said."""

import errno

import pytest

from coach_app.engine.faults import is_out_of_memory


@pytest.mark.parametrize(
    "error",
    [
        MemoryError(),
        OSError(errno.ENOMEM, "Cannot allocate memory"),
        RuntimeError("CUDA out of memory. Tried to allocate 2 GiB"),
        RuntimeError("unable to mmap 808754168 bytes from file <x>: Cannot allocate memory (12)"),
        RuntimeError("DefaultCPUAllocator: can't allocate memory: you tried to allocate 16 bytes"),
        RuntimeError("std::bad_alloc"),
    ],
    ids=str,
)
def test_a_lack_of_memory_is_recognised(error: Exception) -> None:
    # GIVEN what torch, Python or the system say WHEN memory ran out THEN it is known, also below another error
    assert is_out_of_memory(error)
    above = ValueError("could not be loaded")
    above.__cause__ = error
    assert is_out_of_memory(above)


@pytest.mark.parametrize("error", [RuntimeError("size mismatch"), OSError(errno.ENOENT, "gone"), ValueError()], ids=str)
def test_other_errors_are_not(error: Exception) -> None:
    # GIVEN another error WHEN looked at THEN nobody is told to choose a smaller model
    assert not is_out_of_memory(error)
