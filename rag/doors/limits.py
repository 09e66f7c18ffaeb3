"""How much may be asked: the size of a request, how many a minute, how many at once.

What is over a limit is answered at once, with the time after which it is worth asking again.
"""

from __future__ import annotations

import asyncio
import math
import re
import time
from collections import OrderedDict
from typing import TYPE_CHECKING, Final

from starlette.datastructures import Headers

from rag.doors.lockout import MOST_CLIENTS, client_of
from rag.doors.problems import problem

if TYPE_CHECKING:
    from starlette.responses import Response
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

LONGEST_BODY: Final = 4_000_000  # bytes of a request
LONGEST_UPLOAD: Final = 50_000_000  # bytes of files that an editor sends at a time; untested
ARRIVAL: Final = 30.0  # seconds in which a request's body has to come; untested
UPLOAD_ARRIVAL: Final = 600.0  # the same for files; untested
UPLOADS: Final = 2  # requests with files at the same time: they are held in memory; untested
RATE: Final = 60  # questions a minute of one client
AT_ONCE: Final = 4  # requests worked on at the same time; untested
WAITING: Final = 64  # that may wait for that; further ones are told to come again
AGAIN: Final = 5  # seconds after which they may
# What is counted: all that asks or changes something. The page has a queue of its own.
_ASKED = re.compile(r"/v1/.*|/mcp|/[^/]*/(?:gradio_api/queue/join|feedback|library/(?:add|delete))")
_WORKED_ON = re.compile(r"/v1/.*|/mcp")
_UPLOAD = re.compile(r"/[^/]*/library/add")


class Limits:
    """Passes on what is within the limits."""

    def __init__(self, app: ASGIApp, rate: int = RATE) -> None:
        """:param rate: questions a minute of one client; 0 for any number."""
        self._app = app
        self._rate = Rate(rate) if rate else None
        self._free = asyncio.Semaphore(AT_ONCE)
        self._waiting = 0
        self._uploads = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] in {"GET", "HEAD", "OPTIONS"}:
            await self._app(scope, receive, send)
            return
        refused = self._too_often(scope) or self._too_many(scope)
        if not refused and _sends_files(scope):
            await self._upload(scope, receive, send)
            return
        body = refused or await _body(scope, receive, LONGEST_BODY, ARRIVAL)
        if not isinstance(body, bytes):
            await body(scope, receive, send)
        elif not _WORKED_ON.fullmatch(scope["path"]):
            await self._app(scope, _again(body, receive), send)
        else:
            self._waiting += 1
            try:
                await self._free.acquire()
            finally:
                self._waiting -= 1
            try:
                await self._app(scope, _again(body, receive), send)
            finally:
                self._free.release()

    async def _upload(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Files: larger than all else, few at a time."""
        if self._uploads >= UPLOADS:
            await _later("other files are being added", scope)(scope, receive, send)
            return
        self._uploads += 1
        try:
            body = await _body(scope, receive, LONGEST_UPLOAD, UPLOAD_ARRIVAL)
            if isinstance(body, bytes):
                await self._app(scope, _again(body, receive), send)
            else:
                await body(scope, receive, send)
        finally:
            self._uploads -= 1

    def _too_often(self, scope: Scope) -> Response | None:
        if self._rate is None or not _ASKED.fullmatch(scope["path"]):
            return None
        wait = self._rate.seconds(scope.get("name") or client_of(scope))
        if not wait:
            return None
        detail = f"more than {self._rate.a_minute} requests a minute; try again in {wait} s"
        return problem(429, detail, {"Retry-After": str(wait)}, scope["path"])

    def _too_many(self, scope: Scope) -> Response | None:
        if self._waiting < WAITING or not _WORKED_ON.fullmatch(scope["path"]):
            return None
        return _later(f"{WAITING} requests are waiting already", scope)


class Rate:
    """A token bucket a client; for the event loop's thread alone."""

    def __init__(self, a_minute: int) -> None:
        self.a_minute = a_minute
        self._spent: OrderedDict[str, tuple[float, float]] = OrderedDict()  # how many, when

    def seconds(self, client: str) -> int:
        """Count a request; how long to wait before the next one, 0 when it may pass."""
        now = time.monotonic()
        spent, since = self._spent.pop(client, (0.0, now))
        spent = max(0.0, spent - (now - since) * self.a_minute / 60)
        passes = spent + 1 <= self.a_minute
        self._spent[client] = (spent + 1 if passes else spent), now
        while len(self._spent) > MOST_CLIENTS:
            self._spent.popitem(last=False)
        return 0 if passes else math.ceil((spent + 1 - self.a_minute) * 60 / self.a_minute)


def _sends_files(scope: Scope) -> bool:
    """Only editors may: what others send to the same address is as short as all else."""
    return bool(_UPLOAD.fullmatch(scope["path"])) and scope.get("right") == "editor"


def _later(reason: str, scope: Scope) -> Response:
    detail = f"{reason}; try again in {AGAIN} s"
    return problem(503, detail, {"Retry-After": str(AGAIN)}, scope["path"])


async def _body(scope: Scope, receive: Receive, longest: int, arrival: float) -> bytes | Response:
    """The whole body, or what is answered to one that is too long or does not come.

    :param longest: bytes
    :param arrival: seconds in which it has to come
    """
    declared = Headers(scope=scope).get("content-length", "0")
    if declared.isdecimal() and int(declared) > longest:
        return _too_long(scope, longest)
    body = bytearray()
    try:
        async with asyncio.timeout(arrival):
            while True:
                message = await receive()
                body += message.get("body", b"")
                if len(body) > longest:
                    return _too_long(scope, longest)
                if message["type"] != "http.request" or not message.get("more_body"):
                    return bytes(body)
    except TimeoutError:
        return problem(
            408, f"the request did not come whole in {arrival:.0f} s", path=scope["path"]
        )


def _too_long(scope: Scope, longest: int) -> Response:
    detail = f"a request has at most {longest:,} bytes; send less at a time"
    return problem(413, detail, {"Connection": "close"}, scope["path"])


def _again(body: bytes, receive: Receive) -> Receive:
    """Gives the body that was read, then what comes after it."""
    given = False

    async def received() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return received
