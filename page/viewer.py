"""An article as a page of its own: what page.js shows beside the chat, the quoted words marked.

Knows nothing of answers: an address names the article and where its words begin and end.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.responses import HTMLResponse

from index.errors import UnknownArticleError
from page.cards import entities, on_page, origin_html, original_html

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.requests import Request

    from index.store import Library
    from index.types import Article
    from page.texts import Texts


def viewer(library: Library, texts: Texts) -> Callable[[Request], HTMLResponse]:
    """What answers to `article_address` in one language."""

    def answered(request: Request) -> HTMLResponse:
        asked = request.query_params
        try:
            article = library.article(asked.get("id", ""))
        except UnknownArticleError:
            return HTMLResponse(_page(texts.gone, f"<h1>{entities(texts.gone)}</h1>", texts), 404)
        start, end = _offset(asked.get("start")), _offset(asked.get("end"))
        html = article_html(article, start, end, texts)
        return HTMLResponse(_page(article.title, html, texts))

    return answered


def article_html(article: Article, start: int, end: int, texts: Texts) -> str:
    """The whole article with its facts; the words from `start` to `end` are marked, if any."""
    text, language = article.text, entities(article.language)
    end = min(end, len(text))
    words, place = entities(text), ""
    if start < end:
        place = on_page(article, start, texts)
        quote = f'<mark tabindex="-1">{entities(text[start:end])}</mark>'
        words = f"{entities(text[:start])}{quote}{entities(text[end:])}"
    return (
        f'<h1 lang="{language}">{entities(article.title)}</h1>'
        f'<p class="facts">{origin_html(article.source, article.published, texts)}{place}</p>'
        f"{original_html(article, texts)}"
        f'<div class="words" lang="{language}">{words}</div>'
    )


def _page(title: str, html: str, texts: Texts) -> str:
    close = (
        f'<p class="bar"><span class="named" aria-hidden="true">{entities(title)}</span>'
        f'<button type="button" class="close">{texts.close}</button></p>'
    )
    return (
        f'<!doctype html><html lang="{texts.language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{entities(title)}</title></head>"
        f'<body><main class="article" aria-label="{texts.article}">{close}{html}</main></body>'
        "</html>"
    )


def _offset(written: str | None) -> int:
    """The number, 0 when it is none."""
    return int(written) if written and written.isascii() and written.isdecimal() else 0
