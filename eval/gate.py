"""Floors under the figures: a change that makes answers worse fails the tests.

    python -m eval.gate                      compare with the floors
    python -m eval.gate --update             raise them to what is measured
    python -m eval.gate --update --lower "why"    lower them too; the reason is written down
    --saved docs/figures/corpus.json         take what `depeche eval --json` measured just before

Over the questions of tests/data/corpus-questions.jsonl and the articles of corpus/.
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from eval.asking import ARMS
from eval.benchmark import reader_hash, sha256_of
from eval.report import evaluate, plain
from eval.rows import read_json
from index.errors import DepecheError, InputError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

ROOT: Final = Path(__file__).parents[1]
FLOORS: Final = ROOT / "tests" / "data" / "floors.json"
QUESTIONS: Final = ROOT / "tests" / "data" / "corpus-questions.jsonl"
ARTICLES: Final = ROOT / "corpus"
# Below what was measured when a floor is set: processors differ in the last bits of int8 sums, and
# a question at the threshold may fall to either side. Two of the 103 answerable ones; untested.
SLACK: Final = 0.02
EXACT: Final = ("exact quotes",)  # measured and pinned without slack
FUSED: Final = "Success@5 fused less the better arm"
FIXED: Final = {FUSED: -0.01}  # rises when an arm gets worse, so it is no figure to be raised
ANSWERS: Final = (
    "evidence@1", "F1", "answered", "right", "right|answered", "refused",
    "citation precision", "citation recall", "exact quotes",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Floors:
    """What is pinned: figures, the data they were measured on, and why any was ever lowered."""

    data: str  # sha256 of questions and articles
    floors: dict[str, float]
    lowered: tuple[dict[str, Any], ...] = ()


def measured(figures: Mapping[str, Any]) -> dict[str, float]:
    """The figures that are pinned; higher is better for each.

    :param figures: as JSON has them
    """
    retrieval, answers = figures["retrieval"], figures["answers"]["all"]
    arms = {arm: retrieval["all"][arm]["Success@5"]["mean"] for arm in ARMS}
    found = {f"Success@5 {arm}": value for arm, value in arms.items()}
    better = max(arms["lexical"], arms["dense"])
    found[FUSED] = arms["fused"] - better
    abroad = retrieval["type crosslingual"]["ranked"]
    found["Success@5 crosslingual"] = abroad["Success@5"]["mean"]
    found |= {name: answers[name]["mean"] for name in ANSWERS}
    confidence = figures["refusal"]["scores"]
    found["AUROC"] = confidence["AUROC"]["mean"]
    found["1 - ECE"] = 1 - confidence["ECE"]["mean"]
    return found


def data_hash() -> str:
    """Of the questions and the articles as they are now."""
    articles = sorted(file for file in ARTICLES.glob("*.md") if file.name != "README.md")
    return sha256_of([QUESTIONS, *articles])


def read_floors(file: Path = FLOORS) -> Floors:
    """What is pinned; nothing, when there is no file yet.

    :raises InputError: the file is no such thing
    """
    if not file.exists():
        return Floors("", {})
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
        return Floors(found["data"], dict(found["floors"]), tuple(found["lowered"]))
    except (ValueError, KeyError, TypeError) as error:
        raise InputError(f"{file} holds no floors: {error}; restore it") from error


def fallen(figures: Mapping[str, float], floors: Floors) -> list[str]:
    """A line for each figure below its floor, or no longer measured."""
    lines = []
    for name, floor in floors.floors.items():
        value = figures.get(name)
        if value is None:
            lines.append(f"{name}: not measured any more, floor {floor:.3f}")
        elif value < floor - 1e-9:
            lines.append(f"{name}: {value:.3f} is below its floor {floor:.3f}")
    return lines


def updated(
    figures: Mapping[str, float], floors: Floors, data: str, reason: str | None = None
) -> Floors:
    """The floors raised to what is measured, less the slack.

    :param reason: why floors may be lowered as well; kept with what they were
    :raises InputError: a figure is below its floor and no reason is given
    """
    below = fallen(figures, floors)
    if below and not (reason or "").strip():
        raise InputError(
            "not lowered: " + "; ".join(below) + '; to lower a floor: --update --lower "why"'
        )
    pinned = {name: _pinned(name, value) for name, value in figures.items()}
    if not below:
        kept = {name: max(value, floors.floors.get(name, value)) for name, value in pinned.items()}
        return Floors(data, kept, floors.lowered)
    names = [line.partition(":")[0] for line in below]
    kept = {
        name: value if name in names else max(value, floors.floors.get(name, value))
        for name, value in pinned.items()
    }
    change = {
        "reason": reason,
        "from": {name: floors.floors[name] for name in names},
        "to": {name: kept[name] for name in names if name in kept},
    }
    return Floors(data, kept, (*floors.lowered, change))


def write_floors(floors: Floors, file: Path = FLOORS) -> None:
    """Pin them."""
    text = json.dumps(asdict(floors), ensure_ascii=False, indent=2) + "\n"
    file.write_text(text, encoding="utf-8")


def _saved(file: Path) -> dict[str, Any]:
    """Figures as they were printed.

    :raises InputError: they are of other questions, or of other models than those here
    """
    found = read_json(file)
    about = found.get("about", {})
    here = {"sha256": sha256_of([QUESTIONS]), "reader": reader_hash()}
    if any(about.get(name) != value for name, value in here.items()):
        raise InputError(
            f"{file} is not of {QUESTIONS.name} and the reader here; leave out --saved"
        )
    return found


def _pinned(name: str, value: float) -> float:
    if name in FIXED:
        return FIXED[name]
    return value if name in EXACT else round(value - SLACK, 3)


def main(arguments: Sequence[str] | None = None) -> int:
    """Compare or update; 0 when all is well."""
    parser = argparse.ArgumentParser(prog="python -m eval.gate", description="Floors of figures.")
    parser.add_argument("--update", action="store_true", help="raise the floors")
    parser.add_argument("--lower", metavar="WHY", help="with --update: lower them too")
    parser.add_argument("--saved", type=Path, metavar="JSON", help="figures measured just before")
    given = parser.parse_args(arguments)
    if given.lower is not None and not given.update:
        parser.error('--lower goes with --update: --update --lower "why"')
    figures = measured(_saved(given.saved) if given.saved else plain(evaluate(QUESTIONS, ARTICLES)))
    floors = read_floors()
    for name, value in figures.items():
        print(f"{value:.3f}  floor {floors.floors.get(name, 0):.3f}  {name}")
    if given.update:
        write_floors(updated(figures, floors, data_hash(), given.lower))
        return 0
    wrong = fallen(figures, floors)
    if floors.data != data_hash():
        wrong.append("the questions or the articles changed: python -m eval.gate --update")
    for line in wrong:
        print(f"depeche: {line}", file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except DepecheError as error:
        sys.exit(f"depeche: {error}")
