"""Seeds that nothing may learn from."""

from typing import Final

from coach_app.domain.errors import CoachError

KEPT: Final = range(900_000, 910_000)
"""Of every game, kept for checks."""


def check_seeds(first: int, count: int) -> None:
    """Raise if seeds are kept for checks.

    Args:
        first: the first seed.
        count: how many follow one another.

    Raises:
        CoachError: one of them is.
    """
    if first < KEPT.stop and first + count > KEPT.start:
        raise CoachError(
            f"The seeds {KEPT.start} to {KEPT.stop - 1} are kept for checks; nothing may learn from them.",
            "Choose others with --seed.",
        )
