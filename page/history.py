"""The frame for the conversations that the browser keeps, and what scripts say beside the chat."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from page.plain import data, reach_html

if TYPE_CHECKING:
    from page.texts import Texts

SHOWN: Final = {"markdown": "Markdown", "html": "HTML", "json": "JSON", "csv": "CSV"}


def history_html(texts: Texts) -> str:
    """The list's place, the formats, and in `data-` what page/history.js says."""
    said = {
        "delete": texts.delete,
        "sure": texts.sure,
        "full": texts.full,
        "copied": texts.copied,
        "failed": texts.not_exported,
    }
    formats = "".join(
        f'<button type="button" data-format="{name}">{shown}</button>'
        for name, shown in SHOWN.items()
    )
    return (
        f'<nav id="history" aria-label="{texts.conversations}" tabindex="-1"{data(said)}>'
        f'<button type="button" class="close">{texts.close}</button>'
        f'<div class="export"><h2>{texts.export}</h2><p>{formats}</p></div>'
        f'<h2>{texts.conversations}</h2><p class="none">{texts.none_kept}</p><ul></ul>'
        f'<p class="note">{texts.kept_here}</p>'
        f'<button type="button" class="all">{texts.delete_all}</button></nav>'
        f"{reach_html(texts)}"
        '<div id="aloud" class="unseen" aria-live="polite"></div>'
    )
