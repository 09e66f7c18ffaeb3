"""Pages by their address: which machines are never asked, and how the others are."""

from __future__ import annotations

import gzip
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

import pytest
from documents import BODY, MAKERS, PARAGRAPHS, TITLE, html

from index import fetch
from index.address import Address, is_public, name_of, tidy
from index.build import Stored, build
from index.fetch import Fetcher, FetchError
from index.load import Problem, Skipped
from index.store import create_library
from index.web import load_addresses

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from conftest import Done

    from index.types import Embedder

# --- who may be asked -----------------------------------------------------------------------------

LOOPBACK = [  # what the system takes for a machine of its own, in many spellings
    "127.0.0.1", "127.1", "127.0.1", "127.255.255.254", "2130706433", "0x7f000001", "0x7f.1",
    "017700000001", "0177.0.0.1", "0x7f.0x0.0x0.0x1", "127.0.0.1.", "localhost", "LOCALHOST",
    "localhost.", "0", "0.0.0.0",  # noqa: S104 - nothing is bound to it
    "0x0", "00000000", "[::1]", "[::]", "[0:0:0:0:0:0:0:1]",
    "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::127.0.0.1]", "[64:ff9b::127.0.0.1]",
    "[64:ff9b::7f00:1]", "[64:ff9b:1::7f00:1]", "[2002:7f00:1::]", "[2002:7f00:1::1]",
    "[2001:0:7f00:1::1]", "[2001:0:4136:e378:8000:63bf:80ff:fffe]", "[fe80::5efe:127.0.0.1]",
    "[2001:db8::5efe:7f00:1]", "①②⑦.⓪.⓪.①", "127。0。0。1", "１２７.0.0.1",
]  # fmt: skip
PRIVATE = [
    "10.0.0.1", "10.255.255.255", "172.16.0.1", "172.31.255.254", "192.168.0.1", "192.168.1.1",
    "169.254.169.254", "169.254.0.1", "100.64.0.1", "100.127.255.254", "192.0.0.1", "192.0.2.1",
    "198.18.0.1", "198.19.255.254", "198.51.100.1", "203.0.113.1", "192.88.99.1", "224.0.0.1",
    "239.255.255.250", "240.0.0.1", "255.255.255.255", "0.1.2.3", "2852039166", "0xa9fea9fe",
    "0xc0a80001", "3232235521", "10.1", "172.16.1", "192.168.257", "0300.0250.0.1",
    "[fc00::1]", "[fd12:3456:789a::1]", "[fe80::1]", "[fe80::1%25lo]", "[fec0::1]", "[ff02::1]",
    "[ff0e::1]", "[2001:db8::1]", "[3fff::1]", "[100::1]", "[5f00::1]", "[64:ff9b::10.0.0.1]",
    "[64:ff9b::a9fe:a9fe]", "[2002:a00:1::]", "[2002:c0a8:101::]", "[2002:a9fe:a9fe::]",
    "[::ffff:10.0.0.1]", "[::ffff:169.254.169.254]", "[::10.0.0.1]", "[2001:10::1]",
    "[2001:20::5efe:a00:1]", "[2a00:1450::5efe:a00:1]",
]  # fmt: skip
MALFORMED = [
    "http://", "http:///a", "https://user:secret@exemple.fr/", "http://exemple.fr@127.0.0.1/",
    "http://127.0.0.1\\@exemple.fr/", "http://exemple.fr:99999/", "http://exemple.fr:22/",
    "file:///etc/passwd", "gopher://127.0.0.1/", "ftp://exemple.fr/", "http://[::1", "http://a b/",
    "http://exemple.fr\r\nHost: x/", "data:text/html,a", "http://exemple.fr:6379/",
]  # fmt: skip


def test_there_are_a_hundred_targets() -> None:
    assert len({*LOOPBACK, *PRIVATE, *MALFORMED}) >= 100


@contextmanager
def site(pages: dict[str, Any]) -> Iterator[tuple[str, list[str]]]:
    """A real server on loopback: its address, and what it was asked for, with the conditions."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            status, headers, data = _reply(pages, self.path, dict(self.headers))
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}", asked
        finally:
            server.shutdown()
            thread.join()


def _reply(
    pages: dict[str, Any], path: str, sent: dict[str, str]
) -> tuple[int, dict[str, str], bytes]:
    page = pages.get(path)
    if page is None:
        return 404, {}, b""
    if isinstance(page, bytes):
        kind = "application/rss+xml" if page.startswith(b"<?xml") else "text/html; charset=utf-8"
        return 200, {"Content-Type": kind}, page
    status, headers, data = page
    if headers.get("ETag") and sent.get("If-None-Match") == headers["ETag"]:
        return 304, {}, b""
    return status, headers, data


@pytest.fixture
def asking() -> Iterator[Fetcher]:
    fetcher = Fetcher(may_ask_this_machine=True, pause=0)
    yield fetcher
    fetcher.close()


@pytest.mark.parametrize("host", [*LOOPBACK, *PRIVATE])
def test_the_users_own_network_is_never_asked(host: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with site({"/": html()}) as (address, asked):
        port = int(address.rpartition(":")[2])
        monkeypatch.setattr(fetch, "PORTS", frozenset({port}))
        fetcher = Fetcher(pause=0)
        with pytest.raises(FetchError) as told:
            fetcher.fetch(f"http://{host}:{port}/")
        fetcher.close()
        assert asked == []
        assert "\n" not in str(told.value)
        assert "cannot be reached" not in str(told.value), "it was tried"


@pytest.mark.parametrize("written", MALFORMED)
def test_what_is_no_page_is_never_asked(written: str) -> None:
    fetcher = Fetcher(pause=0)
    with pytest.raises(FetchError) as told:
        fetcher.fetch(written)
    fetcher.close()
    assert "secret" not in str(told.value)
    assert "cannot be reached" not in str(told.value)


def test_a_redirect_is_judged_anew() -> None:
    inner = {"/robots.txt": b"", "/secret": html()}
    with site(inner) as (inside, asked), site({}) as (outside, _):
        port = int(inside.rpartition(":")[2])
        for target in (f"http://127.1:{port}/secret", f"http://[::ffff:127.0.0.1]:{port}/secret"):
            pages = {"/robots.txt": b"", "/": (302, {"Location": target}, b"")}
            with site(pages) as (start, _):
                fetcher = _Careful(allowed=start)
                with pytest.raises(FetchError, match="your own network"):
                    fetcher.fetch(f"{start}/")
                fetcher.close()
        assert asked == []
        del outside


class _Careful(Fetcher):
    """Takes one server of this machine for the internet, as a test must."""

    def __init__(self, allowed: str) -> None:
        super().__init__(may_ask_this_machine=True, pause=0)
        self._allowed = int(allowed.rpartition(":")[2])

    def _resolved(self, host: str, port: int) -> str:
        self._local = port == self._allowed
        if not self._local:
            raise FetchError("a machine of your own network")
        return super()._resolved(host, port)


def test_public_machines_may_be_asked() -> None:
    for machine in ("93.184.216.34", "8.8.8.8", "2606:2800:220:1:248:1893:25c8:1946",
                    "64:ff9b::808:808", "2002:808:808::1"):  # fmt: skip
        assert is_public(machine), machine


# --- how they are asked ---------------------------------------------------------------------------


def test_a_page_is_fetched_as_it_is(asking: Fetcher) -> None:
    pages = {"/a": (200, {"Content-Type": "text/html", "ETag": '"1"'}, html())}
    with site(pages) as (address, _):
        got = asking.fetch(f"{address}/a?utm_source=x#top")
        assert (got.address, got.kind, got.data) == (f"{address}/a", "text/html", html())
        assert asking.fetch(f"{address}/a", etag=got.etag).data is None


def test_robots_are_respected(asking: Fetcher) -> None:
    robots = b"User-agent: *\nDisallow: /prive/\nDisallow: /*.pdf$\n\nUser-agent: x\nDisallow: /\n"
    pages: dict[str, Any] = {
        "/robots.txt": (200, {}, robots),
        "/a": html(),
        "/prive/b": html(),
        "/c.pdf": b"%PDF",
    }
    with site(pages) as (address, asked):
        assert asking.fetch(f"{address}/a").data
        for path in ("/prive/b", "/c.pdf"):
            with pytest.raises(FetchError, match=r"robots\.txt"):
                asking.fetch(address + path)
        assert asked == ["/robots.txt", "/a"]
    with site({"/robots.txt": (500, {}, b""), "/a": html()}) as (address, asked):
        with pytest.raises(FetchError, match="cannot be read, so nothing is asked"):
            asking.fetch(f"{address}/a")
        assert "/a" not in asked


def test_a_site_is_asked_slowly() -> None:
    fetcher = Fetcher(may_ask_this_machine=True, pause=0.2)
    with site({f"/{n}": html() for n in range(3)}) as (address, asked):
        began = time.monotonic()
        for n in range(3):
            fetcher.fetch(f"{address}/{n}")
        assert time.monotonic() - began >= 0.6
        assert len(asked) == 4
    fetcher.close()


def test_a_busy_site_is_asked_again_when_it_says(asking: Fetcher) -> None:
    pages = {
        "/a": (503, {"Retry-After": "0"}, b""),
        "/b": (429, {"Retry-After": "999"}, b""),
    }
    with site(pages) as (address, asked):
        with pytest.raises(FetchError, match="status 503"):
            asking.fetch(f"{address}/a")
        with pytest.raises(FetchError, match="status 429"):
            asking.fetch(f"{address}/b")
        assert asked == ["/robots.txt", "/a", "/a", "/b"]


def test_limits(asking: Fetcher, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetch, "LARGEST", 100_000)
    bomb = gzip.compress(b"a" * 50_000_000)
    pages = {
        "/big": b"a" * 200_000,
        "/bomb": (200, {"Content-Encoding": "gzip"}, bomb),
        "/broken": (200, {"Content-Encoding": "gzip"}, b"no gzip at all"),
        "/round": (302, {"Location": "/round"}, b""),
        "/gone": (410, {}, b""),
        "/worse": (302, {"Location": "http://\x00/"}, b""),
    }
    with site(pages) as (address, _):
        for path, expected in (
            ("/big", "more than 100000 bytes"), ("/bomb", "more than 100000 bytes"),
            ("/broken", "cannot be reached"), ("/round", "leads on more than 5 times"),
            ("/gone", "status 410"), ("/worse", "cannot be reached"), ("/none", "status 404"),
        ):  # fmt: skip
            with pytest.raises(FetchError, match=expected):
                asking.fetch(address + path)
    with pytest.raises(FetchError, match="cannot be reached"):
        asking.fetch(address)


def test_proxies_of_the_surroundings_are_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    with site({"/a": html()}) as (address, _), site({}) as (proxy, through):
        monkeypatch.setenv("http_proxy", proxy)
        monkeypatch.setenv("HTTP_PROXY", proxy)
        fetcher = Fetcher(may_ask_this_machine=True, pause=0)
        assert fetcher.fetch(f"{address}/a").data == html()
        fetcher.close()
        assert through == []


def test_names_of_addresses() -> None:
    assert tidy("HTTPS://Exemple.FR/a.html?b=1&utm_medium=x&xtor=RSS-1#c") == (
        "https://exemple.fr/a.html?b=1"
    )
    assert name_of(Address("https://exemple.fr/2024/a.html?b=1")) == "exemple.fr/2024/a?b=1"
    assert name_of(Address("https://exemple.fr/v1.2/a/")) == "exemple.fr/v1.2/a"


# --- from the address to the library --------------------------------------------------------------


def run(folder: Path, embedder: Embedder, *addresses: str) -> list[Any]:
    library = create_library(folder)
    fetcher = Fetcher(may_ask_this_machine=True, pause=0)
    others = load_addresses(addresses, library, fetcher=fetcher)
    try:
        return list(build(library, embedder, [], others=others))
    finally:
        library.close()


def feed(address: str, count: int) -> bytes:
    items = "".join(
        f"<item><title>{n}</title><link>{address}/{n}?utm_source=rss</link>"
        "<pubDate>Thu, 14 Mar 2024 08:00:00 +0100</pubDate></item>"
        for n in range(count)
    )
    start = '<?xml version="1.0"?><rss version="2.0"><channel><title>Q</title>'
    return f"{start}{items}</channel></rss>".encode()


def test_a_page_by_its_address(tmp_path: Path, embedder: Embedder) -> None:
    pages = {"/2024/bac.html": (200, {"Content-Type": "text/html", "ETag": '"1"'}, html())}
    with site(pages) as (address, asked):
        (stored,) = run(tmp_path, embedder, f"{address}/2024/bac.html")
        assert isinstance(stored, Stored)
        article = stored.loaded.article
        assert article.id == f"{address.removeprefix('http://')}/2024/bac"
        assert (article.title, article.text, article.published) == (TITLE, BODY, "2024-03-14")
        assert article.url == f"{address}/2024/bac.html"
        (again,) = run(tmp_path, embedder, f"{address}/2024/bac.html")
        assert isinstance(again, Skipped)
        assert again.reason == "has not changed since it was read"
        shorter = html(f"<p>{PARAGRAPHS[0]}</p><p>{PARAGRAPHS[1]}</p>")
        pages["/2024/bac.html"] = (200, {"Content-Type": "text/html", "ETag": '"2"'}, shorter)
        (changed,) = run(tmp_path, embedder, f"{address}/2024/bac.html")
        assert isinstance(changed, Stored)
        assert len(asked) == 6


def test_a_feed_is_followed_and_taken_up_where_it_was_left(
    tmp_path: Path, embedder: Embedder
) -> None:
    pages: dict[str, Any] = {f"/{n}": html() for n in range(4)}
    pages["/2"] = html("<p>Rien.</p>").replace(b'content="2024-03-14', b'content="')
    with site(pages) as (address, asked):
        pages["/feed"] = feed(address, 6)
        steps = run(tmp_path, embedder, f"{address}/feed")
        ids = [step.loaded.article.id[-2:] for step in steps if isinstance(step, Stored)]
        assert ids == ["/0", "/1", "/2", "/3"]
        dates = {step.loaded.article.published for step in steps if isinstance(step, Stored)}
        assert dates == {"2024-03-14"}
        assert [step.message[:22] for step in steps if isinstance(step, Problem)] == [
            "the site does not give",
        ] * 2  # fmt: skip
        asked.clear()
        pages["/4"] = html()
        run(tmp_path, embedder, f"{address}/feed")
        assert asked == ["/robots.txt", "/feed", "/4", "/5"]


def test_a_sitemap_is_followed(tmp_path: Path, embedder: Embedder) -> None:
    pages: dict[str, Any] = {"/1": html(), "/2": html(), "/doc.pdf": (
        200, {"Content-Type": "application/pdf"}, MAKERS[".pdf"]())}  # fmt: skip
    with site(pages) as (address, _):
        locs = "".join(f"<url><loc>{address}/{n}</loc></url>" for n in ("1", "2", "doc.pdf"))
        space = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
        inner = f"<urlset {space}>{locs}</urlset>".encode()
        pages["/inner.xml.gz"] = (200, {"Content-Type": "application/gzip"}, gzip.compress(inner))
        outer = f"<sitemap><loc>{address}/inner.xml.gz</loc></sitemap>" * 2
        pages["/sitemap.xml"] = (
            f'<?xml version="1.0"?><sitemapindex {space}>{outer}</sitemapindex>'.encode()
        )
        steps = run(tmp_path, embedder, f"{address}/sitemap.xml")
        assert [type(step) for step in steps] == [Stored] * 3
        assert steps[2].loaded.article.text.split() == BODY.split()


def test_the_command_asks_no_machine_of_the_users_network(
    depeche: Callable[..., Done], tmp_path: Path
) -> None:
    with site({"/a": html()}) as (address, asked):
        done = depeche("index", f"{address}/a", "http://127.0.0.1/a", "http://[::1]/b")
        assert asked == []
    assert done.code == 2
    lines = [line for line in done.err.splitlines() if line.startswith("problem")]
    assert len(lines) == 3
    assert "Traceback" not in done.err
    assert (tmp_path / ".depeche").is_dir()
