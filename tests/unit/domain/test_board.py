"""Finding a board in a picture of its window."""

import numpy as np
import pytest
from PIL import Image

from coach_app.domain.board import Board, board_edges, find_board

BOARD = Board(columns=8, rows=6, panel=1)


def drawn(square_px: int, seed: int = 0, night: bool = False) -> Image.Image:
    """A board of coloured squares above a black panel with a few things on it."""
    rng = np.random.default_rng(seed)
    squares = np.kron(rng.integers(30, 256, (5, 8, 3)), np.ones((square_px, square_px, 1), int))
    if night:
        squares = rng.integers(40, 90, squares.shape)
    panel = np.zeros((square_px, 8 * square_px, 3), int)
    for column in (0, 1, 4):
        size = square_px * 3 // 4
        panel[1 : 1 + size, column * square_px + 1 :][:, :size] = rng.integers(90, 256, 3)
    return Image.fromarray(np.concatenate([squares, panel]).astype(np.uint8))


def in_window(board: Image.Image, left: int, top: int, colour: tuple[int, int, int]) -> Image.Image:
    window = Image.new("RGB", (board.width + left + 40, board.height + top + 70), colour)
    window.paste("white", (5, 4, 60, 9))
    window.paste(board, (left, top))
    return window


@pytest.mark.parametrize("colour", [(22, 26, 34), (0, 0, 0), (235, 235, 235)])
@pytest.mark.parametrize("night", [False, True])
@pytest.mark.parametrize(("square_px", "left", "top"), [(9, 0, 13), (16, 31, 0), (41, 8, 57), (90, 3, 21)])
def test_the_board_is_found_to_the_pixel(
    square_px: int, left: int, top: int, night: bool, colour: tuple[int, int, int]
) -> None:
    # GIVEN a window with a board at any place and scale, by day or lost in noise
    window = in_window(drawn(square_px, night=night), left, top, colour)
    # WHEN it is looked for THEN its edges are known
    assert find_board(window, BOARD) == (left, top, left + 8 * square_px, top + 6 * square_px)


@pytest.mark.parametrize("scale", [0.83, 1.5, 2.3])
def test_between_whole_scales_it_is_found_to_two_pixels(scale: float) -> None:
    # GIVEN a board that was scaled smoothly
    board = drawn(20, seed=3)
    board = board.resize((round(160 * scale), round(120 * scale)), Image.Resampling.BILINEAR)
    # WHEN it is looked for
    found = find_board(in_window(board, 17, 29, (70, 70, 80)), BOARD)
    # THEN it is where it is
    assert found is not None
    wanted = (17, 29, 17 + board.width, 29 + board.height)
    assert max(abs(at - want) for at, want in zip(found, wanted, strict=True)) <= 2


@pytest.mark.parametrize("square_px", [24, 230])
def test_a_small_and_a_large_board_are_found_on_a_large_screen(square_px: int) -> None:
    # GIVEN a screen of many pixels as screens give them
    screen = Image.new("RGBX", (3840, 2160), (120, 130, 140, 255))
    screen.paste(drawn(square_px).convert("RGBX"), (1001, 603))
    # WHEN the board is looked for
    found = find_board(screen, BOARD)
    # THEN it is found: to the pixel where it is small
    assert found is not None
    wanted = (1001, 603, 1001 + 8 * square_px, 603 + 6 * square_px)
    slack = 0 if square_px < 100 else 4
    assert max(abs(at - want) for at, want in zip(found, wanted, strict=True)) <= slack


def test_where_there_is_no_board_none_is_found() -> None:
    rng = np.random.default_rng(1)
    noise = Image.fromarray(rng.integers(0, 256, (200, 300, 3), dtype=np.uint8))
    # GIVEN pictures of something else, among them the squares without their panel, and an empty panel
    others = [
        Image.new("RGB", (640, 480)),
        Image.new("RGB", (640, 480), "white"),
        Image.new("RGB", (1, 1), "red"),
        noise,
        drawn(20).crop((0, 0, 160, 100)),
    ]
    # WHEN the board is looked for THEN there is none
    assert [find_board(image, BOARD) for image in others] == [None] * len(others)


@pytest.mark.parametrize("left", [0, 31])
def test_a_board_of_any_size_is_found_by_the_plain_margins_around_it(left: int) -> None:
    # GIVEN a board without a panel in a plain window with a line of text
    board = drawn(20).crop((0, 0, 160, 100))
    window = in_window(board, left, 17, (70, 70, 80))
    # WHEN it is looked for as one in a frame THEN its edges are known; as one with a panel it is none
    assert board_edges(window, "framed") == (left, 17, left + 160, 117)
    assert board_edges(window, BOARD) is None
    # GIVEN the board alone WHEN it is looked for THEN there is no frame
    assert board_edges(board, "framed") is None
