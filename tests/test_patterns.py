"""Every regular expression of the project: what it uses, and how its time grows."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
import signal
import time
from functools import cache
from itertools import pairwise
from pathlib import Path
from random import Random
from re import _parser as parser  # the only way to see the syntax
from typing import TYPE_CHECKING

import pytest

import app
import eval  # noqa: A004 - the package
import index
import page
import rag

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from promises import Cases, Promise

LOSES_GROUPS = {"POSSESSIVE_REPEAT", "ATOMIC_GROUP"}
STEEPEST = 3.0  # time(2n) / time(n): 2 is linear, 4 is quadratic
MEASURABLE = 0.02  # seconds; less is noise
TOO_LONG = 240.0  # seconds for one pattern and one text
LENGTHS = tuple(16_000 << doubled for doubled in range(7))  # characters, up to a million
RUNS = 5  # of which the fastest counts, where the first looks too slow
# What texts of hostile articles are made of: nearly everything, again and again.
SEEDS = (
    "a", "A", "Aa ", "é", "a ", " ", "  \n", "\n", "\t", "\u00a0", "1", "1 ", "1.", "1,", "1 000 ",
    "12:", ".", ". ", "...", "a.", "A.", "-", "a-", "–", "’", "a’", "l’", "«", "« a", "»", '"', "'",
    "(", "((", "a(", "[", "[a", "[[", "]", "[a](", "{", "<", "<a", "<!--", "</a>", "&", "&#", "*",
    "**", "_", "`", "#", "# ", "|", "\\", "/", "//", "http://", "a@", "%", "€", "1 €", ", ", "et ",
    "de la ", "du 1 au ", "lundi 1", "mai 2024 ", "2024-", "in 2024", "日", "日本。", "в ", "م ",
)  # fmt: skip


def patterns(value: object) -> Iterator[re.Pattern[str]]:
    if isinstance(value, re.Pattern):
        yield (
            value if isinstance(value.pattern, str) else re.compile(value.pattern.decode("latin-1"))
        )
    elif isinstance(value, dict):
        yield from patterns(list(value.values()))
    elif isinstance(value, list | tuple | set | frozenset):
        for item in value:
            yield from patterns(item)


@cache
def all_patterns() -> dict[str, re.Pattern[str]]:
    """By where they are: those that modules hold, and those written where they are used."""
    names = ["app"]
    for package in (eval, index, page, rag):
        walked = pkgutil.walk_packages(package.__path__, package.__name__ + ".")
        names += [module.name for module in walked]
    found = {}
    for name in names:
        module = app if name == "app" else importlib.import_module(name)
        for held, value in vars(module).items():
            for n, pattern in enumerate(patterns(value)):
                found[f"{name}.{held}[{n}]"] = pattern
        for line, pattern in written_in_place(Path(str(module.__file__))):
            found[f"{name}:{line}"] = pattern
    return found


def written_in_place(file: Path) -> Iterator[tuple[int, re.Pattern[str]]]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            continue
        first = node.args[0] if node.args else None
        if not (isinstance(first, ast.Constant) and isinstance(first.value, str)):
            continue
        if ast.unparse(node.func.value) == "re" and node.func.attr != "compile":
            yield node.lineno, re.compile(first.value)


def operations(parsed: Iterable[object]) -> Iterator[str]:
    for item in parsed:
        if isinstance(item, tuple | list | parser.SubPattern):
            yield from operations(item)
        elif item is not None and type(item).__name__ == "_NamedIntConstant":
            yield str(item)


def test_none_uses_what_loses_groups_in_early_python_3_11() -> None:
    """CPython 3.11.0 to 3.11.3: no sentence was cut in the middle of a paragraph."""
    assert LOSES_GROUPS & set(operations(parser.parse("(?P<a>[.]++)x")))
    found = all_patterns()
    assert "index.sentences._LATIN[0]" in found
    for name, pattern in found.items():
        assert not LOSES_GROUPS & set(operations(parser.parse(pattern.pattern, pattern.flags))), (
            name
        )


@cache
def is_anchored(name: str) -> bool:
    """Whether an expression is only ever tried at one place, and not looked for all along."""
    module, _, held = name.partition("[")[0].rpartition(".")
    if ":" in name:
        return False
    source = Path(str(importlib.import_module(module).__file__)).read_text(encoding="utf-8")
    uses = re.findall(rf"\b{held}\b(?:\.(\w+))?", source)
    return set(uses) - {""} <= {"match", "fullmatch"} and uses.count("") == 1


def seconds(
    pattern: re.Pattern[str], seed: str, length: int, *, anchored: bool = False, runs: int = 1
) -> float:
    """The least time of the processor, of so many runs, that a text of this length takes."""
    text = (seed * (length // len(seed) + 1))[:length] + "\0"
    least = float("inf")
    for _ in range(runs):
        began = time.process_time()
        for _ in () if anchored else pattern.finditer(text):
            pass
        pattern.match(text)
        pattern.fullmatch(text)
        least = min(least, time.process_time() - began)
    return least


def steepness(pattern: re.Pattern[str], seed: str, *, anchored: bool = False) -> float:
    """The largest time(2n) / time(n) of all lengths, up to the first that is too large.

    One by one, since a quadratic one takes hours for a million characters and cannot be stopped
    (CPython 3.11 looks for signals within one match, not between those that it tries).
    """
    steepest, before = 0.0, 0.0
    for once, twice in pairwise(LENGTHS):
        before = before or seconds(pattern, seed, once, anchored=anchored)
        after = seconds(pattern, seed, twice, anchored=anchored)
        if after > MEASURABLE and after > STEEPEST * before:
            before = seconds(pattern, seed, once, anchored=anchored, runs=RUNS)
            after = seconds(pattern, seed, twice, anchored=anchored, runs=RUNS)
        if after > MEASURABLE:
            steepest = max(steepest, after / max(before, 1e-9))
        if steepest > STEEPEST:
            break
        before = after
    return steepest


@pytest.fixture
def alarm() -> Iterator[None]:
    def ring(*_: object) -> None:
        raise TimeoutError

    kept = signal.signal(signal.SIGVTALRM, ring)
    yield
    signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    signal.signal(signal.SIGVTALRM, kept)


@pytest.mark.usefixtures("alarm")
@pytest.mark.skipif(not hasattr(signal, "SIGVTALRM"), reason="this system has no alarm")
def test_each_takes_time_in_proportion_to_its_text(cases: Cases, promise: Promise) -> None:
    assert steepness(re.compile("a+b"), "a") > STEEPEST, "the control: quadratic"
    found = {pattern: name for name, pattern in all_patterns().items()}
    pairs = [(pattern, seed) for pattern in found for seed in SEEDS]
    Random(0).shuffle(pairs)
    count, steep = cases(12, len(pairs)), {}
    for pattern, seed in pairs[:count]:
        name = found[pattern]
        signal.setitimer(signal.ITIMER_VIRTUAL, TOO_LONG)
        try:
            measured = steepness(pattern, seed, anchored=is_anchored(name))
        except TimeoutError:
            measured = float("inf")
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        if measured >= STEEPEST:
            steep[f"{name} on {seed!r}"] = round(measured, 1)
    promise(
        "regular expressions",
        f"time(2n) / time(n) under {STEEPEST:g} up to a million characters",
        f"{len(found)} expressions on {len(SEEDS)} texts, {count:,} of these {len(pairs):,} pairs; "
        f"steeper: {steep or 'none'}",
    )
    assert steep == {}
