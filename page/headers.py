"""What every response carries, and which of Gradio's routes can be reached at all.

Gradio's own HTML names hosts outside and an inline script: each of its pages is rewritten here,
so that the browser may be told to run no other script and to call no other host.
"""

from __future__ import annotations

import re
import secrets
from typing import TYPE_CHECKING, Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse

from page.assets import ASSETS, CHAT_SCRIPTS, CHAT_STYLES, head
from page.plain import missing
from page.texts import LANGUAGES, chosen

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

HEADERS: Final = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
POLICY: Final = (
    "default-src 'none'; script-src 'self' 'nonce-{nonce}'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'"
)
_OWN: Final = "|".join(map(re.escape, ASSETS))
# The doors for other tools, and all that the chat needs; Gradio's uploads, files, proxies, API and
# its description are not among it.
_OPEN = re.compile(
    r"/v1/.*|/(?:mcp|healthz|readyz|metrics|openapi\.json|signin|signout)"
    rf"|/(?:{_OWN})?"
    r"|/(?:fr|en)/(?:|article|export|feedback|library(?:/(?:add|delete))?|theme\.css|(?:assets|static|svelte)/.*|config|startup-events"
    r"|gradio_api/(?:startup-events|app_id|run/predict|queue/(?:join|data)|cancel|reset|heartbeat/.*))"
)
_CHAT = re.compile(r"/(?:fr|en)/")
_ASSET = re.compile(rf"/(?:{_OWN})|/(?:fr|en)/(?:theme\.css|assets/|static/|svelte/)")
_HTML = re.compile(r'<html\s+lang="en"')
_OUTSIDE = re.compile(r'<meta\s+(?:property="og:|name="twitter:)[^>]*>|<link rel="manifest"[^>]*>')
_BASE = re.compile(r'<base href="\./" />')


class Shield:
    """Refuses what the page does not need, and adds the headers to all else."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers, path = Headers(scope=scope), scope["path"]
        if _OPEN.fullmatch(path):
            await self._app(scope, receive, _Guarded(send, path))
        elif "text/html" in headers.get("accept", ""):
            named = LANGUAGES.get(_language(path))
            texts = named or chosen(headers.get("accept-language", ""))
            await missing(texts)(scope, receive, _Guarded(send, path))
        else:
            await PlainTextResponse("not found", 404)(scope, receive, _Guarded(send, path))


def _language(path: str) -> str:
    """What a page's path begins with; `OPTIONS *` has no slash."""
    return path.removeprefix("/").partition("/")[0]


class _Guarded:
    """Passes a response on with the headers; holds Gradio's page back until it is rewritten."""

    def __init__(self, send: Send, path: str) -> None:
        self._send = send
        self._language = _language(path)
        self._is_chat = bool(_CHAT.fullmatch(path))
        self._is_asset = bool(_ASSET.match(path))
        self._nonce = secrets.token_urlsafe(16)
        self._start: Message | None = None
        self._body = b""

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(raw=message["headers"])
            policy = {"Content-Security-Policy": POLICY.format(nonce=self._nonce)}
            caching = {} if self._is_asset else {"Cache-Control": "no-store"}
            for name, value in (HEADERS | policy | caching).items():
                headers.setdefault(name, value)
            if self._is_chat and headers.get("content-type", "").startswith("text/html"):
                self._start = message
                return
        if self._start is None:
            await self._send(message)
            return
        self._body += message.get("body", b"")
        if not message.get("more_body"):
            await self._finish(self._start)

    async def _finish(self, start: Message) -> None:
        body = rewritten(self._body.decode(), self._language, self._nonce).encode()
        headers = MutableHeaders(raw=start["headers"])
        headers["Content-Length"] = str(len(body))
        await self._send(start)
        await self._send({"type": "http.response.body", "body": body})


def rewritten(html: str, language: str, nonce: str) -> str:
    """Gradio's page in the reader's language, no host outside, its scripts known by a nonce."""
    html = _BASE.sub("", _OUTSIDE.sub("", html))
    html = _HTML.sub(f'<html lang="{language}"', html)
    html = html.replace("</head>", f"{head(CHAT_STYLES, CHAT_SCRIPTS)}</head>", 1)
    return html.replace("<script", f'<script nonce="{nonce}"')
