"""One HTML file that holds the whole evaluation: tables, plots, and what went wrong.

Nothing outside is asked for; it is read by screen readers, in light and in dark, and prints.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from eval.plots import bars, curve, lines, reliability
from eval.tables import Grid, grids, title_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

STYLE = """
:root { color-scheme: light dark; --paper: #fbfaf6; --ink: #1e1c19; --soft: #5d5851;
  --rule: #d9d4c9; --s0: #8b1e1e; --s1: #1a5fb4; --s2: #26734d; --s3: #7a4a00; --s4: #6c3483;
  --s5: #4a4a4a; }
@media (prefers-color-scheme: dark) { :root { --paper: #171614; --ink: #ece8e0; --soft: #aaa499;
  --rule: #3d3a35; --s0: #f0a08f; --s1: #8ab8f5; --s2: #7fd1a5; --s3: #e8b866; --s4: #d3a4e8;
  --s5: #c0c0c0; } }
body { background: var(--paper); color: var(--ink); margin: 0 auto; max-width: 78rem;
  padding: 1.5rem; font: 1rem/1.5 system-ui, "DejaVu Sans", sans-serif; }
h1, h2 { font-family: Georgia, "DejaVu Serif", serif; line-height: 1.2; }
a { color: var(--s1); }
p.about, caption, .soft-text { color: var(--soft); }
.wide { overflow-x: auto; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; font-size: .88rem; }
caption { text-align: left; padding: .3rem 0; }
th, td { border-bottom: 1px solid var(--rule); padding: .3rem .6rem; text-align: right;
  white-space: nowrap; }
th.word, td.word { text-align: left; font-weight: 400; }
.plots { display: flex; flex-wrap: wrap; gap: 1.5rem; }
figure { margin: 0; } figcaption { color: var(--soft); font-size: .88rem; }
svg { max-width: 100%; height: auto; font: 12px system-ui, "DejaVu Sans", sans-serif; }
svg text { fill: var(--ink); } svg .mid { text-anchor: middle; } svg .end { text-anchor: end; }
svg .rule { stroke: var(--rule); } svg .soft { stroke: var(--soft); stroke-dasharray: 4 4; }
svg .line { fill: none; stroke: var(--s0); stroke-width: 2; }
svg .dot { fill: var(--s0); fill-opacity: .75; } svg .bar { fill: var(--s0); }
svg .thin { fill: var(--soft); }
svg .line.s1 { stroke: var(--s1); stroke-dasharray: 7 3; } svg .key.s1 { fill: var(--s1); }
svg .line.s2 { stroke: var(--s2); stroke-width: 5; stroke-opacity: .4; }
svg .key.s2 { fill: var(--s2); }
svg .line.s3 { stroke: var(--s3); } svg .key.s3 { fill: var(--s3); }
svg .line.s4 { stroke: var(--s4); stroke-dasharray: 2 3; } svg .key.s4 { fill: var(--s4); }
svg .line.s5 { stroke: var(--s5); stroke-dasharray: 9 3 2 3; }
svg .key.s5 { fill: var(--s5); }
svg .key.s0 { fill: var(--s0); }
article { border-top: 1px solid var(--rule); padding: .6rem 0; }
article h3 { font-size: 1rem; margin: 0; } article p { margin: .2rem 0; }
blockquote { margin: .1rem 0 .1rem 1rem; color: var(--soft); }
"""


def write_html(file: Path, figures: Mapping[str, Any]) -> None:
    """The report.

    :param figures: as JSON has them
    """
    file.write_text(_page(figures), encoding="utf-8")


def _page(figures: Mapping[str, Any]) -> str:
    about = figures["about"]
    title = escape(f"Dépêche: {title_of(about)}")
    tables = "\n".join(map(_table, grids(figures, every=True)))
    misses = figures["misses"]
    return f"""<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{title}</title><style>{STYLE}</style></head>
<body><main>
<h1>{title}</h1>
<p class="about">Questions {escape(about["sha256"][:12])}, encoder {escape(about["encoder"])},
reader {escape(about["reader"][:12])}. Means over questions with 95 % bootstrap intervals;
docs/evaluation.md says what each figure means.</p>
<nav aria-label="Parts"><a href="#plots">Plots</a> · <a href="#tables">Tables</a> ·
<a href="#misses">What went wrong ({len(misses)})</a></nav>
<h2 id="plots">Plots</h2><div class="plots">{_plots(figures)}</div>
<h2 id="tables">Tables</h2>{tables}
<h2 id="misses">What went wrong ({len(misses)})</h2>{_misses(misses)}
</main></body></html>
"""


def _plots(figures: Mapping[str, Any]) -> str:
    arms = figures["retrieval"].get("all", {})
    depths = ("1", "5", "10", "20")
    found = {arm: [m[f"Success@{k}"]["mean"] for k in depths] for arm, m in arms.items()}
    title = "Share of questions with a right passage among the first 1, 5, 10 and 20"
    parts = [_figure(lines(found, depths, title, "Success@k"), title)]
    refusal = figures["refusal"]
    if refusal:
        title = "Risk and coverage: how many of the answers given are wrong, the surest first"
        plot = curve(refusal["curve"], title, "coverage", "risk")
        parts.append(_figure(plot, title))
        title = f"Reliability in {refusal['bins']} bins: share of right ones by confidence"
        plot = reliability(refusal["reliability"], title, "confidence", "right")
        parts.append(_figure(plot, title))
    times = {name: (took["p50"], took["p95"]) for name, took in figures["times"].items()}
    title = "Milliseconds a question: at the median, and at the 95th percentile"
    return "".join([*parts, _figure(bars(times, title, "ms"), title)])


def _figure(plot: str, caption: str) -> str:
    return f"<figure>{plot}<figcaption>{escape(caption)}</figcaption></figure>"


def _table(grid: Grid) -> str:
    head = "".join(
        f'<th scope="col"{_class(n, grid)}>{escape(name)}</th>'
        for n, name in enumerate(grid.columns)
    )
    rows = "".join(f"<tr>{_cells(row, grid)}</tr>" for row in grid.rows)
    return (
        f'<div class="wide" tabindex="0" role="region" aria-label="{escape(grid.title)}"><table>'
        f"<caption>{escape(grid.title)}</caption><thead><tr>{head}</tr></thead>"
        f"<tbody>{rows}</tbody></table></div>"
    )


def _cells(row: Sequence[str], grid: Grid) -> str:
    first = f'<th scope="row" class="word">{escape(row[0])}</th>'
    return first + "".join(
        f"<td{_class(n, grid)}>{escape(text)}</td>" for n, text in enumerate(row) if n
    )


def _class(number: int, grid: Grid) -> str:
    return ' class="word"' if number < grid.labels else ""


def _misses(misses: Sequence[Mapping[str, Any]]) -> str:
    if not misses:
        return "<p>Nothing.</p>"
    return "".join(map(_miss, misses))


def _miss(miss: Mapping[str, Any]) -> str:
    rank = f"right passage at rank {miss['rank']}" if miss["rank"] else "right passage not found"
    wanted = (
        f"<p>Wanted: <strong>{escape(miss['wanted'])}</strong> "
        f'<span class="soft-text">({escape(miss["wanted_from"])}; {rank})</span></p>'
        f"<blockquote>{escape(miss['evidence'])}</blockquote>"
        if miss["evidence"]
        else "<p>Wanted: no answer, the articles do not say</p>"
    )
    got = (
        f"<p>Got: <strong>{escape(miss['got'])}</strong> "
        f'<span class="soft-text">({escape(miss["got_from"])}; '
        f"confidence {miss['confidence']:.2f})</span></p>"
        f"<blockquote>{escape(miss['quote'])}</blockquote>"
    )
    return (
        f"<article><h3>{escape(miss['question'])}</h3>"
        f'<p class="soft-text">{escape(miss["id"])} · {escape(miss["type"])} · '
        f"{escape(miss['what'])}</p>{wanted}{got}</article>"
    )
