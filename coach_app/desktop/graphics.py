"""Load, memory and power of the graphics card, by NVIDIA's management library (NVML)."""

import logging
from dataclasses import dataclass
from typing import Any

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Graphics:
    """A graphics card at one moment.

    Attributes:
        load: share of the last moments in which it worked, 0 to 1.
        free_share: share of its memory that is free, 0 to 1.
        watts: its power; None if it does not tell.
    """

    load: float
    free_share: float
    watts: float | None


class GraphicsCard:
    """The card with the most memory. May be used from any thread, one at a time.

    Args:
        nvml: the library; None loads it where it is installed, replaced in tests.
    """

    def __init__(self, nvml: Any = None) -> None:
        self._nvml, self._card = nvml, None
        try:
            if self._nvml is None:
                import pynvml

                self._nvml = pynvml
            self._nvml.nvmlInit()
        except Exception as error:  # no such library, or no driver of NVIDIA's
            _log.info("no NVML: %s", error)
            self._nvml = None
            return
        cards = [self._nvml.nvmlDeviceGetHandleByIndex(n) for n in range(self._nvml.nvmlDeviceGetCount())]
        self._card = max(cards, key=lambda card: self._nvml.nvmlDeviceGetMemoryInfo(card).total, default=None)

    def read(self) -> Graphics | None:
        """The card now; None if there is none that can be read."""
        if self._card is None:
            return None
        try:
            memory = self._nvml.nvmlDeviceGetMemoryInfo(self._card)
            load = self._nvml.nvmlDeviceGetUtilizationRates(self._card).gpu / 100
        except self._nvml.NVMLError as error:
            _log.info("the graphics card cannot be read: %s", error)
            return None
        return Graphics(load, memory.free / memory.total, self._watts())

    def close(self) -> None:
        """Release the library; may be called twice."""
        if self._nvml is not None:
            self._nvml.nvmlShutdown()
        self._nvml = self._card = None

    def _watts(self) -> float | None:
        try:
            return float(self._nvml.nvmlDeviceGetPowerUsage(self._card)) / 1000
        except self._nvml.NVMLError:
            return None
