"""Lines that index/ and rag/ write in English, as the French page says them: none is left out."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from page.reason_texts import REASONS
from page.reasons import reason
from page.texts import ENGLISH, FRENCH

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT: Final = Path(__file__).parents[1]
SAID_BY: Final = frozenset(
    {"UnreadableFileError", "Fault", "Left", "Skipped", "Problem", "WorkerDiedError"}
)
ELSEWHERE: Final = frozenset({"index/web.py", "index/forget.py"})  # reached by no page


def template(node: ast.expr) -> str:
    """The words of a text with `{}` for what is filled in; "" for anything else."""
    if isinstance(node, ast.JoinedStr):
        parts = [part.value if isinstance(part, ast.Constant) else "{}" for part in node.values]
        return "".join(map(str, parts))
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def lines() -> Iterator[str]:
    """What the loaders say of a file, as their sources have it."""
    for path in sorted((ROOT / "index").rglob("*.py")):
        if path.relative_to(ROOT).as_posix() in ELSEWHERE:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in SAID_BY:
                yield from filter(None, map(template, node.args))


def test_each_line_of_the_loaders_is_said_in_french() -> None:
    found = {line.removeprefix("{}").lstrip() for line in lines()}
    said = sorted(line for line in found if any(c.isalpha() for c in line.replace("{}", "")))
    assert len(said) >= 40
    given = [line.format(*"123456") for line in said]
    assert [line for line in given if reason(line, FRENCH) == line] == []


@pytest.mark.parametrize("english", sorted(REASONS))
def test_what_is_filled_in_stays(english: str) -> None:
    values = [f"n{number}" for number in range(english.count("{}"))]
    said = reason(english.format(*values), FRENCH)
    assert said == REASONS[english].format(*values).replace(" ;", "\u00a0;")
    assert reason(english.format(*values), ENGLISH) == english.format(*values)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("line 3 has no text; put it into a field named text, body or content", "ligne 3 n’a pas"),
        ("un/vide.txt is empty; delete it or fill it", "un/vide.txt est vide\u00a0; supprimez"),
        ("lot.zip: item 2 is not an object with the fields title, text, date ...", "lot.zip: élém"),
        ("a/.b: hidden", "a/.b: fichier caché"),
        ("something new; do this", "something new; do this"),
    ],
)
def test_where_it_is_stays_before_it(line: str, said: str) -> None:
    assert reason(line, FRENCH).startswith(said)
