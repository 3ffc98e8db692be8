"""Crafter, a small survival game (https://github.com/danijar/crafter): agents can play it."""

from typing import TYPE_CHECKING

from coach_app.games.game import Game

if TYPE_CHECKING:
    from coach_app.games.images import ImageEnv


def _environment() -> "ImageEnv":
    from coach_app.games.crafter.env import CrafterEnv

    return CrafterEnv()


GAME = Game("crafter", _environment)
