"""Deleting an article from the library's page: asked once more, then gone from every file."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response

from index.errors import DepecheError, UnknownArticleError
from page.cards import entities, origin_html
from page.library_texts import LIBRARY
from page.plain import plain
from page.reasons import reason
from rag.doors.access import right_of
from rag.doors.changes import delete

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from starlette.requests import Request

    from index.store import Library
    from index.types import Article
    from page.texts import Texts


def confirmation(library: Library, texts: Texts) -> Callable[[Request], Response]:
    """What asks whether an article is to go."""

    def asked(request: Request) -> Response:
        if right_of(request) != "editor":
            return _told(request, LIBRARY[texts.language].refused, HTTPStatus.FORBIDDEN, texts)
        try:
            article = library.article(request.query_params.get("id", ""))
        except UnknownArticleError:
            return _told(request, texts.gone, HTTPStatus.NOT_FOUND, texts)
        own = LIBRARY[texts.language]
        return plain(request, own.confirm, _question(article, texts), texts, path="library")

    return asked


def deletion(library: Library, texts: Texts) -> Callable[[Request], Awaitable[Response]]:
    """What deletes an article, and leads back to the list."""
    own = LIBRARY[texts.language]

    async def done(request: Request) -> Response:
        if right_of(request) != "editor":
            return _told(request, own.refused, HTTPStatus.FORBIDDEN, texts)
        form = parse_qs((await request.body()).decode(errors="replace"))
        try:
            left = await run_in_threadpool(delete, library, form.get("id", [""])[0])
        except UnknownArticleError:
            return _told(request, texts.gone, HTTPStatus.NOT_FOUND, texts)
        except DepecheError as error:
            return _told(request, reason(str(error), texts), HTTPStatus.SERVICE_UNAVAILABLE, texts)
        if left:
            line = own.busy.format(files=", ".join(sorted({words.file for words in left})))
            return _told(request, line, HTTPStatus.OK, texts)
        return RedirectResponse(f"/{texts.language}/library?deleted", HTTPStatus.SEE_OTHER)

    return done


def _question(article: Article, texts: Texts) -> str:
    own = LIBRARY[texts.language]
    facts = origin_html(article.source, article.published, texts)
    return (
        f'<h1>{own.confirm}</h1><p class="title" lang="{entities(article.language)}">'
        f'{entities(article.title)}</p><p class="facts">{facts}</p><p>{own.sure}</p>'
        f'<form method="post" class="field"><input type="hidden" name="id" '
        f'value="{entities(article.id)}"><button class="danger">{own.delete}</button>'
        f'<a href="/{texts.language}/library">{own.cancel}</a></form>'
    )


def _told(request: Request, line: str, status: HTTPStatus, texts: Texts) -> Response:
    own = LIBRARY[texts.language]
    back = f'<p><a href="/{texts.language}/library">{own.title}</a></p>'
    html = f'<h1>{own.title}</h1><p role="alert" class="told">{entities(line)}</p>{back}'
    return plain(request, own.title, html, texts, path="library", status=status)
