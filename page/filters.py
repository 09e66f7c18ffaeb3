"""Which articles may answer, as the page asks for it: what is typed and ticked becomes `Filters`.

Decides nothing about what a filter lets through.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

import gradio as gr

from index.errors import InputError
from index.filters import checked, source_key
from index.types import Filters
from page.languages import language_name
from rag.dates.written import written_period

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.store import Library
    from page.texts import Texts

MOST_SOURCES: Final = 500  # offered, in alphabetical order; untested
_DAY_FIRST = re.compile(r"(?:(\d{1,2})[/.])?(\d{1,2})[/.](\d{4})", re.ASCII)


def chosen(values: Sequence[Any], texts: Texts) -> Filters:
    """What was typed and ticked.

    :param values: those of the controls that `panel` gives
    :raises InputError: a date is none, or the period ends before it begins; in the page's language
    """
    since, until, sources, languages = values
    begins, ends = (_date(written or "", texts) for written in (since, until))
    filters = Filters(begins, ends, tuple(sources), tuple(languages))
    try:
        return checked(filters)
    except InputError:
        raise InputError(texts.backwards) from None


def summary(filters: Filters, texts: Texts) -> str:
    """The filters in words: "depuis octobre 2024 · Gazette · français"."""
    period = ""
    if filters.since or filters.until:
        period = f"{filters.since or '..'}/{filters.until or '..'}"
    if filters.since and filters.since == filters.until:
        period = filters.since
    named = [written_period(period, texts.language)] if period else []
    named += filters.sources
    named += [language_name(code, texts) for code in filters.languages]
    return " · ".join(named)


def panel(texts: Texts, quiet: dict[str, Any]) -> list[Any]:
    """The filters behind a button that tells what is set; page.js opens and closes them.

    What can be chosen is `offered` when the page is opened.

    :param quiet: how events are dealt with

    :return: the controls whose values `chosen` takes: since, until, sources, languages
    """
    told = gr.Button(texts.filters, size="sm", elem_id="narrow")
    with gr.Column(elem_id="filters"):
        with gr.Row():
            dates = [
                gr.Textbox(label=label, placeholder=texts.date_form, max_length=10, lines=1)
                for label in (texts.since, texts.until)
            ]
        groups = [gr.CheckboxGroup([], label=label) for label in (texts.from_source, texts.spoken)]
        clear = gr.Button(texts.clear, size="sm", elem_id="clear")
    controls = [*dates, *groups]
    changes = [*(d.submit for d in dates), *(d.blur for d in dates), *(g.change for g in groups)]
    last: dict[str, Any] = {"trigger_mode": "always_last", **quiet}  # else quick changes are lost
    gr.on(changes, lambda *values: _told(values, texts), controls, told, **last)
    clear.click(lambda: ("", "", [], [], texts.filters), None, [*controls, told], **quiet)
    return controls


def _told(values: Sequence[Any], texts: Texts) -> str:
    """What the button says."""
    try:
        named = summary(chosen(values, texts), texts)
    except InputError as error:
        named = str(error)
    return f"{texts.filters}{texts.colon}{named}" if named else texts.filters


def offered(library: Library, texts: Texts) -> tuple[gr.CheckboxGroup, gr.CheckboxGroup]:
    """The library's sources and languages; a choice of one is none."""
    written = {source_key(source): source for source in library.database.sources()}
    sources = list(written.values())[:MOST_SOURCES]
    codes = library.database.languages()
    languages = [(language_name(code, texts), code) for code in codes]
    return (
        gr.CheckboxGroup(sources, visible=len(sources) > 1),
        gr.CheckboxGroup(languages, visible=len(languages) > 1),
    )


def _date(written: str, texts: Texts) -> str | None:
    """A date of any precision in ISO 8601; the day comes first in "24/10/2024"."""
    written = written.strip()
    if found := _DAY_FIRST.fullmatch(written):
        day, month, year = found.groups()
        written = "-".join([year, month.zfill(2), *([day.zfill(2)] if day else [])])
    try:
        return checked(Filters(written or None)).since
    except InputError:
        raise InputError(texts.no_date.format(written=written)) from None
