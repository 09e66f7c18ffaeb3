"""Two hundred names that point elsewhere: as files in archives, ids, addresses and backups.

A secret lies beside the library; it must never be read, and no file outside may come or change.
"""

from __future__ import annotations

import http.client
import json
import os
from contextlib import closing
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

import pytest
from documents import epub, html, odt, packed

from index.backup import backup, restore
from index.load import load
from index.loaded import LoadedArticle
from index.store import open_library

if TYPE_CHECKING:
    from conftest import ClientOf
    from promises import Cases, Promise

    from rag.chain import Chain

SECRET = "le mot de passe est zibeline"  # noqa: S105 - it is none
ELSEWHERE = (SECRET, "root:x:0")  # the words of the file beside the library, and of /etc/passwd
STEPS = (
    "../", "../../../", "../" * 12, "..\\", "..\\..\\..\\", "%2e%2e/", "..%2f..%2f",
    "%252e%252e%252f", "..%5c", "....//....//", "..;/", "..%c0%af", "a/../../", "./../", "/", "//",
    "file:///", "C:\\", "～/../", "\u202e../",
)  # fmt: skip
TARGETS = (
    "secret.txt", "{folder}/secret.txt", "etc/passwd", "proc/self/environ", "secret.txt%00.txt",
    "secret.txt#", "secret.txt?x", "library/library.sqlite", "new.txt", "secret",
)  # fmt: skip


def names(folder: Path) -> list[str]:
    return [
        f"{step}{target.format(folder=str(folder).lstrip('/'))}"
        for target, step in product(TARGETS, STEPS)
    ]


def some(found: list[str], count: int) -> list[str]:
    """So many, of each step and each target."""
    return found[:: max(1, len(found) // count | 1)] if count < len(found) else found


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the library of `chain` lies, with a secret beside it."""
    (tmp_path / "secret.txt").write_text(SECRET, encoding="utf-8")
    return tmp_path


def state(folder: Path) -> dict[str, tuple[int, int]]:
    """Every file outside the library, with its size and when it changed."""
    found = {}
    for path in sorted(folder.rglob("*")):
        if "library" not in path.relative_to(folder).parts[:1]:
            facts = path.stat()
            found[str(path.relative_to(folder))] = (facts.st_size, facts.st_mtime_ns)
    return found


def test_there_are_two_hundred() -> None:
    assert len(set(names(Path("/a")))) == 200


def test_files_in_archives(folder: Path, promise: Promise) -> None:
    given = names(folder)
    story = html().replace(
        b"</article>", b"<p>Voici <a href='secret.txt'>la suite</a>.</p></article>"
    )
    zipped = packed({f"{name}.html": story for name in given})
    entity = f'<!DOCTYPE a [<!ENTITY x SYSTEM "file://{folder}/secret.txt">]>'
    book = epub()
    files = {
        "names.zip": zipped,
        "book.zip": packed({"livre.epub": book, **dict.fromkeys(given, book)}),
        "entity.odt": odt().replace(b"&x;", b""),
        "entity.xml.atom": f"{entity}<feed xmlns='http://www.w3.org/2005/Atom'><entry>"
        f"<title>&x;</title><content>&x; {'Un mot. ' * 30}</content></entry></feed>".encode(),
    }
    for name, data in files.items():
        (folder / name).write_bytes(data)
    before = state(folder)
    items = [item for name in files for item in load([folder / name])]
    articles = [item.article for item in items if isinstance(item, LoadedArticle)]
    assert len(articles) >= 2
    assert not [a for a in articles if any(word in a.text + a.title for word in ELSEWHERE)]
    assert state(folder) == before
    promise("names in archives that point elsewhere", "0 of 200 read or write outside", "0 of 200")


def test_ids_of_articles(
    folder: Path, chain: Chain, client_of: ClientOf, cases: Cases, promise: Promise
) -> None:
    """Added, read, deleted by REST; kept in a backup and put back."""
    given = some(names(folder), cases(12, 200))
    client = client_of(chain)
    before = state(folder)
    for start in range(0, len(given), 100):
        rows = [
            {"id": name, "text": f"Le bac numéro {n} a repris ses traversées jeudi matin."}
            for n, name in enumerate(given[start : start + 100])
        ]
        added = client.post("/v1/articles", json={"articles": rows})
        assert added.status_code in {201, 422}, added.text
    for name in given:
        address = f"/v1/articles/{quote(name, safe='')}"
        for got in (client.get(address), client.delete(address), client.get(address)):
            assert got.status_code < 500, (name, got.text)
            assert not any(word in got.text for word in ELSEWHERE), name
    kept = folder / "kept.sqlite"
    assert state(folder) == before
    backup(chain.library.folder, kept)
    before = state(folder)
    restore(folder / "library" / "again", kept)
    with closing(open_library(folder / "library" / "again")) as again:
        assert again.database.count() == chain.library.database.count()
    assert state(folder) == before
    promise(
        "articles' ids that point elsewhere: added, read, deleted, backed up, restored",
        "0 of 200 read or write outside",
        f"0 of {len(given)}",
    )


def test_addresses_of_the_server(address: str, cases: Cases, promise: Promise) -> None:
    """As they are: no client tidies them up."""
    root = Path(__file__).parents[1]
    given = some(names(root), cases(12, 200))
    folders = ("", "fr/", "fr/static/", "fr/assets/", "fr/svelte/", "fr/gradio_api/file=",
               "v1/articles/", "fr/article?id=", "page.js/")  # fmt: skip
    parts = urlsplit(address)
    connection = http.client.HTTPConnection(str(parts.hostname), parts.port, timeout=60)
    for name, place in product([*given, "../pyproject.toml", "..%2fpyproject.toml"], folders):
        written = name if name.isascii() else quote(name, safe="%/.;\\")
        connection.putrequest("GET", f"/{place}{written}", skip_host=False)
        connection.endheaders()
        response = connection.getresponse()
        body = response.read().decode(errors="replace")
        assert response.status < 500, (place, name, body)
        assert "[build-system]" not in body, (place, name)
        assert "root:x:0" not in body, (place, name)
        assert str(os.environ.get("PATH")) not in body
    connection.close()
    promise(
        f"addresses of the server that point elsewhere, in {len(folders)} places",
        "0 of 200 read outside",
        f"0 of {len(given)}",
    )


def test_links_out_of_a_folder(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text(f"Secret\n\n{SECRET}\n" * 3, encoding="utf-8")
    inside = tmp_path / "inside"
    inside.mkdir()
    for name in ("a.txt", "b.md", "c.jsonl"):
        (inside / name).symlink_to(tmp_path / "secret.txt")
    (inside / "d").symlink_to(tmp_path, target_is_directory=True)
    rows = [{"id": "x", "text": "Un mot. " * 20, "path": str(tmp_path / "secret.txt")}]
    (inside / "rows.jsonl").write_text(json.dumps(rows[0]), encoding="utf-8")
    articles = [item.article for item in load([inside]) if isinstance(item, LoadedArticle)]
    assert len(articles) == 1
    assert SECRET not in articles[0].text
