"""A real card through NVIDIA's management library."""

import torch

from coach_app.desktop.graphics import GraphicsCard


def test_the_card_tells_its_load_its_memory_and_its_power() -> None:
    # GIVEN a card with a gigabyte in use
    held = torch.ones(2**28, device="cuda")
    card = GraphicsCard()
    # WHEN it is read THEN all is told
    read = card.read()
    card.close()
    assert read
    assert 0 <= read.load <= 1
    assert 0 < read.free_share < 1
    assert read.watts is None or read.watts > 1
    del held
