"""The graphics card, through a library that stands in for NVIDIA's."""

from types import SimpleNamespace
from typing import Any

import pytest

from coach_app.desktop.graphics import Graphics, GraphicsCard


class Nvml:
    """Two cards, of which the second is the larger one."""

    class NVMLError(Exception):
        pass

    def __init__(self, fails: str = "") -> None:
        self._fails = fails
        self.open = 0

    def __getattribute__(self, name: str) -> Any:
        if name.startswith("nvml") and name == object.__getattribute__(self, "_fails"):
            raise Nvml.NVMLError(f"{name} is not supported")
        return object.__getattribute__(self, name)

    def nvmlInit(self) -> None:
        self.open += 1

    def nvmlShutdown(self) -> None:
        self.open -= 1

    def nvmlDeviceGetCount(self) -> int:
        return 2

    def nvmlDeviceGetHandleByIndex(self, number: int) -> int:
        return number

    def nvmlDeviceGetMemoryInfo(self, card: int) -> Any:
        return SimpleNamespace(total=(8, 16)[card], free=(8, 4)[card])

    def nvmlDeviceGetUtilizationRates(self, card: int) -> Any:
        return SimpleNamespace(gpu=(0, 75)[card])

    def nvmlDeviceGetPowerUsage(self, card: int) -> int:
        return (1_000, 41_500)[card]


@pytest.mark.parametrize(
    ("fails", "told"),
    [
        ("", Graphics(0.75, 0.25, 41.5)),
        ("nvmlDeviceGetPowerUsage", Graphics(0.75, 0.25, None)),
        ("nvmlDeviceGetUtilizationRates", None),
        ("nvmlInit", None),
    ],
)
def test_the_largest_card_is_read_as_far_as_it_tells(fails: str, told: Graphics | None) -> None:
    # GIVEN cards that tell all, or nearly all WHEN they are read THEN so much is told, of the larger one
    nvml = Nvml(fails)
    card = GraphicsCard(nvml)
    assert card.read() == told
    # AND the library is released, once
    card.close()
    card.close()
    assert nvml.open == 0


def test_a_computer_without_such_a_card_has_none() -> None:
    # GIVEN whatever this computer has WHEN it is asked THEN that is no error
    card = GraphicsCard()
    read = card.read()
    assert read is None or 0 <= read.free_share <= 1
    card.close()
