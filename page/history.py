"""The frame for the conversations that the browser keeps, and what scripts say beside the chat."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from page.texts import Texts

SHOWN: Final = {"markdown": "Markdown", "html": "HTML", "json": "JSON", "csv": "CSV"}


def history_html(texts: Texts) -> str:
    """The list's place, the formats, and in `data-` what page/history.js and page/away.js say."""
    said = {
        "delete": texts.delete,
        "sure": texts.sure,
        "full": texts.full,
        "copied": texts.copied,
        "failed": texts.not_exported,
    }
    away = {
        "unreachable": texts.unreachable,
        "reached": texts.reached,
        "expired": texts.expired,
        "later": texts.later,
        "unsent": texts.unsent,
    }
    formats = "".join(
        f'<button type="button" data-format="{name}">{shown}</button>'
        for name, shown in SHOWN.items()
    )
    return (
        f'<nav id="history" aria-label="{texts.conversations}" tabindex="-1"{_data(said)}>'
        f'<button type="button" class="close">{texts.close}</button>'
        f'<div class="export"><h2>{texts.export}</h2><p>{formats}</p></div>'
        f'<h2>{texts.conversations}</h2><p class="none">{texts.none_kept}</p><ul></ul>'
        f'<p class="note">{texts.kept_here}</p>'
        f'<button type="button" class="all">{texts.delete_all}</button></nav>'
        f'<p id="away" role="alert"{_data(away)}></p><p id="said" role="status"></p>'
        '<div id="aloud" class="unseen" aria-live="polite"></div>'
    )


def _data(words: dict[str, str]) -> str:
    """As attributes of an element, for a script to say."""
    return "".join(f' data-{name}="{escape(text)}"' for name, text in words.items())
