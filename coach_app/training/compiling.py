"""TorchInductor for trainings on a processor, where a compiler is there."""

import os
import shutil
import sys

import torch
from torch import nn


def has_a_compiler() -> bool:
    """Whether this computer can compile what TorchInductor writes."""
    return sys.platform == "linux" and shutil.which(os.environ.get("CXX", "g++")) is not None


def compile_for_training(module: nn.Module) -> None:
    """Let a module compute by TorchInductor wherever gradients are taken; elsewhere its batches are of all sizes."""
    plain = module.forward
    compiled = torch.compile(plain, dynamic=False)
    module.forward = lambda *args, **given: (compiled if torch.is_grad_enabled() else plain)(*args, **given)
