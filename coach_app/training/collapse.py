"""The alarm for an adapter that says or does the same whatever it is asked."""

from pathlib import Path

from coach_app.domain.errors import CoachError


def refuse_collapse(same: float, most: float, of: str, folder: Path) -> None:
    """Raise if too much of what an adapter says or does is the same.

    Args:
        same: the share that is, 0 to 1.
        most: the largest share of a sound adapter.
        of: what it is a share of, in words.
        folder: where the adapter is kept.

    Raises:
        CoachError: it has collapsed.
    """
    if same > most:
        raise CoachError(
            f"The adapter has collapsed: {same:.0%} of its {of} are the same. It is kept in {folder}, but do not use "
            "it.",
            "Choose a smaller rate, or more data.",
        )
