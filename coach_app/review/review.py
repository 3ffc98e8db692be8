"""A review: what was played, the moments that cost most, and what comes again."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from coach_app.games.game import Size
from coach_app.games.images import Picture
from coach_app.review.judging import KINDS, By, Kind, Opinion

LEAST: Final = 0.03
"""From this cost on a move is a mistake. Below it are moves that are as good as any, and what chance alone makes of
them."""


@dataclass(frozen=True)
class Moment:
    """A situation, what was done in it, and what would have been better.

    Attributes:
        episode: number of its episode in the review, from 0.
        step: number of moves before it.
        at: when it was, in seconds since the epoch; since the beginning, of a recording; 0 if unknown.
        made: name of the move that was made, known or read from the pictures; empty if unknown.
        best: names of the best moves; of an opinion, the move that the coach would make, if it named one.
        cost: by how much the move was worse; None if unknown.
        kind: what was wrong with it; None if unknown.
        why: what the teacher or the coach says about it, English; may be empty.
        why_ja: the same in Japanese; empty if it was not translated.
        advised: the move that the coach had advised there while the game ran; empty if none.
        opinion: what the coach thinks of the move that was made; None where it was not asked, or that is unknown.
        picture: what was seen, (height, width, 3) uint8 RGB; None if no picture was kept.
    """

    episode: int
    step: int
    at: float
    made: str
    best: tuple[str, ...]
    cost: float | None
    kind: Kind | None = None
    why: str = ""
    why_ja: str = ""
    advised: str = ""
    opinion: Opinion | None = None
    picture: Picture | None = field(default=None, repr=False, compare=False)

    def as_json(self) -> dict[str, Any]:
        """Everything but the picture."""
        return {name: value for name, value in vars(self).items() if name != "picture"}


@dataclass(frozen=True)
class Played:
    """An episode on the timeline.

    Attributes:
        seed: its seed; None for a recording.
        began_at: when it began, in seconds since the epoch; 0 if unknown.
        moves: names of the moves.
        costs: of each move; None where that is unknown.
        reward: its return; None if unknown.
        size: of the map; None is the game's default.
    """

    seed: int | None
    began_at: float
    moves: tuple[str, ...]
    costs: tuple[float | None, ...]
    reward: float | None
    size: Size | None = None


@dataclass(frozen=True)
class Share:
    """A kind of mistake: how often it was made, and what that cost together."""

    kind: Kind
    count: int
    cost: float


@dataclass(frozen=True)
class Trends:
    """What comes again.

    Attributes:
        moves: number of moves.
        judged: number of those that could be judged.
        mistakes: number of mistakes.
        cost: of all moves together.
        advised: number of situations in which the coach had advised a move.
        followed: number of those in which that move was made.
        cost_followed: mean cost of the moves that followed advice; None if there are none.
        cost_otherwise: mean cost of those that did otherwise; None if there are none.
        kinds: of mistakes, the worst first.
    """

    moves: int
    judged: int
    mistakes: int
    cost: float
    advised: int
    followed: int
    cost_followed: float | None
    cost_otherwise: float | None
    kinds: tuple[Share, ...]


@dataclass(frozen=True)
class Review:
    """Something that was played, looked at afterwards.

    Attributes:
        game: id of the game.
        title: its name.
        source: what was reviewed: the name of a file, or empty.
        by: how costs are known.
        least: from this cost on a move is a mistake.
        episodes: in their order.
        moments: the mistakes, the one that cost most first; of an opinion, the situations in their order; of a
            network, the mistakes and then the situations of which it cannot tell.
        trends: what comes again.
        judge: name of the model whose opinion it is; empty for a teacher.
        network: name of the Q-network that estimated the costs; empty for none.
    """

    game: str
    title: str
    source: str
    by: By
    least: float
    episodes: tuple[Played, ...]
    moments: tuple[Moment, ...]
    trends: Trends
    judge: str = ""
    network: str = ""

    def as_json(self) -> dict[str, Any]:
        """Everything but the pictures, for ``json.dumps``."""
        plain = vars(self) | {"episodes": [vars(each) for each in self.episodes]}
        plain["moments"] = [moment.as_json() for moment in self.moments]
        plain["trends"] = vars(self.trends) | {"kinds": [vars(share) for share in self.trends.kinds]}
        return plain


@dataclass(frozen=True)
class Advised:
    """A judged move where the coach had advised one: whether it was followed, and what the move cost."""

    followed: bool
    cost: float | None


def trends(episodes: Iterable[Played], mistakes: Sequence[Moment], advised: Sequence[Advised]) -> Trends:
    """Count what comes again.

    Args:
        episodes: all of them.
        mistakes: the moments that count as mistakes.
        advised: an entry for each situation in which the coach had advised a move.
    """
    costs = [cost for each in episodes for cost in each.costs]
    known = [cost for cost in costs if cost is not None]
    shares = [
        Share(kind, len(found), round(sum(moment.cost or 0.0 for moment in found), 4))
        for kind in KINDS
        if (found := [moment for moment in mistakes if moment.kind == kind])
    ]
    return Trends(
        moves=len(costs),
        judged=len(known),
        mistakes=sum(moment.cost is not None for moment in mistakes),
        cost=round(sum(known), 4),
        advised=len(advised),
        followed=sum(each.followed for each in advised),
        cost_followed=_mean([each.cost for each in advised if each.followed]),
        cost_otherwise=_mean([each.cost for each in advised if not each.followed]),
        kinds=tuple(sorted(shares, key=lambda share: share.cost, reverse=True)),
    )


def _mean(costs: Sequence[float | None]) -> float | None:
    known = [cost for cost in costs if cost is not None]
    return round(sum(known) / len(known), 4) if known else None
