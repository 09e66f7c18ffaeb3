"""What scripts/torture proves: each promise's test, the figure to reach and the one measured.

A test that takes the fixture `promise` keeps one. Its fixture `cases` gives the number of cases to
look at: a sample in the suite, all of them under `--torture 1`, a tenth under `--torture 0.1`. What
is marked `torture` is left out of the suite altogether.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    Cases: TypeAlias = Callable[[int, int], int]
    Promise: TypeAlias = Callable[[str, str, str], None]

HEAD = ("promise", "to reach", "measured", "command")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--torture",
        type=float,
        metavar="SHARE",
        help="only the tests of promises, on this share of their cases (1: all), and a table",
    )


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "torture: takes minutes; run by scripts/torture alone")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    whole = config.getoption("torture") is not None
    kept = [item for item in items if _is_wanted(item, whole=whole)]
    config.hook.pytest_deselected(items=[item for item in items if item not in kept])
    items[:] = kept


def _is_wanted(item: pytest.Item, *, whole: bool) -> bool:
    if whole:
        return "promise" in getattr(item, "fixturenames", ())
    return item.get_closest_marker("torture") is None


@pytest.fixture
def cases(request: pytest.FixtureRequest) -> Cases:
    """The number of cases: the first number in the suite, a share of the second in the torture."""
    share = request.config.getoption("torture")
    return lambda sample, whole: sample if share is None else max(1, round(share * whole))


@pytest.fixture
def promise(record_property: Callable[[str, object], None]) -> Promise:
    """Takes down a row of the table: what is promised, the figure to reach, the figure measured.

    To be called before the figure is asserted, so that one that falls short is seen too.
    """
    return lambda *row: record_property("promise", row)


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """Print the table, as Markdown."""
    share = config.getoption("torture")
    if share is None:
        return
    reports = [
        report
        for outcome in ("passed", "failed")
        for report in terminalreporter.stats.get(outcome, ())
    ]
    lines = [line for report in sorted(reports, key=_place) for line in _lines(report, share)]
    terminalreporter.section("promises")
    for line in (_line(HEAD), "|---" * len(HEAD) + "|", *lines):
        terminalreporter.line(line)


def _place(report: pytest.TestReport) -> str:
    return report.nodeid


def _lines(report: pytest.TestReport, share: float) -> list[str]:
    """A report's rows; one that failed before it measured has one all the same."""
    properties: list[tuple[str, Any]] = report.user_properties
    rows: list[tuple[str, ...]] = [row for name, row in properties if name == "promise"]
    command = f"`scripts/torture {share:g} {report.nodeid}`"
    if report.failed:
        rows = [(*row[:2], f"**missed**: {row[2]}") for row in rows]
        rows = rows or [(report.nodeid.rpartition("::")[2], "", "**missed**: it failed")]
    return [_line((*row, command)) for row in rows]


def _line(cells: tuple[str, ...]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"
