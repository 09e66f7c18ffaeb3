"""Answers as text for the clipboard, and conversations as files. Pure; knows no page.

An article's words are never markup in Markdown or HTML, and never a formula in a spreadsheet.
"""

from __future__ import annotations

import csv
import io
import json
import re
from html import escape
from typing import TYPE_CHECKING, Any, Final

from page.cards import link
from rag.dates.written import written_at, written_date

if TYPE_CHECKING:
    from collections.abc import Sequence

    from page.texts import Texts
    from rag.doors.schema import AnswerRow
    from rag.types import Citation, OtherValue

# What a spreadsheet takes for a formula at a cell's beginning; the wide forms are Excel's too.
FORMULAS: Final = frozenset("=+-@\t\r\n＝＋－＠")
COLUMNS: Final = (
    "question", "status", "answer", "as_of", "confidence",
    "marker", "quote", "title", "source", "published", "url", "article",
)  # fmt: skip
STYLE: Final = (
    "body{font:1.06rem/1.6 Georgia,serif;max-width:44rem;margin:2rem auto;padding:0 1rem;"
    "color:#1e1c19;background:#fff;overflow-wrap:anywhere}h1{font-size:1.6rem}"
    "h2{font-size:1.25rem;margin-top:2.5rem;border-top:1px solid #ccc;padding-top:1rem}"
    "blockquote{margin:.8rem 0;padding-left:1rem;border-left:3px solid #8b1e1e}"
    "footer,cite{color:#5d5851;font-style:normal}"
)
_MARKUP = re.compile(r"([\\`*_{}\[\]<>()#+\-.!|~&=$:@/])")


def plain(row: AnswerRow, texts: Texts) -> str:
    """The answer with its citations as text."""
    parts = [row.question, *_facts(row, texts), row.text]
    parts += [_cited(citation, texts) for citation in row.citations]
    if row.others:
        parts.append("\n".join([texts.others, *(_other(o, texts) for o in row.others)]))
    return "\n\n".join(parts) + "\n"


def markdown(rows: Sequence[AnswerRow], texts: Texts) -> str:
    """The conversation in CommonMark."""
    blocks = [f"# {_escaped(_title(rows, texts))}"]
    for row in rows:
        blocks += [f"## {_escaped(row.question)}", *map(_escaped, _facts(row, texts))]
        blocks += [_escaped(text) for text in row.text.split("\n\n")]
        blocks += [_quoted(citation, texts) for citation in row.citations]
        others = [f"- {_escaped(_other(other, texts))}" for other in row.others]
        blocks += [f"### {texts.others}", "\n".join(others)] if others else []
    return "\n\n".join(blocks) + "\n"


def html(rows: Sequence[AnswerRow], texts: Texts) -> str:
    """The conversation as a page that needs nothing else."""
    title = escape(_title(rows, texts))
    return (
        f'<!doctype html>\n<html lang="{texts.language}"><head><meta charset="utf-8">'
        '<meta http-equiv="Content-Security-Policy" '
        "content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{title}</title><style>{STYLE}</style></head><body><main><h1>{title}</h1>\n"
        + "\n".join(_section(row, texts) for row in rows)
        + "\n</main></body></html>\n"
    )


def records(rows: Sequence[AnswerRow], texts: Texts) -> str:  # noqa: ARG001 - as the others
    """The answers' records as a list in JSON, which `depeche verify` reads."""
    kept = [row.model_dump(mode="json") for row in rows]
    return json.dumps(kept, ensure_ascii=False, indent=1) + "\n"


def table(rows: Sequence[AnswerRow], texts: Texts) -> str:
    """CSV, a line for each citation, as spreadsheets of this language read it."""
    written = io.StringIO("\ufeff")  # else Excel takes it for another encoding
    written.seek(0, io.SEEK_END)
    lines = csv.writer(written, delimiter=texts.separator, quoting=csv.QUOTE_ALL)
    lines.writerow(COLUMNS)
    for row in rows:
        said = [row.question, row.status, row.text, row.as_of, row.confidence]
        lines.writerows([cell(v) for v in [*said, *found]] for found in _citations(row))
    return written.getvalue()


def cell(value: Any) -> str:  # noqa: ANN401 - what a record holds
    """A value as a cell that no spreadsheet runs."""
    text = "" if value is None else str(value)
    return f"'{text}" if FORMULAS & set(text[:1] + text.strip()[:1]) else text


def _citations(row: AnswerRow) -> list[list[Any]]:
    """The last columns of each citation; empty ones for an answer without any."""
    names = COLUMNS[5:]
    return [[getattr(c, name) for name in names] for c in row.citations] or [[""] * len(names)]


def _title(rows: Sequence[AnswerRow], texts: Texts) -> str:
    return rows[0].question if rows else texts.conversation


def _facts(row: AnswerRow, texts: Texts) -> list[str]:
    """Why there is no answer, or what it holds for."""
    labels = {"unsupported": texts.unsupported, "refused": texts.refused}
    if row.status in labels:
        return [labels[row.status]]
    return [written_at(row.as_of, texts.language)] if row.as_of else []


def _origin(cited: Citation | OtherValue, texts: Texts) -> str:
    date = written_date(cited.published, texts.language) if cited.published else texts.undated
    return " · ".join(part for part in (cited.title, cited.source, date) if part)


def _words(cited: Citation | OtherValue, texts: Texts) -> str:
    opening, closing = texts.quotes
    return f"{opening}{cited.quote}{closing}"


def _cited(citation: Citation, texts: Texts) -> str:
    lines = [f"[{citation.marker}] {_words(citation, texts)}", _origin(citation, texts)]
    return "\n".join([*lines, citation.url] if citation.url else lines)


def _other(other: OtherValue, texts: Texts) -> str:
    relation = texts.relations[other.relation]
    return f"{other.short} ({relation}){texts.colon}{_words(other, texts)} {_origin(other, texts)}"


def _escaped(text: str) -> str:
    """The text as one paragraph of Markdown, none of it markup."""
    return _MARKUP.sub(r"\\\1", " ".join(text.split()))


def _quoted(citation: Citation, texts: Texts) -> str:
    found = link(citation.url)
    address = f" <{_address(found[0])}>" if found else ""
    origin = f"{_escaped(_origin(citation, texts))}{address}"
    return f"> {_escaped(f'[{citation.marker}] {citation.quote}')}\n>\n> {origin}"


def _address(url: str) -> str:
    """An address as an autolink may hold it."""
    return url.replace("<", "%3C").replace(">", "%3E").replace(" ", "%20")


def _section(row: AnswerRow, texts: Texts) -> str:
    said = [*_facts(row, texts), *row.text.split("\n\n")]
    paragraphs = "".join(f"<p>{escape(text)}</p>" for text in said)
    quotes = "".join(_block(citation, texts) for citation in row.citations)
    others = "".join(f"<li>{escape(_other(other, texts))}</li>" for other in row.others)
    listed = f"<h3>{texts.others}</h3><ul>{others}</ul>" if others else ""
    return f"<section><h2>{escape(row.question)}</h2>{paragraphs}{quotes}{listed}</section>"


def _block(citation: Citation, texts: Texts) -> str:
    origin = escape(_origin(citation, texts))
    if found := link(citation.url):
        origin = f'<a href="{escape(found[0])}" rel="noopener noreferrer">{origin}</a>'
    quote = escape(f"[{citation.marker}] {citation.quote}")
    return f"<blockquote><p>{quote}</p><footer>{origin}</footer></blockquote>"
