"""What can end a request early. Never imports torch."""


class Stopped(Exception):
    """The answer is no longer wanted."""


def is_out_of_memory(error: BaseException) -> bool:
    """Whether an error means that memory (of the machine or its graphics card) ran out, as torch or Python say it."""
    if isinstance(error, MemoryError):
        return True
    return isinstance(error, RuntimeError) and any(
        words in str(error).lower() for words in ("out of memory", "can't allocate memory", "not enough memory")
    )
