"""Averages the weights of two trained coaches that began as the same one: python packaging/average_weights.py --help.

A last round of training on what a coach lacks can cost what it could do before. Between both sets of weights there is
often one that does both (Wortsman et al. 2022, "Model soups", arXiv:2203.05482; Ilharco et al. 2022, "Patching
open-vocabulary models by interpolating weights", arXiv:2208.05592).
"""

import argparse
import shutil
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file

_WEIGHTS = "model.safetensors"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("before", type=Path, help="folder of the coach before the last round")
    parser.add_argument("after", type=Path, help="folder of the coach after it")
    parser.add_argument("share", type=float, help="how much of the latter, from 0 to 1")
    parser.add_argument("out", type=Path, help="folder to write; all but the weights is that of the coach before")
    given = parser.parse_args()
    if not 0 <= given.share <= 1:
        parser.error("the share must lie between 0 and 1")
    average(given.before, given.after, given.share, given.out)


def average(before: Path, after: Path, share: float, out: Path) -> None:
    """Write the weighted mean of two checkpoints.

    Args:
        before: folder of the first one.
        after: folder of the second one.
        share: of the second one.
        out: folder to write.

    Raises:
        KeyError: the second one lacks weights of the first.
    """
    first, second = load_file(before / _WEIGHTS), load_file(after / _WEIGHTS)
    mean = {name: torch.lerp(first[name].float(), second[name].float(), share).to(first[name].dtype) for name in first}
    shutil.copytree(before, out, dirs_exist_ok=True)
    save_file(mean, out / _WEIGHTS, metadata={"format": "pt"})


if __name__ == "__main__":
    main()
