"""Montezuma's Revenge of the Atari 2600: agents can play it in the Arcade Learning Environment."""

from coach_app.games import atari
from coach_app.games.game import Game

_NAME = "ALE/MontezumaRevenge-v5"

GAME = Game("montezuma-revenge", lambda: atari.make(_NAME), other_names=(_NAME,), copy=atari.copy)
