"""An `Explanation` as a terminal shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich.console import Console
from rich.text import Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.types import Filters, Hit, Passage
    from rag.explain import Dropped, Explanation

LISTED: Final = 10  # of each ranking, and of what was dropped
TITLE: Final = 60  # characters of an article's title


def show_explanation(explanation: Explanation) -> None:
    """What was searched, the rankings side by side, what was read and what was dropped."""
    console = Console(highlight=False, soft_wrap=True)
    question = explanation.read.question
    for name, value in (
        ("searched", question.standalone),
        ("language", question.language),
        ("dates", ", ".join(question.dates)),
        ("filters", _filters(explanation.filters)),
        ("words", " · ".join(_word(word) for word in explanation.words)),
    ):
        if value:
            console.print(Text(f"{name:10}{value}"))
    _show_hits(console, explanation)
    _show_arm(console, "by words alone", explanation.by_words)
    _show_arm(console, "by vectors alone", explanation.by_vector)
    _show_spans(console, explanation)
    _show_dropped(console, explanation.dropped)
    read = explanation.read
    console.print(Text(f"{read.status}, confidence {read.confidence:.2f}", style="bold"))


def _filters(filters: Filters) -> str:
    values = {
        "since": filters.since,
        "until": filters.until,
        "source": ", ".join(filters.sources),
        "language": ", ".join(filters.languages),
        "article": ", ".join(filters.articles),
    }
    return "; ".join(f"{name} {value}" for name, value in values.items() if value)


def _word(word: tuple[tuple[str, ...], tuple[str, ...]]) -> str:
    """The terms of a word, and in brackets what else stands for it."""
    terms, others = word
    return "/".join(terms) + (f" ({', '.join(others)})" if others else "")


def _show_hits(console: Console, explanation: Explanation) -> None:
    by_words, by_vector = _places(explanation.by_words), _places(explanation.by_vector)
    console.print(Text("found, by both      words     vectors   read", style="italic"))
    for rank, hit in enumerate(explanation.read.hits[:LISTED], 1):
        key = hit.passage.id
        arms = f"{by_words.get(key, '-'):10}{by_vector.get(key, '-'):10}"
        read = "yes" if explanation.is_read(hit.passage) else "   "
        copies = f" ({len(hit.copies)} copies)" if hit.copies else ""
        line = f"{rank:4}  {hit.score:.3f}         {arms}{read}  {_named(hit.passage)}{copies}"
        console.print(Text(line))


def _places(hits: Sequence[Hit]) -> dict[str, str]:
    """By passage id, its score and rank in one arm."""
    return {hit.passage.id: f"{hit.score:.3f} #{rank}" for rank, hit in enumerate(hits, 1)}


def _show_arm(console: Console, title: str, hits: Sequence[Hit]) -> None:
    console.print(Text(title, style="italic"))
    for rank, hit in enumerate(hits[:LISTED], 1):
        console.print(Text(f"{rank:4}  {hit.score:.3f}  {_named(hit.passage)}"))


def _show_spans(console: Console, explanation: Explanation) -> None:
    console.print(Text("answers read, best first", style="italic"))
    for span in explanation.read.spans[:LISTED]:
        words = " ".join(span.passage.article.text[span.start : span.end].split())
        console.print(Text(f"  {span.score:7.2f}  {words}  [{_named(span.passage)}]"))


def _show_dropped(console: Console, dropped: Sequence[Dropped]) -> None:
    reasons: dict[str, list[Dropped]] = {}
    for one in dropped:
        reasons.setdefault(one.why, []).append(one)
    for why, some in reasons.items():
        console.print(Text(f"dropped, {why}: {len(some)}", style="italic"))
        for one in some[:LISTED]:
            of = f" = {', '.join(one.of)}" if one.of else ""
            console.print(Text(f"  {_named(one.passage)}{of}"))


def _named(passage: Passage) -> str:
    title = " ".join(passage.article.title.split())
    return f"{passage.id} {title[:TITLE]}"
