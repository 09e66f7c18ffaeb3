"""Signing in to the chat page: a token given once, which a cookie keeps until one signs out."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import parse_qs, urlencode

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from rag.doors.access import COOKIE, SIGN_IN, SIGN_OUT, Access
from rag.doors.languages import preferred
from rag.doors.lockout import client_of
from rag.doors.signin_page import asking, leaving

KEPT: Final = 30 * 24 * 3600  # seconds, the browser keeps the token; revoking works at once
# A page of ours: signing in leads nowhere else, whatever a link says.
_OURS = re.compile(r"/(?:fr|en)/[\w/.?=&%+~-]{0,2000}", re.ASCII)

router = APIRouter(include_in_schema=False)


@router.get(SIGN_IN)
def form(request: Request) -> Response:
    """The form."""
    return asking(_wanted(request), "left" if "left" in request.query_params else "")


@router.post(SIGN_IN)
async def sign_in(request: Request) -> Response:
    """Keep a token that is known in a cookie, and lead to the page that was wanted."""
    access: Access = request.app.state.access
    client = client_of(request.scope)
    sent = parse_qs((await request.body()).decode(errors="replace"))
    to = _wanted(request, sent)
    if wait := access.lockout.seconds(client):
        return asking(to, "locked", 429, {"Retry-After": str(wait)})
    words = sent.get("token", [""])[0].strip()
    if access.tokens.find(words) is None:
        access.lockout.wrong(client)
        return asking(to, "wrong", 401)
    response = RedirectResponse(to, 303)
    _set_cookie(request, response, words, KEPT)
    return response


@router.get(SIGN_OUT)
def sign_out_form(request: Request) -> Response:
    """The form that signs out: no link and no picture of another page can."""
    return leaving(_wanted(request))


@router.post(SIGN_OUT)
async def sign_out(request: Request) -> Response:
    """Have the browser forget the cookie."""
    to = _wanted(request, parse_qs((await request.body()).decode(errors="replace")))
    response = RedirectResponse(f"{SIGN_IN}?{urlencode({'left': '', 'to': to})}", 303)
    _set_cookie(request, response, "", 0)
    return response


def _wanted(request: Request, sent: dict[str, list[str]] | None = None) -> str:
    """The page to lead to: the one named, or the first in the browser's language."""
    named = (sent or {}).get("to", [request.query_params.get("to", "")])[0]
    language = preferred(request.headers.get("accept-language", ""))
    return named if _OURS.fullmatch(named) else f"/{language}/"


def _set_cookie(request: Request, response: Response, words: str, seconds: int) -> None:
    """For this site alone, and for none of its scripts."""
    secure = request.url.scheme == "https"
    response.set_cookie(
        COOKIE, words, max_age=seconds, httponly=True, samesite="lax", secure=secure
    )
