"""Figures in the documents: tables between markers, written anew from saved evaluations.

    python -m eval.markdown docs/evaluation.md docs/figures/*.json

A place for news.dev is the two lines `<!-- figures news.dev -->` and `<!-- end -->`; what stands
between them is replaced, if its evaluation is given. `<!-- figures short news.dev -->` takes the
few figures of a README.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from eval.rows import read_json
from eval.tables import Grid, cell, grids, title_of
from index.errors import DepecheError, InputError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_PLACE = re.compile(
    r"(?P<open><!-- figures (?P<short>short )?(?P<name>[\w.-]+) -->\n).*?(?P<close><!-- end -->)",
    re.DOTALL,
)
GROUPS: Final = (("all questions", "all"), ("across languages", "type crosslingual"))


def write_figures(document: Path, saved: Sequence[Path]) -> list[str]:
    """Write each evaluation into its places; the names of those filled, in the document's order.

    :param saved: what `depeche eval --json` printed, NAME.json for the places of NAME
    :raises InputError: no place of the document has its evaluation
    """
    known = {file.stem: read_json(file) for file in saved}
    filled: list[str] = []

    def fill(found: re.Match[str]) -> str:
        figures = known.get(found["name"])
        if figures is None:
            return found[0]
        filled.append(found["name"])
        tables = short(figures) if found["short"] else full(figures)
        return f"{found['open']}\n{tables}\n{found['close']}"

    text = _PLACE.sub(fill, document.read_text(encoding="utf-8"))
    if not filled:
        raise InputError(f"{document} has no line <!-- figures NAME --> for what is given")
    document.write_text(text, encoding="utf-8")
    return filled


def full(figures: Mapping[str, Any]) -> str:
    """All tables, each under its title."""
    parts = [f"{title_of(figures['about'])}; questions `{figures['about']['sha256'][:12]}`.\n"]
    parts += [f"{grid.title}:\n\n{_table(grid)}" for grid in grids(figures, every=True)]
    return "\n".join(parts)


def short(figures: Mapping[str, Any]) -> str:
    """The few figures that a newcomer asks for."""
    rows = []
    for label, group in GROUPS:
        if group in figures["retrieval"]:
            arms = figures["retrieval"][group]
            found = tuple(cell(arms[a]["Success@5"]) for a in ("lexical", "dense", "ranked"))
            rows.append((f"right passage among the first 5, {label}", *found))
    grid = Grid("", ("", "by words", "by vectors", "as answered from"), tuple(rows))
    said = figures["answers"]["all"]
    lines = [
        ("the right sentence stands first", cell(said["evidence@1"])),
        ("answerable questions answered", cell(said["answered"])),
        ("of these, from the right sentence", cell(said["right|answered"])),
        ("unanswerable questions refused", cell(said["refused"])),
        ("quotes that stand in the article, byte for byte", cell(said["exact quotes"])),
    ]
    return f"{_table(grid)}\n{_table(Grid('', ('', ''), tuple(lines)))}"


def _table(grid: Grid) -> str:
    columns = [_escaped(name) for name in grid.columns]
    lines = [columns, ["---"] * len(columns)]
    lines += [[_escaped(text) for text in row] for row in grid.rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _escaped(text: str) -> str:
    return text.replace("|", "\\|")


def main(arguments: Sequence[str]) -> None:
    """The first is the document, the others are saved evaluations."""
    document, *saved = map(Path, arguments)
    print(f"{document}: {', '.join(write_figures(document, saved))}")


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except DepecheError as error:
        sys.exit(f"depeche: {error}")
