"""A review in English sentences; each is translated where it is shown."""

from collections.abc import Callable, Mapping
from typing import Final

from coach_app.review.judging import Kind
from coach_app.review.review import Moment, Played, Review, Share

WRONG: Final[Mapping[Kind, str]] = {
    "lost": "It lost the game.",
    "hurt": "It cost something at once.",
    "missed": "It left what was to be had at once.",
    "idle": "It changed nothing.",
    "detour": "It was a detour.",
}
"""What was wrong with a move."""
_SHOWN: Final = ("In the coach's opinion:",)


def summary(review: Review) -> list[str]:
    """What the whole review says, one sentence each."""
    found = review.trends
    if review.by == "opinion":
        return [
            f"Situations: {len(review.moments)}, with what {review.judge} would do: its opinion, not a measurement.",
            "What was done cannot be told from pictures alone.",
        ]
    cost = sum(moment.cost or 0.0 for moment in review.moments)
    lines = [f"None of the {found.moves} moves was a mistake."]
    if found.mistakes:
        lines = [f"Mistakes: {found.mistakes} of {found.moves} moves; together they cost {cost:.2f}."]
    if found.advised:
        lines.append(f"Advice was followed {found.followed} of {found.advised} times.")
    if found.cost_followed is not None:
        lines.append(f"Moves that followed advice cost {found.cost_followed:.2f} on average.")
    if found.cost_otherwise is not None:
        lines.append(f"Moves that did otherwise cost {found.cost_otherwise:.2f} on average.")
    return lines


def of_kind(share: Share) -> str:
    """How often a kind of mistake was made."""
    often = f"Times: {share.count}, together {share.cost:.2f}."
    return f"{WRONG[share.kind]} {often}"


def of_episode(number: int, episode: Played, least: float) -> str:
    """An episode on the timeline."""
    mistakes = sum(cost is not None and cost >= least for cost in episode.costs)
    moves, reward = len(episode.moves), episode.reward
    if reward is None:
        return f"Recording: {moves} situations."
    return f"Episode {number + 1}: reward {reward:+.2f} after {moves} moves, mistakes: {mistakes}."


def of_moment(moment: Moment) -> str:
    """When a moment was, what was done, and how bad that was; not what would have been better."""
    if moment.cost is None:
        clock = f"{int(moment.at) // 60}:{int(moment.at) % 60:02d}"
        return f"At {clock}: it is not known what was done."
    episode, move, made, cost = moment.episode + 1, moment.step + 1, moment.made, f"{moment.cost:.2f}"
    wrong = WRONG[moment.kind] if moment.kind else ""
    chosen = f"Episode {episode}, move {move}: you chose {made}, which cost {cost}."
    return f"{chosen} {wrong}".rstrip()


def answer(moment: Moment, said: Callable[[str], str], japanese: bool) -> str:
    """What would have been better, and why, in the reader's language.

    Args:
        moment: the moment.
        said: translates a sentence of the coach's own.
        japanese: whether the reader reads Japanese.
    """
    why = moment.why_ja if japanese and moment.why_ja else said(moment.why)
    if moment.cost is None:
        return f"{said(_SHOWN[0])} {why}"
    best = ", ".join(moment.best)
    better = said(f"Better: {best}.") if best else ""
    return f"{better} {why}".strip()


def heard(moment: Moment) -> str:
    """What the coach had said there; empty if nothing."""
    return f"The coach had advised {moment.advised}." if moment.advised else ""
