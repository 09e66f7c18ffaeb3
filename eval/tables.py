"""The figures as plain tables of text, the same for a terminal, Markdown and HTML.

Works on the figures as JSON has them, so that a saved evaluation is shown as a fresh one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from eval.answers import DECIDING, READING
from eval.citations import CITING
from eval.measures import SHOWN

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

SHOWN_ARM: Final = "ranked"  # of each group, where not all are shown


@dataclass(frozen=True, slots=True)
class Grid:
    """A table; the first `labels` columns are words, the others figures."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    labels: int = 1


def grids(figures: Mapping[str, Any], *, every: bool) -> list[Grid]:
    """All that there are figures for.

    :param every: each arm of each group, and each language; else what a screen holds
    """
    found = [_retrieval(figures["retrieval"], every=every)]
    if figures["answers"]:
        found += [_answers(figures["answers"], every=every), _trust(figures)]
    if figures["languages"]:
        found.append(_languages(figures["languages"]))
    if figures["conversations"]:
        found.append(_conversations(figures["conversations"]))
    found.append(_times(figures["times"]))
    return [grid for grid in found if grid.rows]


def title_of(about: Mapping[str, Any]) -> str:
    """What was asked, in a line."""
    return (
        f"{about['questions']}: {about['asked']:,} questions over {about['articles']:,} articles, "
        f"{about['passages']:,} passages"
    )


def cell(score: Mapping[str, float] | None) -> str:
    """A figure with its 95 % interval: ".832 [.78-.88]"; "" over no question."""
    if not score or not score["count"]:
        return ""
    return f"{_short(score['mean'], 3)} [{_short(score['low'], 2)}-{_short(score['high'], 2)}]"


def _short(value: float, digits: int) -> str:
    text = f"{value:.{digits}f}"
    return text[1:] if text.startswith("0.") else text[:3]


def _retrieval(groups: Mapping[str, Any], *, every: bool) -> Grid:
    rows = [
        (name, str(scores["RR@20"]["count"]), arm, *(cell(scores[m]) for m in SHOWN))
        for name, arms in _groups(groups, every=every)
        for arm, scores in arms.items()
        if every or name == "all" or arm == SHOWN_ARM
    ]
    return Grid("Passages found", ("questions", "n", "arm", *SHOWN), tuple(rows), 3)


def _answers(groups: Mapping[str, Any], *, every: bool) -> Grid:
    measures = (*READING, *DECIDING)
    rows = [
        (name, str(max(s["count"] for s in scores.values())), *(cell(scores[m]) for m in measures))
        for name, scores in _groups(groups, every=every)
    ]
    return Grid("Answers", ("questions", "n", *measures), tuple(rows), 2)


def _groups(groups: Mapping[str, Any], *, every: bool) -> Iterable[tuple[str, Any]]:
    return [(n, g) for n, g in groups.items() if every or not n.startswith("language ")]


def _trust(figures: Mapping[str, Any]) -> Grid:
    """Citations, and what the confidence is worth."""
    whole, refusal = figures["answers"]["all"], figures["refusal"]
    scores = {name: whole[name] for name in CITING} | refusal["scores"]
    names = {"ECE": f"calibration error (ECE, {refusal['bins']} bins)"}
    names |= {"AURC": "area under risk and coverage (AURC)", "AUROC": "right above wrong (AUROC)"}
    rows = [(names.get(n, n), str(s["count"]), cell(s)) for n, s in scores.items()]
    return Grid("Citations and confidence", ("figure", "n", "value"), tuple(rows))


def _languages(cells: Iterable[Mapping[str, Any]]) -> Grid:
    """Success@5 and evidence@1 for each pair of languages."""
    pairs = {(c["question"], c["article"]): c for c in cells}
    asked = list(dict.fromkeys(question for question, _ in pairs))
    told = list(dict.fromkeys(article for _, article in pairs))
    rows = [(q, *(_pair(pairs.get((q, article))) for article in told)) for q in asked]
    title = "Question's language by article's: Success@5, evidence@1 (questions)"
    return Grid(title, ("question", *(f"article {name}" for name in told)), tuple(rows))


def _pair(found: Mapping[str, Any] | None) -> str:
    if found is None:
        return ""
    first, second = (_short(found[name]["mean"], 2) for name in ("found", "read"))
    return f"{first}, {second} ({found['read']['count']})"


def _conversations(scores: Mapping[str, Any]) -> Grid:
    """One line for each way to search a turn, as `eval.conversations` names them."""
    measures = next(iter(scores.values()))
    rows = [
        (arm, str(max(s["count"] for s in found.values())), *(cell(found[m]) for m in measures))
        for arm, found in scores.items()
    ]
    return Grid("Follow-ups", ("searched", "n", *measures), tuple(rows), 2)


def _times(stages: Mapping[str, Any]) -> Grid:
    rows = tuple((name, f"{t['p50']:.1f}", f"{t['p95']:.1f}") for name, t in stages.items())
    return Grid("Milliseconds a question", ("stage", "p50", "p95"), rows)
