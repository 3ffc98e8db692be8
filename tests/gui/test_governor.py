"""The rate of a game on a real screen, seen from outside."""

import subprocess
import sys
from typing import IO

import pytest

from coach_app.capture.frame_watch import open_frame_watch
from coach_app.domain.errors import CoachError
from tests.gui.desktop import Desktop, Window
from tests.gui.game import start_game
from tests.waiting import wait_until

# Draws when a line comes, so many times; 20 ms are surely two frames.
GAME = """
import os, sys, time
os.environ |= {"SDL_FRAMEBUFFER_ACCELERATION": "0", "SDL_VIDEODRIVER": "x11"}
import pygame
pygame.display.init()
screen = pygame.display.set_mode((320, 200))
pygame.display.set_caption("steady game")
pygame.display.flip()
print("window", pygame.display.get_wm_info()["window"], flush=True)
for line in sys.stdin:
    for number in range(int(line)):
        screen.fill((number, 0, 0))
        pygame.display.flip()
        pygame.event.pump()
        time.sleep(0.02)
    print("drawn", flush=True)
"""


def test_every_frame_of_a_game_is_counted_from_outside(desktop: Desktop) -> None:
    # GIVEN a game whose window is watched
    command = [sys.executable, "-c", GAME]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1) as game:
        assert game.stdin
        assert game.stdout
        window = Window(int(wait_for_line(game.stdout, "window").split()[1]))
        wait_until(window.is_visible, what="the game's window")
        watch = open_frame_watch(window.id)
        assert watch
        assert watch.pid == game.pid
        watch.gaps_s()  # what was drawn while the window came up
        # WHEN it draws forty frames, and then nothing
        game.stdin.write("40\n")
        wait_for_line(game.stdout, "drawn")
        gaps = watch.gaps_s()
        # THEN there are as many times between frames, but for frames that a busy screen drew at once
        assert 35 <= len(gaps) <= 40
        assert sum(gaps) >= 0.7
        assert watch.gaps_s() == ()
        # WHEN it is covered by another window, and draws again THEN that is seen too
        start_game(desktop, "#0000ff").window.move(0, 0)
        game.stdin.write("5\n")
        wait_for_line(game.stdout, "drawn")
        assert 2 <= len(watch.gaps_s()) <= 5
        game.stdin.close()
    # WHEN the game has ended THEN there is nothing more, and no error
    assert watch.gaps_s() == ()
    watch.close()
    with pytest.raises(CoachError, match="window is gone"):
        open_frame_watch(window.id)


def wait_for_line(output: IO[str], word: str) -> str:
    """The next line of a program with a word in it."""
    return next(line for line in output if word in line)
