"""A review in English sentences; each is translated where it is shown."""

from collections import Counter
from collections.abc import Callable, Mapping
from typing import Final

from coach_app.review.judging import Kind, Opinion
from coach_app.review.review import Moment, Played, Review, Share

WRONG: Final[Mapping[Kind, str]] = {
    "lost": "It lost the game.",
    "hurt": "It cost something at once.",
    "missed": "It left what was to be had at once.",
    "idle": "It changed nothing.",
    "detour": "It was a detour.",
}
"""What was wrong with a move."""
OPINIONS: Final[Mapping[Opinion, str]] = {
    "same": "The coach would have done the same.",
    "worse": "In the coach's opinion another move was better.",
    "better": "On second thoughts, the coach finds that better than its own move.",
    "undecided": "The coach would have done something else, but is not sure that it is better.",
}
"""What the coach thinks of a move."""
_SHOWN: Final = ("In the coach's opinion:",)


def summary(review: Review) -> list[str]:
    """What the whole review says, one sentence each."""
    found = review.trends
    if review.by in ("opinion", "network"):
        return _of_pictures(review)
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


def _of_pictures(review: Review) -> list[str]:
    """What a review says that had nothing but pictures to go by."""
    total, read = review.trends.moves, sum(bool(move) for each in review.episodes for move in each.moves)
    lines = [f"Situations: {total}, with what {review.judge} would do: its opinion, not a measurement."]
    lines.append(f"What was done could be read from the pictures in {read} of {total}.")
    if review.network:
        rated, mistakes = review.trends.judged, review.trends.mistakes
        lines.append(f"Rated by the Q-network {review.network}: {rated}, of which mistakes: {mistakes}.")
        lines.append("What a move cost is the network's estimate.")
    opinions = Counter(moment.opinion for moment in review.moments if moment.opinion)
    if opinions:
        same, worse = opinions["same"], opinions["worse"]
        lines.append(f"The coach would have done the same: {same}. It finds worse what was done: {worse}.")
    if not read:
        lines[1] = "What was done cannot be told from these pictures."
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
    clock, made = f"{int(moment.at) // 60}:{int(moment.at) % 60:02d}", moment.made
    if not made:
        return f"At {clock}: it is not known what was done."
    if moment.cost is None:
        chosen = f"At {clock}: you chose {made}, as it seems."
        return f"{chosen} {OPINIONS[moment.opinion]}" if moment.opinion else chosen
    cost = f"{moment.cost:.2f}"
    if moment.kind is None:
        return f"At {clock}: you chose {made}, as it seems; that cost {cost}."
    episode, move = moment.episode + 1, moment.step + 1
    chosen = f"Episode {episode}, move {move}: you chose {made}, which cost {cost}."
    return f"{chosen} {WRONG[moment.kind]}"


def answer(moment: Moment, said: Callable[[str], str], japanese: bool) -> str:
    """What would have been better, and why, in the reader's language.

    Args:
        moment: the moment.
        said: translates a sentence of the coach's own.
        japanese: whether the reader reads Japanese.
    """
    why = moment.why_ja if japanese and moment.why_ja else said(moment.why)
    if moment.cost is None:
        return f"{said(_SHOWN[0])} {why}" if why else ""
    best = ", ".join(moment.best)
    better = said(f"Better: {best}.") if best else ""
    return f"{better} {why}".strip()


def heard(moment: Moment) -> str:
    """What the coach had said there; empty if nothing."""
    return f"The coach had advised {moment.advised}." if moment.advised else ""
