"""Who comes in: the Host and Origin of a request, its token, and what that token may do.

Knows nothing of what is asked. On a loopback address whoever can reach it may do all.
"""

from __future__ import annotations

import ipaddress
import socket
from dataclasses import dataclass, field
from http.cookies import CookieError, SimpleCookie
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode, urlsplit

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.requests import Request  # noqa: TC002 - FastAPI reads it of `editors_only`
from starlette.responses import RedirectResponse, Response

from index.errors import InputError
from rag.doors.lockout import Lockout, client_of
from rag.doors.problems import problem
from rag.doors.tokens import Tokens

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from starlette.types import ASGIApp, Receive, Scope, Send

    from rag.doors.tokens import Right

COOKIE: Final = "depeche"
SIGN_IN: Final = "/signin"
SIGN_OUT: Final = "/signout"
# All that is answered without a token where tokens are required.
PUBLIC: Final = frozenset(
    {"/healthz", "/readyz", "/page.css", "/plain.css", "/page.svg", SIGN_IN, SIGN_OUT}
)
_ANYWHERE: Final = frozenset({"0.0.0.0", "::"})  # noqa: S104 - compared with
_LOOPBACK: Final = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True, slots=True)
class Access:
    """Who may come in, from where."""

    tokens: Tokens
    required: bool
    hosts: frozenset[str]  # names under which the server is reached, besides addresses
    addresses: bool = False  # whether any address will do as a name
    origins: frozenset[str] = frozenset()  # other sites whose pages may call
    lockout: Lockout = field(default_factory=Lockout)


def open_access(
    library: Path, host: str, *, token_required: bool = False, origins: Sequence[str] = ()
) -> Access:
    """What holds for a server that listens on this address.

    :param origins: other sites, "https://desk.example", whose pages may call
    :raises InputError: others could come in, and there is no token; an origin is none
    """
    allowed = frozenset(_origin(origin) for origin in origins)
    names = {_name(urlsplit(origin).netloc) for origin in allowed}
    public = not _is_loopback(host) or not all(map(_is_loopback, names))
    tokens = Tokens(library)
    if (public or token_required) and not tokens.all():
        raise InputError(
            f"{host} would be open to others without a token; make one first: "
            f"depeche token add NAME --library {library}"
        )
    anywhere = host in _ANYWHERE
    hosts = (
        _LOOPBACK | names | {host.lower()} | ({socket.gethostname().lower()} if anywhere else set())
    )
    return Access(tokens, public or token_required, frozenset(hosts), anywhere, allowed)


class Door:
    """Lets a request through, with the right of who sent it, or answers in its place."""

    def __init__(self, app: ASGIApp, access: Access) -> None:
        self._app = app
        self._access = access

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
        elif scope["type"] == "http":
            refused = self._foreign(scope) or self._unknown(scope)
            await (refused or self._app)(scope, receive, send)
        else:  # nothing here speaks over web sockets
            await send({"type": "websocket.close"})

    def _foreign(self, scope: Scope) -> Response | None:
        """Refused: a name that is not this server's (DNS rebinding), a page of another site."""
        headers = Headers(scope=scope)
        host, origin = headers.get("host", "").lower(), headers.get("origin")
        name = _name(host)
        if name not in self._access.hosts and not (self._access.addresses and _is_address(name)):
            return problem(
                421, "this server has another name; --allow-origin https://NAME gives it this one"
            )
        own = {f"http://{host}", f"https://{host}"}
        if origin is None or origin.lower() in own | self._access.origins:
            return None
        return problem(403, "pages of other sites may not call; --allow-origin names one that may")

    def _unknown(self, scope: Scope) -> Response | None:
        """Refused: no token where one is required, a wrong one, too many wrong ones."""
        scope["right"], scope["name"] = "editor", ""
        if not self._access.required:
            return None
        scope["right"] = ""
        if scope["path"] in PUBLIC:
            return None
        words = _token(Headers(scope=scope))
        if words is None:
            return _unauthorized(scope)
        client = client_of(scope)
        if wait := self._access.lockout.seconds(client):
            return problem(429, "too many wrong tokens; wait", {"Retry-After": str(wait)})
        token = self._access.tokens.find(words)
        if token is None:
            self._access.lockout.wrong(client)
            return _unauthorized(scope)
        scope["right"], scope["name"] = token.right, token.name
        return None


def right_of(request: Request) -> Right | None:
    """What who sent a request may do; None: only what is public."""
    return request.scope.get("right") or None


def editors_only(request: Request) -> None:
    """Refuse who may only read."""
    if right_of(request) != "editor":
        raise HTTPException(403, "this token may only read; an editor's may change the library")


def _unauthorized(scope: Scope) -> Response:
    headers = Headers(scope=scope)
    if scope["method"] == "GET" and "text/html" in headers.get("accept", ""):
        wanted = f"{scope['path']}?{scope['query_string'].decode('latin-1')}".removesuffix("?")
        return RedirectResponse(f"{SIGN_IN}?{urlencode({'to': wanted})}", 303)
    return problem(
        401,
        "a token is required: Authorization: Bearer TOKEN; `depeche token add NAME` makes one",
        {"WWW-Authenticate": "Bearer"},
        scope["path"],
    )


def _token(headers: Headers) -> str | None:
    kind, _, words = headers.get("authorization", "").partition(" ")
    if kind.lower() == "bearer" and words.strip():
        return words.strip()
    try:
        cookie = SimpleCookie(headers.get("cookie", "")).get(COOKIE)
    except CookieError:
        return None
    return cookie.value if cookie and cookie.value else None


def _origin(origin: str) -> str:
    parts = urlsplit(origin.rstrip("/").lower())
    if parts.scheme not in {"http", "https"} or not parts.netloc or parts.path:
        raise InputError(f"{origin!r} is no origin; write https://desk.example")
    return f"{parts.scheme}://{parts.netloc}"


def _name(netloc: str) -> str:
    """The host without its port."""
    if netloc.startswith("["):
        return netloc[1:].partition("]")[0]
    return netloc.partition(":")[0]


def _is_loopback(host: str) -> bool:
    return host in _LOOPBACK or (_is_address(host) and ipaddress.ip_address(host).is_loopback)


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
