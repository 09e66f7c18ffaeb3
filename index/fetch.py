"""Pages by their address, politely, and never from the user's own network: the one place of httpx.

The name is resolved here, the resolved address is judged and connected to, and each redirect is
judged anew; no proxy and no password of the surroundings is used. Knows nothing of articles.
"""

from __future__ import annotations

import socket
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urljoin, urlsplit

from index.address import PORTS, Address, is_public, split, tidy
from index.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Mapping

LARGEST: Final = 20_000_000  # bytes of one page, unpacked
SLOWEST: Final = 60.0  # seconds for one page, all in all
PATIENCE: Final = 15.0  # seconds for a connection, or for the next bytes
PAUSE: Final = 1.0  # seconds between two requests to one site
LONGEST_PAUSE: Final = 30.0  # seconds; a site that asks for more is left alone
REDIRECTS: Final = 5
NAME: Final = "depeche"  # what robots.txt knows us by
_MOVED: Final = frozenset({301, 302, 303, 307, 308})
_BUSY: Final = frozenset({429, 503})
_OK, _UNCHANGED, _MISSING, _ERROR = 200, 304, 400, 500


class FetchError(InputError):
    """A page cannot be had; the message says why in one line."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """A page as it came; `data` is None when it is as it was the last time."""

    address: Address  # where it was in the end
    kind: str  # "text/html"
    data: bytes | None
    etag: str | None
    modified: str | None


@dataclass(frozen=True, slots=True)
class _Reply:
    status: int
    headers: Mapping[str, str]
    data: bytes


class Fetcher:
    """Asks sites for pages, each site slowly. Not for several threads."""

    def __init__(self, *, may_ask_this_machine: bool = False, pause: float = PAUSE) -> None:
        """:param may_ask_this_machine: loopback, at any port: for tests, and set by no command"""
        import httpx

        self._client = httpx.Client(
            trust_env=False,
            follow_redirects=False,
            timeout=PATIENCE,
            headers={"User-Agent": NAME, "Accept-Encoding": "gzip"},
        )
        self._failures = (httpx.HTTPError, httpx.InvalidURL, OSError, UnicodeError)
        self._local = may_ask_this_machine
        self._pause = pause
        self._asked: dict[str, float] = {}  # when each site was asked last
        self._robots: dict[str, Any] = {}

    def close(self) -> None:
        self._client.close()

    def fetch(self, written: str, etag: str | None = None, modified: str | None = None) -> Fetched:
        """:raises FetchError: it may not be asked for, or does not come

        :param etag: as it came the last time, so that an unchanged page is not sent again
        """
        address = _tidied(written)
        asked = {"If-None-Match": etag, "If-Modified-Since": modified}
        conditions = {name: value for name, value in asked.items() if value}
        for _ in range(REDIRECTS + 1):
            self._check_robots(address)
            reply = self._patient(address, conditions)
            if reply.status not in _MOVED or not reply.headers.get("location"):
                return _fetched(address, reply)
            address = _tidied(urljoin(address, reply.headers["location"]))
        raise FetchError(f"leads on more than {REDIRECTS} times; give the last address")

    def _check_robots(self, address: Address) -> None:
        parts = urlsplit(address)
        site = f"{parts.scheme}://{parts.netloc}"
        if site not in self._robots:
            self._robots[site] = self._read_robots(site)
        robots = self._robots[site]
        if robots is None:
            raise FetchError(f"{site}/robots.txt cannot be read, so nothing is asked; try later")
        if not robots.can_fetch(address, NAME):
            raise FetchError("may not be read by programs, says the site's robots.txt; save it")

    def _read_robots(self, site: str) -> Any:  # noqa: ANN401 - Protego ships no types
        """What the site allows; None when it does not say, being out of order."""
        from protego import Protego

        address = Address(f"{site}/robots.txt")
        for _ in range(REDIRECTS + 1):
            reply = self._patient(address, {})
            if reply.status not in _MOVED or not reply.headers.get("location"):
                break
            address = _tidied(urljoin(address, reply.headers["location"]))
        if reply.status >= _ERROR:
            return None
        rules = reply.data.decode("utf-8", "replace") if reply.status == _OK else ""
        return Protego.parse(rules[:500_000])

    def _patient(self, address: Address, conditions: Mapping[str, str]) -> _Reply:
        """Ask, and once more when the site says how long to wait."""
        reply = self._ask(address, conditions)
        wait = reply.headers.get("retry-after", "")
        if reply.status in _BUSY and wait.isdigit() and int(wait) <= LONGEST_PAUSE:
            time.sleep(int(wait))
            reply = self._ask(address, conditions)
        return reply

    def _ask(self, address: Address, conditions: Mapping[str, str]) -> _Reply:
        parts = urlsplit(address)
        host = parts.hostname or ""
        machine = self._resolved(host, parts.port or (443 if parts.scheme == "https" else 80))
        self._wait(parts.netloc)
        shown = f"[{machine}]" if ":" in machine else machine
        target = parts._replace(netloc=f"{shown}:{parts.port}" if parts.port else shown).geturl()
        try:
            with self._client.stream(
                "GET",
                target,
                headers={**conditions, "Host": parts.netloc},
                extensions={"sni_hostname": host},
            ) as response:
                return _Reply(response.status_code, response.headers, _body(response))
        except self._failures as error:
            raise FetchError(
                f"{host} cannot be reached ({error or type(error).__name__})"
            ) from error

    def _resolved(self, host: str, port: int) -> str:
        """The one address that is then connected to.

        :raises FetchError: there is none, or it lies in the user's own network
        """
        if not self._local and port not in PORTS:
            raise FetchError(f"port {port} is none of web pages; only 80 and 443 are asked")
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            raise FetchError(f"{host} is not known ({error}); check the address") from error
        machines = [str(entry[4][0]) for entry in found]
        if not machines or not all(map(self._may_ask, machines)):
            raise FetchError(f"{host} is a machine of your own network, and those are not asked")
        return machines[0]

    def _may_ask(self, machine: str) -> bool:
        return is_public(machine) or (self._local and machine in {"127.0.0.1", "::1"})

    def _wait(self, site: str) -> None:
        """As long as the site asks for, and at least the usual pause."""
        robots = next((r for s, r in self._robots.items() if s.endswith(f"//{site}") and r), None)
        wished = robots.crawl_delay(NAME) if robots else None
        pause = max(self._pause, min(float(wished or 0), LONGEST_PAUSE))
        ready = self._asked.get(site, -pause) + pause
        time.sleep(max(0.0, ready - time.monotonic()))
        self._asked[site] = time.monotonic()


def _tidied(written: str) -> Address:
    try:
        split(written)
        return tidy(written)
    except InputError as error:
        raise FetchError(str(error)) from error


def _body(response: Any) -> bytes:  # noqa: ANN401 - one method knows httpx's types
    """:raises FetchError: it is too large, or takes too long"""
    began = time.monotonic()
    parts: list[bytes] = []
    size = 0
    for part in response.iter_bytes():
        parts.append(part)
        size += len(part)
        if size > LARGEST:
            raise FetchError(f"has more than {LARGEST} bytes; save it as a file and index that")
        if time.monotonic() - began > SLOWEST:
            raise FetchError(f"did not come within {SLOWEST:.0f} s; try again later")
    return b"".join(parts)


def _fetched(address: Address, reply: _Reply) -> Fetched:
    """:raises FetchError: the site has no such page"""
    if reply.status not in {_OK, _UNCHANGED}:
        kind = "the site is out of order" if reply.status >= _ERROR else "the site does not give it"
        raise FetchError(f"{kind} (status {reply.status}); open it in a browser to see why")
    kind = reply.headers.get("content-type", "").partition(";")[0].strip().lower()
    data = reply.data if reply.status == _OK else None
    return Fetched(
        address, kind, data, reply.headers.get("etag"), reply.headers.get("last-modified")
    )
