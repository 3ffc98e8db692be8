"""A game that is drawn at a fixed rate, for ``coach bench governor``: it takes its time for each frame, and notes it.

A frame that is not ready in time is lost; the game does not try to catch up.
"""

import json
import os
import time
from concurrent.futures import ThreadPoolExecutor, wait
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from coach_app.games.game import Game
from coach_app.games.positions import positions

RATE_HZ: Final = 60.0
_SCALE: Final = 3
_POSITIONS: Final = 40
_BLOCK: Final = bytes(50_000)
"""Takes some 0.1 ms to hash."""


def play(game: Game, seed: int, log: Path, work_s: float, change_s: float, frames: int = 0, threads: int = 1) -> None:
    """Draw positions of a practice game in a window that looks like its own, until the process is ended.

    Args:
        game: a practice game.
        seed: seed of the first position.
        log: gets a JSON line a second: ``at`` (seconds since the epoch), ``gaps_ms`` between frames, ``lost`` frames.
        work_s: processor time of each thread for each frame, like a game's own.
        change_s: seconds from one position to the next.
        frames: number of frames after which the game ends; 0 for never.
        threads: how many work on a frame at once.
    """
    # Drawn by the processor, without OpenGL.
    # Without SDL's own handler, a signal ends it at once.
    os.environ.update(SDL_FRAMEBUFFER_ACCELERATION="0", PYGAME_HIDE_SUPPORT_PROMPT="1", SDL_NO_SIGNAL_HANDLERS="1")
    driver = os.environ.pop("SDL_VIDEODRIVER", None)
    import pygame

    assert game.practice
    pictures = [position.picture() for position in positions(game, _POSITIONS, seed)]
    # Some games draw on no screen, and have SDL do so from then on.
    pygame.display.quit()
    os.environ.pop("SDL_VIDEODRIVER", None)
    if driver:
        os.environ["SDL_VIDEODRIVER"] = driver
    size = (pictures[0].shape[1] * _SCALE, pictures[0].shape[0] * _SCALE)
    pygame.display.init()
    screen = pygame.display.set_mode(size)
    pygame.display.set_caption(game.practice.title)
    boards = [_board(pygame, picture, size) for picture in pictures]
    begun = noted = last = time.perf_counter()
    due = drawn = lost = 0
    gaps_ms: list[float] = []
    with log.open("a", encoding="utf-8") as file, ThreadPoolExecutor(max(1, threads - 1)) as others:
        while not frames or drawn < frames:
            due += 1
            time.sleep(max(0.0, begun + due / RATE_HZ - work_s - time.perf_counter()))
            working = [others.submit(_work, work_s) for _ in range(threads - 1)]
            _work(work_s)
            wait(working)
            screen.blit(boards[int((last - begun) / change_s) % len(boards)], (0, 0))
            pygame.display.flip()
            pygame.event.pump()
            now = time.perf_counter()
            gaps_ms.append((now - last) * 1000)
            last, drawn = now, drawn + 1
            if (late := int((now - begun) * RATE_HZ) - due) > 0:
                lost, due = lost + late, due + late
            if now - noted >= 1 or drawn == frames:
                file.write(json.dumps({"at": time.time(), "gaps_ms": gaps_ms, "lost": lost}) + "\n")
                file.flush()
                noted, gaps_ms, lost = now, [], 0
    pygame.quit()


def _board(pygame: Any, picture: Any, size: tuple[int, int]) -> Any:
    surface = pygame.surfarray.make_surface(picture.swapaxes(0, 1))
    return pygame.transform.scale(surface, size)


def _work(seconds: float) -> None:
    """Use the processor for so long, as this thread's own time. Python lets others run meanwhile."""
    end_s = time.thread_time() + seconds
    while time.thread_time() < end_s:
        sha256(_BLOCK)
