"""The one shape of all benchmarks, as JSON and as a table."""

import json

import pytest

from coach_app.cli.bench import show
from coach_app.evaluation.bench.report import Machine, Report, Row

HERE = Machine(system="Linux x86_64", processor="A processor", cores=2, graphics="", memory_gb=8.1)
REPORT = Report(
    name="engine",
    command="coach bench engine",
    machine=HERE,
    subject={"model": "tiny", "max_new_tokens": 100},
    rows=(
        Row("article", "first word", 2750.0, "ms"),
        Row("coach", "first word", 61.34, "ms"),
        Row("coach", "right", 0.985, "share"),
        Row("nobody", "right", None, "share"),
    ),
    ratios=(Row("article / coach", "first word", 44.83, "×"),),
)


def test_a_report_is_one_object(capsys: pytest.CaptureFixture[str]) -> None:
    # GIVEN a report WHEN it is printed as JSON THEN it is one object that says what was measured, where and how
    show(REPORT, as_json=True)
    printed = json.loads(capsys.readouterr().out)
    assert {"name", "command", "machine", "subject", "rows", "ratios", "details"} == printed.keys()
    assert printed["rows"][1] == {"of": "coach", "name": "first word", "value": 61.34, "unit": "ms"}
    assert Report.model_validate(printed) == REPORT


def test_a_report_is_a_table_for_people(capsys: pytest.CaptureFixture[str]) -> None:
    # GIVEN a report WHEN it is printed THEN figures have their units, shares are in percent, and the machine is told
    show(REPORT, as_json=False)
    printed = capsys.readouterr().out
    for text in ("2,750 ms", "61.3 ms", "98.5%", "44.8×", "–", "A processor, 2 cores, 8 GB", "coach bench engine"):  # noqa: RUF001
        assert text in printed


def test_figures_are_found_by_what_they_are_of(capsys: pytest.CaptureFixture[str]) -> None:
    # GIVEN a report WHEN a figure is asked for THEN it is given, and one that is not there is an error
    assert REPORT.value("coach", "right") == 0.985
    assert REPORT.value("article / coach", "first word") == 44.83
    with pytest.raises(KeyError):
        REPORT.value("coach", "wrong")


def test_this_computer_is_described() -> None:
    # GIVEN this computer WHEN a report is made on it THEN it knows the processor, and the command that made it
    report = Report(name="any", subject={}, rows=())
    assert report.machine.processor
    assert report.machine.cores >= 1
    assert report.command.startswith("coach")
