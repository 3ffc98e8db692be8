"""Tests that need an NVIDIA GPU. Elsewhere they are not collected, and the report says so."""

import pytest
import torch

HAS_GPU = torch.cuda.is_available()

collect_ignore_glob = [] if HAS_GPU else ["test_*.py"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "gpu" in item.path.parts:
            item.add_marker("gpu")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    where = torch.cuda.get_device_name() if HAS_GPU else "not run, as this machine has no CUDA GPU"
    terminalreporter.write_line(f"GPU tests (tests/gpu): {where}.")
