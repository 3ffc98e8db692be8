"""What the terminal shows while an agent plays."""

import io

import numpy as np
from rich.console import Console

from coach_app.cli.play_board import PlayBoard, live_board, step_table
from coach_app.domain.qvalues import QValues
from coach_app.evaluation.agents import Decision
from coach_app.evaluation.play import Step

PICTURE = np.zeros((4, 4, 3), np.uint8)
VALUES = QValues(("left", "right", "up"), (-0.4, 0.7, 0.9), (True, True, False), "some-q", 0.0)


def lines(thing: object) -> list[str]:
    console = Console(file=io.StringIO(), width=90, color_system=None)
    console.print(thing)
    assert isinstance(console.file, io.StringIO)
    return [line.rstrip() for line in console.file.getvalue().splitlines()]


def test_a_step_is_told_with_its_words_and_values() -> None:
    # GIVEN a step whose best value is of a move that cannot be made
    decision = Decision("right", "The crate [b]is right[/b]. Move right.", 3.0, VALUES)
    # WHEN it is shown
    shown = lines(step_table(Step(1, 3, -0.12, PICTURE, decision, "木箱は右です。")))
    # THEN each line has its place, the best possible move is marked, and words are never markup
    assert shown[0] == "Step     4 of episode 2, reward -0.12"
    assert shown[1] == "Advice   The crate [b]is right[/b]. Move right."
    assert shown[2] == "日本語   木箱は右です。"
    assert [line.split()[:2] for line in shown[3:]] == [["left", "-0.40"], ["▸", "right"], ["up", "+0.90"]]
    assert [line.count("█") for line in shown[3:]] == [9, 16, 21]


def test_what_is_not_there_takes_no_line() -> None:
    decision = Decision("right", "Move right.", 3.0)
    assert len(lines(step_table(Step(0, 0, 0.0, PICTURE, decision)))) == 2


def test_the_newest_step_is_shown_over_the_progress_and_all_is_gone_at_the_end() -> None:
    # GIVEN a board without any step THEN there is the progress alone
    board = PlayBoard(4)
    assert len(lines(board)) == 1
    # WHEN steps and episodes are told THEN the newest is seen
    for number in range(2):
        board.show_step(Step(0, number, 0.0, PICTURE, Decision("up", f"Words {number}.", 3.0)))
    board.show_progress(1, 4)
    shown = lines(board)
    assert "Words 1." in shown[1]
    assert "25%" in shown[-1]
    # WHEN a terminal shows one THEN its lines are wiped out at the end
    console = Console(file=io.StringIO(), force_terminal=True, width=90)
    with live_board(1, console) as live:
        live.show_step(Step(0, 0, 0.0, PICTURE, Decision("up", "Move up.", 3.0)))
    assert isinstance(console.file, io.StringIO)
    assert "Move up." in console.file.getvalue()
    assert console.file.getvalue().endswith("\x1b[1A\x1b[2K")
