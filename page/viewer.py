"""An article as a page of its own: what page.js shows beside the chat, the quoted words marked.

Knows nothing of answers: an address names the article and where its words begin and end.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from index.errors import UnknownArticleError
from page.cards import entities, on_page, origin_html, original_html
from page.plain import plain

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.requests import Request
    from starlette.responses import Response

    from index.store import Library
    from index.types import Article
    from page.texts import Texts


def viewer(library: Library, texts: Texts) -> Callable[[Request], Response]:
    """What answers to `article_address` in one language."""

    def answered(request: Request) -> Response:
        asked = request.query_params
        try:
            article = library.article(asked.get("id", ""))
        except UnknownArticleError:
            html = f"<h1>{entities(texts.gone)}</h1>"
            return _page(request, texts.gone, html, texts, HTTPStatus.NOT_FOUND)
        start, end = _offset(asked.get("start")), _offset(asked.get("end"))
        html = article_html(article, start, end, texts)
        return _page(request, article.title, html, texts, HTTPStatus.OK)

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


def _page(request: Request, title: str, html: str, texts: Texts, status: HTTPStatus) -> Response:
    close = (
        f'<p class="bar"><span class="named" aria-hidden="true">{entities(title)}</span>'
        f'<button type="button" class="close">{texts.close}</button></p>'
    )
    html = f'<article class="article" aria-label="{texts.article}">{close}{html}</article>'
    return plain(request, title, html, texts, path=f"article?{request.url.query}", status=status)


def _offset(written: str | None) -> int:
    """The number, 0 when it is none."""
    return int(written) if written and written.isascii() and written.isdecimal() else 0
