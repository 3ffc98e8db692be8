"""Compares networks that use the picture, the vision model's features, or both."""

import logging
import statistics
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from coach_app.qvalues.network import Inputs
from coach_app.training.q.arguments import DqnArgs
from coach_app.training.q.dqn import Report, train

log = logging.getLogger(__name__)

BASELINE = 0.65
"""Mean reward on the article's map that srl-framework's authors publish."""


def compare(args: DqnArgs, seeds: int, report: Report = log.info) -> list[dict[str, Any]]:
    """Train with features only, picture only and both, with several seeds each.

    Args:
        args: common arguments except inputs, seed and folder; finished trainings are not repeated.
        seeds: number of seeds, counted from ``args.seed``.

    Returns:
        One row each: ``inputs``, mean and standard deviation of the final reward over seeds, how many seeds reached the
        published 0.65 during training and after how many steps (median), and the median seconds.
    """
    rows = []
    kinds: tuple[Inputs, ...] = ("features", "picture", "both")
    for inputs in kinds:
        results = []
        for seed in range(args.seed, args.seed + seeds):
            folder = args.out / f"{inputs}-{seed}"
            report(f"{inputs}, seed {seed}")
            results.append(train(replace(args, inputs=inputs, seed=seed, out=folder), report))
        rewards = [result["reward"] for result in results]
        reached = [
            next((row["steps"] for row in result["history"] if row["reward"] >= BASELINE), None) for result in results
        ]
        steps = sorted(step for step in reached if step is not None)
        rows.append(
            {
                "inputs": inputs,
                "reward": round(statistics.fmean(rewards), 3),
                "spread": round(statistics.pstdev(rewards), 3),
                "reached_baseline": len(steps),
                "seeds": seeds,
                "steps_to_baseline": int(statistics.median(steps)) if steps else None,
                "seconds": round(statistics.median(result["training_seconds"] for result in results)),
            }
        )
    return rows


def as_markdown(rows: Sequence[dict[str, Any]]) -> str:
    """The rows of ``compare`` as a Markdown table."""
    lines = [
        f"| The network sees | Mean reward at the end | Seeds that reached {BASELINE} | Steps to it | Seconds |",
        "|---|---|---|---|---|",
    ]
    for row in rows:
        steps = "-" if row["steps_to_baseline"] is None else f"{row['steps_to_baseline']:,}"
        reward = f"{row['reward']:.3f} ± {row['spread']:.3f}"
        lines.append(
            f"| {row['inputs']} | {reward} | {row['reached_baseline']} of {row['seeds']} | {steps} | {row['seconds']} |"
        )
    return "\n".join(lines)
