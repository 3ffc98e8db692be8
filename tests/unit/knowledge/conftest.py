"""A small game with guides of the user."""

from pathlib import Path

import pytest

from coach_app.knowledge import library

FOX = """# Fox

## Winning as Fox {#fox-win}

Run fast and send opponents off the stage. Lasers make them come to you.

## Recovering as Fox {#fox-recovery}

Keep the double jump. Illusion is fast, and Firefox takes long to charge.

## Fox against Peach {#fox-vs-peach}

Crouch under turnips or catch them in the air. Do not run into her down smash.

## Stages for Fox {#fox-stages}

Pick small stages with low ceilings; ban Fountain of Dreams.
"""
PEACH = """# Peach

## Neutral game

Float low with a turnip in hand. Her down smash hits many times.

## Peach against Fox {#peach-vs-fox}

Wait for him to land. A turnip in his way stops his run.
"""
NAMES = """
title = "Some Fighter"
terms = ["shine", "short hop"]
others = ["Samus"]
moves = ["down smash", "turnip"]
[match_ups]
player_before = ["as", "with", "using", "main"]
player_before_unless_owner = ["for"]
player_after = ["vs", "against"]
opponent_before = ["against", "vs", "fighting", "beat", "deal with", "edgeguard"]
mirror = ["dittos?"]
sections_before = ["vs", "against"]
[names]
"Fox" = []
"Peach" = ["Princess Peach"]
[synonyms]
dsmash = "down smash"
recover = "recovering"
"""


@pytest.fixture
def game(coach_home: Path) -> str:
    """The game's id; its files lie in `library.user_dir`."""
    folder = library.user_dir("fighter")
    folder.mkdir(parents=True)
    (folder / "fox.md").write_text(FOX)
    (folder / "peach.md").write_text(PEACH)
    (folder / "names.toml").write_text(NAMES)
    return "fighter"
