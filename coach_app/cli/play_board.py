"""The terminal display while an agent plays: step, advice, its Japanese, and Q-values."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.bar import Bar
from rich.console import Console, Group, RenderableType
from rich.live import Live
from rich.progress import Progress
from rich.table import Table
from rich.text import Text

from coach_app.domain.words import printable

if TYPE_CHECKING:  # slow to import, and not needed by every command
    from coach_app.evaluation.play import Step

_BAR_WIDTH = 30


class PlayBoard:
    """The newest step as a table, above a progress bar for the episodes; refreshed by rich.

    Args:
        episodes: number of episodes.
    """

    def __init__(self, episodes: int) -> None:
        self._progress = Progress()
        self._task = self._progress.add_task("Playing", total=episodes)
        self._step: Step | None = None

    def show_step(self, step: "Step") -> None:
        """Show a newer step."""
        self._step = step

    def show_progress(self, done: int, of: int) -> None:
        """Show the number of finished episodes."""
        self._progress.update(self._task, completed=done, total=of)

    def __rich__(self) -> RenderableType:
        return Group(step_table(self._step), self._progress) if self._step else self._progress


def step_table(step: "Step") -> Table:
    """A step as a table: position, text, and a bar for each move's Q-value, the best one marked."""
    table = Table.grid(padding=(0, 2))
    table.add_column(style="dim", no_wrap=True)
    table.add_column(min_width=_BAR_WIDTH + 10, overflow="fold")
    table.add_row("Step", f"{step.number + 1} of episode {step.episode + 1}, reward {step.reward:+.2f}")
    table.add_row("Advice", Text(printable(step.decision.text)))
    if step.text_ja:
        table.add_row("日本語", Text(printable(step.text_ja)))
    values = step.decision.values
    if values is None:
        return table
    low, high = min(0.0, *values.values), max(0.0, *values.values)
    for move, value, possible in zip(values.moves, values.values, values.possible, strict=True):
        best = move == values.best
        style = "bold" if best else "" if possible else "dim strike"
        line = Table.grid(padding=(0, 1))
        line.add_column(width=7, justify="right")
        line.add_column(width=_BAR_WIDTH)
        bar = Bar(
            (high - low) or 1.0, min(0.0, value) - low, max(0.0, value) - low, color="green" if best else "default"
        )
        line.add_row(Text(f"{value:+.2f}", style), bar)
        table.add_row(Text(f"{'▸' if best else ' '} {printable(move)}", style), line)
    return table


@contextmanager
def live_board(episodes: int, console: Console) -> Iterator[PlayBoard]:
    """Show a board on a terminal for the duration of the block."""
    board = PlayBoard(episodes)
    with Live(board, console=console, transient=True, refresh_per_second=8):
        yield board
