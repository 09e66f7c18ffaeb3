"""All figures of one set of questions, ready to be shown, and as JSON; nothing is printed here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from eval.answers import DECIDING, READING
from eval.bootstrap import Score, mean
from eval.citations import CITING
from eval.measures import MEASURES

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from eval.misses import Miss
    from eval.questions import Labelled
    from eval.refusal import Refusal
    from eval.timing import Took

ANSWERS: Final = (*READING, *DECIDING, *CITING)


@dataclass(frozen=True, slots=True)
class Scored:
    """One question's values: of each arm's ranking, and of its answer."""

    question: Labelled
    arms: dict[str, dict[str, float]]  # arm -> measure -> value; empty: nothing is right for it
    answer: dict[str, float]  # measure -> value, where it applies


@dataclass(frozen=True, slots=True)
class Cell:
    """Questions in one language about articles in another, or the same."""

    question: str
    article: str
    found: Score  # Success@5, as ranked
    read: Score  # evidence@1


@dataclass(frozen=True, slots=True)
class Figures:
    """What an evaluation says."""

    about: dict[str, Any]  # which questions, articles and models
    retrieval: dict[str, dict[str, dict[str, Score]]]  # group -> arm -> measure
    answers: dict[str, dict[str, Score]]  # group -> measure
    refusal: Refusal | None
    languages: tuple[Cell, ...]
    times: dict[str, Took]
    conversations: dict[str, dict[str, Score]]  # arm -> measure
    misses: tuple[Miss, ...]


def retrieval_figures(scored: Sequence[Scored]) -> dict[str, dict[str, dict[str, Score]]]:
    """Group -> arm -> measure -> figure, over the questions that something is right for."""
    found = [row for row in scored if row.arms]
    return {
        name: {
            arm: {m: mean([row.arms[arm][m] for row in rows]) for m in MEASURES}
            for arm in rows[0].arms
        }
        for name, rows in groups(found).items()
        if rows
    }


def answer_figures(scored: Sequence[Scored]) -> dict[str, dict[str, Score]]:
    """Group -> measure -> figure, over the questions that have the measure."""
    return {
        name: {m: mean([r.answer[m] for r in rows if m in r.answer]) for m in ANSWERS}
        for name, rows in groups(scored).items()
    }


def language_figures(scored: Sequence[Scored], languages: dict[str, str]) -> tuple[Cell, ...]:
    """One cell for each pair of languages of a question and of the article that answers it.

    :param languages: article id to language
    """
    pairs: dict[tuple[str, str], list[Scored]] = {}
    for row in scored:
        evidence = row.question.evidence
        if evidence:
            pair = (row.question.language, languages[evidence.article])
            pairs.setdefault(pair, []).append(row)
    return tuple(
        Cell(
            *pair,
            mean([row.arms["ranked"]["Success@5"] for row in rows if row.arms]),
            mean([row.answer["evidence@1"] for row in rows]),
        )
        for pair, rows in sorted(pairs.items(), key=lambda item: (-len(item[1]), item[0]))
    )


def groups(scored: Sequence[Scored]) -> dict[str, list[Scored]]:
    """All questions, then those of each type and of each language."""
    kinds: list[tuple[str, Callable[[Scored], str]]] = [
        ("type", lambda row: row.question.type),
        ("language", lambda row: row.question.language),
    ]
    found = {"all": list(scored)}
    for kind, key in kinds:
        names = sorted({key(row) for row in scored})
        for name in names if len(names) > 1 else ():
            found[f"{kind} {name}"] = [row for row in scored if key(row) == name]
    return found
