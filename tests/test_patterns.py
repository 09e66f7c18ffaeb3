"""Every regular expression of the project, as the modules hold them."""

from __future__ import annotations

import importlib
import pkgutil
import re
from re import _parser as parser  # the only way to see the syntax
from typing import TYPE_CHECKING

import index
import rag

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

LOSES_GROUPS = {"POSSESSIVE_REPEAT", "ATOMIC_GROUP"}


def patterns(value: object) -> Iterator[re.Pattern[str]]:
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, dict):
        yield from patterns(list(value.values()))
    elif isinstance(value, list | tuple | set | frozenset):
        for item in value:
            yield from patterns(item)


def all_patterns() -> dict[str, re.Pattern[str]]:
    found = {}
    for package in (index, rag):
        for module in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
            held = vars(importlib.import_module(module.name))
            for name, value in held.items():
                for n, pattern in enumerate(patterns(value)):
                    found[f"{module.name}.{name}[{n}]"] = pattern
    return found


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
