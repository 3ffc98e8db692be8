"""Picks from experiences what is worth remembering: the moves on which it depended how things went."""

import statistics
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from PIL import Image

from coach_app.advisor.local import looked_at
from coach_app.domain.errors import CoachError
from coach_app.domain.profile import GameProfile
from coach_app.knowledge.likeness import features_of
from coach_app.knowledge.remembered import Happened
from coach_app.learning.experience import Experience

AHEAD: Final = 3
"""So many moves a surprise is put down to: the one that it came of, and those before."""
_FADING: Final = 0.7
"""How much less each earlier one is to blame or to praise."""
_WORTH: Final = 0.05
_LONGEST: Final = 300


def worth_remembering(episode: Sequence[Experience], folder: Path, profile: GameProfile) -> Iterator[Happened]:
    """The moves of an episode after which it went better or worse than usual.

    Args:
        episode: its steps.
        folder: the store's; pictures are relative to it.
        profile: of the game; says which part of a picture matters.

    Raises:
        CoachError: a picture is missing or damaged.
    """
    # without its end: in an episode of two steps that would make an ordinary step one that went badly
    usual = statistics.median([step.reward for step in episode if step.ended != "terminated"] or [0.0])
    for at, step in enumerate(episode):
        ahead = episode[at : at + AHEAD]
        value = worth([each.reward for each in ahead], usual)
        if abs(value) < _WORTH:
            continue
        later = max(range(len(ahead)), key=lambda each: abs(ahead[each].reward - usual) * _FADING**each)
        try:
            with Image.open(folder / step.picture) as picture:
                image = picture.convert("RGB")
        except (OSError, ValueError) as error:
            raise CoachError(
                f"The picture {step.picture} is missing or damaged.", "Collect the experiences again."
            ) from error
        seen = " ".join(step.description.split())[:_LONGEST]
        yield Happened(
            origin=f"{step.how}-{step.seed}{'-' + step.size if step.size else ''}/{step.step}",
            seen=seen,
            done=step.action,
            came=_came(ahead[later], later),
            value=round(value, 4),
            sure=later == 0,
            features=features_of(image.crop(looked_at(image, profile)), seen),
        )


def worth(rewards: Sequence[float], usual: float) -> float:
    """How well it went after a move, compared with what is usual.

    Args:
        rewards: of the move and of those after it, `AHEAD` at most.
        usual: median reward of a move.
    """
    return sum((reward - usual) * _FADING**later for later, reward in enumerate(rewards))


def _came(step: Experience, later: int) -> str:
    """How it went, in words."""
    parts = [f"reached {name.replace('_', ' ')}" for name in step.reached]
    if step.ended == "terminated":
        parts.append("won" if step.reward > 0 else "lost")
    if not parts:
        parts.append(f"{'gained' if step.reward > 0 else 'lost'} {abs(step.reward):g}")
    when = f"{later} move{'s' * (later > 1)} later " if later else ""
    return f"{when}{', '.join(parts)}"
