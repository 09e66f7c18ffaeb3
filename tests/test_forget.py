from __future__ import annotations

import re
import shutil
import time
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from index.backup import DAMAGED
from index.build import add_articles, build
from index.database import DATABASE
from index.errors import UnknownArticleError
from index.forget import RUN, forget
from index.lexical import is_rid
from index.store import create_library, open_library
from index.types import Article

if TYPE_CHECKING:
    from pathlib import Path

    from promises import Promise

    from index.store import Library
    from index.types import Embedder

LINE = "Au point numéro {} le conseil de la vallée a débattu {} fois sans jamais voter. "
LONG = Article("long", "Un débat", "".join(LINE.format(n, n * n) for n in range(300)), "fr")
SHORT = Article("court", "Port", "Les dockers ont voté la grève lundi au petit matin.", "fr")


@pytest.fixture
def library(library: Library, embedder: Embedder) -> Library:
    rest = [Article(f"a{n}", f"Brève {n}", LINE.format(n + 1000, n) * 3, "fr") for n in range(30)]
    add_articles(library, embedder, [LONG, SHORT, *rest])
    return library


def runs_in(library: Library, article: Article) -> list[str]:
    """Runs of eight words of the article that a file holds, and no other article has."""
    words = [m.span() for m in re.finditer(r"\S+", article.text)]
    runs = [article.text[words[n][0] : words[n + RUN - 1][1]] for n in range(len(words) - RUN + 1)]
    files = [path for path in library.folder.rglob("*") if path.is_file()]
    data = b"\n".join(path.read_bytes() for path in files)
    others = "\n".join(f"{a.title}\n{a.text}" for a in library.articles() if a.id != article.id)
    return [run for run in runs if run.encode() in data and run not in others]


def test_no_eight_words_in_a_row_are_left_in_any_file(library: Library, embedder: Embedder) -> None:
    assert runs_in(library, LONG)
    add_articles(library, embedder, [replace(SHORT, title="Autre")])  # an older generation
    shutil.copy(library.folder / DATABASE, library.folder / DAMAGED)  # as a repair keeps it
    assert forget(library, ["long", "court"]) == []
    assert runs_in(library, LONG) == []
    assert runs_in(library, SHORT) == []
    assert len(list(library.folder.glob("lexical-*"))) == 1
    assert library.search_words("conseil de la vallée", "fr", 5)


NAMED = Article("nom", "Affaire", "Le témoin Zorglubinski a parlé hier soir au conseil.", "fr")


@pytest.mark.parametrize("count", [3, 30])
def test_a_word_that_no_other_article_has_is_gone(
    embedder: Embedder, tmp_path: Path, count: int
) -> None:
    library = create_library(tmp_path / "library")
    rest = [Article(f"a{n}", f"Brève {n}", LINE.format(n, n), "fr") for n in range(count)]
    add_articles(library, embedder, [*rest, NAMED])
    assert library.words_searched("Zorglubinsky", "fr")[0].others
    assert forget(library, ["nom"]) == []
    assert not library.words_searched("Zorglubinsky", "fr")[0].others
    assert all(is_rid(folder) for folder in library.folder.glob("lexical-*"))
    found = {hit.passage.article.id for hit in library.search_words("conseil vallée", "fr", 99)}
    assert len(found) == count
    library.close()


def test_words_that_another_article_has_may_stay(library: Library, embedder: Embedder) -> None:
    add_articles(library, embedder, [replace(LONG, id="copie", source="Journal")])
    assert forget(library, ["long"]) == []
    assert library.article("copie").text == LONG.text


def test_what_a_reader_still_holds_is_said(library: Library) -> None:
    reader = open_library(library.folder)
    with reader.database.transaction():
        reader.database.rows("SELECT count(*) FROM articles")
    library.database._connection.rows("PRAGMA busy_timeout=10")
    cursor = reader.database._connection._sqlite.execute("SELECT id FROM articles")
    cursor.fetchone()  # a read that goes on
    left = forget(library, ["long"])
    assert left
    assert {words.file for words in left} <= {"library.sqlite", "library.sqlite-wal"}
    cursor.close()
    reader.close()
    assert forget(library, ["court"]) == []
    assert runs_in(library, LONG) == []


def test_all_are_known_or_none_is_removed(library: Library) -> None:
    with pytest.raises(UnknownArticleError, match="nope"):
        forget(library, ["long", "nope"])
    assert library.article("long") == LONG


def test_the_newswire_forgets_within_a_second(
    shared: Path, tmp_path: Path, embedder: Embedder, promise: Promise
) -> None:
    library = create_library(tmp_path / "news")
    for _ in build(library, embedder, [shared / "articles" / "newswire"]):
        pass
    article = library.article("n20-041")
    seconds, busy = [], []
    for name in ("n20-041", "n20-042", "n20-063"):
        began, worked = time.perf_counter(), time.process_time()
        assert forget(library, [name]) == []
        seconds.append(time.perf_counter() - began)
        busy.append(time.process_time() - worked)
    left = runs_in(library, article)
    promise(
        "deletion",
        "`depeche forget` < 1 s, then no 8 words in a row of the article in any file",
        f"{min(seconds):.2f} s the fastest of {len(seconds)}, {min(busy):.2f} s of them of the "
        f"processor; {len(left)} left",
    )
    assert left == []
    assert min(busy) < 1  # other work makes the clock's seconds longer
    library.close()
