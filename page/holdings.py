"""What the library holds, as HTML: figures, languages, sources, and a histogram of the dates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from index import holdings
from page.cards import entities
from page.languages import language_name
from page.library_texts import LIBRARY
from page.texts import written_count
from rag.dates.written import written_date

if TYPE_CHECKING:
    from collections.abc import Mapping

    from index.holdings import Dates
    from index.store import Library
    from page.texts import Texts

NAMED: Final = 8  # sources and languages that are told one by one
BAR: Final = 12  # width of a bar and the gap beside it, in the histogram's own units
GAP: Final = 2
HEIGHT: Final = 100
LABELLED: Final = 7  # periods that each have a label below their bar, on a phone too


def holdings_html(library: Library, texts: Texts) -> str:
    """All figures of a library."""
    own, database = LIBRARY[texts.language], library.database
    articles, passages = database.count()
    languages = {language_name(code, texts): n for code, n in database.languages().items()}
    facts = {
        own.articles: written_count(articles, texts),
        own.passages: written_count(passages, texts),
        own.languages: _counted(languages, texts),
        own.sources: _counted(holdings.sources(database), texts),
        own.last: _moment(holdings.last_indexed(database), texts),
        own.encoder: entities(library.settings.encoder),
    }
    rows = "".join(f"<div><dt>{name}</dt><dd>{value}</dd></div>" for name, value in facts.items())
    return (
        f'<section aria-labelledby="facts"><h2 id="facts">{own.facts}</h2><dl>{rows}</dl></section>'
        f"{dates_html(holdings.dates(database), texts)}"
    )


def dates_html(dates: Dates, texts: Texts) -> str:
    """The histogram, with the same figures in a table; nothing when no article has a date."""
    if not dates.periods:
        return ""
    own = LIBRARY[texts.language]
    names = [_period(period, texts) for period, _ in dates.periods]
    said = own.chart.format(
        count=written_count(sum(n for _, n in dates.periods), texts), first=names[0], last=names[-1]
    )
    undated = own.undated.format(count=written_count(dates.undated, texts))
    each = len(names) <= LABELLED
    kind = "axis each" if each else "axis"
    shown = names if each else [names[0], names[-1]]
    axis = "".join(f"<span>{name}</span>" for name in shown)
    return (
        f'<section aria-labelledby="dates"><h2 id="dates">{own.dates}</h2>'
        f'<figure>{_chart(dates, names, said)}<div class="{kind}" aria-hidden="true">{axis}</div>'
        f"</figure>{f'<p>{undated}</p>' if dates.undated else ''}{_table(dates, names, texts)}"
        "</section>"
    )


def _chart(dates: Dates, names: list[str], said: str) -> str:
    most = max(n for _, n in dates.periods)
    bars = "".join(
        f'<rect x="{at * BAR + GAP / 2}" y="{HEIGHT - HEIGHT * n / most:.2f}" width="{BAR - GAP}" '
        f'height="{HEIGHT * n / most:.2f}"><title>{name}: {n}</title></rect>'
        for at, (name, (_, n)) in enumerate(zip(names, dates.periods, strict=True))
    )
    return (
        f'<svg role="img" aria-label="{entities(said)}" preserveAspectRatio="none" '
        f'viewBox="0 0 {BAR * len(names)} {HEIGHT}">{bars}</svg>'
    )


def _table(dates: Dates, names: list[str], texts: Texts) -> str:
    own = LIBRARY[texts.language]
    rows = "".join(
        f'<tr><th scope="row">{name}</th><td>{written_count(n, texts)}</td></tr>'
        for name, (_, n) in zip(names, dates.periods, strict=True)
        if n
    )
    return (
        f"<details><summary>{own.table}</summary><table><thead><tr>"
        f'<th scope="col">{own.period}</th><th scope="col">{own.articles}</th></tr></thead>'
        f"<tbody>{rows}</tbody></table></details>"
    )


def _period(period: str, texts: Texts) -> str:
    if period.endswith("s"):
        return LIBRARY[texts.language].decade.format(year=period[:-1])
    return entities(written_date(period, texts.language))


def _counted(counts: Mapping[str, int], texts: Texts) -> str:
    named = [
        f"<bdi>{entities(name)}</bdi> ({written_count(n, texts)})" for name, n in counts.items()
    ]
    rest = len(named) - NAMED
    if rest > 1:
        more = LIBRARY[texts.language].others.format(count=written_count(rest, texts))
        named = [*named[:NAMED], more]
    return ", ".join(named) or "0"


def _moment(at: str | None, texts: Texts) -> str:
    own = LIBRARY[texts.language]
    if not at:
        return own.never
    date, _, time = at.partition(" ")
    return own.moment.format(date=entities(written_date(date, texts.language)), time=time[:5])
