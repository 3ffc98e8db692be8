"""What a model learns of a game and forgets of the rest, by each method against forgetting, over several seeds."""

import statistics
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

from coach_app.models.checkpoint import read_json
from coach_app.training.experience.arguments import METHODS, AdaptArgs, unfinished
from coach_app.training.records import write_json

NOTHING = "nothing"
"""The row of the model as it was."""


@dataclass(frozen=True)
class Play:
    """How models play the game that they learned.

    Attributes:
        reward: the mean reward of a model, by its name or folder.
        episodes: that it plays, the same ones for all.
    """

    reward: Callable[[str], float]
    episodes: int


def bench_learn(
    args: AdaptArgs,
    seeds: Sequence[int],
    report: Callable[[str], None],
    weights: Mapping[str, float] = MappingProxyType({}),
    play: Play | None = None,
) -> list[dict[str, Any]]:
    """Adapt a model by each method with each seed, but for what was done before, and compare.

    Args:
        args: of all adaptations, but for method, seed and folder: each has one in ``args.out``.
        seeds: of the adaptations.
        report: gets each line.
        weights: of what keeps the model from forgetting, by method, where it is not that of the arguments.
        play: how each model plays the game afterwards; None does not play it.

    Returns:
        A row for each method, with means and standard deviations over the seeds; see `rows_of`.

    Raises:
        CoachError: the base or the questions are not there.
    """
    args = replace(args, merged=args.merged or play is not None)
    runs: dict[str, list[dict[str, Any]]] = {method: [] for method in METHODS}
    for method, seed in ((method, seed) for seed in seeds for method in METHODS):
        weight = weights.get(method, args.weight)
        one = replace(args, method=method, weight=weight, seed=seed, out=args.out / f"{method}-{seed}")
        if (done := _done(one)) is None:
            from coach_app.training.experience.adapting import adapt

            report(f"{method}, seed {seed}")
            done = adapt(one, report)
            unfinished(one.out).unlink(missing_ok=True)
        if play and done.get("play", {}).get("episodes") != play.episodes:
            scores = {"before": play.reward(args.base), "after": play.reward(str(one.out / "model"))}
            report(f"mean reward {scores['before']:+.3f} before, {scores['after']:+.3f} after")
            done["play"] = scores | {"episodes": play.episodes}
            write_json(one.out / "metrics.json", done)
        runs[method].append(done)
    return list(rows_of(runs))


def _done(args: AdaptArgs) -> dict[str, Any] | None:
    """What came of an adaptation that was finished with the same arguments."""
    if not (args.out / "metrics.json").is_file():
        return None
    kept, wanted = read_json(args.out, "args.json"), asdict(args)
    same = all(str(kept.get(name)) == str(_plain(value)) for name, value in wanted.items())
    return read_json(args.out, "metrics.json") if same else None


def _plain(value: Any) -> Any:
    """A value as it is written beside the adapter."""
    if isinstance(value, Path):
        return value.name
    return list(value) if isinstance(value, tuple) else value


def rows_of(runs: dict[str, list[dict[str, Any]]]) -> Iterator[dict[str, Any]]:
    """The table of some adaptations.

    Args:
        runs: reports of adaptations by their methods; all of one method have other seeds.

    Yields:
        For each method the mean reward, if it was played, the share of right answers about the game and about what was
        known before, perplexity and Kullback-Leibler divergence, each as mean and standard deviation; and for all that
        learned, how much was learned (of reward, or of right answers if it was not played) and forgotten (the loss of
        right answers about what was known), as shares of what the plain method did; None where that did nothing.
    """
    every = [run for of_method in runs.values() for run in of_method]
    plays = all("play" in run for run in every)
    learning = "play" if plays else "questions"
    yield {
        "method": NOTHING,
        **({"play": _spread([run["play"]["before"] for run in every])} if plays else {}),
        "questions": _spread([run["questions"]["before"] for run in every]),
        "known": _spread([run["known"]["before"] for run in every]),
        "perplexity": _spread([run["perplexity"]["before"] for run in every]),
        "distance": (0.0, 0.0),
    }
    plain = runs.get("plain", [])
    for method, of_method in runs.items():
        yield {
            "method": method,
            **({"play": _spread([run["play"]["after"] for run in of_method])} if plays else {}),
            "questions": _spread([run["questions"]["after"] for run in of_method]),
            "known": _spread([run["known"]["after"] for run in of_method]),
            "perplexity": _spread([run["perplexity"]["after"] for run in of_method]),
            "distance": _spread([run["distance"] for run in of_method]),
            "learned": _share(_gained(of_method, learning), _gained(plain, learning)),
            "forgotten": _share(-_gained(of_method, "known"), -_gained(plain, "known")),
        }


def _spread(values: Sequence[float]) -> tuple[float, float]:
    return round(statistics.mean(values), 4), round(statistics.stdev(values) if len(values) > 1 else 0.0, 4)


def _gained(runs: Sequence[dict[str, Any]], what: str) -> float:
    return statistics.mean(run[what]["after"] - run[what]["before"] for run in runs) if runs else 0.0


def _share(of_this: float, of_plain: float) -> float | None:
    return round(of_this / of_plain, 2) if of_plain > 0 else None


def table_of(rows: Sequence[dict[str, Any]]) -> Iterator[str]:
    """The rows as lines of a table in Markdown."""
    yield "| Method | Mean reward | Right about the game | the rest | Perplexity | KL, nats | Learned | Forgotten |"
    yield "|---|---|---|---|---|---|---|---|"
    for row in rows:
        cells = [
            row["method"],
            f"{row['play'][0]:+.3f} ± {row['play'][1]:.3f}" if "play" in row else "",
            _percent(row["questions"]),
            _percent(row["known"]),
            f"{row['perplexity'][0]:.3f} ± {row['perplexity'][1]:.3f}",
            f"{row['distance'][0]:.4f}",
            *(_of_plain(row.get(name)) for name in ("learned", "forgotten")),
        ]
        yield f"| {' | '.join(cells)} |"


def _percent(spread: tuple[float, float]) -> str:
    return f"{spread[0]:.1%} ± {spread[1]:.1%}"


def _of_plain(share: float | None) -> str:
    return "" if share is None else f"{share:.0%}"
