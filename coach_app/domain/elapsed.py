"""How long something took."""

import time


def ms_since(began_s: float) -> float:
    """Milliseconds since a moment of ``time.perf_counter``."""
    return (time.perf_counter() - began_s) * 1000
