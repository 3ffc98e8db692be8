"""Exceptions that end a request early. Never imports torch."""

import errno

_SAID = (
    "out of memory",
    "can't allocate memory",
    "cannot allocate memory",
    "not enough memory",
    "status_alloc_failed",
    "bad_alloc",
)


class Stopped(Exception):
    """The answer is no longer wanted."""


def is_out_of_memory(error: BaseException) -> bool:
    """Whether an error of torch or Python means that memory (of the computer or its graphics card) ran out.

    Includes other errors that a library raised because of it.
    """
    if isinstance(error, MemoryError) or type(error).__name__ == "OutOfMemoryError":  # torch's
        return True
    if isinstance(error, OSError) and error.errno == errno.ENOMEM:
        return True
    if isinstance(error, RuntimeError) and any(words in str(error).lower() for words in _SAID):
        return True
    return error.__cause__ is not None and is_out_of_memory(error.__cause__)
