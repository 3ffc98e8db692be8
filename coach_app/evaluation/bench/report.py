"""The common format of benchmark reports."""

import platform
import shlex
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field

from coach_app.models.catalogue import models_dir
from coach_app.models.hardware import look

Unit = Literal["", "ms", "s", "MB", "GB", "/s", "tokens/s", "share", "×"]


@dataclass(frozen=True)
class Row:
    """One figure.

    Attributes:
        of: subject of the measurement, for instance ``coach, full pictures``; rows with the same one are adjacent.
        name: name of the quantity, for instance ``first word``.
        value: the value; None if there was nothing to measure.
        unit: unit of the value. A ``share`` is from 0 to 1; counts have none.
    """

    of: str
    name: str
    value: int | float | None
    unit: Unit = ""

    def text(self) -> str:
        """The value formatted for people."""
        if self.value is None:
            return "–"  # noqa: RUF001 - stands for nothing
        if self.unit == "share":
            return f"{self.value:.1%}"
        number = f"{self.value:,.0f}" if float(self.value).is_integer() else f"{self.value:,.3g}"
        if abs(self.value) >= 100:
            number = f"{self.value:,.0f}"
        return f"{number}{self.unit}" if self.unit in ("×", "/s") else f"{number} {self.unit}".rstrip()


class Machine(BaseModel):
    """The computer that was used.

    Attributes:
        cores: number of cores that this process may use.
        graphics: name of the graphics card; empty if there is none.
        memory_gb: memory of the computer.
    """

    model_config = ConfigDict(frozen=True)

    system: str
    processor: str
    cores: int
    graphics: str
    memory_gb: float

    @classmethod
    def here(cls) -> Self:
        """This computer."""
        found = look(models_dir())
        return cls(
            system=f"{platform.system()} {platform.machine()}",
            processor=_processor(),
            cores=found.cores,
            graphics=found.card.name if found.card else "",
            memory_gb=round(found.ram_total_bytes / 1e9, 1),
        )

    def __str__(self) -> str:
        parts = (self.system, self.processor, f"{self.cores} cores", f"{self.memory_gb:.0f} GB", self.graphics)
        return ", ".join(part for part in parts if part)


class Report(BaseModel):
    """The result of a benchmark; ``coach bench NAME --json`` prints it as one object.

    Attributes:
        name: name of the benchmark.
        command: command that reproduces it.
        machine: the computer.
        subject: what was measured: models, game, seed, counts.
        rows: the figures.
        ratios: ratios by name; above 1 is in favour of the coach.
        details: anything else, for instance the positions of mistakes.
    """

    model_config = ConfigDict(frozen=True)

    name: str
    command: str = Field(default_factory=lambda: shlex.join(["coach", *sys.argv[1:]]))
    machine: Machine = Field(default_factory=Machine.here)
    subject: dict[str, Any]
    rows: tuple[Row, ...]
    ratios: tuple[Row, ...] = ()
    details: dict[str, Any] = {}

    def value(self, of: str, name: str) -> int | float | None:
        """One of the figures or ratios.

        Raises:
            KeyError: there is no such figure.
        """
        for row in (*self.rows, *self.ratios):
            if (row.of, row.name) == (of, name):
                return row.value
        raise KeyError((of, name))


def _processor() -> str:
    """The processor's marketing name."""
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.is_file():
        for line in cpuinfo.read_text(errors="replace").splitlines():
            name, _, value = line.partition(":")
            if name.strip() == "model name":
                return value.strip()
    return platform.processor() or platform.machine()
