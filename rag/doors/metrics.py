"""What a Prometheus server reads: requests, how long they took, articles."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    disable_created_metrics,
    generate_latest,
)
from prometheus_client.exposition import CONTENT_TYPE_LATEST

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from index.store import Library

MEDIA_TYPE: Final = CONTENT_TYPE_LATEST
_SECONDS: Final = (0.05, 0.1, 0.2, 0.3, 0.5, 1, 2, 5, 10, 30)
_DOORS: Final = frozenset({"v1", "mcp", "metrics", "healthz", "readyz"})
_BELOW: Final = frozenset({"ask", "search", "articles", "verify", "status", "chat", "models"})


class Metrics:
    """The figures of one server."""

    def __init__(self, library: Library) -> None:
        self._registry = CollectorRegistry()
        # A series of its own for when each counter began says little and doubles the figures.
        disable_created_metrics()
        self._requests = Counter(
            "depeche_requests", "Requests.", ("door", "status"), registry=self._registry
        )
        self._seconds = Histogram(
            "depeche_request_seconds",
            "How long requests took, streams to their end.",
            ("door",),
            registry=self._registry,
            buckets=_SECONDS,
        )
        articles = Gauge("depeche_articles", "The library's articles.", registry=self._registry)
        articles.set_function(lambda: library.database.count()[0])
        passages = Gauge("depeche_passages", "The library's passages.", registry=self._registry)
        passages.set_function(lambda: library.database.count()[1])

    def served(self, path: str, status: int, seconds: float) -> None:
        door = door_of(path)
        self._requests.labels(door, str(status)).inc()
        self._seconds.labels(door).observe(seconds)

    def text(self) -> bytes:
        """All figures, as Prometheus reads them."""
        return generate_latest(self._registry)


class Measured:
    """Counts what passes, and how long it takes."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began = time.perf_counter()
        status = 500

        async def sent(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, sent)
        finally:
            self._metrics.served(scope["path"], status, time.perf_counter() - began)


def door_of(path: str) -> str:
    """A path's door, of which there are few: "/v1/articles/x" is "/v1/articles"."""
    _, first, second, *_ = (*path.split("/"), "", "")
    if first not in _DOORS:
        return "page"
    return f"/{first}/{second}" if second in _BELOW else f"/{first}"
