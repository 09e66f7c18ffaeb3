"""Pages by their address: how sites are asked, and what becomes of their pages."""

from __future__ import annotations

import gzip
import time
from typing import TYPE_CHECKING, Any

import pytest
from documents import BODY, MAKERS, PARAGRAPHS, TITLE, html
from sites import site

from index import fetch
from index.address import Address, name_of, tidy
from index.build import Stored, build
from index.fetch import Fetcher, FetchError
from index.loaded import Problem, Skipped
from index.store import create_library
from index.web import load_addresses

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from conftest import Done

    from index.types import Embedder


@pytest.fixture
def asking() -> Iterator[Fetcher]:
    fetcher = Fetcher(may_ask_this_machine=True, pause=0)
    yield fetcher
    fetcher.close()


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
